"""HTTP/1.1 to upstreams: POST over connections that are kept, one call at a time on each.

The parser is httptools', the race between addresses aiohappyeyeballs', TLS the standard library's. Ours is
the little between them that a gateway needs: a general client costs more than everything else that a
request costs here (docs/decisions/0006).
"""

import asyncio
import ipaddress
import os
import socket
import ssl
from collections import deque
from functools import lru_cache
from typing import TypeAlias, cast
from urllib.parse import quote, urlsplit

import httptools
from aiohappyeyeballs import start_connection  # pyright: ignore[reportUnknownVariableType] its socket addresses are bare tuples
from msgspec import Struct

_KEPT_SECONDS = 4.0
"""How long an idle connection is kept: less than the 5 s after which uvicorn, and so vLLM, closes its end."""

_MUCH = 256 * 1024
"""Bytes that may wait to be read before the upstream is made to wait."""

_LARGEST_HEAD = 64 * 1024
"""Bytes of a reply's status line and headers."""

_FIRST_FINAL = 200
"""Replies with a lower status only announce another."""

_NEXT_ADDRESS_SECONDS = 0.25
"""After which a host's next address is tried beside the one before (RFC 8305, section 5)."""


_Address: TypeAlias = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int]]


class TransportError(Exception):
    """The call did not come to its end, for a reason below HTTP."""


class Unreachable(TransportError):
    """There is no connection, so nothing was sent. The text says why, as the end of a sentence."""


class BrokenOff(TransportError):
    """The connection ended before the reply did."""


class NotHTTP(TransportError):
    """What came back cannot be read as a reply. The text says what it is not."""


class Origin(Struct, frozen=True):
    """Where connections lead."""

    host: str
    port: int
    tls: bool


class Place(Struct, frozen=True):
    """What is posted to: an origin, and how every request of one kind to one path of it begins."""

    origin: Origin
    head: bytes


@lru_cache(maxsize=1024)
def place(url: str, *headers: tuple[str, str]) -> Place:
    """Where `url` leads, which is http or https and has neither user nor query nor fragment."""
    parts = urlsplit(url)
    tls = parts.scheme == "https"
    host = parts.hostname or ""
    host = host if host.isascii() else host.encode("idna").decode()
    usual = 443 if tls else 80
    name = f"[{host}]" if ":" in host else host
    if parts.port not in (None, usual):
        name = f"{name}:{parts.port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    lines = [f"POST {path} HTTP/1.1", f"host: {name}", *(f"{each}: {value}" for each, value in headers)]
    return Place(Origin(host, parts.port or usual, tls), "\r\n".join(lines).encode("latin-1"))


class Reply:
    """One reply after another, as the bytes of a connection come in.

    `ready` once all headers are here, `complete` once all of the body is, `lasting` if the connection can then
    be used again. What follows a complete reply only makes the connection useless.
    """

    __slots__ = (
        "_end",
        "_headers",
        "_parser",
        "_size",
        "begun",
        "complete",
        "lasting",
        "parts",
        "ready",
        "status",
        "waiting",
    )

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self.begin()

    def begin(self) -> None:
        """Forget the reply before; the next one is to come."""
        self._headers: list[tuple[bytes, bytes]] = []
        self._size = 0
        self._end = b""
        self.parts: list[bytes] = []
        self.status = self.waiting = 0
        self.begun = self.ready = self.complete = self.lasting = False

    @property
    def headers(self) -> dict[str, str]:
        """The headers, their names in lower case."""
        return {name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in self._headers}

    def header(self, name: bytes) -> str:
        """The value of one header (its name in lower case), empty where it was not sent."""
        for sent, value in self._headers:
            if len(sent) == len(name) and sent.lower() == name:
                return value.decode("latin-1").strip()
        return ""

    def feed(self, data: bytes) -> None:
        """Take what came; raises NotHTTP."""
        self.begun = True
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self.lasting = False
            if not self.complete:
                raise NotHTTP(f"sent what is not HTTP: {error}") from error
        if self.complete:
            # The parser does not tell whether there was more, if it is too little to be the beginning of a reply.
            self.lasting = self.lasting and data.endswith(self._end)
        elif not self.ready:
            self._size += len(data)
            if self._size > _LARGEST_HEAD:
                raise NotHTTP("sent headers without end")

    def end(self) -> bool:
        """The connection is closed, which ends a body of no stated length. Whether the reply is complete."""
        stated = self.header(b"content-length") or self.header(b"transfer-encoding")
        self.complete = self.complete or (self.ready and not stated)
        return self.complete

    def take(self) -> bytes:
        """What is here of the body and was not taken before."""
        parts, self.parts, self.waiting = self.parts, [], 0
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def on_message_begin(self) -> None:
        """httptools': another reply begins, which after a complete one nobody asked for."""
        self.lasting = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """httptools': a header."""
        if not self.ready:
            self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """httptools': the last header was there."""
        if not self.complete:
            self.status = self._parser.get_status_code()
            self.ready = self.status >= _FIRST_FINAL
        self._end = b"\n"

    def on_body(self, body: bytes) -> None:
        """httptools': a piece of the body."""
        if not self.complete:
            self.parts.append(body)
            self.waiting += len(body)
            self._end = body

    def on_chunk_complete(self) -> None:
        """httptools': a chunk is over, as the empty one that ends a body is."""
        self._end = b"\n"

    def on_message_complete(self) -> None:
        """httptools': the reply is complete, or was only announced."""
        if self.ready:
            self.lasting = not self.complete and self._parser.should_keep_alive()
            self.complete = True
        else:
            self._headers.clear()


