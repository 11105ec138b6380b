"""Calls to upstreams over HTTP: a whole answer or a stream of events; every failure is an UpstreamError."""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from http import HTTPStatus
from types import TracebackType
from typing import Self

import aiohttp
from msgspec import Struct
from yarl import URL

from meritorder.errors import RequestError, UpstreamError
from meritorder.providers.connection import Connection
from meritorder.providers.dialects import DIALECTS
from meritorder.providers.dialects.protocol import Answer, Event, StreamReader
from meritorder.types.pool import Endpoint
from meritorder.types.request import Request
from meritorder.types.units import Milliseconds, seconds

LARGEST_REPLY = 64 * 1024 * 1024
"""Bytes of one whole reply; a larger one is taken for garbage."""

_KEPT_SECONDS = 4
"""How long an idle connection is kept: less than the 5 s after which uvicorn, and so vLLM, closes its end."""


_AFTER_DONE_SECONDS = 0.1
"""How long a stream whose answer is complete may take to end, so that its connection can be used again."""

_HEADERS = {"accept-encoding": "identity", "user-agent": "meritorder"}
_CLOSING = {**_HEADERS, "connection": "close"}

_NO_STREAM = frozenset({"application/json", "text/html", "text/plain"})


class Target(Struct, frozen=True):
    """An endpoint and how to reach it."""

    endpoint: Endpoint
    connection: Connection


class EventStream:
    """An open stream. `close` ends it at once, wherever it stands, and with it the upstream's generation."""

    def __init__(self, response: aiohttp.ClientResponse, reader: StreamReader, target: Target, ends: float) -> None:
        self._response = response
        self._reader = reader
        self._target = target
        self._ends = ends
        self._done = False

    async def read(self, patience: Milliseconds) -> Event | None:
        """The next events, or None at the end; waits at most `patience`, and not past the call's own limit.

        What happens to the connection once the answer is complete is no fault of the answer.
        """
        if self._done:
            with suppress(TimeoutError, aiohttp.ClientError, OSError):
                async with asyncio.timeout(_AFTER_DONE_SECONDS):
                    await self._response.content.readany()
            return None
        left = self._ends - time.monotonic()
        try:
            async with asyncio.timeout(min(patience / 1000, left)):
                data = await self._response.content.readany()
        except TimeoutError as late:
            raise (_stalled(self._target, patience) if patience < left * 1000 else _too_long(self._target)) from late
        except (aiohttp.ClientError, OSError) as broken:
            raise _cut(self._target) from broken
        if data:
            event = self._reader.feed(data)
            self._done = event.done
            return event
        self._reader.end()
        return None

    def close(self) -> None:
        """Leave the stream; safe to call again."""
        _leave(self._response)


