import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.training.calibration import shares, surprise, temperature

pytest.importorskip("scipy", reason="training needs SciPy, which comes with scikit-learn")
NUMBERS = np.random.default_rng(7)


def drawn(logits: np.ndarray) -> np.ndarray:
    """A label for each row, drawn with the probabilities that the logits give."""
    noise = NUMBERS.gumbel(size=logits.shape)
    return (logits + noise).argmax(axis=1)


@pytest.mark.parametrize("true", [0.5, 1.0, 3.0])
def test_the_temperature_at_which_labels_were_drawn_is_found(true: float):
    logits = NUMBERS.normal(scale=3, size=(6_000, 5)).astype(np.float32)
    assert temperature(logits, drawn(logits / true)) == pytest.approx(true, rel=0.1)


def test_it_stays_in_bounds():
    logits = np.array([[9.0, 0.0]] * 50, np.float32)
    assert temperature(logits, np.zeros(50, int)) < 0.3
    assert temperature(logits, np.ones(50, int)) > 4.9


def test_without_samples_nothing_is_cooled():
    assert temperature(np.empty((0, 3), np.float32), np.empty(0, int)) == 1.0
    assert shares(np.empty((0, 3), np.float32), np.empty((0, 3), np.float32), np.empty(0, int)) == (0.5, 0.5)


def test_of_two_heads_each_counts_as_much_as_it_knows():
    one, other = (NUMBERS.normal(scale=2, size=(6_000, 4)).astype(np.float32) for _ in range(2))
    truth = drawn(0.8 * one + 0.3 * other)
    assert shares(one, other, truth) == pytest.approx((0.8, 0.3), abs=0.06)


def test_a_head_that_knows_nothing_hardly_counts():
    one, noise = (NUMBERS.normal(scale=2, size=(4_000, 4)).astype(np.float32) for _ in range(2))
    assert shares(one, noise, drawn(one))[1] < 0.05


@given(st.lists(st.lists(st.floats(-30, 30), min_size=3, max_size=3), min_size=1, max_size=10), st.floats(-1e3, 1e3))
def test_surprise_is_the_mean_of_minus_log_softmax(rows: list[list[float]], shift: float):
    logits, truth = np.array(rows), np.arange(len(rows)) % 3
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    expected = -np.log(chances[np.arange(len(rows)), truth]).mean()
    assert surprise(logits, truth) == pytest.approx(expected, abs=1e-6)
    assert surprise(logits + shift, truth) == pytest.approx(expected, abs=1e-6)