class Link(asyncio.Protocol):
    """One connection, and the reply that is being read from it.

    It has one timer, not one for each wait: that looks when the earliest deadline may have passed, and is set
    anew where the deadline has moved on. All deadlines are in the event loop's time.
    """

    def __init__(self, pool: "Pool", origin: Origin, connected: socket.socket) -> None:
        self.reply = Reply()
        self.idle_since = 0.0
        self._pool = pool
        self._origin = origin
        self._socket = connected
        self._loop = asyncio.get_running_loop()
        self._lost: TransportError | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._paused = False

    async def post(self, head: bytes, body: bytes, deadline: float) -> None:
        """Send a request and wait for the reply's headers.

        Raises TimeoutError, BrokenOff or NotHTTP; the connection is closed then.
        """
        self.reply.begin()
        self._transport.write(b"%b\r\ncontent-length: %d\r\n\r\n%b" % (head, len(body), body))
        try:
            while not self.reply.ready:
                await self._news(deadline)
        except BaseException:
            self.abort()
            raise

    async def read(self, deadline: float) -> bytes:
        """What has come of the body since, at least a byte; empty at its end.

        Raises TimeoutError, BrokenOff or NotHTTP.
        """
        if self._loop.time() >= deadline:
            raise TimeoutError
        reply = self.reply
        while not reply.parts and not reply.complete:
            await self._news(deadline)
        self._read_on()
        return reply.take()

    @property
    def lost(self) -> bool:
        """Whether the connection is closed."""
        return self._lost is not None

    @property
    def quiet(self) -> bool:
        """Whether the connection is open and nothing waits in it: neither its end nor bytes nobody asked for."""
        try:
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return not self.lost
        except OSError:
            pass
        return False

    def leave(self) -> None:
        """Keep the connection if the reply is all here; else close it, so that the upstream stops."""
        if self.reply.complete and self.reply.lasting and not self.lost:
            self._read_on()
            self._pool.keep(self._origin, self)
        else:
            self.abort()

    def abort(self) -> None:
        """Close the connection at once; safe to call again."""
        self._lose(BrokenOff())
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio's: the connection stands."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """asyncio's: bytes came. Those that nobody asked for must not be read as the next reply."""
        reply = self.reply
        if reply.complete:
            self.abort()
            return
        try:
            reply.feed(data)
        except NotHTTP as error:
            self._lose(error)
            return
        if reply.waiting > _MUCH and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio's: the connection is closed."""
        if exc is None and self._lost is None:
            self.reply.end()
        self._lose(BrokenOff())
        self._pool.forget(self)

    def _read_on(self) -> None:
        if self._paused:
            self._paused = False
            self._transport.resume_reading()

    def _lose(self, because: TransportError) -> None:
        self._lost = self._lost or because
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _news(self, deadline: float) -> None:
        """Wait until something has come; raises where nothing more will."""
        if self._lost is not None:
            raise self._lost
        if self._loop.time() >= deadline:
            raise TimeoutError
        self._waiter = self._loop.create_future()
        self._wait_until(deadline)
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wait_until(self, deadline: float) -> None:
        self._deadline = deadline
        if self._timer is not None and self._timer.when() > deadline:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self._loop.call_at(deadline, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._waiter is None or self._waiter.done():
            return
        if self._loop.time() < self._deadline:
            self._wait_until(self._deadline)
        else:
            self._waiter.set_exception(TimeoutError())


class Pool:
    """Connections to upstreams: those in use, and those that wait to be used again."""

    def __init__(self) -> None:
        self._links: set[Link] = set()
        self._idle: dict[Origin, deque[Link]] = {}
        self._trust = _trust()
        self._closed = False

    async def post(self, to: Place, body: bytes, *, connect: float, deadline: float) -> Link:
        """Send a request; returns when the reply's status and headers are here, its body unread.

        `connect` bounds, in seconds, how long a new connection may take. Raises TimeoutError past the
        deadline, and TransportError.
        """
        kept = self._take(to.origin)
        if kept is not None:
            try:
                await kept.post(to.head, body, deadline)
            except BrokenOff:
                # The other end may have closed it just now, without having seen the request.
                if kept.reply.begun or self._closed:
                    raise
            else:
                return kept
        link = await self._connect(to.origin, connect, deadline)
        await link.post(to.head, body, deadline)
        return link

    def keep(self, origin: Origin, link: Link) -> None:
        """Have `link` wait for the next request; the one that has waited longest is let go when it was too long."""
        idle = self._idle.setdefault(origin, deque())
        link.idle_since = now = asyncio.get_running_loop().time()
        idle.append(link)
        while idle[0].idle_since < now - _KEPT_SECONDS:
            idle.popleft().abort()

    def forget(self, link: Link) -> None:
        """`link` is closed."""
        self._links.discard(link)

    def close(self) -> None:
        """Close every connection at once."""
        self._closed = True
        for link in tuple(self._links):
            link.abort()
        self._idle.clear()

    def _take(self, origin: Origin) -> Link | None:
        """The connection that was used last: those that nobody needs grow old and are closed."""
        idle = self._idle.get(origin)
        while idle:
            link = idle.pop()
            if link.idle_since >= asyncio.get_running_loop().time() - _KEPT_SECONDS and link.quiet:
                return link
            link.abort()
        return None

    async def _connect(self, origin: Origin, within: float, deadline: float) -> Link:
        loop = asyncio.get_running_loop()
        ends = min(loop.time() + within, deadline)
        try:
            async with asyncio.timeout_at(ends):
                connected = await _connected(origin)
                _, link = await loop.create_connection(
                    lambda: Link(self, origin, connected),
                    sock=connected,
                    ssl=self._trust if origin.tls else None,
                    server_hostname=origin.host if origin.tls else None,
                )
        except TimeoutError as late:
            if ends == deadline:
                raise
            raise Unreachable("no connection in time") from late
        except (OSError, UnicodeError) as error:
            raise Unreachable(_why(error)) from error
        self._links.add(link)
        if self._closed:
            link.abort()
        return link


async def _connected(origin: Origin) -> socket.socket:
    """A socket that is connected to the host's first address that answers."""
    loop = asyncio.get_running_loop()
    found = _literal(origin.host, origin.port) or await loop.getaddrinfo(
        origin.host, origin.port, type=socket.SOCK_STREAM
    )
    connected = await start_connection(found, happy_eyeballs_delay=_NEXT_ADDRESS_SECONDS, loop=loop)
    # A generation may be silent for minutes; without this, whatever lies between forgets the connection.
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return connected


def _literal(host: str, port: int) -> list[_Address]:
    """The address that `host` is, as getaddrinfo would give it; nothing where it is a name."""
    try:
        version = ipaddress.ip_address(host).version
    except ValueError:
        return []
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (host, port))]


def _trust() -> ssl.SSLContext:
    """Whom the system trusts. HTTP/1.1 is all that is spoken here."""
    trust = ssl.create_default_context()
    trust.set_alpn_protocols(["http/1.1"])
    return trust


def _why(error: OSError | UnicodeError) -> str:
    """The reason in words: of a certificate, of TLS, of a name, of the system."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message.lower()}"
    if isinstance(error, ssl.SSLError):
        return f"no TLS: {(error.reason or 'handshake failed').lower().replace('_', ' ')}"
    if isinstance(error, socket.gaierror | UnicodeError):
        return "its name does not resolve"
    return os.strerror(error.errno).lower() if error.errno else "no connection"
