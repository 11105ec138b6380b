"""Heads over embeddings, which add to those over features where a request is in doubt."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from meritorder.signals.learned.heads import Closer, Embedding, Head
from meritorder.signals.window import cut
from meritorder.training.calibration import shares
from meritorder.training.labels import LABELS, RECIPES
from meritorder.training.linear import Linear, logistic
from meritorder.training.samples import Sample, of

HELPED = ("intent", "domain", "difficulty", "stakes", "harm")
"""Heads that are better for an embedding on the calibration sources, or on what others wrote; for attacks and what is
missing, wording says more than meaning.
"""

_STRENGTH, _STEPS = 20.0, 1_000
_AT_ONCE = 512

Vectors: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]
"""Gives the embeddings of texts, each in a row of its own."""

Embedded: TypeAlias = Mapping[str, Embedding]
"""The embedding of each text."""


def wanted(samples: Sequence[Sample]) -> list[str]:
    """The texts whose embeddings training needs."""
    return sorted({cut(each.text) for each in samples if not each.labels.keys().isdisjoint(HELPED)})


def embedded(texts: Sequence[str], vectors: Vectors, progress: Callable[[int], None]) -> Embedded:
    """Embed `texts`, telling `progress` how many were done; some two hundred a second on one core."""
    found: dict[str, Embedding] = {}
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        found.update(zip(some, vectors(some), strict=True))
        progress(len(some))
    return found


def closer(
    samples: Sequence[Sample],
    heads: Mapping[str, Head],
    logits: Mapping[str, NDArray[np.float32]],
    found: Embedded,
) -> Closer:
    """Fit a head over embeddings beside each of `heads` that is helped by it. `logits` are what those say, at
    temperature one, of the calibration samples: how much each of the two counts is fitted on these.
    """
    columns = sum(len(head.labels) for head in heads.values())
    size = len(next(iter(found.values())))
    made = Closer(
        np.zeros((size, columns), np.float32),
        np.zeros(columns, np.float32),
        np.concatenate([np.full(len(head.labels), 1 / head.temperature, np.float32) for head in heads.values()]),
    )
    for name in HELPED:
        weights, bias = _beside(of(samples, "train", name), name, found)
        tests = of(samples, "calibrate", name)
        others = _rows(tests, found) @ weights + bias
        truth = np.array([LABELS[name].index(each.labels[name]) for each in tests], dtype=np.intp)
        of_features, of_embedding = shares(logits[name], others, truth)
        place = heads[name].columns
        made.weights[:, place], made.bias[place], made.share[place] = (
            weights * np.float32(of_embedding),
            bias * np.float32(of_embedding),
            of_features,
        )
    return made


def _beside(samples: Sequence[Sample], name: str, found: Embedded) -> Linear:
    given = [each.labels[name] for each in samples]
    balanced = RECIPES[name].balanced
    return logistic(_rows(samples, found), given, LABELS[name], strength=_STRENGTH, balanced=balanced, steps=_STEPS)


def _rows(samples: Sequence[Sample], found: Embedded) -> NDArray[np.float32]:
    size = len(next(iter(found.values())))
    return np.array([found[cut(each.text)] for each in samples], np.float32).reshape(len(samples), size)
