"""Training of the learned signals: one logistic head for each question, calibrated on sources it has not seen."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from math import log
from typing import Any
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from meritorder.errors import ConfigError
from meritorder.signals.learned.features import ROWS, features
from meritorder.signals.learned.heads import Head, Heads
from meritorder.signals.window import cut
from meritorder.training.samples import LENGTHS, Sample, of
from meritorder.types.workload import DOMAINS, INTENTS, LEVELS

LABELS: Mapping[str, tuple[str, ...]] = {
    "intent": tuple(each for each in INTENTS if each != "unknown"),
    "domain": tuple(each for each in DOMAINS if each != "unknown"),
    "difficulty": LEVELS,
    "stakes": LEVELS,
    "missing": ("-", "object", "referent", "target", "audience", "place-time", "goal"),
    "length": tuple(str(end) for end in LENGTHS),
    "attack": ("none", "attack"),
    "harm": (
        "none",
        "violence",
        "weapons",
        "self-harm",
        "sexual",
        "hate",
        "cyber",
        "fraud",
        "drugs",
        "privacy",
        "disinformation",
        "illegal-other",
    ),
}
"""The heads and their labels, in the order of the columns."""

_STRENGTH = 20.0
"""Inverse of the regularisation, scikit-learn's C: chosen by leaving out one training source after another."""
_BALANCED = {"attack": "balanced", "harm": "balanced", "domain": "balanced"}
"""Heads whose labels are weighed by how rare they are: writers have more of some than the world has."""

_COOLEST, _HOTTEST = 0.2, 5.0


class Trained(Struct, frozen=True):
    """Weights as they are stored: whole numbers from -127 to 127, times `scale` for each column."""

    heads: dict[str, Head]
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]
    vocabulary: NDArray[np.uint32]

    @property
    def usable(self) -> Heads:
        """As they are used."""
        return Heads(self.heads, self.weights * self.scale, self.bias, self.vocabulary.tolist())


def fit(samples: Sequence[Sample], progress: Callable[[str], None]) -> Trained:
    """Fit every head on the training sources and its temperature on the calibration sources.

    Raises ConfigError where the samples do not tell what a head needs, or scikit-learn is not installed.
    """
    _check(samples)
    fitted: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
    for name, labels in LABELS.items():
        progress(name)
        fitted.append(_one(of(samples, "train", name), name, labels))
    weights = np.concatenate([of_head for of_head, _ in fitted], axis=1)
    scale = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
    scale[scale == 0] = 1
    whole: NDArray[np.int8] = np.rint(weights / scale).astype(np.int8)
    bias = np.concatenate([of_head for _, of_head in fitted])
    common = vocabulary(samples)
    cold = Trained(_heads(dict.fromkeys(LABELS, 1.0)), whole, scale, bias, common)
    temperatures = {name: _temperature(cold.usable, of(samples, "calibrate", name), name) for name in LABELS}
    return Trained(_heads(temperatures), whole, scale, bias, common)


def _check(samples: Sequence[Sample]) -> None:
    for sample in samples:
        for name, label in sample.labels.items():
            if label not in LABELS[name]:
                told = f"{sample.source}.tsv: `{label}` is no label of {name}; there is {', '.join(LABELS[name])}"
                raise ConfigError(told, code="malformed_sample")
    for name in LABELS:
        if len({each.labels[name] for each in of(samples, "train", name)}) < 2:
            raise ConfigError(f"the training samples do not have two labels of {name}", code="no_samples")


def vocabulary(samples: Sequence[Sample]) -> NDArray[np.uint32]:
    """The CRC-32 of the words that several writers use: what they are cannot be anybody's secret."""
    writers: dict[int, set[str]] = {}
    for sample in samples:
        for word in set(features(sample.text).words):
            writers.setdefault(crc32(word), set()).add(sample.source)
    common = sorted(word for word, sources in writers.items() if len(sources) >= _WRITERS)
    return np.array(common, dtype=np.uint32)


_WRITERS = 3
"""Sources that must have a word before it is shown."""


def matrix(texts: Sequence[str]) -> Any:
    """The features of each text in a row of their own, each worth one over the root of their number."""
    rows = [features(cut(text)).rows for text in texts]
    ends = np.cumsum([0, *(len(each) for each in rows)])
    values = np.concatenate([np.full(len(each), max(1, len(each)) ** -0.5, np.float32) for each in rows])
    return _library("scipy.sparse").csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), ROWS))


def _one(
    samples: Sequence[Sample], name: str, labels: Sequence[str]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (features × labels) and biases of one head. Two labels are fitted as one and its opposite."""
    model: Any = _library("sklearn.linear_model").LogisticRegression(
        C=_STRENGTH, max_iter=300, class_weight=_BALANCED.get(name)
    )
    model.fit(matrix([each.text for each in samples]), [each.labels[name] for each in samples])
    weights = np.zeros((ROWS, len(labels)), np.float32)
    bias = np.full(len(labels), _NEVER, np.float32)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.stack([-coefficients[0], coefficients[0]]) / 2
        intercepts = np.array([-intercepts[0], intercepts[0]]) / 2
    for place, label in enumerate(model.classes_):
        weights[:, labels.index(label)] = coefficients[place]
        bias[labels.index(label)] = intercepts[place]
    return weights, bias


def _library(name: str) -> Any:
    """A module of scikit-learn or SciPy, which only training needs."""
    try:
        return import_module(name)
    except ImportError as error:
        told = "training needs scikit-learn: pip install 'meritorder[train]'"
        raise ConfigError(told, code="extra_missing") from error


_NEVER = -20.0
"""Bias of a label that no sample has."""


def _heads(temperatures: Mapping[str, float]) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    start = 0
    for name, labels in LABELS.items():
        heads[name] = Head(labels, start, temperatures[name])
        start += len(labels)
    return heads


def _temperature(heads: Heads, samples: Sequence[Sample], name: str) -> float:
    """The temperature at which the samples' labels are likeliest, by golden section; 1 where there are none."""
    if not samples:
        return 1.0
    labels = heads.heads[name].labels
    truth = np.array([labels.index(each.labels[name]) for each in samples])
    columns = heads.heads[name].columns
    read = [heads.read(features(cut(each.text))).probabilities[columns] for each in samples]
    logits = np.log(np.stack(read) + 1e-12)

    def loss(at: float) -> float:
        scaled = logits / np.exp(at)
        return float((np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(truth)), truth]).mean())

    low, high = log(_COOLEST), log(_HOTTEST)
    ratio = (5**0.5 - 1) / 2
    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))
