import pytest

from meritorder.routing.quote import SLICE, legs, quote
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Objective
from meritorder.types.pool import EndpointState
from meritorder.types.quote import Quote, Receipt, Use
from meritorder.types.snapshot import Generation
from meritorder.types.units import NANO
from meritorder.types.workload import Output, PromptTokens, Workload
from tests.builders import (
    CALIBRATION,
    a_generation,
    a_model,
    a_price,
    a_snapshot,
    a_view,
    a_workload,
    an_endpoint,
    an_objective,
)

SMALL, BIG, CASCADE = "answer:small@here", "answer:big@here", "escalate:small@here>big@here"


def a_pool(*, draft: float = 0.5, strong: float = 0.9) -> Generation:
    """A small model at 1 and 4 dollars, and a big one at ten times that."""
    models = [
        a_model("small", quality=draft, by_intent={"plan": 0.2}, max_output=1_000, calibration=CALIBRATION),
        a_model("big", quality=strong, max_output=1_000),
    ]
    return a_generation(models, [an_endpoint("small"), an_endpoint("big", price=a_price(10.0, 40.0))])


def quoted(
    name: str,
    *,
    workload: Workload | None = None,
    generation: Generation | None = None,
    objective: Objective | None = None,
    states: dict[str, EndpointState] | None = None,
) -> Quote:
    snapshot = a_snapshot(generation or a_pool(), a_view(states=states))
    paths = {path.name: path for path in snapshot.generation.paths}
    priced = legs(workload or a_workload(), snapshot, list(paths.values()))
    return quote(paths[name], priced, objective or an_objective())


def test_a_direct_answer_is_priced_from_the_expected_tokens_and_bounded_by_the_most():
    use = quoted(SMALL).use
    assert use == Use(
        money=1_000_000 + 400_000,
        money_bound=1_400_000 + 4_000_000,
        hold=1_400_000 + 4_000_000,
        latency=500 + 2_000,
        latency_basis="declared",
    )


def test_a_stream_holds_one_slice_at_a_time():
    use = quoted(SMALL, workload=a_workload(stream=True)).use
    assert use.hold == 1_400_000 + SLICE * 4_000
    assert use.money_bound == 1_400_000 + 4_000_000


def test_a_stream_never_holds_more_than_the_most_it_can_cost():
    use = quoted(SMALL, workload=a_workload(stream=True, max_output_tokens=10)).use
    assert use.hold == use.money_bound == 1_400_000 + 10 * 4_000


def test_every_choice_is_paid_for():
    use = quoted(SMALL, workload=a_workload(choices=3)).use
    assert use.money == 1_000_000 + 3 * 400_000
    assert use.money_bound == 1_400_000 + 3 * 4_000_000
    assert quoted(SMALL, workload=a_workload(choices=3, stream=True)).use.hold == 1_400_000 + 3 * SLICE * 4_000


def test_no_more_output_is_expected_than_is_possible():
    short = a_workload(max_output_tokens=30, output=Output("text", 100, 400))
    assert quoted(SMALL, workload=short).use.money == 1_000_000 + 30 * 4_000


def test_observed_latency_is_told_as_learned():
    states = {"small@here": EndpointState(first_token=100.0, per_token=1.0, observed=5)}
    use = quoted(SMALL, states=states).use
    assert (use.latency, use.latency_basis) == (200, "learned")


def test_a_declared_quality_has_a_wide_interval():
    quality = quoted(SMALL).quality
    assert (quality.p, quality.low, quality.high) == pytest.approx((0.5, 0.3, 0.7))
    assert quality.basis == "declared"


def test_an_interval_stays_within_what_is_possible():
    pool = a_pool(draft=0.1, strong=0.95)
    low, high = quoted(SMALL, generation=pool).quality, quoted(BIG, generation=pool).quality
    assert low.low == 0
    assert high.high == 1


def test_quality_depends_on_the_task():
    assert quoted(SMALL, workload=a_workload(intent="plan")).quality.p == pytest.approx(0.2)


