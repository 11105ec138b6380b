"""Whether a doubt about the work matters: a closer look is worth its price only where the decision hangs on it."""

from collections.abc import Iterator

from msgspec.structs import replace

from meritorder.routing.decide import decide
from meritorder.types.decision import Decision
from meritorder.types.snapshot import Snapshot
from meritorder.types.workload import Reading, Workload


def hangs_on_doubt(workload: Workload, snapshot: Snapshot) -> bool:
    """Whether another path, or none, would be taken if the work were what it may well be instead."""
    others = list(rivals(workload))
    if not others:
        return False
    taken = _taken(workload, snapshot)
    return any(_taken(other, snapshot) != taken for other in others)


def rivals(workload: Workload) -> Iterator[Workload]:
    """The work with its intent, or its domain, read as what is nearly as likely; nothing where there is no doubt."""
    intent, domain = workload.intent, workload.domain
    if intent.rival is not None:
        yield replace(workload, intent=Reading(intent.rival, intent.confidence, intent.evidence))
    if domain.rival is not None:
        yield replace(workload, domain=Reading(domain.rival, domain.confidence, domain.evidence))


def _taken(workload: Workload, snapshot: Snapshot) -> str:
    decision = decide(workload, snapshot)
    return decision.chosen.path.name if isinstance(decision, Decision) else ""
