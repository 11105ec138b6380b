"""What the engine knows now: the configuration in force, the pool, the ledger; and snapshots of them."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from meritorder.config.configuration import Configuration
from meritorder.ledger.ledger import Ledger
from meritorder.ledger.window import bounds
from meritorder.pool.tracker import Tracker
from meritorder.providers.client import Target
from meritorder.stores.records import Records
from meritorder.types.request import Principal
from meritorder.types.snapshot import Generation, Snapshot, View
from meritorder.types.units import Milliseconds


class State:
    """The moving world. A new configuration is taken up by one assignment; requests under way keep theirs."""

    def __init__(
        self, configuration: Configuration, *, clock: Callable[[], Milliseconds], seeds: Callable[[], int]
    ) -> None:
        self.clock = clock
        self.tracker = Tracker()
        self.ledger = Ledger(configuration.generation.caps, clock())
        self._seeds = seeds
        self._configuration = configuration
        self._targets = targets(configuration)

    @property
    def configuration(self) -> Configuration:
        """The configuration in force."""
        return self._configuration

    @property
    def targets(self) -> Mapping[str, Target]:
        """How to reach each endpoint of the generation in force, by label."""
        return self._targets

    def take_up(self, configuration: Configuration) -> tuple[str, ...]:
        """Put `configuration` in force for every request from now on; returns the accounts to `restore`."""
        fresh = self.ledger.configure(configuration.generation.caps, self.clock())
        self._configuration, self._targets = configuration, targets(configuration)
        return fresh

    def snapshot(self, principal: Principal, tried: frozenset[str]) -> Snapshot:
        """The world as it is now for `principal`, whose request has already failed at `tried`."""
        now = self.clock()
        generation: Generation = self._configuration.generation
        view = View(
            principal.name,
            self.tracker.states(generation.endpoints),
            self.ledger.balances(principal.accounts, now),
            tried,
            now,
            self._seeds(),
        )
        return Snapshot(generation, view)


def targets(configuration: Configuration) -> Mapping[str, Target]:
    """Endpoints joined with how to reach them."""
    return {
        label: Target(endpoint, configuration.connections[label])
        for label, endpoint in configuration.generation.endpoints.items()
    }


def restore(state: State, journal: Path, accounts: Iterable[str]) -> None:
    """Post what `accounts` spent in the windows that are open now: neither a restart nor a change refills a budget."""
    records = Records(journal)
    now = state.clock()
    caps = state.configuration.generation.caps
    for account in accounts:
        state.ledger.restore(account, records.spent(account, bounds(caps[account].window, now)[0]))
    records.close()
