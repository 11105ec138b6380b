"""Training of the learned signals: one logistic head for each question, calibrated on sources it has not seen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from meritorder.signals.learned.features import ROWS, features
from meritorder.signals.learned.heads import Closer, Head, Heads
from meritorder.signals.privacy.wordlists import words
from meritorder.signals.window import cut
from meritorder.training.calibration import temperature
from meritorder.training.embeddings import Embedded, closer
from meritorder.training.labels import LABELS, RECIPES
from meritorder.training.linear import Linear, library, logistic
from meritorder.training.samples import Sample, of


class Trained(Struct, frozen=True):
    """Weights as they are stored: whole numbers from -127 to 127, times `scale` for each column; and those over
    embeddings.
    """

    heads: dict[str, Head]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    vocabulary: NDArray[np.uint32]
    closer: Closer

    @property
    def usable(self) -> Heads:
        """As they are used."""
        return Heads(self.heads, self.weights, self.scale, self.bias, self.vocabulary.tolist(), self.closer)


def fit(samples: Sequence[Sample], found: Embedded, progress: Callable[[str], None]) -> Trained:
    """Fit every head on the training sources and its temperature on the calibration sources; and heads over the
    embeddings that were `found` for the questions that these help with.

    The samples are ones that `check` has passed. Raises ConfigError where scikit-learn is not installed.
    """
    fitted: list[Linear] = []
    for name in LABELS:
        progress(name)
        fitted.append(_one(of(samples, "train", name), name))
    whole, scale = _whole(np.concatenate([weights for weights, _ in fitted], axis=1))
    bias = np.concatenate([of_head for _, of_head in fitted])
    raw = Heads(_heads(dict.fromkeys(LABELS, 1.0)), whole, scale, bias)
    tests = {name: of(samples, "calibrate", name) for name in LABELS}
    logits = {name: _logits(raw, tests[name], name) for name in LABELS}
    heads = _heads({name: temperature(logits[name], _truth(tests[name], name)) for name in LABELS})
    return Trained(heads, whole, scale, bias, vocabulary(samples), closer(samples, heads, logits, found))


def _whole(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """`weights` in whole steps, and the size of a step by column. Few weights take more than four bits, so the file
    compresses to a quarter; coarser steps cost accuracy on calibration sources.
    """
    parts = np.concatenate([np.full(len(labels), RECIPES[name].step) for name, labels in LABELS.items()])
    step = (parts * np.sqrt((weights**2).mean(axis=0))).astype(np.float32)
    step[step == 0] = 1
    return np.clip(np.rint(weights / step), -127, 127).astype(np.int8), step


def vocabulary(samples: Sequence[Sample]) -> NDArray[np.uint32]:
    """The CRC-32 of the words that several writers use, but for names and what people suffer from: what they are cannot
    be anybody's secret.
    """
    writers: dict[bytes, set[str]] = {}
    for sample in samples:
        for word in set(features(sample.text).words):
            writers.setdefault(word, set()).add(sample.source)
    names = {name.lower() for listed in _NAMES for name in words(listed)}
    ills = tuple(ill.lower() for listed in _ILLS for ill in words(listed) if len(ill) > _STEM)
    common = {word for word, sources in writers.items() if len(sources) >= _WRITERS and not word.startswith(ills)}
    return np.array(sorted(map(crc32, common - names)), dtype=np.uint32)


_WRITERS = 3
"""Sources that must have a word before it is shown."""
_NAMES = ("given", "given-too", "surnames", "surnames-too")
_ILLS = ("conditions", "diagnoses", "ills", "medicines")
"""Lists of terms that tell of a person; the ills by their stems."""
_STEM = 3
"""Letters that a stem must exceed."""


def matrix(texts: Sequence[str]) -> Any:
    """The features of each text in a row of their own, each worth one over the root of their number."""
    rows = [features(cut(text)).rows for text in texts]
    ends = np.cumsum([0, *(len(each) for each in rows)])
    values = np.concatenate([np.full(len(each), max(1, len(each)) ** -0.5, np.float32) for each in rows])
    return library("scipy.sparse").csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), ROWS))


_STEPS = 300


def _one(samples: Sequence[Sample], name: str) -> Linear:
    """Weights (features × labels) and biases of one head."""
    recipe = RECIPES[name]
    texts = matrix([each.text for each in samples])
    emphasis = _rarity(texts, recipe.rarity)
    emphasised = texts @ library("scipy.sparse").diags(emphasis)
    given = [each.labels[name] for each in samples]
    weights, bias = logistic(
        emphasised, given, LABELS[name], strength=recipe.strength, balanced=recipe.balanced, steps=_STEPS
    )
    return weights * emphasis[:, None], bias


def _rarity(texts: Any, power: float) -> NDArray[np.float32]:
    """For each feature log((1 + texts) / (1 + texts that have it)), over the mean of those that there are, to `power`
    (Spärck Jones, A Statistical Interpretation of Term Specificity, 1972).
    """
    have = np.asarray((texts > 0).sum(axis=0), dtype=np.float64).ravel()
    rarity = np.log((1 + texts.shape[0]) / (1 + have))
    return ((rarity / rarity[have > 0].mean()) ** power).astype(np.float32)


def _heads(temperatures: Mapping[str, float]) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    start = 0
    for name, labels in LABELS.items():
        heads[name] = Head(labels, start, temperatures[name])
        start += len(labels)
    return heads


def _logits(heads: Heads, samples: Sequence[Sample], name: str) -> NDArray[np.float32]:
    """What one head says of each sample (samples × labels), up to a constant."""
    columns = heads.heads[name].columns
    read = [heads.read(features(cut(each.text))).probabilities[columns] for each in samples]
    return np.log(np.array(read, dtype=np.float32).reshape(len(samples), columns.stop - columns.start) + 1e-12)


def _truth(samples: Sequence[Sample], name: str) -> NDArray[np.intp]:
    return np.array([LABELS[name].index(each.labels[name]) for each in samples], dtype=np.intp)
