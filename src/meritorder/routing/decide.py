"""The decision: a pure function of the work and of one instant of the world."""

from collections.abc import Sequence

from meritorder.pool.tracker import NEVER
from meritorder.routing.choose import rank
from meritorder.routing.constrain import constrain, narrow
from meritorder.routing.quote import legs, quote
from meritorder.types.decision import GATES, Decision, Exclusion, Refusal
from meritorder.types.snapshot import Snapshot
from meritorder.types.workload import Workload


def decide(workload: Workload, snapshot: Snapshot) -> Decision | Refusal:
    """Take the path that nets most among those that are permitted, possible and affordable.

    Every candidate path of the generation ends in exactly one place: chosen, runner-up or excluded.
    The same arguments give the same decision, its id included.
    """
    narrowing = narrow(workload.ask.model, snapshot.generation)
    feasible, excluded = constrain(workload, snapshot, narrowing)
    priced = legs(workload, snapshot, feasible)
    quotes = [quote(path, priced, narrowing.objective) for path in feasible]
    ranked, dropped = rank(quotes, snapshot.view.balances, narrowing.objective)
    excluded += dropped
    if not ranked:
        return _refuse(excluded, snapshot)
    return Decision(
        f"dec_{snapshot.view.seed:016x}",
        ranked[0],
        tuple(ranked[1:]),
        tuple(excluded),
        narrowing.objective.name,
        snapshot.generation.digest,
    )


def _refuse(excluded: Sequence[Exclusion], snapshot: Snapshot) -> Refusal:
    """Name the gate that the candidate closest to being taken did not pass."""
    closest = max(excluded, key=lambda exclusion: GATES.index(exclusion.by), default=None)
    return Refusal(
        f"dec_{snapshot.view.seed:016x}",
        closest.by if closest else "request",
        closest.because if closest else "no path is configured",
        tuple(excluded),
        _retry_at(closest, snapshot),
        snapshot.generation.digest,
    )


def _retry_at(closest: Exclusion | None, snapshot: Snapshot) -> int:
    view = snapshot.view
    if closest is not None and closest.by == "health":
        return min((s.resting_until for s in view.states.values() if view.now < s.resting_until < NEVER), default=0)
    if closest is not None and closest.by == "budget":
        return min(view.balances, key=lambda balance: balance.available).ends
    return 0
