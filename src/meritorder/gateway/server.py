"""The HTTP server: uvicorn around the gateway, with a shutdown that lets streams finish."""

import asyncio
import errno
import gc
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from meritorder.errors import ConfigError
from meritorder.gateway.app import Gateway

_log = logging.getLogger(__name__)

_TELL_WITHIN_S = 1.0
"""How long the clients of requests that are cut have to take the news."""


class Gathered(asyncio.Transport):
    """A transport whose writes go out together, once the event loop has done what there is to do now.

    uvicorn writes the head of a reply and its body one after the other, which would be two system calls.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes | bytearray | memoryview] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Have `data` written soon, after whatever was written before."""
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)

    def close(self) -> None:
        """Write what waits, then close."""
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._waiting = []
        self._transport.abort()

    def is_closing(self) -> bool:
        """Whether the connection is closed or about to be."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: object = None) -> Any:
        """What is known of the connection, by name."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Make the client wait."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._transport.resume_reading()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._transport.writelines(waiting)


class Protocol(HttpToolsProtocol):
    """uvicorn's, over a transport that gathers what is written."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """asyncio's: the connection stands."""
        super().connection_made(Gathered(transport))


class Server(uvicorn.Server):
    """On the first SIGTERM or SIGINT the gateway drains, within `grace` seconds; on the second it stops at once."""

    def __init__(self, gateway: Gateway, *, grace: float) -> None:
        config = uvicorn.Config(
            gateway,
            loop="uvloop",
            http=Protocol,
            ws="none",
            lifespan="off",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            log_config=None,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._gateway = gateway
        self._grace = grace
        self._drain: asyncio.Task[None] | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain, or stop if that has begun already."""
        if self._drain is None and not self._gateway.draining:
            self._gateway.draining = True
            _log.info("%s: draining, %d in flight", signal.Signals(sig).name, self._gateway.in_flight)
            asyncio.get_running_loop().call_soon_threadsafe(self._begin_drain)
        else:
            asyncio.get_running_loop().call_soon_threadsafe(self._gateway.cut)
            self.should_exit = self.force_exit = True

    def _begin_drain(self) -> None:
        self._drain = asyncio.create_task(self._finish())

    async def _finish(self) -> None:
        try:
            await asyncio.wait_for(self._gateway.quiet.wait(), self._grace)
        except TimeoutError:
            _log.warning("%d in flight did not finish in time and are cut", self._gateway.in_flight)
            self._gateway.cut()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._gateway.quiet.wait(), _TELL_WITHIN_S)
        self.should_exit = True


_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""A hundred requests' worth; nearly all that a request makes is freed by its reference count, without the collector."""


def _leave_what_stays_alone() -> None:
    """Keep the garbage collector from looking again and again at what lives as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises ConfigError where that cannot be."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        # create_server adds the address to the system's words, which is said already.
        why = (error.strerror or str(error)).partition(" (while ")[0].lower()
        no_such_host = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        option = "--host" if no_such_host else "--port"
        message = f"{host}:{port} cannot be listened on: {why}; choose another with {option}"
        raise ConfigError(message, code="address_unavailable") from error
    listening.setblocking(False)
    return listening


async def serve(gateway: Gateway, listening: socket.socket, *, grace: float, on_hangup: Callable[[], None]) -> None:
    """Serve until told to stop; SIGHUP calls `on_hangup`."""
    server = Server(gateway, grace=grace)
    _leave_what_stays_alone()
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, on_hangup)
    await server.serve(sockets=[listening])