class Client:
    """Speaks to upstreams over one pool of connections.

    `address_of` gives the base URL of an embedded model, which moves when it restarts; it raises
    UpstreamError while that model is not ready.
    """

    def __init__(self, address_of: Callable[[str], str]) -> None:
        self._address_of = address_of
        self._opened: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the pool of connections."""
        self._opened = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=60, keepalive_timeout=_KEPT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self._session.close()

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._opened is None:
            raise RuntimeError("the client is used outside its context")
        return self._opened

    async def whole(self, target: Target, request: Request, *, evidence: bool) -> Answer:
        """The whole answer to a request that does not stream."""
        try:
            async with asyncio.timeout(target.connection.total / 1000):
                response = await self._post(target, request, evidence=evidence)
                try:
                    body = await _body(response, target)
                finally:
                    _leave(response)
        except TimeoutError as late:
            raise _too_long(target) from late
        return DIALECTS[target.endpoint.dialect].answer(request, body, evidence=evidence)

    async def stream(self, target: Target, request: Request, *, evidence: bool) -> EventStream:
        """Open the stream of events that answers a streaming request."""
        connection = target.connection
        ends = time.monotonic() + connection.total / 1000
        try:
            async with asyncio.timeout(connection.first_token / 1000):
                response = await self._post(target, request, evidence=evidence)
                await _expect_events(response, target, request)
        except TimeoutError as late:
            raise _stalled(target, connection.first_token) from late
        reader = DIALECTS[target.endpoint.dialect].stream(request, evidence=evidence)
        return EventStream(response, reader, target, ends)

    async def _post(self, target: Target, request: Request, *, evidence: bool) -> aiohttp.ClientResponse:
        """Send the call; the response's status is 200 and its body not yet read."""
        endpoint, connection = target.endpoint, target.connection
        dialect = DIALECTS[endpoint.dialect]
        try:
            call = dialect.call(request, endpoint.upstream_model, connection.key, evidence=evidence)
        except RequestError as unfit:
            raise UpstreamError(str(unfit), code=unfit.code, status=unfit.status) from unfit
        # llama.cpp closes the connection after a stream, having promised to keep it.
        headers = {**call.headers, **(_CLOSING if connection.gather else _HEADERS)}
        base = self._address_of(connection.embedded) if connection.embedded else connection.base_url
        try:
            response = await self._send(_url(base, call.path), call.body, headers, _timeout(connection.connect))
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as unreachable:
            raise _unreachable(target, unreachable) from unreachable
        except (aiohttp.ClientError, OSError) as broken:
            raise _cut(target) from broken
        if response.status == HTTPStatus.OK:
            return response
        try:
            body = await _body(response, target)
        finally:
            _leave(response)
        raise dialect.fault(response.status, response.headers, body)

    async def _send(
        self, url: URL, body: bytes, headers: dict[str, str], patience: aiohttp.ClientTimeout
    ) -> aiohttp.ClientResponse:
        """POST once or, where the connection broke off before a byte came back, once more on another.

        A kept connection may have been closed at the other end just now; aiohttp does not tell whether it was
        a kept one.
        """
        try:
            return await self._session.post(url, data=body, headers=headers, allow_redirects=False, timeout=patience)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            return await self._session.post(url, data=body, headers=headers, allow_redirects=False, timeout=patience)


@lru_cache(maxsize=1024)
def _url(base: str, path: str) -> URL:
    return URL(base + path, encoded=True)


@lru_cache(maxsize=256)
def _timeout(connect: Milliseconds) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect / 1000)


async def _expect_events(response: aiohttp.ClientResponse, target: Target, request: Request) -> None:
    """A reply that says it is no stream is read whole, for it may be an error; anything else in it is garbage."""
    if response.content_type in _NO_STREAM:
        try:
            DIALECTS[target.endpoint.dialect].answer(request, await _body(response, target), evidence=False)
        finally:
            _leave(response)
        said = f"{target.endpoint.label} sent {response.content_type} where a stream was asked for"
        raise UpstreamError(said, code="upstream_garbage")


async def _body(response: aiohttp.ClientResponse, target: Target) -> bytes:
    parts: list[bytes] = []
    left = LARGEST_REPLY + 1
    try:
        while left and (part := await response.content.read(left)):
            parts.append(part)
            left -= len(part)
    except (aiohttp.ClientError, OSError) as broken:
        raise _cut(target) from broken
    if not left:
        raise UpstreamError(f"{target.endpoint.label} sent more than 64 MiB", code="upstream_garbage")
    return b"".join(parts)


def _leave(response: aiohttp.ClientResponse) -> None:
    """Keep the connection if the reply was read to its end; else close it, so that the upstream stops."""
    if response.content.at_eof():
        response.release()
    else:
        response.close()


def _unreachable(target: Target, error: Exception) -> UpstreamError:
    reason = getattr(error, "os_error", None)
    number = reason.errno if isinstance(reason, OSError) else None
    told = os.strerror(number).lower() if number is not None and number > 0 else "no connection"
    return UpstreamError(f"{target.endpoint.label} cannot be reached: {told}", code="upstream_unreachable")


def _cut(target: Target) -> UpstreamError:
    return UpstreamError(f"{target.endpoint.label} broke off the connection", code="upstream_cut")


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
