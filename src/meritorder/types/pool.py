"""Models, the endpoints that serve them, and how those endpoints are doing."""

from typing import Literal, TypeAlias

from msgspec import Struct

from meritorder.types.request import Ability, Dialect
from meritorder.types.units import Milliseconds, NanoUSD, Tokens
from meritorder.types.workload import Intent

Zone: TypeAlias = Literal["device", "site", "cloud"]
"""Where an endpoint runs: on this machine, inside the organisation, or outside it."""

Basis: TypeAlias = Literal["declared", "learned", "measured"]


class Price(Struct, frozen=True):
    """Nano-dollars per million tokens. A cached prompt token costs `cached_input`."""

    input: NanoUSD
    output: NanoUSD
    cached_input: NanoUSD


class Calibration(Struct, frozen=True):
    """How a model's own log-probabilities tell whether its answer is right.

    P(right) = logistic(intercept + slope · mean token log-probability). `spread` holds equally likely
    values of that probability, ascending, as they were found on the calibration prompts: their mean
    is the model's share of right answers there.
    """

    intercept: float
    slope: float
    spread: tuple[float, ...]
    basis: Basis


class Model(Struct, frozen=True):
    """A model as the catalog knows it. `quality` is P(right answer), by kind of task where that differs."""

    name: str
    context: Tokens
    max_output: Tokens
    quality: float
    quality_by_intent: dict[Intent, float]
    quality_basis: Basis
    calibration: Calibration | None


class Endpoint(Struct, frozen=True):
    """One model served at one place. `label` is `model@name`, unique in a generation.

    `first_token` (ms) and `tokens_per_second` are what was declared; they hold until traffic shows better.
    `fastest_tokens_per_second` bounds what one request can generate: it turns elapsed time into the
    most that an upstream can have produced when it did not say.
    """

    label: str
    name: str
    model: str
    upstream_model: str
    dialect: Dialect
    zone: Zone
    price: Price
    abilities: frozenset[Ability]
    first_token: Milliseconds
    tokens_per_second: float
    fastest_tokens_per_second: float


class EndpointState(Struct, frozen=True):
    """How an endpoint is doing. While `now < resting_until` it is left alone, `because` of what happened."""

    in_flight: int = 0
    failures: int = 0
    resting_until: Milliseconds = 0
    because: str = ""
    first_token: float = 0.0
    per_token: float = 0.0
    observed: int = 0


IDLE = EndpointState()
