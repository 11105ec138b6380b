"""What holds where the document says nothing. All of it is declared: chosen to be plausible, not measured."""

from msgspec import Struct

from meritorder.config.document import Dial, EndpointSection, ServedSection
from meritorder.types.policy import Objective
from meritorder.types.pool import Price, Zone
from meritorder.types.request import ABILITIES, Ability
from meritorder.types.units import NANO, Milliseconds, NanoUSD

EMBEDDED: dict[str, frozenset[Ability]] = {
    "smollm2-135m": frozenset({"json_object", "json_schema", "logprobs", "seed", "penalties", "other_fields"}),
}
"""The models that ship, and what the server they run in can be asked to do."""

DIALECT_ABILITIES: dict[str, frozenset[Ability]] = {
    "openai": frozenset(ABILITIES),
    "anthropic": frozenset({"tools", "vision"}),
}

FREE = Price(0, 0, 0)
"""The price of the embedded model only: for a server, saying nothing must never mean free."""

# What a right answer is worth under each dial. Declared: a point on the scale between price and quality, not
# somebody's business case; who has one writes it as `objective: {value: …}`.
DIALS: dict[Dial, NanoUSD] = {"cheapest": NANO // 10_000, "balanced": NANO // 100, "best": NANO}
DEADLINE: Milliseconds = 60_000
LATE_SHARE = 10
"""A second past the deadline costs the value divided by this."""


class Speed(Struct, frozen=True):
    """Time to the first token, and tokens per second: usual, and the most that can be."""

    first_token: Milliseconds
    tokens_per_second: float
    fastest: float


SPEEDS: dict[Zone, Speed] = {
    "device": Speed(500, 30.0, 500.0),
    "site": Speed(400, 40.0, 500.0),
    "cloud": Speed(800, 60.0, 1000.0),
}


def dial(name: Dial) -> Objective:
    """A named objective: it orders the paths and never declines."""
    value = DIALS[name]
    return Objective(name, value, 0, DEADLINE, value // LATE_SHARE, may_decline=False)


def served(endpoint: EndpointSection) -> tuple[ServedSection, ...]:
    """What an endpoint serves; the embedded model needs no telling."""
    if endpoint.serves is None and endpoint.embedded is not None:
        return (ServedSection(model=endpoint.embedded),)
    return endpoint.serves or ()
