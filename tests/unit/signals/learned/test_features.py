import re
from itertools import pairwise
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.signals.learned.features import ROWS, features
from tests.unit.signals.reading import ANY_TEXT

_IDEOGRAPHS = 0x2E80


def by_definition(text: str) -> set[int]:
    lower = text.lower()
    data = re.sub(rb"[0-9]", b"0", lower.encode(errors="ignore"))
    words = [crc32(word) for word in re.findall(rb"[a-z\x80-\xff]+|0+|[^\sa-z0\x80-\xff]", data)]
    padded = b" " + data + b"   "
    runs = [padded[start : start + 4] for start in range(len(padded) - 3)] if data else []
    points = [ord(sign) for sign in lower if not 0xD800 <= ord(sign) <= 0xDFFF]
    pairs = [(one << 16) ^ other for one, other in pairwise(points) if one >= _IDEOGRAPHS and other >= _IDEOGRAPHS]
    kinds = (
        words,
        words[:8],
        [int.from_bytes(run, "little") for run in runs],
        [point for point in points if point >= _IDEOGRAPHS],
        pairs,
        [(31 * one + other) % 2**32 for one, other in pairwise(words)],
    )
    hashes = [each | kind << 34 for kind, of_kind in enumerate(kinds) for each in of_kind]
    return {(each * 11400714819323198485) % 2**64 >> 47 for each in hashes}


@given(ANY_TEXT)
def test_the_features_are_those_of_the_definition(text: str):
    assert set(features(text).rows.tolist()) == by_definition(text)


@given(ANY_TEXT)
def test_features_are_distinct_ascending_and_below_the_limit(text: str):
    rows = features(text).rows
    assert (np.diff(rows) > 0).all()
    assert all(0 <= row < ROWS for row in rows)


@given(ANY_TEXT)
def test_each_word_has_its_own_feature_among_them(text: str):
    found = features(text)
    assert len(found.words) == len(found.word_rows)
    assert set(found.word_rows) <= set(found.rows)
    assert [
        features(word.decode(errors="ignore")).word_rows[:1].tolist() for word in found.words if word.isascii()
    ] == [[row] for row, word in zip(found.word_rows, found.words, strict=True) if word.isascii()]


@given(ANY_TEXT)
def test_the_same_text_has_the_same_features(text: str):
    one, other = features(text), features(text)
    assert one.rows.tolist() == other.rows.tolist()
    assert one.words == other.words


@given(st.text("abcxyzäöüéжщ ,.09"))
def test_case_makes_no_difference(text: str):
    assert features(text.upper()).rows.tolist() == features(text).rows.tolist()


@given(st.text("ab 0123456789.,-"))
def test_which_digits_they_are_makes_no_difference(text: str):
    assert (
        features(text.translate(str.maketrans("0123456789", "9876543210"))).rows.tolist()
        == features(text).rows.tolist()
    )


def test_how_many_digits_there_are_makes_one():
    assert features("in 1998").rows.tolist() != features("in 98").rows.tolist()


def test_the_first_words_count_once_more():
    filler = "a b c d e f g "
    eighth, ninth = features(f"{filler}zebra"), features(f"{filler}h zebra")
    first = features("zebra")
    shared = set(first.rows) & set(eighth.rows) - set(ninth.rows)
    assert len(shared) == 1


@pytest.mark.parametrize("text", ["", "\ud800", "\udfff\ud800"])
def test_of_what_is_no_text_there_are_none(text: str):
    found = features(text)
    assert (found.rows.tolist(), found.words, found.word_rows.tolist()) == ([], [], [])


@pytest.mark.parametrize("text", [" ", "\n\t \r", " " * 1_000])
def test_blank_text_has_no_words(text: str):
    assert features(text).words == []


def test_words_are_lower_case_and_signs_words_of_their_own():
    assert features("Is C++ (2024) “faster”?").words == [
        *(b"is", b"c", b"+", b"+", b"(", b"0000", b")"),
        *("“faster”".encode(), b"?"),
    ]


def test_ideographs_count_alone_and_in_pairs():
    one, other = features("会议"), features("议会")
    common = set(one.rows) & set(other.rows)
    assert len(common) >= 2
    assert one.rows.tolist() != other.rows.tolist()


@pytest.mark.parametrize("sign", ["\x00", "\ud800", "🙂", "会", "a", " ", "ab ", "İ", "\U0010ffff"])
def test_a_megabyte_of_anything_is_read(sign: str):
    text = sign * (1_000_000 // len(sign.encode(errors="replace")) // len(sign))
    assert len(features(text).rows) <= 16
