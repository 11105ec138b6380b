from collections.abc import Iterable

import pytest

from meritorder.pool.tracker import NEVER
from meritorder.routing.constrain import Narrowing, constrain, narrow
from meritorder.types.decision import Exclusion, Gate
from meritorder.types.policy import Rule
from meritorder.types.pool import EndpointState
from meritorder.types.snapshot import Generation, View, VirtualModel
from meritorder.types.workload import PromptTokens, Workload
from tests.builders import (
    CALIBRATION,
    NOW,
    a_generation,
    a_model,
    a_rule,
    a_snapshot,
    a_view,
    a_workload,
    an_endpoint,
    an_objective,
)

SMALL, BIG, CASCADE = "answer:small@here", "answer:big@cloud", "escalate:small@here>big@cloud"


def a_pool(rules: Iterable[Rule] = (), virtual: Iterable[VirtualModel] = ()) -> Generation:
    """A small model on site that can draft, and a big one in the cloud that cannot see."""
    models = [a_model("small", context=4_000, calibration=CALIBRATION), a_model("big", quality=0.9)]
    endpoints = [
        an_endpoint("small", "here", zone="site", abilities=("logprobs", "vision")),
        an_endpoint("big", "cloud", zone="cloud", abilities=("logprobs", "tools")),
    ]
    return a_generation(models, endpoints, rules=rules, virtual=virtual)


def parted(
    workload: Workload | None = None, generation: Generation | None = None, view: View | None = None
) -> tuple[list[str], dict[str, Exclusion]]:
    """The names of the feasible paths, and the exclusions by path."""
    work, pool = workload or a_workload(), generation or a_pool()
    feasible, excluded = constrain(work, a_snapshot(pool, view), narrow(work.ask.model, pool))
    by_path = {each.path: each for each in excluded}
    assert len(by_path) == len(excluded)
    return [path.name for path in feasible], by_path


def gates(excluded: dict[str, Exclusion]) -> dict[str, Gate]:
    return {path: each.by for path, each in excluded.items()}


def test_auto_leaves_every_path_open():
    assert parted() == ([SMALL, BIG, CASCADE], {})


def test_a_virtual_model_has_its_own_models_and_objective():
    frugal = VirtualModel("frugal", frozenset(("small",)), an_objective(name="cheapest"))
    assert narrow("frugal", a_pool(virtual=[frugal])) == Narrowing(
        frozenset(("small",)), an_objective(name="cheapest"), direct=False
    )


def test_a_physical_model_is_taken_on_the_usual_terms():
    pool = a_pool()
    assert narrow("big", pool) == Narrowing(frozenset(("big",)), pool.virtual["auto"].objective, direct=True)


def test_an_unknown_name_leaves_nothing_open():
    assert narrow("gpt-9", a_pool()).models == frozenset()
    feasible, excluded = parted(a_workload(model="gpt-9"))
    assert feasible == []
    assert gates(excluded) == {SMALL: "request", BIG: "request", CASCADE: "request"}
    assert excluded[SMALL].because == "`gpt-9` does not include small"


def test_a_virtual_model_excludes_paths_over_models_that_it_does_not_include():
    frugal = VirtualModel("frugal", frozenset(("small",)), an_objective())
    feasible, excluded = parted(a_workload(model="frugal"), a_pool(virtual=[frugal]))
    assert feasible == [SMALL]
    assert excluded[CASCADE] == Exclusion(CASCADE, "request", "`frugal` does not include big")


def test_a_virtual_model_over_several_models_may_be_a_cascade():
    pair = VirtualModel("pair", frozenset(("small", "big")), an_objective())
    assert parted(a_workload(model="pair"), a_pool(virtual=[pair]))[0] == [SMALL, BIG, CASCADE]


def test_who_names_a_model_gets_it_directly():
    feasible, excluded = parted(a_workload(model="small"))
    assert feasible == [SMALL]
    assert gates(excluded) == {BIG: "request", CASCADE: "request"}


def test_a_cascade_within_one_named_model_is_not_what_was_asked_for():
    models = [a_model("small", calibration=CALIBRATION), a_model("big", quality=0.9)]
    twin = a_generation(models, [an_endpoint("small"), an_endpoint("big")])
    snapshot = a_snapshot(twin)
    named = Narrowing(frozenset(("small", "big")), an_objective(), direct=True)
    _, excluded = constrain(a_workload(model="small"), snapshot, named)
    cascade = "escalate:small@here>big@here"
    assert excluded == [Exclusion(cascade, "request", "the client asked for `small` itself")]


