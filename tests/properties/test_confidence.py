from hypothesis import given
from hypothesis import strategies as st

from meritorder.paths.confidence import expected_spread, p_right
from meritorder.types.pool import Calibration
from tests.properties.worlds import calibrations, inner_shares

ROUNDING = 1e-3
"""A prior may be rounded before it is used; so far from the edges that its log-odds hardly notice."""

priors = st.floats(0.05, 0.95)
logprobs = st.lists(st.floats(-20, 0), min_size=1, max_size=30).map(tuple)


@given(calibrations, inner_shares, logprobs)
def test_p_right_is_a_probability(calibration: Calibration, prior: float, seen: tuple[float, ...]):
    assert 0 <= p_right(calibration, prior, seen) <= 1


@given(calibrations, inner_shares, logprobs, st.floats(0, 5))
def test_an_answer_with_likelier_tokens_is_never_less_likely_to_be_right(
    calibration: Calibration, prior: float, seen: tuple[float, ...], less: float
):
    worse = tuple(value - less for value in seen)
    assert p_right(calibration, prior, worse) <= p_right(calibration, prior, seen) + 1e-12


@given(calibrations, inner_shares, inner_shares, logprobs)
def test_the_same_answer_is_likelier_right_on_a_task_at_which_the_model_is_better(
    calibration: Calibration, prior: float, other: float, seen: tuple[float, ...]
):
    low, high = sorted((prior, other))
    assert p_right(calibration, low, seen) <= p_right(calibration, high, seen) + 1e-12


@given(calibrations, priors)
def test_the_expected_spread_ascends_strictly_between_impossible_and_certain(calibration: Calibration, prior: float):
    spread = expected_spread(calibration, prior)
    assert len(spread) == len(calibration.spread)
    assert list(spread) == sorted(spread)
    assert all(0 < p < 1 for p in spread)


@given(calibrations, priors)
def test_the_mean_of_the_expected_spread_is_the_prior(calibration: Calibration, prior: float):
    spread = expected_spread(calibration, prior)
    assert abs(sum(spread) / len(spread) - prior) < ROUNDING


@given(calibrations)
def test_on_tasks_like_the_calibration_prompts_the_spread_is_as_calibrated(calibration: Calibration):
    prior = sum(calibration.spread) / len(calibration.spread)
    for old, new in zip(calibration.spread, expected_spread(calibration, prior), strict=True):
        assert abs(new - old) < 0.02
