"""A cascade takes whichever of its two steps nets more for each draft, so it nets no less than either alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from meritorder.paths.confidence import expected_spread
from meritorder.routing.quote import legs, quote
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Objective
from meritorder.types.pool import Calibration, Price
from meritorder.types.quote import Quote
from meritorder.types.units import NANO
from meritorder.types.workload import Workload
from tests.builders import a_generation, a_model, a_snapshot, an_endpoint, an_objective
from tests.properties.worlds import calibrations, money, shares, workloads

ROUNDING = 10
"""Nano-dollars: each of a handful of amounts is rounded once."""

unhurried = st.builds(an_objective, value=st.integers(0, 10 * NANO), failure_cost=st.integers(0, 10 * NANO))
some = settings(max_examples=150, deadline=None)


def quoted(
    workload: Workload,
    objective: Objective,
    calibration: Calibration,
    prices: tuple[int, int],
    strong: float,
    draft: float | None = None,
) -> tuple[Quote, Quote, Quote]:
    """The draft alone, the stronger model alone, and the cascade; the draft is as good as it was calibrated."""
    quality = sum(calibration.spread) / len(calibration.spread) if draft is None else draft
    better = quality + (1 - quality) * strong
    models = [a_model("small", quality=quality, calibration=calibration), a_model("big", quality=better)]
    places = [an_endpoint("small", price=Price(0, prices[0], 0)), an_endpoint("big", price=Price(0, prices[1], 0))]
    snapshot = a_snapshot(a_generation(models, places))
    cascade = CapabilityPath("escalate", "escalate", ("small@here", "big@here"))
    small, big = (CapabilityPath(label, "answer", (label,)) for label in cascade.endpoints)
    priced = legs(workload, snapshot, [small, big])
    return quote(small, priced, objective), quote(big, priced, objective), quote(cascade, priced, objective)


@some
@given(workloads, unhurried, calibrations, st.tuples(money, money), shares)
def test_a_cascade_nets_no_less_than_its_draft_alone(
    workload: Workload, objective: Objective, calibration: Calibration, prices: tuple[int, int], strong: float
):
    draft, _, cascade = quoted(workload, objective, calibration, prices, strong)
    assert 0 <= cascade.stop_at <= 1
    assert cascade.receipt.net >= draft.receipt.net - tolerance(objective)


@some
@given(workloads, unhurried, calibrations, st.tuples(money, money), shares)
def test_a_cascade_nets_no_less_than_its_stronger_model_after_paying_for_the_draft(
    workload: Workload, objective: Objective, calibration: Calibration, prices: tuple[int, int], strong: float
):
    draft, big, cascade = quoted(workload, objective, calibration, prices, strong)
    assert cascade.receipt.net >= big.receipt.net - draft.use.money - tolerance(objective)


@some
@given(workloads, unhurried, calibrations, st.tuples(money, money), shares, st.floats(0.05, 0.95))
def test_a_cascade_nets_what_the_better_step_nets_for_each_draft(
    workload: Workload,
    objective: Objective,
    calibration: Calibration,
    prices: tuple[int, int],
    strong: float,
    draft: float,
):
    small, big, cascade = quoted(workload, objective, calibration, prices, strong, draft)
    stake = objective.value + objective.failure_cost
    spread = expected_spread(calibration, draft)
    gains = [max(stake * p, stake * big.quality.p - big.use.money) for p in spread]
    best = sum(gains) / len(gains) - objective.failure_cost - small.use.money
    assert abs(cascade.receipt.net - best) <= tolerance(objective)


@some
@given(workloads, unhurried, calibrations, st.tuples(money, money), shares)
def test_a_cascade_costs_between_its_draft_and_both_of_its_steps(
    workload: Workload, objective: Objective, calibration: Calibration, prices: tuple[int, int], strong: float
):
    draft, big, cascade = quoted(workload, objective, calibration, prices, strong)
    for figure in ("money", "latency"):
        first, second, both = (getattr(each.use, figure) for each in (draft, big, cascade))
        assert first <= both <= first + second
    assert cascade.use.hold == draft.use.hold + big.use.hold


def tolerance(objective: Objective) -> float:
    """What rounding may take: some nano-dollars, and a prior that is rounded to four decimals."""
    return ROUNDING + 1e-4 * (objective.value + objective.failure_cost)
