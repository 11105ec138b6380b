"""A decision without a gateway: what would be decided now, on endpoints that are idle and well."""

from pathlib import Path

from meritorder.config.configuration import Configuration
from meritorder.engine.state import State, spending
from meritorder.providers.recognisers import shipped
from meritorder.routing.decide import decide
from meritorder.routing.doubt import hangs_on_doubt
from meritorder.signals.profile import look_again, profile, wording
from meritorder.types.decision import Decision, Refusal
from meritorder.types.request import Request
from meritorder.types.snapshot import Snapshot
from meritorder.types.workload import Workload


def rehearse(
    request: Request, configuration: Configuration, journal: Path
) -> tuple[Workload, Snapshot, Decision | Refusal]:
    """Decide on `request` as of its arrival, with the budgets as `journal`, where there is one, says they stand."""
    state = State(configuration, clock=lambda: request.received_at, seeds=lambda: 0)
    if journal.is_file():
        state.restore(spending(configuration, journal, request.received_at))
    recognisers = shipped()
    workload = profile(request, recognisers, state.closeness)
    snapshot = state.snapshot(request.principal, frozenset())
    if recognisers.embed is not None and hangs_on_doubt(workload, snapshot):
        workload = look_again(workload, request, recognisers, recognisers.embed(wording(request)))
    return workload, snapshot, decide(workload, snapshot)
