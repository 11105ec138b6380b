"""Everything known about one routed request, in the order in which it became known."""

from msgspec import Struct

from meritorder.types.decision import Decision, Refusal
from meritorder.types.outcome import Outcome
from meritorder.types.request import RequestSummary
from meritorder.types.snapshot import View
from meritorder.types.workload import Workload

SCHEMA = 1
"""Of the stored form; raised when a stored record would no longer decode."""


class Record(Struct, frozen=True):
    """One attempt to serve a request. Replaying it is `decide(workload, Snapshot(generation, view))`.

    `attempt` counts from 1; a request that fell over to another endpoint has one record for each.
    """

    request: RequestSummary
    attempt: int
    workload: Workload
    view: View
    decision: Decision | Refusal
    outcome: Outcome
    schema: int = SCHEMA
