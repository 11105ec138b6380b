"""Requests as the gateway reads them, and what the official SDK makes of replies."""

import json
from typing import Any

from openai.types.chat import ChatCompletion, ChatCompletionChunk

from meritorder.gateway.wire import read
from meritorder.providers.dialects.protocol import Event, StreamReader
from meritorder.types.request import Principal, Request

HELLO = [{"role": "user", "content": "Hello"}]


def sent(body: bytes) -> Request:
    """The request that a client's bytes come to."""
    return read(body, request_id="req_1", principal=Principal("ada", ()), received_at=1_790_000_000_000)


def ask(**fields: object) -> Request:
    """A request that says hello, with these fields beside."""
    return sent(json.dumps({"model": "auto", "messages": HELLO, **fields}).encode())


def fed(reader: StreamReader, *pieces: bytes) -> list[Event]:
    events = [reader.feed(piece) for piece in pieces]
    reader.end()
    return events


def joined(events: list[Event]) -> Event:
    """All that a stream came to, as one event."""
    usage = None
    for event in events:
        usage = event.usage or usage
    return Event(
        b"".join(event.data for event in events),
        any(event.content for event in events),
        sum(event.tokens for event in events),
        usage,
        tuple(logprob for event in events for logprob in event.logprobs),
        any(event.done for event in events),
    )


def payloads(stream: bytes) -> list[bytes]:
    """The data of every event, `[DONE]` included."""
    events = stream.split(b"\n\n")
    assert events.pop() == b""
    assert all(event.startswith(b"data: ") for event in events)
    return [event.removeprefix(b"data: ") for event in events]


def chunks(stream: bytes) -> list[ChatCompletionChunk]:
    """The chunks in a client's stream, as the SDK reads them; the stream must end with `[DONE]`."""
    *texts, last = payloads(stream)
    assert last == b"[DONE]"
    return [ChatCompletionChunk.model_validate_json(text, strict=True) for text in texts]


def completion(body: bytes) -> ChatCompletion:
    return ChatCompletion.model_validate_json(body, strict=True)


def decoded(body: bytes) -> dict[str, Any]:
    return json.loads(body)