def test_a_receipt_values_right_answers_and_counts_wrong_ones():
    receipt = quoted(SMALL, objective=an_objective(value=NANO, failure_cost=NANO // 5)).receipt
    assert receipt == Receipt(
        worth=NANO // 2, risk=NANO // 10, money=1_400_000, lateness=0, net=NANO // 2 - NANO // 10 - 1_400_000
    )


@pytest.mark.parametrize(("deadline", "lateness"), [(2_500, 0), (2_499, 1_000), (500, 2_000_000), (0, 2_500_000)])
def test_only_time_past_the_deadline_is_late(deadline: int, lateness: int):
    receipt = quoted(SMALL, objective=an_objective(deadline=deadline, late_second=1_000_000)).receipt
    assert receipt.lateness == lateness


def test_a_cascade_weighs_the_better_answer_against_its_price():
    strong = quoted(BIG)
    stop_at = quoted(CASCADE).stop_at
    assert stop_at == pytest.approx(0.9 - strong.use.money / NANO)


def test_a_wrong_answer_that_costs_more_makes_a_cascade_ask_more_often():
    careless, careful = an_objective(value=NANO // 10), an_objective(value=NANO // 10, failure_cost=NANO)
    assert quoted(CASCADE, objective=careful).stop_at > quoted(CASCADE, objective=careless).stop_at


def test_time_that_is_dear_makes_a_cascade_ask_less_often():
    late = an_objective(deadline=2_500, late_second=NANO // 10)
    assert quoted(CASCADE, objective=late).stop_at == pytest.approx(quoted(CASCADE).stop_at - 0.25)


def test_a_cascade_never_asks_on_where_the_gain_is_not_worth_the_price():
    cheap = an_objective(value=1_000)
    cascade = quoted(CASCADE, objective=cheap)
    assert cascade.stop_at == 0
    assert cascade.use.money == quoted(SMALL, objective=cheap).use.money
    assert cascade.quality.p == pytest.approx(0.5)


def test_a_draft_that_is_exactly_as_sure_as_needed_is_kept():
    models = [a_model("small", quality=0.7), a_model("big", quality=0.7)]
    places = [an_endpoint("small"), an_endpoint("big", price=a_price(0.0, 0.0))]
    path = CapabilityPath(CASCADE, "escalate", ("small@here", "big@here"))
    priced = legs(a_workload(), a_snapshot(a_generation(models, places)), [path])
    cascade = quote(path, priced, an_objective())
    assert cascade.stop_at == 0.7
    assert cascade.use.latency == priced["small@here"].use.latency


def test_a_cascade_with_nothing_at_stake_keeps_every_draft():
    assert quoted(CASCADE, objective=an_objective(value=0)).stop_at == 0


def test_a_cascade_expects_the_strong_model_as_often_as_the_draft_is_unsure():
    objective = an_objective(value=NANO // 20)
    draft, strong, cascade = (quoted(name, objective=objective) for name in (SMALL, BIG, CASCADE))
    assert cascade.stop_at == pytest.approx(0.9 - 20 * strong.use.money / NANO)
    assert CALIBRATION.spread[2] < cascade.stop_at < CALIBRATION.spread[3]
    assert cascade.quality.p == pytest.approx(0.8 / 4 + 3 / 4 * 0.9)
    assert cascade.use.money == draft.use.money + round(0.75 * strong.use.money)
    assert cascade.use.latency == draft.use.latency + round(0.75 * strong.use.latency)


def test_a_cascade_holds_enough_for_both_of_its_steps():
    work = a_workload(stream=True)
    draft, strong, cascade = (quoted(name, workload=work).use for name in (SMALL, BIG, CASCADE))
    assert cascade.hold == draft.hold + strong.hold
    assert cascade.money_bound == draft.money_bound + strong.money_bound


def test_a_cascade_whose_draft_is_always_sure_enough_keeps_it():
    pool = a_pool(draft=0.89)
    cascade = quoted(CASCADE, generation=pool, objective=an_objective(value=NANO // 20))
    assert cascade.quality.p < 0.9
    assert cascade.use.money < quoted(BIG, generation=pool).use.money


def test_each_endpoint_is_priced_once_and_only_if_a_path_needs_it():
    snapshot = a_snapshot(a_pool())
    first, *_ = snapshot.generation.paths
    assert set(legs(a_workload(), snapshot, [first])) == set(first.endpoints)
    assert set(legs(a_workload(), snapshot, snapshot.generation.paths)) == {"small@here", "big@here"}


def test_a_prompt_that_fills_the_context_leaves_one_token():
    tight = a_workload(prompt=PromptTokens(127_999, 127_999))
    assert quoted(SMALL, workload=tight).use.money == 127_999_000 + 4_000


def test_a_direct_answer_is_always_kept():
    assert quoted(BIG).stop_at == 0
