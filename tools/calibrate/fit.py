"""The arithmetic of calibration: a logistic regression, and how good its probabilities are. All pure.

Wherever features are meant they are columns of an array, without the column of ones, which is added here.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from meritorder.config.calibration import QUANTILES
from meritorder.training.figures import area

Numbers: TypeAlias = NDArray[np.float64]
Measure: TypeAlias = Callable[[Numbers, Numbers], float]
"""How good probabilities (first) are, given what was right (second)."""

RIDGE = 0.01
"""Held against the slopes, never the intercept: only what keeps Newton's steps finite on separable data."""
SHRINK = 10
"""Questions' worth of the overall mean that a kind's share of right answers is pulled by (a Beta prior)."""
BINS = 10
_STEPS = 50
_EDGE = 1e-4


def logistic(features: Numbers, right: Numbers) -> Numbers:
    """Intercept and slopes of greatest likelihood, by Newton's method."""
    columns = _with_ones(features)
    held = np.diag([0.0] + [RIDGE] * (columns.shape[1] - 1))
    weights = np.zeros(columns.shape[1])
    for _ in range(_STEPS):
        p = _sigmoid(columns @ weights)
        gradient = columns.T @ (right - p) - held @ weights
        curvature = (columns.T * (p * (1 - p))) @ columns + held
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-10:
            break
    return weights


def predict(weights: Numbers, features: Numbers) -> Numbers:
    return _sigmoid(_with_ones(features) @ weights)


def shift(odds: Numbers, right: Numbers) -> float:
    """What added to the log-odds makes their mean probability the share of right answers; by bisection."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        if _sigmoid(odds + middle).mean() < right.mean():
            low = middle
        else:
            high = middle
    return high


def shifted(p: Numbers, by: Numbers | float) -> Numbers:
    """Probabilities whose log-odds are moved."""
    return _sigmoid(log_odds(p) + by)


def log_odds(p: Numbers) -> Numbers:
    return np.log(p) - np.log1p(-p)


def auc(p: Numbers, right: Numbers) -> float:
    """How often a right answer is more probable than a wrong one, ties counting half; NaN with one kind only."""
    there = right > 0
    return float("nan") if there.all() or not there.any() else area(p, there)


def auc_within(p: Numbers, right: Numbers, groups: NDArray[np.str_]) -> float:
    """The same over pairs of one group only: what is left when the group is known already."""
    wins = pairs = 0.0
    for group in np.unique(groups):
        here = groups == group
        count = float(right[here].sum() * (1 - right[here]).sum())
        if count:
            wins += count * auc(p[here], right[here])
            pairs += count
    return wins / pairs if pairs else float("nan")


def ece(p: Numbers, right: Numbers) -> float:
    """Expected calibration error: how far bins of equal size are off, on average."""
    order = np.argsort(p, kind="stable")
    bins = np.array_split(order, BINS)
    return sum(len(part) * abs(float(p[part].mean() - right[part].mean())) for part in bins if len(part)) / len(p)


def brier(p: Numbers, right: Numbers) -> float:
    return float(np.mean((p - right) ** 2))


def most_confident(share: float) -> Measure:
    """The share of right answers among the most confident ones."""

    def measure(p: Numbers, right: Numbers) -> float:
        kept = np.argsort(-p, kind="stable")[: max(1, round(share * len(p)))]
        return float(right[kept].mean())

    return measure


def bootstrap(of: Callable[[NDArray[np.intp]], float], groups: Sequence[str], rounds: int) -> tuple[float, float]:
    """95 % interval of a figure, which is given the places of the questions to use.

    Whole groups are drawn: questions of one family are not independent.
    """
    names = sorted(set(groups))
    members = [np.flatnonzero(np.asarray(groups) == name) for name in names]
    draw = np.random.default_rng(20_240)
    found: list[float] = []
    for _ in range(rounds):
        drawn = draw.integers(len(names), size=len(names))
        found.append(of(np.concatenate([members[each] for each in drawn])))
    low, high = np.nanpercentile(found, (2.5, 97.5))
    return float(low), float(high)


def spread(p: Numbers, count: int = QUANTILES) -> tuple[float, ...]:
    """`count` equally likely values, ascending, with the mean of `p`: the means of its quantile bins."""
    ordered = np.sort(np.clip(p, _EDGE, 1 - _EDGE))
    # Every probability in `count` pieces, so that each bin holds exactly as many.
    bins = np.repeat(ordered, count).reshape(count, len(ordered)).mean(axis=1)
    rounded = np.clip(np.round(np.maximum.accumulate(bins), 4), _EDGE, 1 - _EDGE)
    return tuple(float(value) for value in rounded)


def shrunk(right: int, count: int, mean: float) -> float:
    """A kind's share of right answers, pulled towards the mean of all as if by `SHRINK` more questions."""
    return (right + SHRINK * mean) / (count + SHRINK)


def _with_ones(features: Numbers) -> Numbers:
    return np.column_stack([np.ones(len(features)), features])


def _sigmoid(x: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))
