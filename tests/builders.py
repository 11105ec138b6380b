"""Values for tests, made from keywords with plain defaults: each test states only what it is about."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Raw, json

from meritorder.paths.enumerate import bindings
from meritorder.types.caller import Hints, PrivacyClass
from meritorder.types.ledger import Balance, Cap
from meritorder.types.outcome import Usage
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Condition, Objective, Rule, Scope
from meritorder.types.pool import Calibration, Endpoint, EndpointState, Model, Price, Zone
from meritorder.types.quote import Probability, Quote, Receipt, Use
from meritorder.types.request import ABILITIES, Ability, Dialect, Limits, Message, Principal, Request, Wire
from meritorder.types.snapshot import Generation, Snapshot, View, VirtualModel
from meritorder.types.units import NANO
from meritorder.types.workload import (
    Ambiguity,
    Ask,
    FailureCost,
    Intent,
    Language,
    Output,
    Privacy,
    PrivateSpan,
    PromptTokens,
    Reading,
    Safety,
    Session,
    Structure,
    Workload,
)

NOW = 1_790_000_000_000
"""Unix ms: a moment in September 2026."""

CALIBRATION = Calibration(0.0, 1.0, (0.2, 0.4, 0.6, 0.8), "declared")


def a_request(text: str = "What is the capital of France?", *, model: str = "auto", stream: bool = False) -> Request:
    """A request of one user turn in the OpenAI dialect."""
    return a_conversation([Message("user", text)], model=model, stream=stream)


def a_conversation(
    messages: Sequence[Message],
    *,
    model: str = "auto",
    dialect: Dialect = "openai",
    needs: Iterable[Ability] = (),
    tools: tuple[str, ...] = (),
    images: int = 0,
    limits: Limits | None = None,
    stream: bool = False,
) -> Request:
    """A request of the given turns."""
    return Request(
        id="req_1",
        principal=Principal("ada", ("gateway", "key:ada")),
        dialect=dialect,
        model=model,
        messages=tuple(messages),
        needs=frozenset(needs),
        tools=tools,
        images=images,
        limits=limits or Limits(),
        stream=stream,
        wire=Wire({"model": Raw(b'"auto"'), "messages": Raw(_wire(messages))}, size=100, include_usage=False),
        received_at=NOW,
    )


def _wire(messages: Sequence[Message]) -> bytes:
    return json.encode([{"role": message.role, "content": message.text} for message in messages])


def a_workload(
    *,
    model: str = "auto",
    max_output_tokens: int = 0,
    choices: int = 1,
    stream: bool = False,
    needs: Iterable[Ability] = (),
    intent: Intent = "answer",
    privacy: PrivacyClass = "public",
    prompt: PromptTokens | None = None,
    output: Output | None = None,
) -> Workload:
    """A short question in English whose answer takes about a hundred tokens."""
    return Workload(
        ask=Ask(model, max_output_tokens, choices, stream, frozenset(needs)),
        intent=Reading(intent, 0.8, "“what”"),
        domain=Reading("other", 0.6, "the wording as a whole"),
        difficulty=Reading(0.2, 0.7, "the wording, most like what is of low difficulty"),
        ambiguity=Ambiguity(0.1, 0.9, "nothing seems to be missing", ""),
        privacy=Privacy(privacy, () if privacy == "public" else (PrivateSpan("email", 1),)),
        safety=Safety(0.01, 0.01, "", "nothing"),
        failure_cost=FailureCost("low", 0.8, "the wording as a whole", reversible=True),
        language=Language("en", 0.9, "its first words", "Latn"),
        prompt=prompt or PromptTokens(1_000, 1_400),
        output=output or Output("text", 100, 400),
        structure=Structure(1, 0, 0, code=False, maths=False),
        session=Session(1, tool_loop=False, asked_again=False, shifted=False, client="", key=""),
        hints=Hints(),
        tools=0,
    )


def a_model(
    name: str = "small",
    *,
    quality: float = 0.6,
    by_intent: Mapping[Intent, float] | None = None,
    context: int = 128_000,
    max_output: int = 16_000,
    calibration: Calibration | None = None,
) -> Model:
    """A model with a declared quality."""
    return Model(name, context, max_output, quality, dict(by_intent or {}), "declared", calibration)


def a_price(dollars_in: float = 1.0, dollars_out: float = 4.0, *, cached: float | None = None) -> Price:
    """Dollars per million tokens."""
    return Price(
        round(dollars_in * NANO), round(dollars_out * NANO), round((dollars_in if cached is None else cached) * NANO)
    )


def an_endpoint(
    model: str = "small",
    name: str = "here",
    *,
    dialect: Dialect = "openai",
    zone: Zone = "cloud",
    price: Price | None = None,
    abilities: Iterable[Ability] = ABILITIES,
    first_token: int = 500,
    tokens_per_second: float = 50.0,
    fastest: float = 1_000.0,
) -> Endpoint:
    """`model` served at `name`."""
    return Endpoint(
        label=f"{model}@{name}",
        name=name,
        model=model,
        upstream_model=model,
        dialect=dialect,
        zone=zone,
        price=price or a_price(),
        abilities=frozenset(abilities),
        first_token=first_token,
        tokens_per_second=tokens_per_second,
        fastest_tokens_per_second=fastest,
    )


def a_rule(
    name: str = "no cloud",
    *,
    privacy_at_least: PrivacyClass = "public",
    intents: Iterable[Intent] = (),
    keys: Iterable[str] = (),
    zones: Iterable[Zone] = (),
    models: Iterable[str] = (),
    endpoints: Iterable[str] = (),
) -> Rule:
    """A rule; without a scope it forbids nothing, without a condition it always applies."""
    return Rule(
        name,
        Condition(privacy_at_least, frozenset(intents), frozenset(keys)),
        Scope(frozenset(zones), frozenset(models), frozenset(endpoints)),
    )


def an_objective(
    *,
    name: str = "stated",
    value: int = NANO,
    failure_cost: int = 0,
    deadline: int = 60_000,
    late_second: int = 0,
    may_decline: bool = False,
) -> Objective:
    """A right answer is worth a dollar; nothing is late."""
    return Objective(name, value, failure_cost, deadline, late_second, may_decline)


def a_generation(
    models: Iterable[Model] = (),
    endpoints: Iterable[Endpoint] = (),
    *,
    objective: Objective | None = None,
    rules: Iterable[Rule] = (),
    virtual: Iterable[VirtualModel] = (),
    caps: Iterable[Cap] = (),
) -> Generation:
    """All paths of the given endpoints; one small model at one place where nothing is given."""
    known = {model.name: model for model in models} or {"small": a_model()}
    served = {endpoint.label: endpoint for endpoint in endpoints} or {
        each.label: each for each in map(an_endpoint, known)
    }
    auto = VirtualModel("auto", frozenset(known), objective or an_objective())
    return Generation(
        digest="0123456789ab",
        models=known,
        endpoints=served,
        paths=tuple(bindings(served, known, ("answer", "escalate"))),
        virtual={"auto": auto} | {each.name: each for each in virtual},
        rules=tuple(rules),
        caps={cap.account: cap for cap in caps},
    )


def a_view(
    *,
    principal: str = "ada",
    states: Mapping[str, EndpointState] | None = None,
    balances: Iterable[Balance] = (),
    tried: Iterable[str] = (),
    now: int = NOW,
    seed: int = 1,
) -> View:
    """Every endpoint idle, no caps."""
    return View(principal, dict(states or {}), tuple(balances), frozenset(tried), now, seed)


def a_snapshot(generation: Generation | None = None, view: View | None = None) -> Snapshot:
    """One instant of the world."""
    return Snapshot(generation or a_generation(), view or a_view())


def a_balance(
    available: int = NANO, *, account: str = "gateway", spent: int = 0, held: int = 0, ends: int = 0
) -> Balance:
    """An account with so much left."""
    return Balance(account, available + spent + held, spent, held, ends)


def a_quote(
    endpoint: str = "small@here",
    *,
    strong: str = "",
    net: int = 0,
    money: int = 0,
    hold: int = 0,
    latency: int = 1_000,
    stop_at: float = 0.0,
) -> Quote:
    """A direct answer of `endpoint`, or a cascade from it to `strong`."""
    path = (
        CapabilityPath(f"escalate:{endpoint}>{strong}", "escalate", (endpoint, strong))
        if strong
        else CapabilityPath(f"answer:{endpoint}", "answer", (endpoint,))
    )
    return Quote(
        path,
        Probability(0.5, 0.3, 0.7, "declared"),
        Use(money, max(money, hold), hold, latency, "declared"),
        Receipt(net + money, 0, money, 0, net),
        stop_at,
    )


def some_usage(prompt: int = 1_000, output: int = 100, *, cached: int = 0) -> Usage:
    """Usage as an upstream reported it."""
    return Usage(prompt, cached, output, "reported")
