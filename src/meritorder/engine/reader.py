"""Requests read as closely as is of use.

A router is itself a cascade: cue words where nothing in force needs more, the learned heads where something does, and
an embedding, at a hundred times their price, where the heads are in doubt and the decision hangs on it.
"""

import asyncio
import logging
from collections.abc import Callable

from meritorder.errors import ConfigError
from meritorder.routing.doubt import hangs_on_doubt
from meritorder.signals.profile import Closeness, profile, wording
from meritorder.signals.recognisers import Recognisers
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
        self._waiting = 0

    async def read(self, request: Request, snapshot: Callable[[], Snapshot], closeness: Closeness) -> Workload:
        """Read `request`, for a decision on a world like `snapshot`."""
        workload = profile(request, self._recognisers, closeness)
        if self._embed is None or self._waiting >= _MOST_WAITING or not hangs_on_doubt(workload, snapshot()):
            return workload
        self._waiting += 1
        try:
            embedding = await asyncio.to_thread(self._embed, wording(request))
        except ConfigError as error:
            _log.error("requests are read without embeddings: %s", error)
            self._embed = None
            return workload
        finally:
            self._waiting -= 1
        return profile(request, self._recognisers, closeness, embedding)
