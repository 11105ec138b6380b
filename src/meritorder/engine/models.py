"""The embedded model, for as long as the configuration has an endpoint for it; the pool hears how it is."""

import asyncio
import logging
from pathlib import Path

from meritorder.config.configuration import Configuration
from meritorder.errors import ConfigError, UpstreamError
from meritorder.pool.tracker import Tracker
from meritorder.providers.embedded.supervise import EmbeddedServer, State, serve_command
from meritorder.providers.embedded.weights import prepare

_log = logging.getLogger(__name__)

SLOTS = 2
"""Requests that the embedded model works on at once; more wait in its queue."""


class EmbeddedModels:
    """Starts and stops the embedded model as configurations come and go, and knows its address."""

    def __init__(self, tracker: Tracker, cache: Path) -> None:
        self._tracker = tracker
        self._cache = cache
        self._labels: tuple[str, ...] = ()
        self._context = 0
        self._server: EmbeddedServer | None = None
        self._starting: asyncio.Task[None] | None = None
        self._stopping: set[asyncio.Task[None]] = set()

    def follow(self, configuration: Configuration) -> None:
        """Run the model if `configuration` has an endpoint for it, and only then. Returns at once."""
        endpoints = configuration.generation.endpoints
        self._labels = tuple(label for label in endpoints if configuration.connections[label].embedded)
        if not self._labels:
            self._let_go()
            return
        context = max(configuration.generation.models[endpoints[label].model].context for label in self._labels)
        if context == self._context and self._server is not None:
            self._told(self._server.state)
        elif context != self._context:
            self._let_go()
            self._context = context
            self._told(State("starting", "the embedded model is starting"))
            self._starting = asyncio.create_task(self._start(context))

    def address_of(self, name: str) -> str:
        """The base URL of the embedded model `name`; raises UpstreamError while it is not ready."""
        url = self._server.url if self._server is not None else None
        if url is None:
            detail = self._server.state.detail if self._server is not None else f"{name} is starting"
            raise UpstreamError(detail, code="upstream_unreachable", status=503, retry_after_ms=1000)
        return url

    async def close(self) -> None:
        """Stop the model; returns when its process is gone."""
        self._let_go()
        await asyncio.gather(*self._stopping)

    async def _start(self, context: int) -> None:
        try:
            model = await asyncio.to_thread(prepare, self._cache, _log.info)
        except ConfigError as error:
            _log.error("%s", error)
            self._told(State("failed", str(error)))
            # The next look at the configuration tries again.
            self._context = 0
            return
        command = serve_command(model, context=context, slots=SLOTS)
        server = EmbeddedServer(command, on_change=lambda state: self._heard(server, state))
        self._server = server
        await server.start()

    def _heard(self, server: EmbeddedServer, state: State) -> None:
        """Of a server that is not ours any more, nothing is to be heard."""
        if server is self._server:
            self._told(state)

    def _told(self, state: State) -> None:
        for label in self._labels:
            if state.status == "ready":
                self._tracker.recovered(label)
            else:
                self._tracker.unavailable(label, state.detail)

    def _let_go(self) -> None:
        starting, server = self._starting, self._server
        self._starting = self._server = None
        self._context = 0
        if starting is not None:
            task = asyncio.create_task(_end(starting, server))
            self._stopping.add(task)
            task.add_done_callback(self._stopping.discard)


async def _end(starting: asyncio.Task[None], server: EmbeddedServer | None) -> None:
    starting.cancel()
    await asyncio.wait({starting})
    if server is not None:
        await server.stop()
