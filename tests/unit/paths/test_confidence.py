import math

import pytest

from meritorder.paths.confidence import expected_spread, logistic, logit, p_right, quality
from meritorder.types.pool import Calibration
from tests.builders import CALIBRATION, a_model


def test_logit_is_the_log_of_the_odds():
    assert logit(0.5) == 0
    assert logit(0.8) == pytest.approx(math.log(4))
    assert logit(0.2) == pytest.approx(-math.log(4))


def test_logit_stays_finite_at_the_edges():
    assert math.isfinite(logit(0.0))
    assert logit(0.0) == pytest.approx(-logit(1.0))
    assert logit(0.0) < -10


@pytest.mark.parametrize("p", [0.001, 0.2, 0.5, 0.73, 0.999])
def test_logistic_undoes_logit(p: float):
    assert logistic(logit(p)) == pytest.approx(p)


@pytest.mark.parametrize(("x", "p"), [(0, 0.5), (1_000, 1.0), (-1_000, 0.0), (-1e9, 0.0), (1e9, 1.0)])
def test_logistic_does_not_overflow(x: float, p: float):
    assert logistic(x) == pytest.approx(p)


def test_quality_is_that_of_the_task_where_it_is_known():
    model = a_model(quality=0.6, by_intent={"code": 0.2})
    assert quality(model, "code") == 0.2
    assert quality(model, "plan") == 0.6


def test_without_log_probabilities_the_prior_stands():
    assert p_right(CALIBRATION, 0.37, ()) == 0.37


def test_where_the_task_is_like_the_calibration_prompts_the_fitted_curve_is_read():
    calibration = Calibration(2.0, 3.0, (0.25, 0.75), "declared")
    assert p_right(calibration, 0.5, (-0.2, -0.6)) == pytest.approx(logistic(2.0 + 3.0 * -0.4))


def test_a_prior_shifts_the_log_odds_of_every_answer_alike():
    calibration = Calibration(2.0, 3.0, (0.25, 0.75), "declared")
    shifts = [
        logit(p_right(calibration, 0.9, seen)) - logit(p_right(calibration, 0.5, seen)) for seen in ((-0.4,), (-2.0,))
    ]
    assert shifts[0] == pytest.approx(shifts[1])
    assert shifts[0] > 0


def test_the_share_of_right_answers_among_the_calibration_prompts_is_the_mean_of_the_spread():
    calibration = Calibration(1.0, 0.0, (0.1, 0.2, 0.9), "measured")
    assert p_right(calibration, 0.4, (-0.5,)) == pytest.approx(logistic(1.0))


def test_many_tokens_count_by_their_mean():
    assert p_right(CALIBRATION, 0.5, (-0.1, -0.9)) == pytest.approx(p_right(CALIBRATION, 0.5, (-0.5,) * 40))


def test_the_spread_is_as_calibrated_where_the_task_is_like_the_calibration_prompts():
    assert expected_spread(CALIBRATION, 0.5) == pytest.approx(CALIBRATION.spread)


def test_the_mean_of_the_expected_spread_is_the_prior():
    for prior in (0.05, 0.3, 0.9):
        assert sum(expected_spread(CALIBRATION, prior)) / 4 == pytest.approx(prior)
