"""How trained heads do on sources that neither weights nor temperatures have seen."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meritorder.providers.recognisers import Figure
from meritorder.signals.learned.features import features
from meritorder.signals.learned.heads import Heads
from meritorder.signals.window import cut
from meritorder.training.samples import Sample, of
from meritorder.training.signals import LABELS

_YES_OR_NO = frozenset(("attack", "harm", "missing"))
"""Heads whose first label means that nothing is there."""

_CLASSES = 10


def figures(heads: Heads, samples: Sequence[Sample]) -> dict[str, Figure]:
    """The figures of every head that the test sources have labels for."""
    tests = {name: of(samples, "test", name) for name in LABELS}
    return {name: _figure(heads, name, test) for name, test in tests.items() if test}


def _figure(heads: Heads, name: str, test: Sequence[Sample]) -> Figure:
    head = heads.heads[name]
    read = np.stack([heads.read(features(cut(each.text))).probabilities[head.columns] for each in test])
    truth = np.array([head.labels.index(each.labels[name]) for each in test])
    right = read.argmax(axis=1) == truth
    low, high = wilson(int(right.sum()), len(right))
    there, score = truth > 0, 1 - read[:, 0]
    asked = name in _YES_OR_NO
    return Figure(
        len(test),
        round(float(right.mean()), 4),
        round(low, 4),
        round(high, 4),
        round(calibration_error(read.max(axis=1), right), 4),
        round(area(score, there), 4) if asked else None,
        round(recall(score, there), 4) if asked else None,
    )


def calibration_error(confidence: NDArray[np.float32], right: NDArray[np.bool_]) -> float:
    """The expected calibration error: |confidence - accuracy|, averaged over ten classes of confidence by their size
    (Naeini et al., Obtaining Well Calibrated Probabilities Using Bayesian Binning, 2015).
    """
    classes = np.clip((confidence * _CLASSES).astype(int), 0, _CLASSES - 1)
    inside = [classes == each for each in range(_CLASSES)]
    gaps = [
        float(some.mean()) * abs(float(confidence[some].mean() - right[some].mean())) for some in inside if some.any()
    ]
    return sum(gaps)


def area(scores: NDArray[np.floating[Any]], positive: NDArray[np.bool_]) -> float:
    """The area under the ROC curve: how often a positive scores above a negative, ties counting half (Mann and
    Whitney, 1947); 0.5 where there is only one kind.
    """
    positives, negatives = scores[positive], np.sort(scores[~positive])
    if not len(positives) or not len(negatives):
        return 0.5
    below = np.searchsorted(negatives, positives, side="left") + np.searchsorted(negatives, positives, side="right")
    return float(below.mean() / (2 * len(negatives)))


def recall(scores: NDArray[np.float32], positive: NDArray[np.bool_]) -> float:
    """The share of positives above the score that 1 % of the negatives exceed; 0 where there are none of either."""
    if not positive.any() or positive.all():
        return 0.0
    return float((scores[positive] > np.quantile(scores[~positive], 1 - _FALSE_ALARMS)).mean())


_FALSE_ALARMS = 0.01
_Z95 = 1.959964


def wilson(right: int, of_all: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, Probable Inference, 1927)."""
    z = _Z95
    share = right / of_all
    middle = share + z * z / (2 * of_all)
    half = z * sqrt(share * (1 - share) / of_all + z * z / (4 * of_all * of_all))
    scale = 1 + z * z / of_all
    return (middle - half) / scale, (middle + half) / scale
