from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.providers.recognisers import shipped
from meritorder.signals.learned.features import ROWS, features
from meritorder.signals.learned.heads import Answers, Head, Heads
from tests.unit.signals.reading import ANY_TEXT, answers, saying

SIZE = {"small": 0.5, "large": 0.5}
HEADS = {"colour": Head(("red", "green", "blue"), 0, 0.5), "size": Head(("small", "large"), 3, 2.0)}


def random_heads(seed: int = 1) -> tuple[Heads, np.ndarray, np.ndarray]:
    numbers = np.random.default_rng(seed)
    weights = numbers.normal(size=(ROWS, 5)).astype(np.float32)
    bias = numbers.normal(size=5).astype(np.float32)
    return Heads(HEADS, weights, np.ones(5, np.float32), bias), weights, bias


RANDOM, WEIGHTS, BIAS = random_heads()


@given(ANY_TEXT)
def test_a_head_gives_what_the_formula_gives(text: str):
    read = RANDOM.read(features(text))
    rows = features(text).rows
    for name, head in HEADS.items():
        sums = WEIGHTS[rows].astype(np.float64).sum(axis=0) / max(1, len(rows)) ** 0.5 + BIAS
        logits = sums[head.columns] / head.temperature
        expected = np.exp(logits) / np.exp(logits).sum()
        assert list(read.of(name).values()) == pytest.approx(expected.tolist(), abs=1e-4)


@given(ANY_TEXT)
def test_the_shipped_heads_give_probabilities_of_any_text(text: str):
    heads = shipped().heads
    read = heads.read(features(text))
    for name in heads.heads:
        shares = list(read.of(name).values())
        assert all(0 <= share <= 1 for share in shares)
        assert sum(shares) == pytest.approx(1, abs=1e-5)


def test_of_no_features_the_biases_alone_speak():
    read = answers("", size={"small": 0.3, "large": 0.7})
    assert read.of("size") == pytest.approx({"small": 0.3, "large": 0.7})


def test_a_word_speaks_by_its_share_of_the_features():
    heads = saying({"huge": ("size", "large", 8.0)}, size=SIZE)
    found = features("huge")
    expected = 1 / (1 + np.exp(-8.0 / len(found.rows) ** 0.5))
    assert heads.read(found).of("size")["large"] == pytest.approx(float(expected), abs=1e-6)


@pytest.mark.parametrize("weight", [1e4, 1e30, -1e30])
def test_however_large_a_weight_the_probabilities_are_finite(weight: float):
    heads = saying({"huge": ("size", "large", weight)}, size=SIZE)
    shares = heads.read(features("huge")).of("size")
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["large"] == pytest.approx(float(weight > 0), abs=1e-6)


def test_a_low_temperature_makes_surer():
    texts = features("anything")
    sure = [
        Heads({"size": Head(("small", "large"), 0, each)}, WEIGHTS[:, :2], np.ones(2), np.array([0, 1])).read(texts)
        for each in (0.5, 1.0, 5.0)
    ]
    shares = [each.best("size")[1] for each in sure]
    assert shares == sorted(shares, reverse=True)


def test_the_likeliest_label_is_told_with_its_probability():
    label, probability = answers(colour={"red": 0.2, "green": 0.7, "blue": 0.1}).best("colour")
    assert (label, probability) == ("green", pytest.approx(0.7))


def test_of_equally_likely_labels_it_is_the_first():
    assert answers(size=SIZE).best("size")[0] == "small"


def test_one_head_does_not_change_another():
    alone = answers(size={"small": 0.3, "large": 0.7}).of("size")
    beside = answers(colour={"red": 0.9, "blue": 0.1}, size={"small": 0.3, "large": 0.7}).of("size")
    assert beside == pytest.approx(alone)


WORDS = {"huge": ("size", "large", 2.0), "big": ("size", "large", 1.0), "tiny": ("size", "small", 3.0)}


@pytest.mark.parametrize(
    ("text", "label", "word"),
    [
        ("a Big HUGE tiny thing", "large", "huge"),
        ("a big tiny thing", "large", "big"),
        ("a big tiny thing", "small", "tiny"),
        ("a thing", "large", ""),
        ("", "large", ""),
        (" \n ", "large", ""),
    ],
)
def test_the_word_that_speaks_most_for_a_label_is_named(text: str, label: str, word: str):
    heads = saying(WORDS, colour={"red": 0.5, "blue": 0.5}, size=SIZE)
    assert heads.read(features(text)).because("size", label) == word


def test_a_word_that_is_not_common_is_never_named():
    known = saying(WORDS, size=SIZE).read(features("big huge"))
    hidden = Answers(known.heads, known.probabilities, known.features, known.weights, frozenset((crc32(b"big"),)))
    assert hidden.because("size", "large") == "big"
    assert saying(WORDS, size=SIZE).read(features("a huge secret")).because("size", "small") == ""


def test_a_word_without_weight_is_never_named():
    heads = saying({"plum": ("size", "large", 0.0)}, size=SIZE)
    assert heads.read(features("a plum")).because("size", "large") == ""


def test_a_word_of_two_letters_says_nothing_to_a_reader():
    heads = saying({"xy": ("size", "large", 9.0), "big": ("size", "large", 1.0)}, size=SIZE)
    assert heads.read(features("xy big")).because("size", "large") == "big"


def test_naming_a_word_leaves_the_weights_as_they_are():
    read = saying({"xy": ("size", "large", 9.0)}, size=SIZE).read(features("xy"))
    before = read.weights.copy()
    read.because("size", "large")
    assert (read.weights == before).all()


@given(st.lists(st.sampled_from(("What", "is", "translate", "Python", "Zaphod", "2024", "会议", "?", "write"))))
def test_what_is_named_is_a_common_word_of_the_text(words: list[str]):
    text = " ".join(words)
    read = shipped().heads.read(features(text))
    word = read.because("intent", read.best("intent")[0])
    assert word.encode() in (b"", *features(text).words)
    assert word != "zaphod"
