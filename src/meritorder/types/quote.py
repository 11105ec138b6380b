"""What one path would deliver and use now, each figure with its basis."""

from msgspec import Struct

from meritorder.types.path import CapabilityPath
from meritorder.types.pool import Basis
from meritorder.types.units import Milliseconds, NanoUSD


class Probability(Struct, frozen=True):
    """P(success) with an interval and where it comes from."""

    p: float
    low: float
    high: float
    basis: Basis


class Use(Struct, frozen=True):
    """What a path uses. `money` is expected, `money_bound` the most it can be, `hold` the first slice."""

    money: NanoUSD
    money_bound: NanoUSD
    hold: NanoUSD
    latency: Milliseconds
    latency_basis: Basis


class Receipt(Struct, frozen=True):
    """Why a path scored as it did, in nano-dollars: `net = worth - risk - money - lateness`, exactly."""

    worth: NanoUSD
    risk: NanoUSD
    money: NanoUSD
    lateness: NanoUSD
    net: NanoUSD


class Quote(Struct, frozen=True):
    """One feasible path, priced. `stop_at` is the confidence at which a cascade keeps the cheap answer."""

    path: CapabilityPath
    quality: Probability
    use: Use
    receipt: Receipt
    stop_at: float
