"""Heads whose weights are known, any text there can be, and a stand-in for the language identifier."""

from collections.abc import Mapping
from math import log
from zlib import crc32

import numpy as np
from hypothesis import strategies as st

from meritorder.signals.learned.features import ROWS, features
from meritorder.signals.learned.heads import Answers, Closer, Head, Heads

ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Lone surrogates and controls included."""

Shares = Mapping[str, float]
"""The probability of each label of a head."""


def saying(
    words: Mapping[str, tuple[str, str, float]] | None = None,
    meant: tuple[str, str, float] | None = None,
    /,
    **shares: Shares,
) -> Heads:
    """Heads that give each label its share of `shares`, whatever the text, but for `words`: each of them speaks with
    a weight for a label of a head, and may be shown. So does any embedding, of one number, for what is `meant`.
    """
    heads: dict[str, Head] = {}
    bias: list[float] = []
    for name, of_head in shares.items():
        heads[name] = Head(tuple(of_head), len(bias), 1.0)
        bias += [log(max(share, 1e-12)) for share in of_head.values()]
    weights = np.zeros((ROWS, len(bias)), np.float32)
    for word, (name, label, weight) in (words or {}).items():
        weights[features(word).word_rows[0], heads[name].start + heads[name].labels.index(label)] = weight
    ones = np.ones(len(bias), np.float32)
    closer = Closer(np.zeros((1, len(bias)), np.float32), np.zeros_like(ones), ones)
    if meant is not None:
        name, label, weight = meant
        closer.weights[0, heads[name].start + heads[name].labels.index(label)] = weight
    return Heads(
        heads,
        weights,
        ones,
        np.array(bias, np.float32),
        [crc32(word.encode()) for word in words or ()],
        closer,
    )


def answers(text: str = "some words", /, **shares: Shares) -> Answers:
    """What such heads say of `text`."""
    return saying(**shares).read(features(text))


class Identifier:
    """Answers with a fixed language, and remembers what it was asked."""

    def __init__(self, code: str = "fr", confidence: float = 0.876) -> None:
        self.asked: list[str] = []
        self._answer = code, confidence

    def __call__(self, text: str) -> tuple[str, float]:
        self.asked.append(text)
        return self._answer
