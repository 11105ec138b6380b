"""The model of meaning, as its two packages bring it."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meritorder.errors import ConfigError
from meritorder.providers import minilm
from meritorder.providers.minilm import SIZE, MiniLM, installed
from tests.unit.signals.reading import ANY_TEXT

pytestmark = pytest.mark.skipif(not installed(), reason="embeddings are not installed: meritorder[embeddings]")


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return MiniLM()


def alike(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other)


def test_texts_of_like_meaning_have_like_vectors(model: MiniLM):
    asked = model("How do I cook rice?")
    assert alike(asked, model("What is the way to prepare rice?")) > 0.7
    assert alike(asked, model("Is a verbal contract binding?")) < 0.2


@settings(max_examples=25, deadline=None)
@given(ANY_TEXT)
def test_any_text_has_a_vector_of_length_one(text: str):
    vector = MODEL(text)
    assert vector.shape == (SIZE,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


MODEL = MiniLM()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(("rice", "a long question about the law of contracts in Rome", "会议", ""))))
def test_a_text_has_the_same_vector_alone_and_among_others(texts: list[str]):
    vectors = MODEL.vectors(texts)
    assert vectors.shape == (len(texts), SIZE)
    for text, vector in zip(texts, vectors, strict=True):
        assert alike(vector, MODEL(text)) > 0.999


def test_only_the_beginning_is_read(model: MiniLM):
    words = "the harvest was good this year " * 100
    assert alike(model(words + "law"), model(words + "physics")) == pytest.approx(1, abs=1e-6)


def test_without_the_libraries_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(
        ConfigError, match=r"embeddings need tokenizers: pip install 'meritorder\[embeddings\]'"
    ) as told:
        MiniLM()("a text")
    assert told.value.code == "extra_missing"


def test_a_file_that_is_another_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    other = tmp_path / "tokenizer.json"
    other.write_text("{}")
    monkeypatch.setattr(minilm, "in_wheel", lambda *_: other)
    with pytest.raises(ConfigError, match="is not the file that the signals were trained with") as told:
        MiniLM()("a text")
    assert told.value.code == "weights_differ"
