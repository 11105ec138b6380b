"""How trained heads do on sources that neither weights nor temperatures have seen."""

from collections.abc import Sequence
from math import sqrt
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from meritorder.providers.recognisers import Figure, Suspected
from meritorder.signals.learned.features import features
from meritorder.signals.learned.heads import Head, Heads
from meritorder.signals.learned.intent import domain, intent
from meritorder.signals.learned.safety import HARMFUL, HARMLESS, LIKELY, safety
from meritorder.signals.window import cut
from meritorder.training.embeddings import Embedded
from meritorder.training.samples import Sample, of

Probabilities: TypeAlias = NDArray[np.float32]

_YES_OR_NO = frozenset(("attack", "harm", "missing"))
"""Heads whose first label means that nothing is there."""

_DOUBTED = ("intent", "domain", "harm")
"""Heads whose doubts are reasons for making an embedding."""

_CLASSES = 10


def figures(heads: Heads, samples: Sequence[Sample], found: Embedded) -> dict[str, Figure]:
    """The figures of every head that the test sources have labels for; those of some once more as they are where
    embeddings (`found`) are made of what is in doubt.
    """
    told: dict[str, Figure] = {}
    for name, head in heads.heads.items():
        tests = of(samples, "test", name)
        if tests:
            told[name] = _figure(name, head, tests, _read(name, heads, tests))
    for name in _DOUBTED:
        head, tests = heads.heads[name], of(samples, "test", name)
        if tests:
            told[f"{name}, embeddings"] = _figure(name, head, tests, _cascaded(heads, tests, found)[:, head.columns])
    return told


def lookalikes(heads: Heads, samples: Sequence[Sample], found: Embedded) -> Suspected | None:
    """How often an attack or harm is suspected in harmless texts that were written to look like one; None without any.
    Texts in doubt are read with their embeddings (`found`).
    """
    # Prompts of daily work have other labels too; what is written to be told from attacks and harm has not.
    tests = [each for each in of(samples, "test", "harm") if _harmless(each) and "intent" not in each.labels]
    if not tests:
        return None
    harms = 1 - _cascaded(heads, tests, found)[:, heads.heads["harm"].start]
    attacks = np.array([_injection(heads, each.text) for each in tests])
    suspected = int(((harms >= LIKELY) | (attacks >= LIKELY)).sum())
    low, high = wilson(suspected, len(tests))
    return Suspected(len(tests), *(round(each, 4) for each in (suspected / len(tests), low, high)))


def _read(name: str, heads: Heads, tests: Sequence[Sample]) -> Probabilities:
    """What one head says of each test; of attacks, what is said when all places where one may hide have been read."""
    columns = heads.heads[name].columns
    if name != "attack":
        return np.stack([heads.read(features(cut(each.text))).probabilities[columns] for each in tests])
    scores = np.array([_injection(heads, each.text) for each in tests], np.float32)
    return np.stack([1 - scores, scores], axis=1)


def _injection(heads: Heads, text: str) -> float:
    words = cut(text)
    return safety(heads.read(features(words)), heads, words, (), text.encode(errors="ignore")).injection


def _cascaded(heads: Heads, tests: Sequence[Sample], found: Embedded) -> Probabilities:
    read: list[Probabilities] = []
    for each in tests:
        known = features(cut(each.text))
        answers = heads.read(known)
        harm = 1 - answers.of("harm")["none"]
        if intent(answers, ()).rival or domain(answers).rival or HARMLESS < harm < HARMFUL:
            answers = heads.read(known, found[cut(each.text)])
        read.append(answers.probabilities)
    return np.stack(read)


def _figure(name: str, head: Head, tests: Sequence[Sample], read: Probabilities) -> Figure:
    truth = np.array([head.labels.index(each.labels[name]) for each in tests])
    right = read.argmax(axis=1) == truth
    low, high = wilson(int(right.sum()), len(right))
    there, score = truth > 0, 1 - read[:, 0]
    # A harmful request that is taken for an attack disturbs nobody who does no harm, and the other way round.
    judged = there | np.array([_harmless(each) for each in tests])
    there, score = there[judged], score[judged]
    asked = name in _YES_OR_NO
    return Figure(
        len(tests),
        round(float(right.mean()), 4),
        round(low, 4),
        round(high, 4),
        round(calibration_error(read.max(axis=1), right), 4),
        round(area(score, there), 4) if asked else None,
        round(recall(score, there), 4) if asked else None,
        round(float((score[~there] >= LIKELY).mean()), 4) if asked else None,
    )


def _harmless(sample: Sample) -> bool:
    return sample.labels.get("attack", "none") == sample.labels.get("harm", "none") == "none"


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
