"""How good a model is and how sure of its answers: as the document declares it, or as measured for what ships."""

from functools import lru_cache
from importlib import resources
from math import exp
from statistics import NormalDist, fmean

import msgspec

from meritorder.types.pool import Calibration
from meritorder.types.workload import Intent

QUANTILES = 16
# Standard deviation of the log-odds of being right from one prompt to another. Declared, not measured: at
# quality 0.5 it puts a third of the prompts below 0.34 and a third above 0.66.
SPREAD = 1.5


class Measured(msgspec.Struct, frozen=True):
    """What was measured of an embedded model: its calibration, and its share of right answers by kind of task."""

    intercept: float
    slope: float
    spread: tuple[float, ...]
    quality: float
    quality_by_intent: dict[Intent, float]

    @property
    def calibration(self) -> Calibration:
        """The calibration alone."""
        return Calibration(self.intercept, self.slope, self.spread, "measured")


def declared(intercept: float, slope: float, quality: float) -> Calibration:
    """A calibration whose two numbers are the operator's and whose spread follows from the quality."""
    return Calibration(intercept, slope, spread(quality), "declared")


def spread(quality: float) -> tuple[float, ...]:
    """Equally likely values of P(right), ascending, whose mean is `quality`.

    The log-odds of being right are taken to be normal over prompts with deviation `SPREAD`; their median is
    found by bisection. At quality 0 and 1 there is nothing to spread.
    """
    if quality <= 0 or quality >= 1:
        return (float(quality),) * QUANTILES
    scores = [SPREAD * NormalDist().inv_cdf((rank + 0.5) / QUANTILES) for rank in range(QUANTILES)]
    low, high = -50.0, 50.0
    for _ in range(80):
        median = (low + high) / 2
        if fmean(_logistic(median + score) for score in scores) < quality:
            low = median
        else:
            high = median
    return tuple(_logistic(high + score) for score in scores)


@lru_cache
def measured(embedded: str) -> Measured | None:
    """What was measured of the embedded model of that name, `None` where nothing was."""
    file = resources.files("meritorder.config") / f"{embedded}.json"
    return msgspec.json.decode(file.read_bytes(), type=Measured) if file.is_file() else None


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x))
