"""What the engine knows now: the configuration in force, the pool, the ledger; and snapshots of them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from meritorder.config.configuration import Configuration
from meritorder.ledger.ledger import Ledger
from meritorder.ledger.window import bounds
from meritorder.pool.tracker import Tracker
from meritorder.providers.client import Target
from meritorder.signals.profile import Closeness
from meritorder.stores.records import Records
from meritorder.types.request import Principal
from meritorder.types.snapshot import Generation, Snapshot, View
from meritorder.types.units import Milliseconds, NanoUSD


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
        self._closeness = closeness(configuration.generation)

    @property
    def configuration(self) -> Configuration:
        """The configuration in force."""
        return self._configuration

    @property
    def closeness(self) -> Closeness:
        """How closely requests have to be read for what is in force."""
        return self._closeness

    @property
    def targets(self) -> Mapping[str, Target]:
        """How to reach each endpoint of the generation in force, by label."""
        return self._targets

    def restore(self, posted: Mapping[str, NanoUSD]) -> None:
        """Post what earlier runs spent, by account: a restart refills no budget."""
        for account, money in posted.items():
            self.ledger.restore(account, money)

    def take_up(self, configuration: Configuration, posted: Mapping[str, NanoUSD]) -> None:
        """Put `configuration` in force for every request from now on.

        Accounts that are new, or whose window is another, begin with what was `posted`. What is known of an
        endpoint is forgotten where it is not the same one any more.
        """
        before, self._targets = self._targets, targets(configuration)
        self._configuration = configuration
        self._closeness = closeness(configuration.generation)
        fresh = self.ledger.configure(configuration.generation.caps, self.clock())
        self.restore({account: posted[account] for account in fresh})
        self.tracker.forget(label for label, target in before.items() if self._targets.get(label) != target)

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


def closeness(generation: Generation) -> Closeness:
    """As closely as a rule or a model's quality makes use of.

    What is secret is told by its form; only lower classes of privacy also depend on names and wording.
    """
    by_intent = any(model.quality_by_intent for model in generation.models.values())
    return Closeness(
        wording=by_intent or any(rule.when.intents for rule in generation.rules),
        privacy=any(rule.when.privacy_at_least not in ("public", "secret") for rule in generation.rules),
    )


def targets(configuration: Configuration) -> Mapping[str, Target]:
    """Endpoints joined with how to reach them."""
    return {
        label: Target(endpoint, configuration.connections[label])
        for label, endpoint in configuration.generation.endpoints.items()
    }


def spending(configuration: Configuration, journal: Path, now: Milliseconds) -> Mapping[str, NanoUSD]:
    """What the records say each account of `configuration` spent in its window of `now`; reads the database."""
    records = Records(journal)
    caps = configuration.generation.caps.values()
    try:
        return {cap.account: records.spent(cap.account, bounds(cap.window, now)[0]) for cap in caps}
    finally:
        records.close()
