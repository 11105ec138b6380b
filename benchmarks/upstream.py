"""An upstream that costs next to nothing: a load instrument, not a model.

It speaks just enough of the OpenAI chat shape for a gateway to be measured against it, and it answers
every prompt with the same bytes, made once at the start. What it takes to answer is what a direct call
costs here; a real model takes a thousand times longer, and nothing about one can be learnt from this.

    python -m benchmarks.upstream --port 9100 --chunks 200
"""

import asyncio
import re
from functools import partial
from typing import cast

import click
import httptools
import msgspec
import uvloop

from benchmarks.prompts import UNHURRIED

# A gateway may write the body anew, so spaces may come and go.
STREAM = re.compile(rb'"stream"\s*:\s*true')
MAX_TOKENS = re.compile(rb'"max_(?:completion_)?tokens"\s*:\s*(\d+)')
PACED = UNHURRIED.encode()
INCLUDE_USAGE = re.compile(rb'"include_usage"\s*:\s*true')

# Between two tokens when asked not to hurry: long enough for a reader to be idle again.
PAUSE_SECONDS = 0.001

MODEL = "load-instrument"
USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
EVENTS_HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
    b"cache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n"
)


class Answers(msgspec.Struct, frozen=True):
    """All that the upstream can say, as bytes ready to be written."""

    plain: bytes
    models: bytes
    stream: tuple[bytes, ...]
    usage: bytes
    done: bytes


def answers(chunks: int) -> Answers:
    """The answers of an upstream whose streams have `chunks` tokens."""
    message = {"role": "assistant", "content": "Clause 7 is unusual."}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    model = {"id": MODEL, "object": "model", "created": 1, "owned_by": "benchmarks"}
    return Answers(
        plain=_json_response({**_envelope("chat.completion"), "choices": [choice], "usage": USAGE}),
        models=_json_response({"object": "list", "data": [model]}),
        stream=tuple(_token(index, last=index == chunks - 1) for index in range(chunks)),
        usage=_event(msgspec.json.encode({**_envelope("chat.completion.chunk"), "choices": [], "usage": USAGE})),
        done=_event(b"[DONE]") + b"0\r\n\r\n",
    )


def _envelope(kind: str) -> dict[str, object]:
    return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": MODEL}


def _token(index: int, *, last: bool) -> bytes:
    delta: dict[str, str] = {"content": " clause"}
    if index == 0:
        delta = {"role": "assistant", **delta}
    choice = {"index": 0, "delta": delta, "finish_reason": "stop" if last else None}
    return _event(msgspec.json.encode({**_envelope("chat.completion.chunk"), "choices": [choice]}))


def _event(data: bytes) -> bytes:
    event = b"data: %b\n\n" % data
    return b"%x\r\n%b\r\n" % (len(event), event)


def _json_response(body: dict[str, object]) -> bytes:
    data = msgspec.json.encode(body)
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    return head % len(data) + data


class Upstream(asyncio.Protocol):
    """One connection: a POST is a chat completion, anything else lists the models."""

    def __init__(self, ready: Answers) -> None:
        self._ready = ready
        self._parser = httptools.HttpRequestParser(self)
        self._body: list[bytes] = []
        self._writes: tuple[bytes, ...] = ()
        self._next = 0
        self._paced = False
        self._paused = False
        self._scheduled = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self._transport = cast("asyncio.Transport", transport)
        self._loop = asyncio.get_running_loop()

    def data_received(self, data: bytes) -> None:
        """Parse; the parser calls the `on_...` below."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._transport.close()

    def on_message_begin(self) -> None:
        """Forget the last body."""
        self._body.clear()

    def on_body(self, body: bytes) -> None:
        """Keep a piece of the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Answer, or begin a stream."""
        body = b"".join(self._body)
        if self._parser.get_method() != b"POST":
            self._transport.write(self._ready.models)
        elif not STREAM.search(body):
            self._transport.write(self._ready.plain)
        else:
            self._writes = self._stream(body)
            self._next = 0
            self._paced = PACED in body
            self._transport.write(EVENTS_HEAD)
            self._schedule()

    def _stream(self, body: bytes) -> tuple[bytes, ...]:
        limit = MAX_TOKENS.search(body)
        tokens = self._ready.stream
        if limit and int(limit[1]) < len(tokens):
            # The last token carries the reason why the answer ends.
            tokens = (*tokens[: int(limit[1]) - 1], tokens[-1])
        usage = (self._ready.usage,) if INCLUDE_USAGE.search(body) else ()
        return (*tokens, *usage, self._ready.done)

    def _schedule(self) -> None:
        if self._scheduled:
            return
        self._scheduled = True
        if self._paced:
            self._loop.call_later(PAUSE_SECONDS, self._write_next)
        else:
            self._loop.call_soon(self._write_next)

    def _write_next(self) -> None:
        # One write for each turn of the event loop: each token leaves in a packet of its own, as fast
        # as the loop turns. Writing them all at once would let the kernel join them.
        self._scheduled = False
        if self._paused or self._next == len(self._writes) or self._transport.is_closing():
            return
        self._transport.write(self._writes[self._next])
        self._next += 1
        self._schedule()

    def pause_writing(self) -> None:
        """The reader is behind: stop."""
        self._paused = True

    def resume_writing(self) -> None:
        """The reader caught up: go on."""
        self._paused = False
        self._schedule()


async def serve(port: int, chunks: int) -> None:
    """Answer on a loopback port until stopped."""
    server = await asyncio.get_running_loop().create_server(partial(Upstream, answers(chunks)), "127.0.0.1", port)
    await server.serve_forever()


@click.command()
@click.option("--port", type=int, required=True, help="Loopback port to listen on.")
@click.option("--chunks", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Tokens in a stream.")
def main(port: int, chunks: int) -> None:
    """Serve fixed chat completions: a load instrument, not a model."""
    uvloop.run(serve(port, chunks))


if __name__ == "__main__":
    main()
