"""Requests to translate, and the official SDKs' word on whether what comes out is valid."""

import json
from collections.abc import Iterable, Mapping

import msgspec
from anthropic.types import message_create_params as params
from openai.types.chat import ChatCompletionChunk
from pydantic import TypeAdapter

from meritorder.types.request import Limits, Principal, Request, Wire

HELLO = [{"role": "user", "content": "Hello"}]

# Gone from the SDK's types with a later version of the API; the version that we speak has them.
SAMPLING = {"temperature", "top_p"}

_WHOLE = TypeAdapter(params.MessageCreateParamsNonStreaming)
_STREAMED = TypeAdapter(params.MessageCreateParamsStreaming)


def ask(*, stream: bool = False, include_usage: bool = False, **fields: object) -> Request:
    """A request with these top-level fields, which says hello unless it has messages of its own."""
    sent = msgspec.json.encode({"model": "auto", "messages": HELLO, **fields})
    return Request(
        id="req-1",
        principal=Principal("ada", ("gateway",)),
        dialect="openai",
        model="auto",
        messages=(),
        needs=frozenset(),
        tools=(),
        images=0,
        limits=Limits(),
        stream=stream,
        wire=Wire(msgspec.json.decode(sent, type=dict[str, msgspec.Raw]), len(sent), include_usage),
        received_at=1_760_000_123_456,
    )


def accepted(body: bytes) -> dict[str, object]:
    """The body, once Anthropic's own types have found every field known and every value valid."""
    sent = json.loads(body)
    form = _STREAMED if sent.get("stream") else _WHOLE
    known = {name: value for name, value in sent.items() if name not in SAMPLING}
    assert plain(form.validate_python(known)) == known
    return sent


def plain(value: object) -> object:
    """Iterables are only validated as they are read, and keys that are not known are left out."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value


def chunks(data: bytes) -> list[ChatCompletionChunk]:
    """The chunks in a client's stream, as OpenAI's SDK reads them; it ends with [DONE] if it ends."""
    events = data.decode().split("\n\n")
    assert events.pop() == ""
    texts = [event.removeprefix("data: ") for event in events]
    if texts and texts[-1] == "[DONE]":
        texts.pop()
    return [ChatCompletionChunk.model_validate_json(text, strict=True) for text in texts]
