"""Requests read as closely as is of use.

A router is itself a cascade: cue words where nothing in force needs more, the learned heads where something does, and
an embedding, at a hundred times their price, where the heads are in doubt and the decision hangs on it.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from meritorder.routing.doubt import hangs_on_doubt
from meritorder.signals.learned.heads import Embedding
from meritorder.signals.profile import Closeness, look_again, profile, wording
from meritorder.signals.recognisers import Embed, Recognisers
from meritorder.types.request import Request
from meritorder.types.snapshot import Snapshot
from meritorder.types.workload import Workload

_log = logging.getLogger(__name__)

_MOST_WAITING = 4
"""Requests that are embedded or wait for it. Those beyond go by what the heads say: a closer look must not become the
queue that everybody stands in."""


class Reader:
    """Reads requests for a gateway, whose event loop never waits for an embedding."""

    def __init__(self, recognisers: Recognisers) -> None:
        self._recognisers = recognisers
        self._embed = recognisers.embed
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")
        self._waiting = 0

    async def read(
        self, request: Request, closeness: Callable[[], Closeness], snapshot: Callable[[], Snapshot]
    ) -> Workload:
        """Read `request` with the `closeness` that is asked for, for a decision on a world like `snapshot`."""
        asked = closeness()
        workload = profile(request, self._recognisers, asked)
        if self._embed is None or workload.intent.rival is None or self._waiting >= _MOST_WAITING:
            return workload
        if not hangs_on_doubt(workload, snapshot()):
            return workload
        embedding = await self._embedded(self._embed, wording(request))
        if closeness() != asked:  # While this one waited, a configuration came into force that asks for more.
            return profile(request, self._recognisers, closeness(), embedding)
        return workload if embedding is None else look_again(workload, request, self._recognisers, embedding)

    async def _embedded(self, embed: Embed, text: str) -> Embedding | None:
        """The embedding; None where the model turns out to be of no use, which is told once."""
        loop = asyncio.get_running_loop()

        def done(_: Future[Embedding]) -> None:
            # A client that leaves stops waiting; what was begun for it still occupies the thread until here.
            loop.call_soon_threadsafe(self._left)

        self._waiting += 1
        future = self._thread.submit(embed, text)
        future.add_done_callback(done)
        try:
            return await asyncio.wrap_future(future)
        except Exception as error:
            if self._embed is not None:
                _log.error("requests are read without embeddings: %s", error)
            self._embed = None
            return None

    def _left(self) -> None:
        self._waiting -= 1
