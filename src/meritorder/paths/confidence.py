"""How sure a model was of its own answer, read from its token log-probabilities."""

import math
from functools import lru_cache

from meritorder.types.pool import Calibration, Model
from meritorder.types.workload import Intent

_EDGE = 1e-6
_FARTHEST = 30.0
_HALVINGS = 50


def logit(p: float) -> float:
    """Log-odds of `p`, kept finite."""
    p = min(max(p, _EDGE), 1 - _EDGE)
    return math.log(p / (1 - p))


def logistic(x: float) -> float:
    """The inverse of `logit`."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def quality(model: Model, intent: Intent) -> float:
    """P(right answer) of `model` for work of this intent, before anything is generated."""
    return model.quality_by_intent.get(intent, model.quality)


def p_right(calibration: Calibration, prior: float, logprobs: tuple[float, ...]) -> float:
    """P(this answer is right), from the mean log-probability of its tokens.

    The calibration prompts had their own share of right answers; where the task at hand has another
    (`prior`), the log-odds move as far as brings the expected value there, as Bayes' rule has it for a
    shifted class prior (Saerens, Latinne and Decaestecker 2002). No log-probabilities are no evidence: the
    prior stands.
    """
    if not logprobs:
        return prior
    seen = calibration.intercept + calibration.slope * sum(logprobs) / len(logprobs)
    return logistic(seen + _shift(calibration.spread, round(prior, 4)))


def expected_spread(calibration: Calibration, prior: float) -> tuple[float, ...]:
    """Equally likely values that `p_right` will take on a task with this prior, ascending."""
    return _shifted(calibration.spread, round(prior, 4))


@lru_cache(maxsize=1024)
def _shift(spread: tuple[float, ...], prior: float) -> float:
    """What to add to the log-odds of `spread` so that its mean is `prior`, by bisection."""
    low, high = -_FARTHEST, _FARTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if sum(logistic(logit(p) + middle) for p in spread) < prior * len(spread):
            low = middle
        else:
            high = middle
    return (low + high) / 2


@lru_cache(maxsize=1024)
def _shifted(spread: tuple[float, ...], prior: float) -> tuple[float, ...]:
    shift = _shift(spread, prior)
    return tuple(logistic(logit(p) + shift) for p in spread)
