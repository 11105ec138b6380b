"""How long answers are: fitted on those that a model gave, and tested on others."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meritorder.providers.recognisers import Coverage
from meritorder.signals.learned.features import features
from meritorder.signals.learned.heads import Answers, Heads
from meritorder.signals.learned.length import Lengths, Spread
from meritorder.signals.window import cut
from meritorder.training.figures import wilson
from meritorder.training.linear import library
from meritorder.training.samples import Answered

_START = Spread(offset=0.0, slope=1.0, deviation=1.0)


def spread(heads: Heads, answers: Sequence[Answered]) -> Spread:
    """The spread under which the measured lengths are likeliest, given what the head `length` says of the prompts."""
    if not answers:
        return _START
    likely = np.stack([_read(heads, each).probabilities[heads.heads["length"].columns] for each in answers])
    ends = np.log([float(label) for label in heads.heads["length"].labels])
    measured = np.log([max(1, each.tokens) for each in answers])

    def surprise(of: NDArray[np.float64]) -> float:
        offset, slope, log_deviation = of
        away = (measured[:, None] - offset - slope * ends) / np.exp(log_deviation)
        densities = (likely * np.exp(-(away**2) / 2)).sum(axis=1) / np.exp(log_deviation)
        return float(-np.log(densities + 1e-12).mean())

    found: Any = library("scipy.optimize").minimize(surprise, [0.0, 1.0, 0.0], method="Nelder-Mead")
    offset, slope, log_deviation = found.x
    return Spread(round(float(offset), 4), round(float(slope), 4), round(float(np.exp(log_deviation)), 4))


def coverage(heads: Heads, lengths: Lengths, answers: Sequence[Answered]) -> Coverage:
    """How many measured lengths do not exceed the median, and the 90 % quantile, that were told beforehand."""
    told = [lengths.median_and_p90(_read(heads, each)) for each in answers]
    below = [each.tokens <= median for each, (median, _) in zip(answers, told, strict=True)]
    inside = [each.tokens <= p90 for each, (_, p90) in zip(answers, told, strict=True)]
    low, high = wilson(sum(inside), len(inside))
    return Coverage(
        len(told), *(round(each, 4) for each in (sum(below) / len(told), sum(inside) / len(told), low, high))
    )


def _read(heads: Heads, answered: Answered) -> Answers:
    return heads.read(features(cut(answered.text)))
