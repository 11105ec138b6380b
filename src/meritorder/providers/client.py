"""Calls to upstreams over HTTP: a whole answer or a stream of events; every failure is an UpstreamError."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType
from typing import Self

from msgspec import Struct

from meritorder.errors import RequestError, UpstreamError
from meritorder.providers.connection import Connection
from meritorder.providers.dialects import DIALECTS
from meritorder.providers.dialects.protocol import Answer, Event, StreamReader
from meritorder.providers.transport import Link, NotHTTP, Pool, TransportError, Unreachable, place
from meritorder.types.pool import Endpoint
from meritorder.types.request import Request
from meritorder.types.units import Milliseconds, seconds

LARGEST_REPLY = 64 * 1024 * 1024
"""Bytes of one whole reply; a larger one is taken for garbage."""

_AFTER_DONE_SECONDS = 0.1
"""How long a stream whose answer is complete may take to end, so that its connection can be used again."""

_HEADERS = (("accept-encoding", "identity"), ("user-agent", "meritorder"))
_CLOSING = (*_HEADERS, ("connection", "close"))

_NO_STREAM = frozenset({"application/json", "text/html", "text/plain"})


class Target(Struct, frozen=True):
    """An endpoint and how to reach it."""

    endpoint: Endpoint
    connection: Connection


class EventStream:
    """An open stream. `close` ends it at once, wherever it stands, and with it the upstream's generation."""

    def __init__(self, link: Link, reader: StreamReader, target: Target, ends: float) -> None:
        self._link = link
        self._reader = reader
        self._target = target
        self._ends = ends
        self._done = self._left = False

    async def read(self, patience: Milliseconds) -> Event | None:
        """The next events, or None at the end; waits at most `patience`, and not past the call's own limit.

        What happens to the connection once the answer is complete is no fault of the answer.
        """
        now = asyncio.get_running_loop().time()
        if self._done:
            with suppress(TimeoutError, TransportError):
                await self._link.read(now + _AFTER_DONE_SECONDS)
            return None
        until = now + patience / 1000
        try:
            data = await self._link.read(min(until, self._ends))
        except TimeoutError as late:
            raise (_stalled(self._target, patience) if until < self._ends else _too_long(self._target)) from late
        except TransportError as error:
            raise _fault(self._target, error) from error
        if data:
            event = self._reader.feed(data)
            self._done = event.done
            return event
        self._reader.end()
        return None

    def close(self) -> None:
        """Leave the stream; only the first call does anything."""
        if not self._left:
            self._left = True
            self._link.leave()


class Client:
    """Speaks to upstreams over one pool of connections.

    `address_of` gives the base URL of an embedded model, which moves when it restarts; it raises
    UpstreamError while that model is not ready.
    """

    def __init__(self, address_of: Callable[[str], str]) -> None:
        self._address_of = address_of
        self._opened: Pool | None = None

    async def __aenter__(self) -> Self:
        """Open the pool of connections."""
        self._opened = Pool()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        self._pool.close()

    @property
    def _pool(self) -> Pool:
        if self._opened is None:
            raise RuntimeError("the client is used outside its context")
        return self._opened

    async def whole(self, target: Target, request: Request, *, evidence: bool) -> Answer:
        """The whole answer to a request that does not stream."""
        ends = asyncio.get_running_loop().time() + target.connection.total / 1000
        try:
            link = await self._post(target, request, ends, evidence=evidence)
            try:
                body = await _body(link, target, ends)
            finally:
                link.leave()
        except TimeoutError as late:
            raise _too_long(target) from late
        return DIALECTS[target.endpoint.dialect].answer(request, body, evidence=evidence)

    async def stream(self, target: Target, request: Request, *, evidence: bool) -> EventStream:
        """Open the stream of events that answers a streaming request."""
        connection = target.connection
        now = asyncio.get_running_loop().time()
        begins = now + connection.first_token / 1000
        try:
            link = await self._post(target, request, begins, evidence=evidence)
            await _expect_events(link, target, request, begins)
        except TimeoutError as late:
            raise _stalled(target, connection.first_token) from late
        reader = DIALECTS[target.endpoint.dialect].stream(request, evidence=evidence)
        return EventStream(link, reader, target, now + connection.total / 1000)

    async def _post(self, target: Target, request: Request, ends: float, *, evidence: bool) -> Link:
        """Send the call; the reply's status is 200 and its body not yet read."""
        endpoint, connection = target.endpoint, target.connection
        dialect = DIALECTS[endpoint.dialect]
        try:
            call = dialect.call(request, endpoint.upstream_model, connection.key, evidence=evidence)
        except RequestError as unfit:
            raise UpstreamError(str(unfit), code=unfit.code, status=unfit.status) from unfit
        # llama.cpp closes the connection after a stream, having promised to keep it.
        headers = _CLOSING if connection.gather else _HEADERS
        base = self._address_of(connection.embedded) if connection.embedded else connection.base_url
        try:
            to = place(base + call.path, *headers, *call.headers.items())
            link = await self._pool.post(to, call.body, connect=connection.connect / 1000, deadline=ends)
        except TransportError as error:
            raise _fault(target, error) from error
        reply = link.reply
        if reply.status == HTTPStatus.OK and reply.header(b"content-encoding") in ("", "identity"):
            return link
        try:
            body = await _body(link, target, ends)
        finally:
            link.leave()
        if reply.status == HTTPStatus.OK:
            said = f"{endpoint.label} compressed its answer, which was asked for as it is"
            raise UpstreamError(said, code="upstream_garbage")
        raise dialect.fault(reply.status, reply.headers, body)


async def _expect_events(link: Link, target: Target, request: Request, ends: float) -> None:
    """A reply that says it is no stream is read whole, for it may be an error; anything else in it is garbage."""
    kind = link.reply.header(b"content-type").partition(";")[0].strip().lower()
    if kind in _NO_STREAM:
        try:
            DIALECTS[target.endpoint.dialect].answer(request, await _body(link, target, ends), evidence=False)
        finally:
            link.leave()
        said = f"{target.endpoint.label} sent {kind} where a stream was asked for"
        raise UpstreamError(said, code="upstream_garbage")


async def _body(link: Link, target: Target, ends: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        while size <= LARGEST_REPLY and (part := await link.read(ends)):
            parts.append(part)
            size += len(part)
    except TransportError as error:
        raise _fault(target, error) from error
    if size > LARGEST_REPLY:
        raise UpstreamError(f"{target.endpoint.label} sent more than 64 MiB", code="upstream_garbage")
    return b"".join(parts)


def _fault(target: Target, error: TransportError) -> UpstreamError:
    label = target.endpoint.label
    if isinstance(error, Unreachable):
        return UpstreamError(f"{label} cannot be reached: {error}", code="upstream_unreachable")
    if isinstance(error, NotHTTP):
        return UpstreamError(f"{label} {error}", code="upstream_garbage")
    return UpstreamError(f"{label} broke off the connection", code="upstream_cut")


def _stalled(target: Target, waited: Milliseconds) -> UpstreamError:
    return UpstreamError(
        f"{target.endpoint.label} sent nothing for {seconds(waited)}", code="upstream_timeout", status=504
    )


def _too_long(target: Target) -> UpstreamError:
    return UpstreamError(
        f"{target.endpoint.label} took longer than {seconds(target.connection.total)}",
        code="upstream_timeout",
        status=504,
    )
