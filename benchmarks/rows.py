"""What is printed: a row per quantity, made from samples that were taken in rounds.

Every round visits each contestant once, in the same order, so that whatever else the machine is doing
falls on all of them. What is reported is the median of the rounds; a ratio is one median over the other,
and its range is that of the rounds, each divided by its own neighbours. (With an odd number of rounds the
first always lies within the second.)
"""

import math
import statistics
from collections.abc import Sequence
from typing import Literal

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """The median over the rounds, and how far the rounds were apart."""

    median: float
    low: float
    high: float

    @property
    def spread(self) -> float:
        """Half the distance between the rounds, as a share of the median."""
        return (self.high - self.low) / 2 / abs(self.median) if self.median else 0.0


class Samples(msgspec.Struct, frozen=True):
    """One number per round for each contestant; empty where there is nothing to compare with."""

    ours: tuple[float, ...]
    direct: tuple[float, ...] = ()
    envoy: tuple[float, ...] = ()


class Aim(msgspec.Struct, frozen=True):
    """A limit that one of a row's figures should keep."""

    text: str
    on: Literal["ours", "to_direct", "to_envoy"]
    limit: float
    at_most: bool = True


class Row(msgspec.Struct, frozen=True):
    """One quantity: ours, the others', the ratios, and whether the aim was met (None: not known)."""

    section: str
    name: str
    unit: str
    ours: Figure
    direct: Figure | None = None
    envoy: Figure | None = None
    to_direct: Figure | None = None
    to_envoy: Figure | None = None
    aim: Aim | None = None
    met: bool | None = None

    @property
    def judged(self) -> Figure | None:
        """The figure that the aim is about."""
        return getattr(self, self.aim.on) if self.aim else None


def row(section: str, name: str, unit: str, samples: Samples, aim: Aim | None = None) -> Row:
    """The row for one quantity, with its ratios and its verdict."""
    made = Row(
        section=section,
        name=name,
        unit=unit,
        ours=figure(samples.ours),
        direct=figure(samples.direct) if samples.direct else None,
        envoy=figure(samples.envoy) if samples.envoy else None,
        to_direct=ratio(samples.ours, samples.direct),
        to_envoy=ratio(samples.ours, samples.envoy),
        aim=aim,
    )
    if aim is None or made.judged is None:
        return made
    median = made.judged.median
    met = median <= aim.limit if aim.at_most else median >= aim.limit
    return msgspec.structs.replace(made, met=met)


def close_call(judged: Row) -> bool:
    """Whether some rounds kept the aim and others did not."""
    seen = judged.judged
    return judged.aim is not None and seen is not None and seen.low <= judged.aim.limit <= seen.high


def figure(samples: Sequence[float]) -> Figure:
    """Median and extremes of at least one sample."""
    return Figure(median=statistics.median(samples), low=min(samples), high=max(samples))


def ratio(over: Sequence[float], under: Sequence[float]) -> Figure | None:
    """How many times `under` is `over`; None where a ratio would mean nothing.

    A difference of two latencies can come out at nothing or less on a busy machine: dividing by that
    says more about the machine than about what was measured.
    """
    if not under or min(under) <= 0:
        return None
    by_round = [a / b for a, b in zip(over, under, strict=True)]
    median = statistics.median(over) / statistics.median(under)
    return Figure(median=median, low=min(by_round), high=max(by_round))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the ordered samples do not exceed."""
    if not ordered:
        raise ValueError("a percentile of nothing")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
