"""Whether a doubt about the work matters: a closer look is worth its price only where the decision hangs on it."""

from msgspec.structs import replace

from meritorder.routing.decide import decide
from meritorder.types.decision import Decision
from meritorder.types.snapshot import Snapshot
from meritorder.types.workload import Reading, Workload


def hangs_on_doubt(workload: Workload, snapshot: Snapshot) -> bool:
    """Whether another path, or none, would be taken if what is asked for were what it may well be instead.

    No decision looks at other signals that may be in doubt.
    """
    rival = workload.intent.rival
    if rival is None:
        return False
    other = replace(workload, intent=Reading(rival, workload.intent.confidence, workload.intent.evidence))
    return _taken(other, snapshot) != _taken(workload, snapshot)


def _taken(workload: Workload, snapshot: Snapshot) -> str:
    decision = decide(workload, snapshot)
    return decision.chosen.path.name if isinstance(decision, Decision) else ""
