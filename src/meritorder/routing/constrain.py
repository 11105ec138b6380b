"""Which paths may and can be taken: every gate that is not about money."""

from collections.abc import Sequence

from msgspec import Struct

from meritorder.policy.evaluate import applying, forbidding
from meritorder.pool.tracker import NEVER
from meritorder.types.decision import Exclusion, Gate
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Objective, Rule
from meritorder.types.pool import IDLE, Endpoint
from meritorder.types.snapshot import Generation, Snapshot
from meritorder.types.units import seconds
from meritorder.types.workload import Workload


class Narrowing(Struct, frozen=True):
    """What the name in the request leaves open: some models, on some terms; direct answers only for one model."""

    models: frozenset[str]
    objective: Objective
    direct: bool


def narrow(asked: str, generation: Generation) -> Narrowing:
    """What asking for `asked` means. A physical model narrows the choice; it bypasses nothing."""
    virtual = generation.virtual.get(asked)
    if virtual is not None:
        return Narrowing(virtual.models, virtual.objective, direct=False)
    models = frozenset((asked,)) if asked in generation.models else frozenset[str]()
    return Narrowing(models, generation.virtual["auto"].objective, direct=True)


def constrain(
    workload: Workload, snapshot: Snapshot, narrowing: Narrowing
) -> tuple[list[CapabilityPath], list[Exclusion]]:
    """Part the candidate paths into those that may be quoted and those that are excluded, each with why."""
    generation = snapshot.generation
    rules = applying(generation.rules, workload, snapshot.view.principal)
    stopped = {
        label: _stopped(endpoint, workload, snapshot, narrowing, rules)
        for label, endpoint in generation.endpoints.items()
    }
    feasible: list[CapabilityPath] = []
    excluded: list[Exclusion] = []
    for path in generation.paths:
        stop = next((stopped[label] for label in path.endpoints if stopped[label]), None)
        if stop is None and narrowing.direct and path.program != "answer":
            stop = ("request", f"the client asked for `{workload.ask.model}` itself")
        if stop is None:
            feasible.append(path)
        else:
            excluded.append(Exclusion(path.name, *stop))
    return feasible, excluded


def _stopped(
    endpoint: Endpoint,
    workload: Workload,
    snapshot: Snapshot,
    narrowing: Narrowing,
    rules: Sequence[Rule],
) -> tuple[Gate, str] | None:
    """The first gate that `endpoint` does not pass, with the reason in words; None if it passes all."""
    if endpoint.model not in narrowing.models:
        return "request", f"`{workload.ask.model}` does not include {endpoint.model}"
    lacking = workload.ask.needs - endpoint.abilities
    if lacking:
        return "ability", f"{endpoint.label} lacks {', '.join(sorted(lacking))}"
    context = snapshot.generation.models[endpoint.model].context
    if workload.prompt.expected >= context:
        return (
            "context",
            f"about {workload.prompt.expected} prompt tokens do not fit {endpoint.model}'s {context}",
        )
    rule = forbidding(rules, endpoint)
    if rule is not None:
        return "policy", f"rule `{rule.name}` forbids {endpoint.label}"
    return _unwell(endpoint, snapshot)


def _unwell(endpoint: Endpoint, snapshot: Snapshot) -> tuple[Gate, str] | None:
    view = snapshot.view
    state = view.states.get(endpoint.label, IDLE)
    if endpoint.label in view.tried:
        return "health", f"{endpoint.label} has just failed this request: {state.because}"
    if state.resting_until == NEVER:
        return "health", f"{endpoint.label} is not available: {state.because}"
    if state.resting_until > view.now:
        rest = seconds(state.resting_until - view.now)
        return "health", f"{endpoint.label} rests for {rest}: {state.because}"
    return None
