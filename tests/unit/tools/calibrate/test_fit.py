"""The arithmetic of calibration, on data whose truth is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.calibrate import fit


def simulated(intercept: float, slope: float, count: int = 20_000):
    draw = np.random.default_rng(7)
    x = draw.normal(-0.7, 0.5, count)
    p = 1 / (1 + np.exp(-(intercept + slope * x)))
    return x[:, None], p, (draw.random(count) < p).astype(float)


@pytest.mark.parametrize(("intercept", "slope"), [(1.0, 2.0), (-1.5, 0.3), (0.0, -1.0)])
def test_the_parameters_that_made_the_data_are_found_again(intercept: float, slope: float):
    x, _, right = simulated(intercept, slope)
    assert fit.logistic(x, right) == pytest.approx([intercept, slope], abs=0.12)


def test_the_mean_probability_is_the_share_of_right_answers():
    x, _, right = simulated(0.5, 1.5, 500)
    assert fit.predict(fit.logistic(x, right), x).mean() == pytest.approx(right.mean(), abs=1e-9)


def test_separable_data_still_have_a_finite_fit():
    x = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    weights = fit.logistic(x, np.array([0.0, 0.0, 1.0, 1.0]))
    assert np.isfinite(weights).all()
    assert weights[1] > 1


def test_several_features_are_fitted_at_once():
    draw = np.random.default_rng(3)
    x = draw.normal(size=(20_000, 2))
    right = (draw.random(20_000) < fit.predict(np.array([0.2, 1.0, -0.5]), x)).astype(float)
    assert fit.logistic(x, right) == pytest.approx([0.2, 1.0, -0.5], abs=0.1)


def test_a_shift_of_the_log_odds_is_found_again():
    x, _, right = simulated(0.0, 1.0)
    assert fit.shift(x[:, 0] - 0.8, right) == pytest.approx(0.8, abs=0.08)


def test_moved_log_odds_are_moved_by_that_much():
    p = np.array([0.1, 0.5, 0.9])
    assert fit.log_odds(fit.shifted(p, 0.7)) - fit.log_odds(p) == pytest.approx([0.7, 0.7, 0.7])


def test_auc_counts_pairs_and_halves_ties():
    right = np.array([0.0, 0.0, 1.0, 1.0])
    assert fit.auc(np.array([0.1, 0.2, 0.3, 0.4]), right) == 1
    assert fit.auc(np.array([0.4, 0.3, 0.2, 0.1]), right) == 0
    assert fit.auc(np.array([0.1, 0.3, 0.2, 0.4]), right) == 0.75
    assert fit.auc(np.full(4, 0.5), right) == 0.5
    assert np.isnan(fit.auc(np.array([0.1, 0.2]), np.ones(2)))


def test_auc_within_groups_ignores_what_the_group_tells():
    p, right = np.array([0.1, 0.2, 0.8, 0.9]), np.array([0.0, 0.0, 1.0, 1.0])
    assert np.isnan(fit.auc_within(p, right, np.array(["a", "a", "b", "b"])))
    assert fit.auc_within(p, right, np.array(["a", "b", "a", "b"])) == 1


def test_calibrated_probabilities_have_little_error_and_wrong_ones_much():
    _, p, right = simulated(0.5, 2.0)
    assert fit.ece(p, right) < 0.02
    assert fit.ece(np.clip(p + 0.3, 0, 1), right) > 0.15


def test_the_brier_score_is_the_mean_squared_distance():
    assert fit.brier(np.array([0.8, 0.4]), np.array([1.0, 0.0])) == pytest.approx(0.1)


def test_the_most_confident_answers_are_those_of_highest_probability():
    p, right = np.array([0.1, 0.9, 0.8, 0.2]), np.array([0.0, 1.0, 1.0, 1.0])
    assert fit.most_confident(0.5)(p, right) == 1
    assert fit.most_confident(1.0)(p, right) == 0.75


def test_the_bootstrap_draws_whole_groups():
    values = np.array([0.0, 0.0, 1.0, 1.0])
    seen = set()

    def mean(places):
        seen.add(float(values[places].mean()))
        return float(values[places].mean())

    assert fit.bootstrap(mean, ["a", "a", "b", "b"], 200) == (0.0, 1.0)
    assert seen == {0.0, 0.5, 1.0}


def test_a_kind_is_pulled_towards_the_mean_and_less_so_the_more_was_asked():
    assert fit.shrunk(0, 0, 0.3) == pytest.approx(0.3)
    assert fit.shrunk(10, 10, 0.5) == pytest.approx(0.75)
    assert fit.shrunk(1000, 1000, 0.5) > 0.99


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200))
def test_the_spread_ascends_within_zero_and_one_and_keeps_the_mean(values: list[float]):
    found = fit.spread(np.array(values))
    assert len(found) == fit.QUANTILES
    assert list(found) == sorted(found)
    assert all(0 < value < 1 for value in found)
    assert np.mean(found) == pytest.approx(np.mean(values), abs=2e-4)
