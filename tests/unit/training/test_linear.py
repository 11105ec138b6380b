import sys

import numpy as np
import pytest

from meritorder.errors import ConfigError
from meritorder.training.linear import library, logistic

LABELS = ("red", "green", "blue")


def fitted(texts: np.ndarray, given: list[str]) -> np.ndarray:
    pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install 'meritorder[train]'")
    weights, bias = logistic(texts, given, LABELS, strength=100.0, balanced=False, steps=300)
    assert (weights.shape, bias.shape) == ((texts.shape[1], 3), (3,))
    return texts @ weights + bias


def test_what_can_be_told_apart_is():
    texts = np.eye(3)
    assert fitted(texts, ["blue", "red", "green"]).argmax(axis=1).tolist() == [2, 0, 1]


def test_two_labels_are_fitted_as_one_and_its_opposite():
    read = fitted(np.eye(2), ["red", "green"])
    assert read[:, :2].argmax(axis=1).tolist() == [0, 1]
    assert read[:, 0] == pytest.approx(-read[:, 1], abs=1e-6)


def test_a_label_without_samples_is_never_likely():
    assert (fitted(np.eye(2), ["red", "green"])[:, 2] < -10).all()


def test_balanced_labels_count_alike_however_rare():
    pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install 'meritorder[train]'")
    texts, given = np.ones((100, 1)), ["red"] * 90 + ["green"] * 10
    for balanced, chance in ((False, 0.1), (True, 0.5)):
        weights, bias = logistic(texts, given, LABELS, strength=1.0, balanced=balanced, steps=300)
        red, green, _ = (weights[0] + bias).tolist()
        assert 1 / (1 + np.exp(red - green)) == pytest.approx(chance, abs=0.02)


def test_a_library_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(ConfigError, match=r"pip install 'meritorder\[train\]'") as told:
        library("scipy.optimize")
    assert told.value.code == "extra_missing"
