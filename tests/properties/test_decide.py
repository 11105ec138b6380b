from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from meritorder.routing.decide import decide
from meritorder.types.decision import GATES, Refusal
from meritorder.types.policy import Objective, Rule
from meritorder.types.pool import Price
from meritorder.types.snapshot import Generation, View
from meritorder.types.workload import Workload
from tests.builders import a_balance, a_generation, a_model, a_snapshot, an_endpoint
from tests.properties.worlds import World, money, objectives, ruled, rules, shares, taken, workloads, worlds

some = settings(max_examples=80, deadline=None)


def shuffled(world: World, random: Random) -> World:
    """The same world, listed in another order."""
    generation = world.generation
    paths = random.sample(generation.paths, len(generation.paths))
    served = random.sample(list(generation.endpoints.items()), len(generation.endpoints))
    known = random.sample(list(generation.models.items()), len(generation.models))
    return replace(
        world,
        generation=replace(generation, paths=tuple(paths), endpoints=dict(served), models=dict(known)),
        view=replace(world.view, balances=world.view.balances[::-1]),
    )


@some
@given(worlds())
def test_every_path_ends_in_exactly_one_place(world: World):
    found = decide(world.workload, world.snapshot)
    ended = [quote.path.name for quote in taken(found)] + [each.path for each in found.excluded]
    assert sorted(ended) == sorted(path.name for path in world.generation.paths)


@some
@given(worlds())
def test_the_same_arguments_give_the_same_decision_also_after_being_stored(world: World):
    found = decide(world.workload, world.snapshot)
    assert decide(world.workload, world.snapshot) == found
    stored = World(
        msgspec.json.decode(msgspec.json.encode(world.workload), type=Workload),
        msgspec.json.decode(msgspec.json.encode(world.generation), type=Generation),
        msgspec.json.decode(msgspec.json.encode(world.view), type=View),
    )
    assert stored == world
    assert decide(stored.workload, stored.snapshot) == found


@some
@given(worlds(), st.randoms(use_true_random=False))
def test_a_decision_does_not_depend_on_the_order_of_candidates(world: World, random: Random):
    there, back = (decide(each.workload, each.snapshot) for each in (world, shuffled(world, random)))
    assert taken(there) == taken(back)
    assert {each.path: each.by for each in there.excluded} == {each.path: each.by for each in back.excluded}
    if isinstance(there, Refusal) and isinstance(back, Refusal):
        assert (there.gate, there.retry_at) == (back.gate, back.retry_at)


@some
@given(worlds())
def test_receipts_add_up_exactly(world: World):
    for quote in taken(decide(world.workload, world.snapshot)):
        receipt = quote.receipt
        assert receipt.net == receipt.worth - receipt.risk - receipt.money - receipt.lateness
        assert receipt.money == quote.use.money
        assert min(receipt.worth, receipt.risk, receipt.money, receipt.lateness) >= 0


@some
@given(worlds())
def test_figures_are_possible(world: World):
    for quote in taken(decide(world.workload, world.snapshot)):
        quality, use = quote.quality, quote.use
        assert 0 <= quality.low <= quality.p <= quality.high <= 1
        assert 0 <= use.money <= use.money_bound
        assert 0 <= use.hold <= use.money_bound
        assert 0 <= quote.stop_at <= 1
        assert use.latency >= 0


@some
@given(worlds())
def test_paths_are_taken_in_the_order_of_what_they_net(world: World):
    nets = [quote.receipt.net for quote in taken(decide(world.workload, world.snapshot))]
    assert nets == sorted(nets, reverse=True)


@some
@given(worlds())
def test_an_excluded_path_is_never_chosen(world: World):
    found = decide(world.workload, world.snapshot)
    assert {quote.path.name for quote in taken(found)}.isdisjoint(each.path for each in found.excluded)


@some
@given(worlds())
def test_no_taken_path_uses_an_endpoint_that_is_forbidden_unable_or_unwell(world: World):
    work, generation, view = world.workload, world.generation, world.view
    for quote in taken(decide(work, world.snapshot)):
        for label in quote.path.endpoints:
            endpoint, state = generation.endpoints[label], view.states.get(label)
            assert work.ask.needs <= endpoint.abilities
            assert work.prompt.expected < generation.models[endpoint.model].context
            assert label not in view.tried
            assert state is None or state.resting_until <= view.now


@some
@given(worlds(), rules)
def test_a_rule_never_enlarges_the_choice_and_never_changes_what_remains(world: World, rule: Rule):
    before, after = (decide(each.workload, each.snapshot) for each in (world, ruled(world, rule)))
    open_before = {quote.path.name: quote for quote in taken(before)}
    open_after = {quote.path.name: quote for quote in taken(after)}
    assert open_after.items() <= open_before.items()
    lost = open_before.keys() - open_after.keys()
    assert {each.path for each in after.excluded if each.by == "policy"} >= lost


@some
@given(worlds())
def test_the_chosen_hold_fits_every_balance(world: World):
    for quote in taken(decide(world.workload, world.snapshot)):
        assert all(quote.use.hold <= max(0, balance.available) for balance in world.view.balances)


@some
@given(worlds())
def test_naming_a_model_yields_nothing_that_auto_would_exclude_by_policy_or_budget(world: World):
    auto = replace(world.workload, ask=replace(world.workload.ask, model="auto"))
    barred = {
        each.path
        for each in decide(auto, world.snapshot).excluded
        if each.by in {"policy", "budget", "health", "worth"}
    }
    for name in world.generation.models:
        named = replace(auto, ask=replace(auto.ask, model=name))
        assert barred.isdisjoint(quote.path.name for quote in taken(decide(named, world.snapshot)))


@some
@given(worlds())
def test_a_refusal_names_the_furthest_gate_that_was_reached(world: World):
    found = decide(world.workload, world.snapshot)
    if isinstance(found, Refusal):
        furthest = max((GATES.index(each.by) for each in found.excluded), default=0)
        assert GATES[furthest] == found.gate
        assert found.because in {each.because for each in found.excluded}
        assert found.retry_at == 0 or found.retry_at > world.view.now


@some
@given(workloads, objectives, shares, st.tuples(money, money), st.tuples(money, money))
def test_a_cheaper_path_that_is_as_good_and_as_fast_is_never_beaten(
    workload: Workload, objective: Objective, quality: float, price: tuple[int, int], more: tuple[int, int]
):
    cheap = Price(*price, 0)
    dear = Price(price[0] + more[0], price[1] + more[1], 0)
    named = [an_endpoint("small", "a", price=dear), an_endpoint("small", "b", price=cheap)]
    generation = a_generation([a_model("small", quality=quality)], named, objective=objective)
    asked = replace(workload, ask=replace(workload.ask, model="auto", needs=frozenset()))
    found = [quote.path.name for quote in taken(decide(asked, a_snapshot(generation)))]
    if "answer:small@a" in found and cheap != dear:
        uses = {quote.path.name: quote.use.money for quote in taken(decide(asked, a_snapshot(generation)))}
        if uses["answer:small@a"] > uses["answer:small@b"]:
            assert found == ["answer:small@b", "answer:small@a"]
        else:
            assert set(found) == {"answer:small@b", "answer:small@a"}


@some
@given(worlds())
def test_less_money_never_opens_a_path(world: World):
    poorer = replace(world, view=replace(world.view, balances=(*world.view.balances, a_balance(1_000_000))))
    before, after = (taken(decide(each.workload, each.snapshot)) for each in (world, poorer))
    assert [quote for quote in before if quote.use.hold <= 1_000_000] == list(after)
