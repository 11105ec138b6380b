"""An engine put together from a configuration file, following that file, and taken apart again."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from msgspec import Struct

from meritorder.config.diagnose import ConfigurationInvalid, render
from meritorder.config.load import load
from meritorder.config.watch import Stamp, stamp, watch
from meritorder.engine.engine import Engine
from meritorder.engine.ids import ascending
from meritorder.engine.models import EmbeddedModels
from meritorder.engine.state import State, spending
from meritorder.providers.client import Client
from meritorder.providers.recognisers import shipped
from meritorder.signals.privacy.find import privacy
from meritorder.stores.journal import Journal
from meritorder.types.units import Milliseconds

_log = logging.getLogger(__name__)


class Places(Struct, frozen=True):
    """Files of one installation: the configuration, the journal, and the cache of prepared models."""

    configuration: Path
    journal: Path
    cache: Path


class Assembly:
    """A running engine and the file that it follows."""

    def __init__(
        self, places: Places, environ: Mapping[str, str], engine: Engine, journal: Journal, models: EmbeddedModels
    ) -> None:
        self.engine = engine
        self._places = places
        self._environ = environ
        self._journal = journal
        self._models = models

    def reload(self) -> None:
        """Take up the file as it is now. Where that cannot be, say all of why; what is in force stays so."""
        in_force = self.engine.state.configuration.generation.digest
        try:
            configuration = load(self._places.configuration, self._environ)
            posted = spending(configuration, self._places.journal, self.engine.state.clock())
        except ConfigurationInvalid as invalid:
            _log.error("%s", render(invalid.diagnostics, f"generation {in_force} stays in force"))
        except Exception:
            _log.exception("the configuration cannot be taken up; generation %s stays in force", in_force)
        else:
            self._journal.keep(configuration.generation)
            self.engine.state.take_up(configuration, posted)
            self._models.follow(configuration)
            _log.info("generation %s is in force", configuration.generation.digest)


@asynccontextmanager
async def assemble(places: Places, environ: Mapping[str, str]) -> AsyncGenerator[Assembly]:
    """Run an engine on the configuration at `places`; raises ConfigurationInvalid or StoreError."""
    seen = stamp(places.configuration)
    configuration = load(places.configuration, environ)
    journal = Journal(places.journal)
    try:
        journal.keep(configuration.generation)
        state = State(configuration, clock=clock, seeds=ascending(clock))
        state.restore(spending(configuration, places.journal, clock()))
        privacy(b"12", closely=state.closeness.privacy)  # Matchers are compiled here: no request shall wait for it.
        models = EmbeddedModels(state.tracker, places.cache)
        async with Client(models.address_of) as client:
            assembly = Assembly(places, environ, Engine(state, client, journal, shipped()), journal, models)
            models.follow(configuration)
            async with _following(assembly, places.configuration, seen):
                yield assembly
            await models.close()
    finally:
        journal.close()


def clock() -> Milliseconds:
    """Unix time in milliseconds."""
    return time.time_ns() // 1_000_000


@asynccontextmanager
async def _following(assembly: Assembly, file: Path, seen: Stamp) -> AsyncGenerator[None]:
    task = asyncio.create_task(watch(file, assembly.reload, since=seen), name="configuration")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
