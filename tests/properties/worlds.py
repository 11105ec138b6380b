"""Generated worlds to decide in: work, a compiled pool with rules, and how everything stands."""

from typing import get_args

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from meritorder.pool.tracker import NEVER
from meritorder.types.caller import PRIVACY_CLASSES
from meritorder.types.decision import Decision, Refusal
from meritorder.types.ledger import Balance
from meritorder.types.policy import Objective, Rule
from meritorder.types.pool import Calibration, Endpoint, EndpointState, Model, Price, Zone
from meritorder.types.quote import Quote
from meritorder.types.request import Ability
from meritorder.types.snapshot import Generation, Snapshot, View, VirtualModel
from meritorder.types.units import NANO
from meritorder.types.workload import Intent, Output, PromptTokens, Workload
from tests.builders import NOW, a_generation, a_model, a_rule, a_view, a_workload, an_endpoint, an_objective

NAMES = ("tiny", "small", "large", "huge")
PLACES = ("here", "there", "cloud")
WORK: tuple[Intent, ...] = ("answer", "code", "plan")
WANTED: tuple[Ability, ...] = ("tools", "vision")

money = st.integers(0, 100 * NANO) | st.integers(0, 4 * NANO)
values = st.sampled_from((NANO // 25, NANO, 100 * NANO)) | st.integers(0, 10 * NANO)
shares = st.floats(0.0, 1.0, allow_subnormal=False)
inner_shares = st.floats(0.001, 0.999)
spreads = st.lists(inner_shares, min_size=1, max_size=12).map(lambda values: tuple(sorted(values)))
calibrations = st.builds(Calibration, st.floats(-5, 5), st.floats(0, 20), spreads, st.just("declared"))
objectives = st.builds(
    an_objective,
    value=values,
    failure_cost=st.sampled_from((0, 0, NANO // 10)) | st.integers(0, 10 * NANO),
    deadline=st.integers(0, 120_000),
    late_second=st.sampled_from((0, 1_000_000, NANO)),
    may_decline=st.sampled_from((False, False, False, True)),
)
rules = st.builds(
    a_rule,
    st.sampled_from(("first", "second", "third")),
    privacy_at_least=st.sampled_from(PRIVACY_CLASSES[1:]),
    intents=st.frozensets(st.sampled_from(WORK), max_size=1),
    keys=st.frozensets(st.sampled_from(("ada", "eve")), max_size=1),
    zones=st.frozensets(st.sampled_from(get_args(Zone)), max_size=1),
    models=st.frozensets(st.sampled_from(NAMES), max_size=1),
    endpoints=st.frozensets(st.sampled_from(PLACES), max_size=1),
)
workloads = st.builds(
    a_workload,
    model=st.sampled_from(("auto",) * 12 + ("pair", "small", "large", "unknown")),
    max_output_tokens=st.sampled_from((0, 0, 50, 100_000)),
    choices=st.integers(1, 3),
    stream=st.booleans(),
    needs=st.sampled_from((frozenset[Ability](), frozenset[Ability](), *(frozenset((each,)) for each in WANTED))),
    intent=st.sampled_from(WORK),
    privacy=st.sampled_from(PRIVACY_CLASSES),
    prompt=st.integers(0, 9_000).map(lambda size: PromptTokens(size, size + size // 2 + 8)),
    output=st.integers(1, 2_000).map(lambda median: Output("text", median, 3 * median)),
)
states = st.builds(
    EndpointState,
    in_flight=st.integers(0, 9),
    failures=st.integers(0, 9),
    resting_until=st.sampled_from((0, 0, 0, 0, NOW - 1, NOW, NOW + 5_000, NEVER)),
    because=st.just("it broke"),
    first_token=st.floats(0, 5_000),
    per_token=st.floats(0, 100),
    observed=st.integers(0, 9),
)


class World(Struct, frozen=True):
    """The arguments of one decision."""

    workload: Workload
    generation: Generation
    view: View

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot(self.generation, self.view)


@st.composite
def models(draw: st.DrawFn, name: str) -> Model:
    return a_model(
        name,
        quality=draw(shares),
        by_intent=draw(st.dictionaries(st.sampled_from(WORK), shares, max_size=1)),
        context=draw(st.sampled_from((128_000, 128_000, 8_000))),
        max_output=draw(st.sampled_from((1_000, 16_000))),
        calibration=draw(calibrations | calibrations | st.none()),
    )


@st.composite
def endpoints(draw: st.DrawFn, model: str, place: str) -> Endpoint:
    zone: Zone = draw(st.sampled_from(get_args(Zone)))
    return an_endpoint(
        model,
        place,
        zone=zone,
        price=Price(draw(money), draw(money), draw(money)),
        abilities=frozenset(("logprobs", *draw(st.sampled_from((WANTED, WANTED, (), WANTED[:1]))))),
        first_token=draw(st.integers(0, 5_000)),
        tokens_per_second=draw(st.floats(1, 500)),
    )


@st.composite
def generations(draw: st.DrawFn) -> Generation:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    served = st.tuples(st.sampled_from(names), st.sampled_from(PLACES))
    pairs = draw(st.lists(served, min_size=2, max_size=5, unique=True))
    pair = VirtualModel("pair", frozenset(("small", "large")), draw(objectives))
    return a_generation(
        [draw(models(name)) for name in names],
        [draw(endpoints(model, place)) for model, place in pairs],
        objective=draw(objectives),
        rules=draw(st.lists(rules, max_size=2)),
        virtual=[pair],
    )


@st.composite
def balances(draw: st.DrawFn, account: str) -> Balance:
    left = draw(st.integers(-NANO, 100 * NANO) | st.integers(-1_000, 10_000_000))
    posted, held = (draw(st.integers(0, NANO)) for _ in range(2))
    return Balance(account, left + posted + held, posted, held, draw(st.sampled_from((0, NOW + 60_000))))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    generation = draw(generations())
    labels = st.sampled_from(sorted(generation.endpoints))
    accounts = draw(st.sampled_from(((), ("gateway",), ("gateway", "key:ada"))))
    tried = draw(st.sampled_from((0, 0, 1)))
    view = a_view(
        principal=draw(st.sampled_from(("ada", "eve"))),
        states=draw(st.dictionaries(labels, states, max_size=2)),
        balances=[draw(balances(account)) for account in accounts],
        tried=[draw(labels) for _ in range(tried)],
        seed=draw(st.integers(0, 2**64 - 1)),
    )
    return World(draw(workloads), generation, view)


def ruled(world: World, rule: Rule) -> World:
    """The same world with one more rule, before all others."""
    return replace(world, generation=replace(world.generation, rules=(rule, *world.generation.rules)))


def valued(world: World, objective: Objective) -> World:
    """The same world with another usual objective."""
    usual = replace(world.generation.virtual["auto"], objective=objective)
    return replace(world, generation=replace(world.generation, virtual={**world.generation.virtual, "auto": usual}))


def taken(found: Decision | Refusal) -> tuple[Quote, ...]:
    """Every quoted path that may be taken, best first."""
    return (found.chosen, *found.runners_up) if isinstance(found, Decision) else ()
