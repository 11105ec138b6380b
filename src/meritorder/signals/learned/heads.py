"""The learned signals: linear heads over the features of a text, each with its calibrated probabilities.

A head gives softmax((Σ weights of the features / √their number + bias) / temperature) over its labels; the
temperature was fitted on prompts that the weights had not seen (Guo et al., On Calibration of Modern Neural
Networks, 2017). One pass over the features serves all heads. Where an embedding of the text is given too, its own
linear heads add their logits.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from meritorder.signals.learned.features import Features

Embedding: TypeAlias = NDArray[np.float32]
"""The meaning of a text as a vector of length one."""


class Head(Struct, frozen=True):
    """One question: its labels, and which columns of the weights answer it."""

    labels: tuple[str, ...]
    start: int
    temperature: float

    @property
    def columns(self) -> slice:
        """Where its labels stand among all columns."""
        return slice(self.start, self.start + len(self.labels))


class Closer(Struct, frozen=True):
    """What an embedding adds: logits are those of the features times `share`, plus embedding @ `weights` + `bias`.

    `weights` has a row for each number of the embedding; all have a column for each label of each head.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    share: NDArray[np.float32]


class Answers(Struct, frozen=True):
    """What the heads say of one text; `probabilities` are those of all labels of all heads."""

    heads: Mapping[str, Head]
    probabilities: NDArray[np.float32]
    features: Features
    weights: NDArray[np.int8]
    vocabulary: frozenset[int]

    def of(self, name: str) -> dict[str, float]:
        """The probabilities of one head by label."""
        head = self.heads[name]
        return dict(zip(head.labels, self.probabilities[head.columns].tolist(), strict=True))

    def best(self, name: str) -> tuple[str, float]:
        """The likeliest label of one head, and its probability."""
        head = self.heads[name]
        of_head = self.probabilities[head.columns]
        place = int(of_head.argmax())
        return head.labels[place], float(of_head[place])

    def rival(self, name: str) -> tuple[str, float]:
        """The likeliest label but for the best, and its probability."""
        head = self.heads[name]
        of_head = self.probabilities[head.columns]
        others = of_head.copy()
        others[int(of_head.argmax())] = -1
        place = int(others.argmax())
        return head.labels[place], float(of_head[place])

    def because(self, name: str, label: str) -> str:
        """A common word of the text that speaks for `label`; empty where none does. Words that are not in the
        vocabulary are never shown: they may be names, or secrets.
        """
        head = self.heads[name]
        words = self.features.words
        weights = self.weights[self.features.word_rows, head.start + head.labels.index(label)]
        for _ in range(min(_LOOKED_AT, len(words))):
            place = int(weights.argmax())
            if weights[place] <= 0:
                break
            if len(words[place]) > _SHORTEST and crc32(words[place]) in self.vocabulary:
                return words[place].decode(errors="replace")
            weights[place] = 0
        return ""


_LOOKED_AT = 8
"""Words that are considered for showing, those with most weight first."""
_SHORTEST = 2
"""Bytes that a word must exceed to be shown."""


class Heads:
    """All heads together. `weights` has a row for each feature and a column for each label of each head, in whole
    numbers that `scale` multiplies by column; `vocabulary` the CRC-32 of words that are common enough to be shown.
    """

    def __init__(
        self,
        heads: Mapping[str, Head],
        weights: NDArray[np.int8],
        scale: NDArray[np.float32],
        bias: NDArray[np.float32],
        vocabulary: Iterable[int] = (),
        closer: Closer | None = None,
    ) -> None:
        self.heads = heads
        self._vocabulary = frozenset(vocabulary)
        self._weights = weights
        self._scale = scale
        self._bias = bias
        self._closer = closer
        self._starts = [head.start for head in heads.values()]
        self._sizes = [len(head.labels) for head in heads.values()]
        self._sharpness = np.repeat([1 / head.temperature for head in heads.values()], self._sizes).astype(np.float32)

    def read(self, features: Features, embedding: Embedding | None = None) -> Answers:
        """Ask every head of a text with these features and, where it was made, this embedding.

        Of no features the biases alone speak.
        """
        rows = features.rows
        # A product with ones adds up rows in half the time of `sum`; rows of single bytes stay in the cache.
        sums = np.ones(len(rows), np.float32) @ self._weights.take(rows, axis=0).astype(np.float32)
        logits = sums * (self._scale * np.float32(max(1, len(rows)) ** -0.5)) + self._bias
        if embedding is None or self._closer is None:
            logits *= self._sharpness
        else:
            logits = logits * self._closer.share + embedding @ self._closer.weights + self._closer.bias
        powers: NDArray[np.float32] = np.exp(np.clip(logits, -_LARGEST, _LARGEST))
        totals: NDArray[np.float32] = np.repeat(np.add.reduceat(powers, self._starts), self._sizes)
        return Answers(self.heads, powers / totals, features, self._weights, self._vocabulary)


_LARGEST = 30.0
"""Of a logit: e to this is still exact enough beside e to its negative."""
