import pytest

from meritorder.pool.health import believed, expected_latency, failed, released, started, succeeded
from meritorder.types.pool import IDLE, EndpointState
from tests.builders import NOW, an_endpoint


def after(*durations: int, tokens: int = 10) -> EndpointState:
    """The state after replies in one piece that took so long."""
    state = IDLE
    for duration in durations:
        state = succeeded(started(state), duration, duration, tokens)
    return state


def after_failures(count: int, *, now: int = NOW) -> EndpointState:
    """The state after failures each of which came as soon as the rest before it was over."""
    state = IDLE
    for _ in range(count):
        now = max(now, state.resting_until)
        state = failed(started(state), now, "it broke")
    return state


def rest_after(count: int) -> int:
    """How long the last of so many failures sends it to rest."""
    before = after_failures(count - 1)
    return after_failures(count).resting_until - max(NOW, before.resting_until)


def test_calls_under_way_are_counted():
    state = started(started(IDLE))
    assert state.in_flight == 2
    assert released(state).in_flight == 1
    assert succeeded(state, 1, 2, 3).in_flight == 1
    assert failed(state, NOW, "it broke").in_flight == 1


def test_no_more_calls_come_back_than_went_out():
    assert released(IDLE).in_flight == 0
    assert succeeded(IDLE, 1, 2, 3).in_flight == 0
    assert failed(IDLE, NOW, "it broke").in_flight == 0


def test_one_failure_may_be_chance():
    state = after_failures(1)
    assert (state.failures, state.because) == (1, "it broke")
    assert state.resting_until <= NOW


@pytest.mark.parametrize(("failures", "rest"), [(2, 1_000), (3, 2_000), (4, 4_000), (7, 32_000), (8, 60_000)])
def test_each_further_failure_doubles_the_rest_up_to_a_minute(failures: int, rest: int):
    assert rest_after(failures) == rest


def test_the_rest_stays_bounded_however_often_it_fails():
    assert rest_after(500) == 60_000


def test_calls_that_fail_together_count_as_one_more_failure():
    state = after_failures(2)
    for _ in range(8):
        state = failed(started(state), NOW, "it broke")
    assert (state.failures, state.resting_until) == (2, NOW + 1_000)


def test_a_rest_that_was_asked_for_is_granted_at_the_first_failure():
    assert failed(IDLE, NOW, "busy", 5_000).resting_until == NOW + 5_000
    assert failed(after_failures(2), NOW, "busy", 300_000).resting_until == NOW + 300_000


def test_a_rest_is_never_shortened_by_a_failure():
    resting = failed(IDLE, NOW, "busy", 300_000)
    assert failed(resting, NOW + 10, "broke").resting_until == NOW + 300_000


def test_a_success_forgives_the_failures_and_leaves_a_rest_as_it_is():
    resting = after_failures(3)
    state = succeeded(resting, 10, 20, 5)
    assert (state.failures, state.resting_until) == (0, resting.resting_until)


def test_a_call_that_says_nothing_about_the_endpoint_changes_only_the_count():
    before = failed(started(started(IDLE)), NOW, "busy", 5_000)
    after_release = released(before)
    assert (after_release.failures, after_release.resting_until) == (before.failures, before.resting_until)
    assert after_release.observed == before.observed


def test_the_speed_of_a_stream_is_its_first_token_and_then_its_pace():
    state = succeeded(IDLE, 200, 1_200, 100)
    assert state.first_token == pytest.approx(200)
    assert state.per_token == pytest.approx(10)


def test_a_reply_in_one_piece_says_nothing_about_the_first_token():
    state = after(1_000, tokens=100)
    assert state.first_token == 0
    assert state.per_token == pytest.approx(10)


def test_nothing_is_learned_of_the_pace_from_hardly_a_token():
    assert succeeded(IDLE, 100, 5_000, 0).per_token == 0
    assert succeeded(IDLE, 100, 5_000, 7).observed == 0


def test_later_observations_move_the_average_by_a_fifth():
    steady = after(*[100] * 10)
    assert succeeded(steady, 600, 600, 10).per_token == pytest.approx(20, abs=0.01)


def test_speed_is_believed_from_the_third_observation():
    assert not believed(after(100, 100))
    assert believed(after(100, 100, 100))


def test_latency_is_as_declared_until_it_was_observed():
    endpoint = an_endpoint(first_token=500, tokens_per_second=50.0)
    assert expected_latency(endpoint, IDLE, 100) == 2_500
    assert expected_latency(endpoint, after(100, 100), 100) == 2_500
    assert expected_latency(endpoint, after(100, 100, 100), 100) == 1_000


def test_observed_latency_is_first_token_plus_pace():
    state = EndpointState(first_token=300.0, per_token=2.5, observed=9)
    assert expected_latency(an_endpoint(), state, 100) == 550
