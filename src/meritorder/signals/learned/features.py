"""The features that the learned signals weigh: which words and short runs of characters a text has.

Each feature is hashed to one of `ROWS` numbers, and only whether it is there counts. Words carry the meaning of
prose, pairs of them set phrases, the first words what is asked for; runs of four bytes stand in for word forms,
compounds and code, and single ideographs and pairs of them for words where none are set apart.
"""

import re
from typing import TypeAlias
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

_BITS = 17
ROWS = 1 << _BITS
"""How many numbers features are hashed to."""

_OPENING = 8
"""Words from the start that count once more, as the beginning."""

_WORD = re.compile(rb"[a-z\x80-\xff]+|0+|[^\sa-z0\x80-\xff]")
_DIGITS_ALIKE = bytes(48 if 48 <= byte <= 57 else byte for byte in range(256))
_IDEOGRAPHS = 0x2E80
"""The first code point of the scripts of East Asia."""

_WORDS, _FIRST, _RUNS, _SIGNS, _PAIRS, _PHRASES = (np.uint64(each << 34) for each in range(6))
"""Set apart features of different kinds that would else be equal."""

_NEXT = np.uint64(31)
_LOW = np.uint64((1 << 32) - 1)
"""A phrase of two words is hashed to 31 times the hash of one plus that of the other, in 32 bits."""

_GOLDEN = np.uint64(11400714819323198485)
_SHIFT = np.uint64(64 - _BITS)
"""Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): the upper bits of a product."""

Rows: TypeAlias = NDArray[np.intp]


class Features(Struct, frozen=True):
    """`rows` are the distinct features, ascending, each below `ROWS`; `words` the words, and `word_rows` theirs."""

    rows: Rows
    words: list[bytes]
    word_rows: Rows


def features(text: str) -> Features:
    """The features of `text`; none of an empty one."""
    lower = text.lower()
    data = lower.encode(errors="ignore").translate(_DIGITS_ALIKE)
    words = _WORD.findall(data)
    hashes = np.fromiter(map(crc32, words), dtype=np.uint64)
    phrases = (hashes[:-1] * _NEXT + hashes[1:]) & _LOW
    kinds = [hashes | _WORDS, hashes[:_OPENING] | _FIRST, _runs(data) | _RUNS, phrases | _PHRASES]
    if not lower.isascii():
        signs = np.frombuffer(lower.encode("utf-32-le", errors="ignore"), dtype="<u4").astype(np.uint64)
        wide = signs >= _IDEOGRAPHS
        kinds.append(signs[wide] | _SIGNS)
        kinds.append(((signs[:-1] << np.uint64(16)) ^ signs[1:])[wide[:-1] & wide[1:]] | _PAIRS)
    rows = (np.concatenate(kinds) * _GOLDEN) >> _SHIFT
    there = np.zeros(ROWS, dtype=np.bool_)
    there[rows] = True
    return Features(np.flatnonzero(there), words, rows[: len(words)].astype(np.intp))


def _runs(data: bytes) -> NDArray[np.uint64]:
    """Every four bytes on end, those across the ends of the text padded with blanks."""
    if not data:
        return np.empty(0, np.uint64)
    padded = b" %b   " % data
    starts = [np.frombuffer(padded, dtype="<u4", count=(len(padded) - start) // 4, offset=start) for start in range(4)]
    return np.concatenate(starts).astype(np.uint64)
