"""An upstream that misbehaves on demand: a real HTTP server on a loopback port, in charge of every byte.

It speaks OpenAI's chat completions as far as the behaviours in `answers` and `faults` make it. It is a
fault injector: what it stands for is proved against a real model elsewhere.
"""

import asyncio
import json
import socket
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self, TypeAlias, cast

import httptools
from msgspec import Struct

REASONS = {200: "OK", 400: "Bad Request", 429: "Too Many Requests"}


class Seen(Struct):
    """One request as it arrived, and what became of it. Times are the event loop's; 0 for never.

    `tokens` counts what was generated so far. `left` is when the client went away before the end.
    """

    model: str
    body: dict[str, Any]
    raw: bytes
    headers: dict[str, str]
    began: float
    tokens: int = 0
    finished: bool = False
    left: float = 0.0

    @property
    def closes(self) -> bool:
        """Whether the connection was asked for only once."""
        return self.headers.get("connection", "").lower() == "close"

    @property
    def running(self) -> bool:
        return not self.finished and not self.left


class Exchange:
    """One request being answered. Everything that goes out is written by the behaviour, byte by byte."""

    def __init__(self, seen: Seen, transport: asyncio.Transport, room: asyncio.Event) -> None:
        self.seen = seen
        self.chunked = False
        self._transport = transport
        self._room = room

    @property
    def streaming(self) -> bool:
        return bool(self.seen.body.get("stream"))

    def write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)

    async def pause(self, seconds: float = 0.0) -> None:
        """Let time pass; and wait while the reader is behind."""
        await asyncio.sleep(seconds)
        await self._room.wait()

    async def say_nothing(self) -> None:
        """Until the client has gone."""
        await asyncio.Event().wait()

    def head(self, status: int = 200, **headers: str) -> None:
        """The status line and the headers; underscores in their names become hyphens."""
        lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'So It Is')}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.seen.closes and "connection" not in headers:
            lines.append("connection: close")
        self.write("\r\n".join([*lines, "", ""]).encode())

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole reply."""
        self.head(status, **{"content_type": "application/json", **headers, "content_length": str(len(body))})
        self.write(body)

    def begin(self, *, chunked: bool = True) -> None:
        """The head of an event stream; one that is not chunked ends where the connection does."""
        self.chunked = chunked
        how = {"transfer_encoding": "chunked"} if chunked else {"connection": "close"}
        self.head(content_type="text/event-stream", **how)

    def send(self, data: bytes) -> None:
        """A piece of the stream's body."""
        self.write(b"%x\r\n%b\r\n" % (len(data), data) if self.chunked else data)

    def event(self, payload: bytes) -> None:
        self.send(b"data: %b\n\n" % payload)

    def end(self) -> None:
        """The stream ends as it should."""
        if self.chunked:
            self.write(b"0\r\n\r\n")
        else:
            self.close()

    def close(self) -> None:
        """Close the connection once everything is out."""
        self._transport.close()

    def reset(self) -> None:
        """Break the connection off."""
        linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
        connected = cast("socket.socket", self._transport.get_extra_info("socket"))
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._transport.abort()


Behaviour: TypeAlias = Callable[[Exchange], Awaitable[None]]


class Upstream:
    """A server for as long as its context is open.

    What it does is decided by the model that a request names: `does` sets it, several behaviours are taken
    one after the other, the last for ever. `seen` has every request in the order of arrival.
    """

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.connections = 0
        self.faults: list[BaseException] = []
        self._scripts: dict[str, deque[Behaviour]] = defaultdict(deque)
        self._open: set[_Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self._open):
            connection.drop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)
        if error is None and self.faults:
            raise self.faults[0]

    @property
    def url(self) -> str:
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/v1"

    def does(self, model: str, *behaviours: Behaviour) -> None:
        self._scripts[model] = deque(behaviours)

    def asked(self, model: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.model == model]

    async def quiet(self, within: float = 1.0) -> None:
        """Wait until nothing is being generated for anybody; AssertionError if that takes longer."""
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while any(seen.running for seen in self.seen):
            assert loop.time() < until, [seen for seen in self.seen if seen.running]
            await asyncio.sleep(0.002)

    def forget(self) -> None:
        self.seen.clear()

    def joined(self, connection: "_Connection") -> None:
        self.connections += 1
        self._open.add(connection)

    def gone(self, connection: "_Connection") -> None:
        self._open.discard(connection)

    def answer(self, exchange: Exchange) -> asyncio.Task[None]:
        task = asyncio.create_task(self._answer(exchange))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _answer(self, exchange: Exchange) -> None:
        script = self._scripts[exchange.seen.model]
        try:
            if not script:
                exchange.reply(b'{"error":{"message":"nothing was scripted for this model"}}', 500)
            else:
                await (script.popleft() if len(script) > 1 else script[0])(exchange)
        except Exception as fault:
            self.faults.append(fault)
        exchange.seen.finished = True
        if exchange.seen.closes:
            exchange.close()


class _Connection(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._parser = httptools.HttpRequestParser(self)
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._room = asyncio.Event()
        self._room.set()
        self._seen: Seen | None = None
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        connected = cast("socket.socket", transport.get_extra_info("socket"))
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._upstream.joined(self)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._transport.close()

    def on_message_begin(self) -> None:
        self._headers.clear()
        self._body.clear()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode().lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        raw = b"".join(self._body)
        body = json.loads(raw)
        now = asyncio.get_running_loop().time()
        self._seen = Seen(body["model"], body, raw, dict(self._headers), now)
        self._upstream.seen.append(self._seen)
        self._task = self._upstream.answer(Exchange(self._seen, self._transport, self._room))

    def pause_writing(self) -> None:
        self._room.clear()

    def resume_writing(self) -> None:
        self._room.set()

    def connection_lost(self, error: Exception | None) -> None:
        self._upstream.gone(self)
        self._room.set()
        if self._seen is not None and self._task is not None and not self._task.done():
            self._seen.left = asyncio.get_running_loop().time()
            self._task.cancel()

    def drop(self) -> None:
        self._transport.abort()


class ClosedPort:
    """An address where nobody listens, and where nobody else can begin to."""

    def __enter__(self) -> str:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