def test_an_endpoint_must_be_able_to_do_all_that_is_needed():
    feasible, excluded = parted(a_workload(needs=("vision", "tools", "seed")))
    assert feasible == []
    assert excluded[SMALL] == Exclusion(SMALL, "ability", "small@here lacks seed, tools")
    assert excluded[BIG] == Exclusion(BIG, "ability", "big@cloud lacks seed, vision")


def test_one_step_that_cannot_be_taken_closes_the_whole_path():
    feasible, excluded = parted(a_workload(needs=("vision",)))
    assert feasible == [SMALL]
    assert excluded[CASCADE] == Exclusion(CASCADE, "ability", "big@cloud lacks vision")


@pytest.mark.parametrize(("expected", "fits"), [(3_999, True), (4_000, False), (4_001, False)])
def test_a_prompt_must_leave_room_for_an_answer(expected: int, fits: bool):
    feasible, excluded = parted(a_workload(prompt=PromptTokens(expected, 9_000)))
    assert (SMALL in feasible) is fits
    assert BIG in feasible
    if not fits:
        assert excluded[SMALL].by == "context"
        assert excluded[SMALL].because == f"about {expected} prompt tokens do not fit small's 4000"


def test_private_work_never_leaves():
    pool = a_pool([a_rule("private stays", privacy_at_least="personal", zones=("cloud",))])
    assert parted(a_workload(privacy="internal"), pool)[0] == [SMALL, BIG, CASCADE]
    feasible, excluded = parted(a_workload(privacy="personal"), pool)
    assert feasible == [SMALL]
    assert excluded[BIG] == Exclusion(BIG, "policy", "rule `private stays` forbids big@cloud")
    assert excluded[CASCADE].by == "policy"


def test_naming_a_model_does_not_get_around_a_rule():
    pool = a_pool([a_rule("private stays", privacy_at_least="personal", zones=("cloud",))])
    feasible, excluded = parted(a_workload(model="big", privacy="personal"), pool)
    assert feasible == []
    assert excluded[BIG].by == "policy"


def test_a_rule_for_a_key_is_about_who_asks():
    pool = a_pool([a_rule("interns", keys=("eve",), models=("big",))])
    assert parted(None, pool, a_view(principal="ada"))[0] == [SMALL, BIG, CASCADE]
    assert parted(None, pool, a_view(principal="eve"))[0] == [SMALL]


def test_an_endpoint_that_rests_is_left_alone_until_then():
    resting = {"big@cloud": EndpointState(resting_until=NOW + 1_500, because="it is busy")}
    feasible, excluded = parted(None, None, a_view(states=resting))
    assert feasible == [SMALL]
    assert excluded[BIG] == Exclusion(BIG, "health", "big@cloud rests for 1.5 s: it is busy")
    assert parted(None, None, a_view(states=resting, now=NOW + 1_500))[0] == [SMALL, BIG, CASCADE]


def test_an_endpoint_that_is_not_there_is_said_to_be_missing():
    states = {"small@here": EndpointState(resting_until=NEVER, because="no weights")}
    _, excluded = parted(None, None, a_view(states=states))
    assert excluded[SMALL] == Exclusion(SMALL, "health", "small@here is not available: no weights")


def test_what_has_just_failed_is_not_tried_again():
    view = a_view(tried=("small@here",), states={"small@here": EndpointState(because="it stalled")})
    feasible, excluded = parted(None, None, view)
    assert feasible == [BIG]
    assert excluded[SMALL] == Exclusion(SMALL, "health", "small@here has just failed this request: it stalled")


def test_a_path_falls_to_the_first_gate_that_it_does_not_pass():
    pool = a_pool([a_rule("none", zones=("site", "cloud"))])
    view = a_view(tried=("small@here", "big@cloud"))
    too_long = PromptTokens(10**9, 10**9)
    assert gates(parted(a_workload(model="x", needs=("seed",), prompt=too_long), pool, view)[1])[SMALL] == "request"
    assert gates(parted(a_workload(needs=("seed",), prompt=too_long), pool, view)[1])[SMALL] == "ability"
    assert gates(parted(a_workload(prompt=too_long), pool, view)[1])[SMALL] == "context"
    assert gates(parted(a_workload(), pool, view)[1])[SMALL] == "policy"
    assert gates(parted(a_workload(), a_pool(), view)[1])[SMALL] == "health"
