"""Rules that say what may run where, and the objective that says what an answer is worth."""

from msgspec import Struct

from meritorder.types.caller import PrivacyClass
from meritorder.types.pool import Zone
from meritorder.types.units import Milliseconds, NanoUSD
from meritorder.types.workload import Intent


class Condition(Struct, frozen=True):
    """When a rule applies: every part that is set must hold; an empty condition always holds."""

    privacy_at_least: PrivacyClass = "public"
    intents: frozenset[Intent] = frozenset()
    keys: frozenset[str] = frozenset()


class Scope(Struct, frozen=True):
    """Which endpoints a rule speaks of: those that match any part."""

    zones: frozenset[Zone] = frozenset()
    models: frozenset[str] = frozenset()
    endpoints: frozenset[str] = frozenset()


class Rule(Struct, frozen=True):
    """`forbid` the endpoints in scope to the work that `when` describes."""

    name: str
    when: Condition
    forbid: Scope


class Objective(Struct, frozen=True):
    """What is bought: value of a right answer, cost of a wrong one, price of a second past the deadline.

    `may_decline` is true where the operator stated a worth in money: work whose best path nets less
    than nothing is then turned away. A named dial only orders the paths and never declines.
    """

    name: str
    value: NanoUSD
    failure_cost: NanoUSD
    deadline: Milliseconds
    late_second: NanoUSD
    may_decline: bool
