"""How long the answer will be, in tokens."""

from collections.abc import Sequence
from math import erf, log, sqrt

import numpy as np
from msgspec import Struct

from meritorder.signals.learned.heads import Answers
from meritorder.types.units import Tokens

_LONGEST = 16_000
_GRID = np.geomspace(1, _LONGEST, 96)
"""Lengths at which distributions are computed: a tenth apart."""


class Spread(Struct, frozen=True):
    """Answers whose class ends at e tokens: the logarithm of their length is normal, with the mean
    `offset` + `slope` · log e and the standard deviation `deviation`; fitted on answers of a model.
    """

    offset: float
    slope: float
    deviation: float


class Lengths:
    """Distributions of the answer's length: a mixture over the classes that the head `length` finds likely."""

    def __init__(self, spread: Spread, ends: Sequence[int]) -> None:
        self._below = np.array([[_below(grid, end, spread) for grid in _GRID.tolist()] for end in ends])

    def median_and_p90(self, answers: Answers) -> tuple[Tokens, Tokens]:
        """The lengths, in tokens, that half of the answers and nine in ten do not exceed."""
        likely = answers.probabilities[answers.heads["length"].columns]
        median, p90 = np.interp((0.5, 0.9), likely @ self._below, _GRID).tolist()
        return round(median), round(p90)


def _below(length: float, end: int, spread: Spread) -> float:
    away = (log(length) - spread.offset - spread.slope * log(end)) / spread.deviation
    return (1 + erf(away / sqrt(2))) / 2
