"""Records to be kept: made up, but whole."""

from pathlib import Path

from msgspec.structs import replace

from meritorder.routing.decide import decide
from meritorder.stores.journal import Journal
from meritorder.types.decision import Decision, Refusal
from meritorder.types.ledger import Settlement
from meritorder.types.outcome import Completed, Failed, NotRun, Outcome, StepReport
from meritorder.types.record import Record
from meritorder.types.request import summary
from meritorder.types.snapshot import Generation
from tests.builders import NOW, a_balance, a_generation, a_request, a_snapshot, a_view, a_workload, some_usage

ACCOUNTS = ("gateway", "key:ada")


def a_record(
    number: int = 1,
    *,
    request: str = "",
    posted: int = 100,
    now: int = NOW,
    duration: int = 5,
    accounts: tuple[str, ...] = ACCOUNTS,
    failed: bool = False,
) -> Record:
    """The record of decision `number`, whose id it gives; `posted` is what its one step cost."""
    view = a_view(now=now, seed=number, balances=[a_balance(account=account) for account in accounts])
    workload = a_workload()
    decision = decide(workload, a_snapshot(view=view))
    assert isinstance(decision, Decision)
    step = StepReport("small@here", some_usage(), posted, 1, duration, -1.0, "upstream_cut" if failed else "")
    settlement = Settlement(posted, posted, 0)
    outcome: Outcome = Completed((step,), settlement, "small@here", duration)
    if failed:
        outcome = Failed((step,), settlement, "upstream_cut", "it broke off", duration)
    asked = replace(a_request(), id=request or f"req_{number:04}")
    return Record(summary(asked), 1, workload, view, decision, outcome)


def a_refused_record(number: int = 1, *, now: int = NOW) -> Record:
    """One that never ran, on a balance that would have been charged."""
    view = a_view(now=now, seed=number, balances=[a_balance(0)])
    workload = a_workload(needs=("tools",), model="nobody")
    refusal = decide(workload, a_snapshot(view=view))
    assert isinstance(refusal, Refusal)
    return Record(summary(a_request()), 1, workload, view, refusal, NotRun())


def kept(file: Path, *entries: Record | Generation) -> Path:
    """A journal that holds these and is closed."""
    journal = Journal(file)
    for entry in entries:
        if isinstance(entry, Generation):
            journal.keep(entry)
        else:
            journal.append(entry)
    journal.close()
    return file


def a_named_generation(digest: str) -> Generation:
    return replace(a_generation(), digest=digest)
