import asyncio
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Self, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.providers import transport
from meritorder.providers.transport import BrokenOff, Link, NotHTTP, Origin, Pool, Reply, Unreachable, place
from tests.fakes.upstream import ClosedPort

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
LAST = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nConnection: close\r\n\r\nok"
WRONG = b"HTTP/1.1 500 So It Is\r\nX-Wrong: 1\r\ncontent-length: 5\r\n\r\nwrong"
BEGUN = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nbegun"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
UNTIL_CLOSED = b"HTTP/1.1 200 OK\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"
UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"

WHOLE = [
    (OK, 200, {"content-length": "2"}, b"ok"),
    (CONTINUE + WRONG, 500, {"x-wrong": "1", "content-length": "5"}, b"wrong"),
    (HINTS + CHUNKED + b"1;a\r\no\r\n1\r\nk\r\n0\r\nx-late: 1\r\n\r\n", 200, {"transfer-encoding": "chunked"}, b"ok"),
    (b"HTTP/1.1 204 No Content\r\nx-empty:\r\nx-two: \t a \xe4 \t\r\n\r\n", 204, {"x-empty": "", "x-two": "a ä"}, b""),
]

Script: TypeAlias = Callable[[asyncio.StreamWriter], Awaitable[None]]


def says(*pieces: bytes, close: bool = False) -> Script:
    async def script(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        if close:
            writer.close()

    return script


def pours(before: bytes, after: bytes) -> Script:
    return says(CHUNKED + before, *[b"x" * (1 << 20)] * 400, after + b"0\r\n\r\n", close=True)


BODY_POURS = pours(b"19000000\r\n", b"\r\n")
EXTENSION_POURS = pours(b"1;", b"\r\nx\r\n")


class Server:
    def __init__(self) -> None:
        self.greeting = b""
        self.scripts: tuple[Script, ...] = (says(OK),)
        self.requests: list[bytes] = []
        self.wires: list[asyncio.StreamWriter] = []
        self._tasks: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def serving(self, tls: ssl.SSLContext | None = None) -> AsyncIterator[Self]:
        listening = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        self.at = "127.0.0.1:{1}".format(*listening.sockets[0].getsockname())
        yield self
        listening.close()
        for wire in self.wires:
            wire.transport.abort()
        await self.left(*range(len(self.wires)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.wires.append(writer)
        self._tasks.append(asyncio.current_task())
        writer.write(self.greeting)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                size = int(head.partition(b"\r\ncontent-length: ")[2])
                self.requests.append(head + await reader.readexactly(size))
                await self.scripts[min(len(self.requests), len(self.scripts)) - 1](writer)
        writer.transport.abort()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)

    async def left(self, *which: int) -> None:
        async with asyncio.timeout(5):
            while len(self.wires) <= max(which, default=-1):
                await asyncio.sleep(0.001)
            await asyncio.gather(*(self._tasks[nth] for nth in which))


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with Server().serving() as running:
        yield running


@pytest.fixture
async def pool(server: Server) -> AsyncIterator[Pool]:
    with closing(Pool()) as opened:
        yield opened


def soon(seconds: float = 5) -> float:
    return asyncio.get_running_loop().time() + seconds


async def post(pool: Pool, to: Server | str, *, connect: float = 9, within: float = 5) -> Link:
    url = to if isinstance(to, str) else f"http://{to.at}/v1"
    return await pool.post(place(url), b"{}", connect=connect, deadline=soon(within))


async def rest(link: Link, until: float) -> bytes:
    parts: list[bytes] = []
    while part := await link.read(until):
        parts.append(part)
    return b"".join(parts)


async def ask(pool: Pool, to: Server | str, *, within: float = 5) -> bytes:
    link = await post(pool, to, within=within)
    try:
        return await rest(link, soon(within))
    finally:
        link.leave()


def fed(*pieces: bytes) -> Reply:
    reply = Reply()
    for piece in pieces:
        reply.feed(piece)
    return reply


@pytest.mark.parametrize(
    ("url", "origin", "name"),
    [
        ("http://A.example:80/", Origin("a.example", 80, tls=False), "a.example"),
        ("http://a.example:443", Origin("a.example", 443, tls=False), "a.example:443"),
        ("https://a.example", Origin("a.example", 443, tls=True), "a.example"),
        ("http://[::1]:8080", Origin("::1", 8080, tls=False), "[::1]:8080"),
        ("http://bücher.example", Origin("xn--bcher-kva.example", 80, tls=False), "xn--bcher-kva.example"),
    ],
)
def test_a_host_is_named_with_its_port_unless_that_is_the_usual_one(url: str, origin: Origin, name: str):
    assert (place(url).origin, place(url).head) == (origin, f"POST / HTTP/1.1\r\nhost: {name}".encode())


def test_a_path_is_escaped_where_it_is_not_yet():
    assert place("http://a/v1:x/ü [a]/%C3%BC%2f").head == b"POST /v1:x/%C3%BC%20%5Ba%5D/%C3%BC%2f HTTP/1.1\r\nhost: a"


def test_headers_stay_in_order_and_the_place_is_remembered():
    headers = (("x-b", "2"), ("x-a", "1"))
    assert place("http://a", *headers).head.endswith(b"\r\nhost: a\r\nx-b: 2\r\nx-a: 1")
    assert place("http://a", *headers) is place("http://a", *headers)


@given(st.sampled_from(WHOLE), st.lists(st.integers(1, 150), max_size=20))
def test_a_reply_is_the_same_however_it_is_cut(sent: tuple[bytes, int, dict[str, str], bytes], cuts: list[int]):
    data, *expected = sent
    ends = sorted({cut for cut in cuts if cut < len(data)} | {len(data)})
    reply = fed(*(data[start:end] for start, end in zip([0, *ends], ends, strict=False)))
    assert [reply.status, reply.headers, reply.take()] == expected
    assert all(reply.header(name.encode()) == value for name, value in reply.headers.items())
    assert (reply.begun, reply.ready, reply.complete, reply.lasting) == (True, True, True, True)


def test_one_reply_after_another_is_read():
    reply = fed(OK)
    reply.begin()
    assert (reply.begun, reply.ready, reply.complete, reply.lasting) == (False, False, False, False)
    reply.feed(WRONG)
    assert (reply.status, reply.header(b"x-wrong"), reply.lasting) == (500, "1", True)
    assert (reply.waiting, reply.take(), reply.waiting, reply.take()) == (5, b"wrong", 0, b"")


def test_the_end_of_the_connection_completes_only_a_body_of_no_stated_length():
    assert all(fed(data).end() for data in (OK, UNTIL_CLOSED, UNTIL_CLOSED + b"ok"))
    assert not any(fed(data).end() for data in (OK[:-1], CHUNKED + b"2\r\nok\r\n", UNTIL_CLOSED[:-2], CONTINUE))


@pytest.mark.parametrize("more", [b"?", WRONG, WRONG[:9], WRONG[:30], CONTINUE, b"\r\n", HINTS + WRONG, UPGRADE])
def test_what_follows_a_reply_spoils_the_connection_and_not_the_reply(more: bytes):
    reply = fed(OK + more)
    assert (reply.ready, reply.complete, reply.lasting) == (True, True, False)
    assert (reply.status, reply.headers, reply.take()) == (200, {"content-length": "2"}, b"ok")


@pytest.mark.parametrize("endless", [b"\r\nx-more: 1", b"x", b"\r\n\r\nHTTP/1.1 100 Continue\r\nx: 1"])
def test_headers_without_end_are_told(endless: bytes):
    with pytest.raises(NotHTTP, match="sent headers without end"):
        fed(b"HTTP/1.1 100 Continue\r\nx: 1", *[endless] * (70_000 // len(endless)))


async def test_a_connection_is_used_again_after_a_reply_that_was_read_to_its_end(pool: Pool, server: Server):
    server.scripts = (says(CONTINUE, CHUNKED, b"2\r\no", b"k\r\n0\r\n", b"\r\n"), says(OK[:-9], OK[-9:])) * 4
    assert [await ask(pool, server) for _ in range(8)] == [b"ok"] * 8
    head = f"POST /v1 HTTP/1.1\r\nhost: {server.at}\r\ncontent-length: 2\r\n\r\n"
    assert server.requests == [head.encode() + b"{}"] * 8
    assert len(server.wires) == 1


@pytest.mark.parametrize("data", [BEGUN, OK + b"?", OK.replace(b"1.1", b"1.0"), LAST, UNTIL_CLOSED + b"ok"])
async def test_a_reply_that_is_left_or_the_last_closes_its_connection(pool: Pool, server: Server, data: bytes):
    server.scripts = (says(data), says(OK))
    link = await post(pool, server)
    assert await link.read(soon())
    link.leave()
    await server.left(0)
    assert (await ask(pool, server), len(server.wires)) == (b"ok", 2)


async def test_a_large_reply_that_is_left_unread_does_not_hold_up_the_next(pool: Pool, server: Server):
    size = 256 * 1024 + 1
    server.scripts = (says(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size, bytes(size)), says(OK))
    link = await post(pool, server)
    while not link.reply.complete:
        await asyncio.sleep(0)
    link.leave()
    assert await ask(pool, server, within=0.5) == b"ok"


async def test_a_body_of_no_stated_length_ends_with_its_connection(pool: Pool, server: Server):
    server.scripts = (says(UNTIL_CLOSED, b"o", b"k", close=True),)
    assert [await ask(pool, server) for _ in range(2)] == [b"ok", b"ok"]


async def test_a_reset_is_not_the_end_of_a_body(pool: Pool, server: Server):
    server.scripts = (says(UNTIL_CLOSED, b"ok"),)
    link = await post(pool, server)
    server.wires[0].get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1" + bytes(7))
    server.wires[0].transport.abort()
    with pytest.raises(BrokenOff):
        await rest(link, soon())


@pytest.mark.parametrize("noticed", [True, False])
async def test_a_kept_connection_that_the_server_closes_is_no_error(pool: Pool, server: Server, noticed: bool):
    await ask(pool, server)
    server.wires[0].transport.abort()
    if noticed:
        await server.left(0)
        await asyncio.sleep(0.01)
    assert await ask(pool, server) == b"ok"
    assert (len(server.requests), len(server.wires)) == (2, 2)


@pytest.mark.parametrize(("data", "tries"), [(b"", 2), (b"H", 1), (CONTINUE, 1), (BEGUN, 1)])
async def test_only_what_no_byte_has_answered_is_sent_again(pool: Pool, server: Server, data: bytes, tries: int):
    server.scripts = (says(OK), says(data, close=True))
    await ask(pool, server)
    with pytest.raises(BrokenOff):
        await ask(pool, server)
    assert (len(server.requests), len(server.wires)) == (1 + tries, tries)


@pytest.mark.parametrize("noticed", [True, False])
async def test_bytes_that_come_between_two_calls_are_not_the_next_reply(pool: Pool, server: Server, noticed: bool):
    await ask(pool, server)
    with socket.socket(fileno=os.dup(server.wires[0].get_extra_info("socket").fileno())) as past_the_event_loop:
        past_the_event_loop.send(WRONG)
    if noticed:
        await server.left(0)
    assert await ask(pool, server) == b"ok"


@pytest.mark.parametrize("data", [b"220 ready\r\n", b"\x15\x03\x03\x00\x02", CHUNKED + b"what\r\n", UPGRADE])
async def test_what_is_not_http_closes_its_connection(pool: Pool, server: Server, data: bytes):
    server.scripts = (says(data),)
    with pytest.raises(NotHTTP, match="sent what is not HTTP: "):
        await ask(pool, server)
    await server.left(0)


async def test_what_was_idle_for_too_long_is_closed(pool: Pool, server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(transport, "_KEPT_SECONDS", 0.005)
    for link in [await post(pool, server) for _ in range(3)]:
        await asyncio.sleep(0.01)
        link.leave()
    await server.left(0, 1)
    await asyncio.sleep(0.01)
    assert (await ask(pool, server), len(server.wires)) == (b"ok", 4)
    await server.left(2)


async def test_closing_is_the_end_of_every_connection_and_of_every_call(pool: Pool, server: Server):
    server.scripts = (says(OK), says(BEGUN), says(OK), says())
    idle, begun, kept = [await post(pool, server) for _ in range(3)]
    idle.leave()
    kept.leave()
    calling = asyncio.create_task(ask(pool, server, within=0.1))
    while len(server.requests) < 4:
        await asyncio.sleep(0.001)
    pool.close()
    for call in (rest(begun, soon()), calling):
        with pytest.raises(BrokenOff):
            await call
    await server.left(0, 1, 2)
    assert len(server.wires) == 3


async def test_a_host_that_cannot_be_reached_is_told_why(pool: Pool, server: Server):
    with ClosedPort() as url, pytest.raises(Unreachable, match="connection refused"):
        await post(pool, url)
    server.greeting = b"220 ready\r\n"
    with pytest.raises(Unreachable, match="no TLS: "):
        await post(pool, f"https://{server.at}")


@pytest.mark.parametrize("name", ["no-such-host.invalid", "no..such.host.invalid"])
async def test_a_name_that_does_not_resolve_is_told(pool: Pool, name: str):
    with pytest.raises(Unreachable, match="its name does not resolve"):
        await post(pool, f"http://{name}")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate, and is not here")
async def test_tls_is_spoken_with_whom_the_system_trusts(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pem = tmp_path / "localhost.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {pem} -out {pem}"
    make += " -addext subjectAltName=DNS:localhost -addext keyUsage=digitalSignature,keyCertSign"
    subprocess.run(make.split(), check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(pem)
    async with Server().serving(tls) as server:
        url = server.at.replace("127.0.0.1", "https://localhost")
        with pytest.raises(Unreachable, match=r"its certificate is not trusted: self.signed certificate"):
            await post(pool, url)
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        with closing(Pool()) as trusting:
            assert [await ask(trusting, url) for _ in range(2)] == [b"ok", b"ok"]
        assert len(server.wires) == 1


async def test_a_connection_that_does_not_come_about_is_given_up(pool: Pool, server: Server):
    with pytest.raises(TimeoutError):
        await post(pool, f"https://{server.at}", within=0.02)
    with pytest.raises(Unreachable, match="no connection in time"):
        await post(pool, f"https://{server.at}", connect=0.02)
    await server.left(0, 1)


@pytest.mark.parametrize("data", [b"", OK[:20], CONTINUE, CHUNKED, BEGUN])
async def test_a_reply_that_is_late_is_left(pool: Pool, server: Server, data: bytes):
    server.scripts = (says(OK), says(data))
    await ask(pool, server)
    with pytest.raises(TimeoutError):
        await ask(pool, server, within=0.02)
    await server.left(0)


async def test_a_deadline_may_move_either_way_and_holds_in_the_end(pool: Pool, server: Server):
    server.scripts = (says(CHUNKED),)
    link = await post(pool, server, within=60)
    for patience in (0.02, 0.01, 0.03):
        for _ in range(5):
            server.wires[0].write(b"2\r\nok\r\n")
            assert await link.read(soon(0.01)) == b"ok"
        late = soon(patience)
        with pytest.raises(TimeoutError):
            await link.read(late)
        assert soon(0) >= late


@pytest.mark.parametrize("script", [BODY_POURS, EXTENSION_POURS])
async def test_a_deadline_holds_though_bytes_never_cease(pool: Pool, server: Server, script: Script):
    server.scripts = (script,)
    with pytest.raises(TimeoutError):
        await rest(await post(pool, server), soon(0.005))
    assert not server.wires[0].is_closing()


@pytest.mark.parametrize("script", [says(), says(BEGUN), BODY_POURS])
async def test_a_call_that_is_cancelled_closes_its_connection(pool: Pool, server: Server, script: Script):
    server.scripts = (script,)
    calling = asyncio.create_task(ask(pool, server))
    while not server.requests:
        await asyncio.sleep(0.001)
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    await server.left(0)


async def test_a_sender_waits_for_its_reader_and_loses_nothing(pool: Pool, server: Server):
    much = os.urandom(16 << 20)
    server.scripts = (says(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(much) + much),)
    link = await post(pool, server)
    unsent = len(much)
    while (now := server.wires[0].transport.get_write_buffer_size()) < unsent:
        unsent = now
        await asyncio.sleep(0.02)
    assert link.reply.waiting < 1 << 20 < len(much) // 2 < unsent
    assert await rest(link, soon()) == much
