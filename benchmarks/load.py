r"""A load generator in a process of its own: keep-alive connections, a fixed body, a bounded time.

It reads one job per line of standard input and writes one result per line, both JSON:

    echo '{"url": "http://127.0.0.1:9100", "connections": 32, "prompt_bytes": 1000, "seconds": 2}' \
        | python -m benchmarks.load

Each connection sends its next request as soon as the last answer is complete. The connections are opened
and warmed first; the measured time begins and ends with all of them idle, so that the CPU time of the
server between those two moments belongs to exactly the requests that were counted.
"""

import asyncio
import contextlib
import gc
import subprocess
import sys
import time
from functools import partial
from types import TracebackType
from typing import Self, cast
from urllib.parse import urlsplit

import httptools
import msgspec
import psutil
import uvloop

from benchmarks.processes import ROOT, cpu_seconds, family
from benchmarks.prompts import chat_body
from benchmarks.rows import percentile

# How long answers may be outstanding once no more requests are sent.
DRAIN_SECONDS = 15.0
EVENT_END = b"\n\n"
LAST_EVENT = b"data: [DONE]\n\n"


class Job(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to send, to whom, for how long. With `pid`, that process's CPU time is read as well.

    `chunks` asks for streams of that length, `paced` for a pause between one chunk and the next.
    """

    url: str
    connections: int
    prompt_bytes: int
    seconds: float
    chunks: int = 0
    paced: bool = False
    warm_seconds: float = 0.1
    pid: int | None = None


class Result(msgspec.Struct, frozen=True):
    """What was seen in the measured time. Times are in microseconds unless they say otherwise.

    `first_*` is the time to the first bytes of a stream.
    """

    requests: int = 0
    seconds: float = 0.0
    latency_p50: float = 0.0
    latency_p99: float = 0.0
    first_p50: float = 0.0
    first_p99: float = 0.0
    cpu: float = 0.0
    error: str = ""


class LoadFailed(Exception):
    """The load could not be applied, or some answer was not a success."""


class EventCount:
    """Counts server-sent events in a body that arrives in pieces cut anywhere."""

    def __init__(self) -> None:
        self.events = 0
        self.tail = b""

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        self.events += piece.count(EVENT_END)
        if self.tail[-1:] == b"\n" and self.tail[-2:] != EVENT_END and piece[:1] == b"\n":
            self.events += 1
        self.tail = (self.tail + piece)[-len(LAST_EVENT) :] if len(piece) < len(LAST_EVENT) else piece

    @property
    def complete(self) -> bool:
        """Whether the last event so far is the one that ends a stream."""
        return self.tail.endswith(LAST_EVENT)


class Window:
    """The requests of one stretch of time, over all connections."""

    def __init__(self, connections: int, seconds: float) -> None:
        self.latencies: list[int] = []
        self.firsts: list[int] = []
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.began = time.perf_counter_ns()
        self.ended = self.began
        self._deadline = self.began + int(seconds * 1e9)
        self._busy = connections

    def finished(self, latency: int, now: int) -> bool:
        """Count a request, and say whether its connection may send another."""
        self.latencies.append(latency)
        if now < self._deadline:
            return True
        self._busy -= 1
        self.ended = now
        if not self._busy and not self.done.done():
            self.done.set_result(None)
        return False

    def failed(self, why: str) -> None:
        """One failure spoils the measurement: a server that refuses work is fast at it."""
        if not self.done.done():
            self.done.set_exception(LoadFailed(why))


class Connection(asyncio.Protocol):
    """One keep-alive connection with at most one request outstanding."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._window: Window | None = None
        self._sent = 0
        self._seen = b""
        self._parser = httptools.HttpResponseParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self._transport = cast("asyncio.Transport", transport)

    def begin(self, window: Window) -> None:
        """Send requests, one after the other, until the window's time is up."""
        self._window = window
        self._send(time.perf_counter_ns())

    def close(self) -> None:
        """Give up the connection; what happens to it now is nobody's failure."""
        self._window = None
        self._transport.close()

    def _send(self, now: int) -> None:
        self._sent = now
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Parse; the parser calls the `on_...` below."""
        self._seen = data
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(f"an answer that is not HTTP: {error}")

    def connection_lost(self, exc: Exception | None) -> None:
        """A failure, unless it was closed from here."""
        self._fail(f"the connection was closed: {exc or 'by the server'}")

    def on_message_complete(self) -> None:
        """Note the time, and send the next request if there is time for one."""
        window, now = self._window, time.perf_counter_ns()
        if window is None:
            return
        if why := self._problem():
            self._fail(why)
        elif window.finished(now - self._sent, now):
            self._send(now)

    def _problem(self) -> str:
        status = self._parser.get_status_code()
        return "" if status == 200 else f"status {status}"

    def _fail(self, why: str) -> None:
        if self._window is not None:
            self._window.failed(f"{why} ({self._seen[:400].decode(errors='replace')!r})")
            self._window = None


class StreamConnection(Connection):
    """A connection whose answers are streams of events."""

    def __init__(self, request: bytes, chunks: int) -> None:
        super().__init__(request)
        self._chunks = chunks
        self._first = 0
        self._count = EventCount()

    def on_message_begin(self) -> None:
        """Forget the last stream."""
        self._first = 0
        self._count = EventCount()

    def on_body(self, body: bytes) -> None:
        """Count events, and note when the first bytes came."""
        if not self._first:
            self._first = time.perf_counter_ns()
        self._count.feed(body)

    def on_message_complete(self) -> None:
        """Note when the first bytes came, besides the time of the whole."""
        if self._window is not None:
            self._window.firsts.append(self._first - self._sent)
        super().on_message_complete()

    def _problem(self) -> str:
        if why := super()._problem():
            return why
        if not self._count.complete:
            return "a stream that did not end in [DONE]"
        return "" if self._count.events > self._chunks else f"a stream of {self._count.events} events"


def request_bytes(job: Job) -> bytes:
    """The whole request, head and body, that a job sends over and over."""
    body = chat_body(job.prompt_bytes, chunks=job.chunks, paced=job.paced)
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nhost: {urlsplit(job.url).netloc}\r\n"
        f"content-type: application/json\r\naccept: */*\r\nuser-agent: benchmarks\r\n"
        f"authorization: Bearer benchmarks\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def measure(job: Job) -> Result:
    """Do one job. A failure of any kind raises LoadFailed."""
    address = urlsplit(job.url)
    request = request_bytes(job)
    kind = partial(StreamConnection, request, job.chunks) if job.chunks else partial(Connection, request)
    connections: list[Connection] = []
    pids = family(job.pid) if job.pid else []
    try:
        for _ in range(job.connections):
            _, made = await asyncio.get_running_loop().create_connection(
                kind, address.hostname or "127.0.0.1", address.port or 80
            )
            connections.append(made)
        await _send_for(connections, job.warm_seconds)
        before = cpu_seconds(pids)
        window = await _send_for(connections, job.seconds)
        cpu = cpu_seconds(pids) - before
    except OSError as error:
        raise LoadFailed(str(error)) from error
    finally:
        for connection in connections:
            connection.close()
    return _result(window, cpu)


async def _send_for(connections: list[Connection], seconds: float) -> Window:
    window = Window(len(connections), seconds)
    for connection in connections:
        connection.begin(window)
    try:
        await asyncio.wait_for(window.done, seconds + DRAIN_SECONDS)
    except TimeoutError as error:
        raise LoadFailed(f"an answer took longer than {DRAIN_SECONDS:.0f} s") from error
    return window


def _result(window: Window, cpu: float) -> Result:
    latencies, firsts = sorted(window.latencies), sorted(window.firsts) or [0]
    return Result(
        requests=len(latencies),
        seconds=(window.ended - window.began) / 1e9,
        latency_p50=percentile(latencies, 0.50) / 1e3,
        latency_p99=percentile(latencies, 0.99) / 1e3,
        first_p50=percentile(firsts, 0.50) / 1e3,
        first_p99=percentile(firsts, 0.99) / 1e3,
        cpu=cpu * 1e6,
    )


class LoadProcess:
    """The load generator as seen from the benchmark: jobs go in, results come out."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, job: Job) -> Result:
        """Apply one load and wait for its end."""
        if self._process.stdin is None or self._process.stdout is None:
            raise LoadFailed("the load generator has no pipes")
        try:
            self._process.stdin.write(msgspec.json.encode(job) + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise LoadFailed("the load generator is gone") from error
        line = self._process.stdout.readline()
        if not line:
            raise LoadFailed("the load generator is gone")
        result = msgspec.json.decode(line, type=Result)
        if result.error:
            raise LoadFailed(result.error)
        return result


def main() -> None:
    """Do the jobs on standard input, one after the other, until it ends."""
    # A collection in the middle of a job would be charged to whichever server it hit.
    gc.disable()
    for line in sys.stdin.buffer:
        try:
            result = uvloop.run(measure(msgspec.json.decode(line, type=Job)))
        except (LoadFailed, msgspec.MsgspecError, psutil.Error) as error:
            result = Result(error=str(error) or type(error).__name__)
        sys.stdout.write(msgspec.json.encode(result).decode() + "\n")
        sys.stdout.flush()
        gc.collect()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
