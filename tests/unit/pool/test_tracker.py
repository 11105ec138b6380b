from meritorder.pool.tracker import NEVER, Tracker
from meritorder.types.pool import EndpointState
from tests.builders import NOW


def state_of(tracker: Tracker, label: str = "a") -> EndpointState:
    return tracker.states([label])[label]


def test_endpoints_without_traffic_are_not_kept():
    tracker = Tracker()
    tracker.started("a")
    assert list(tracker.states(["a", "b"])) == ["a"]


def test_only_the_asked_endpoints_are_told():
    tracker = Tracker()
    tracker.started("a")
    tracker.started("b")
    assert list(tracker.states(["b"])) == ["b"]


def test_each_endpoint_has_its_own_state():
    tracker = Tracker()
    tracker.started("a")
    tracker.started("b")
    tracker.failed("b", NOW, "it broke", 5_000)
    assert state_of(tracker, "a") == EndpointState(in_flight=1)
    assert state_of(tracker, "b").resting_until == NOW + 5_000


def test_a_call_is_followed_from_start_to_end():
    tracker = Tracker()
    for _ in range(3):
        tracker.started("a")
    tracker.succeeded("a", 100, 300, 20)
    tracker.released("a")
    state = state_of(tracker)
    assert (state.in_flight, state.observed, state.first_token, state.per_token) == (1, 1, 100, 10)


def test_states_that_were_handed_out_do_not_change():
    tracker = Tracker()
    tracker.started("a")
    before = tracker.states(["a"])
    tracker.started("a")
    assert before["a"].in_flight == 1
    assert state_of(tracker).in_flight == 2


def test_what_is_not_there_rests_until_news_of_it():
    tracker = Tracker()
    tracker.unavailable("a", "its weights are missing")
    state = state_of(tracker)
    assert (state.resting_until, state.because) == (NEVER, "its weights are missing")
    tracker.recovered("a")
    state = state_of(tracker)
    assert (state.resting_until, state.failures, state.because) == (0, 0, "")


def test_a_failure_does_not_bring_back_what_is_not_there():
    tracker = Tracker()
    tracker.unavailable("a", "stopped")
    tracker.failed("a", NOW, "connection refused", 0)
    assert state_of(tracker).resting_until == NEVER


def test_a_failure_may_be_the_first_thing_that_is_known():
    tracker = Tracker()
    tracker.failed("a", NOW, "connection refused", 0)
    assert state_of(tracker).failures == 1


def test_recovery_keeps_what_is_under_way():
    tracker = Tracker()
    tracker.started("a")
    tracker.unavailable("a", "stopped")
    tracker.recovered("a")
    assert state_of(tracker).in_flight == 1


def test_recovery_forgives_the_failures():
    tracker = Tracker()
    for _ in range(3):
        tracker.failed("a", NOW, "it broke", 0)
    tracker.recovered("a")
    tracker.failed("a", NOW, "it broke", 0)
    assert state_of(tracker).resting_until <= NOW
