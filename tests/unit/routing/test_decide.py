from meritorder.pool.tracker import NEVER
from meritorder.routing.decide import decide
from meritorder.types.decision import Decision, Refusal
from meritorder.types.pool import EndpointState
from meritorder.types.snapshot import Generation, View
from meritorder.types.units import NANO
from meritorder.types.workload import Workload
from tests.builders import (
    CALIBRATION,
    NOW,
    a_balance,
    a_generation,
    a_model,
    a_price,
    a_rule,
    a_snapshot,
    a_view,
    a_workload,
    an_endpoint,
    an_objective,
)

SMALL, BIG, CASCADE = "answer:small@here", "answer:big@cloud", "escalate:small@here>big@cloud"


def a_pool(*, value: int = NANO, may_decline: bool = False, private: bool = False) -> Generation:
    """A cheap small model on site and a dear big one in the cloud, forbidden to private work if `private`."""
    return a_generation(
        [a_model("small", quality=0.5, calibration=CALIBRATION), a_model("big", quality=0.9)],
        [an_endpoint("small", "here", zone="site"), an_endpoint("big", "cloud", price=a_price(10.0, 40.0))],
        objective=an_objective(value=value, may_decline=may_decline),
        rules=[a_rule("private stays", privacy_at_least="personal", zones=("cloud",))] if private else [],
    )


def decided(
    workload: Workload | None = None, generation: Generation | None = None, view: View | None = None
) -> Decision:
    found = decide(workload or a_workload(), a_snapshot(generation or a_pool(), view))
    assert isinstance(found, Decision)
    return found


def refused(
    workload: Workload | None = None, generation: Generation | None = None, view: View | None = None
) -> Refusal:
    found = decide(workload or a_workload(), a_snapshot(generation or a_pool(), view))
    assert isinstance(found, Refusal)
    return found


def test_work_of_great_value_gets_the_best_model():
    assert decided(generation=a_pool(value=100 * NANO)).chosen.path.name == BIG


def test_work_of_little_value_gets_the_cheapest_model():
    assert decided(generation=a_pool(value=NANO // 100)).chosen.path.name == SMALL


def test_work_in_between_gets_a_cascade():
    assert decided(generation=a_pool(value=NANO // 25)).chosen.path.name == CASCADE


def test_a_decision_names_what_it_was_decided_on():
    found = decided(view=a_view(seed=0xABC))
    assert (found.id, found.objective, found.generation) == ("dec_0000000000000abc", "stated", "0123456789ab")


def test_runners_up_are_in_order():
    found = decided()
    nets = [quote.receipt.net for quote in (found.chosen, *found.runners_up)]
    assert nets == sorted(nets, reverse=True)
    assert {quote.path.name for quote in (found.chosen, *found.runners_up)} == {SMALL, BIG, CASCADE}


def test_private_work_never_leaves():
    found = decided(a_workload(privacy="personal"), a_pool(value=100 * NANO, private=True))
    assert found.chosen.path.name == SMALL
    assert found.runners_up == ()
    assert {each.path: each.by for each in found.excluded} == {BIG: "policy", CASCADE: "policy"}


def test_a_path_that_cannot_be_paid_for_is_not_taken():
    small = next(quote for quote in decided().runners_up if quote.path.name == SMALL)
    found = decided(generation=a_pool(value=100 * NANO), view=a_view(balances=[a_balance(small.use.hold)]))
    assert found.chosen.path.name == SMALL
    assert {each.path: each.by for each in found.excluded} == {BIG: "budget", CASCADE: "budget"}


def test_a_refusal_names_the_furthest_gate_that_any_path_reached():
    found = refused(a_workload(model="big", privacy="personal"), a_pool(private=True))
    assert (found.gate, found.because) == ("policy", "rule `private stays` forbids big@cloud")
    assert len(found.excluded) == 3
    assert found.retry_at == 0
    assert (found.id, found.generation) == ("dec_0000000000000001", "0123456789ab")


def test_work_that_nets_less_than_nothing_is_turned_away_where_a_worth_was_stated():
    found = refused(generation=a_pool(value=1_000, may_decline=True))
    assert (found.gate, found.retry_at) == ("worth", 0)
    assert decided(generation=a_pool(value=1_000)).chosen.receipt.net < 0


def test_an_empty_pool_refuses():
    generation = a_generation()
    bare = Generation("0123", generation.models, {}, (), generation.virtual, (), {})
    found = refused(generation=bare)
    assert (found.gate, found.because, found.excluded) == ("request", "no path is configured", ())


def test_a_refusal_for_lack_of_money_may_be_retried_when_the_window_turns():
    found = refused(view=a_view(balances=[a_balance(1, ends=NOW + 1_000)]))
    assert (found.gate, found.retry_at) == ("budget", NOW + 1_000)


def test_it_is_the_window_of_the_account_that_is_short_that_has_to_turn():
    day = a_balance(1, account="key:ada", ends=NOW + 1_000)
    month = a_balance(1_000 * NANO, ends=NOW + 9_000)
    assert refused(view=a_view(balances=[month, day])).retry_at == NOW + 1_000


def test_a_total_that_is_spent_does_not_come_back():
    day = a_balance(1_000 * NANO, account="key:ada", ends=NOW + 1_000)
    assert refused(view=a_view(balances=[a_balance(1), day])).retry_at == 0


def test_a_refusal_for_lack_of_health_may_be_retried_when_the_first_rest_ends():
    states = {
        "small@here": EndpointState(resting_until=NOW + 9_000, because="busy"),
        "big@cloud": EndpointState(resting_until=NOW + 2_000, because="busy"),
    }
    found = refused(view=a_view(states=states))
    assert (found.gate, found.retry_at) == ("health", NOW + 2_000)


def test_what_never_comes_back_by_itself_is_not_waited_for():
    states = {
        "small@here": EndpointState(resting_until=NEVER, because="stopped"),
        "big@cloud": EndpointState(resting_until=NOW - 1, because="busy"),
    }
    assert refused(view=a_view(states=states, tried=("big@cloud",))).retry_at == 0


def test_failing_over_leaves_out_what_was_tried():
    first = decided(generation=a_pool(value=100 * NANO))
    second = decided(generation=a_pool(value=100 * NANO), view=a_view(tried=first.chosen.path.endpoints))
    assert (first.chosen.path.name, second.chosen.path.name) == (BIG, SMALL)
