"""One request's life: profile, decide, reserve, run, settle, remember.

Reading this file from top to bottom is reading what happens to a request. From `decide` to `reserve` nothing
waits, so no other request can come between them; and nothing in `_finish` waits, so that a request whose
client has left, however suddenly, is settled and remembered like any other.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager

from msgspec import Struct

from meritorder.engine.reader import Reader
from meritorder.engine.state import State
from meritorder.errors import MeritorderError, Refused, StoreError, UpstreamError
from meritorder.execution.purse import Purse
from meritorder.execution.run import Assignment, Means, Run
from meritorder.ledger.ledger import Hold
from meritorder.providers.client import Client
from meritorder.routing.decide import decide
from meritorder.signals.recognisers import Recognisers
from meritorder.stores.journal import Journal
from meritorder.types.decision import Decision, Refusal
from meritorder.types.outcome import Abandoned, Completed, Failed, NotRun, Outcome
from meritorder.types.record import Record
from meritorder.types.request import Request, summary
from meritorder.types.snapshot import Snapshot
from meritorder.types.units import NanoUSD
from meritorder.types.workload import Workload

ATTEMPTS = 3
"""Endpoints that one request may be put to in turn, when they fail before anything reached the client."""


class Attempt:
    """One decision being carried out; `fault` is what ended it early, if something did."""

    def __init__(self, number: int, snapshot: Snapshot, decision: Decision, hold: Hold, run: Run) -> None:
        self.number = number
        self.snapshot = snapshot
        self.decision = decision
        self.hold = hold
        self.run = run
        self.fault: MeritorderError | None = None


class Reply(Struct, frozen=True):
    """What a surface passes on. A whole answer is in `body`; a stream comes from `events()`.

    `money` is settled for a whole answer, and as quoted for a stream, whose headers go out first.
    """

    decision: Decision
    body: bytes
    events: Callable[[], AsyncIterator[bytes]]
    money: NanoUSD
    settled: bool
    model: str


class Engine:
    """Serves requests."""

    def __init__(self, state: State, client: Client, journal: Journal, recognisers: Recognisers) -> None:
        self.state = state
        self._means = Means(client, state.tracker, state.clock)
        self._journal = journal
        self._reader = Reader(recognisers)

    @property
    def trouble(self) -> str:
        """Why nothing can be served now; empty when it can."""
        return self._journal.trouble

    @asynccontextmanager
    async def serve(self, request: Request) -> AsyncGenerator[Reply]:
        """Route one request, run its path, settle what it cost, remember what happened.

        Raises Refused where no path can be taken, and UpstreamError where those taken have failed before
        anything could be forwarded; `events()` raises what happens later.
        """
        if self.trouble:
            raise StoreError(self.trouble, code="journal_unavailable")
        workload = await self._reader.read(
            request, lambda: self.state.closeness, lambda: self.state.snapshot(request.principal, frozenset())
        )
        attempt = await self._start(request, workload)
        try:
            yield self._reply(request, attempt)
        except BaseException as error:
            attempt.fault = _fault(error)
            raise
        finally:
            self._finish(request, workload, attempt)

    async def _start(self, request: Request, workload: Workload) -> Attempt:
        """Decide and open, falling over to the next best endpoint while nothing has reached the client."""
        tried: frozenset[str] = frozenset()
        fault: UpstreamError | None = None
        for number in range(1, ATTEMPTS + 1):
            attempt = self._decided(request, workload, tried, number, fault)
            try:
                await attempt.run.open()
            except UpstreamError as failed:
                attempt.fault = fault = failed
                failed.decision = attempt.decision.id
                self._finish(request, workload, attempt)
                if not (failed.elsewhere or failed.code == "context_length_exceeded"):
                    raise
                tried |= {attempt.run.latest}
            except BaseException as error:
                attempt.fault = _fault(error)
                self._finish(request, workload, attempt)
                raise
            else:
                return attempt
        raise fault or AssertionError("unreachable: every attempt that failed left its fault")

    def _decided(
        self, request: Request, workload: Workload, tried: frozenset[str], number: int, fault: UpstreamError | None
    ) -> Attempt:
        """Decide on a fresh snapshot and hold the money; nothing waits in here."""
        snapshot = self.state.snapshot(request.principal, tried)
        decision = decide(workload, snapshot)
        if isinstance(decision, Refusal):
            self._journal.append(Record(summary(request), number, workload, snapshot.view, decision, NotRun()))
            # Having tried and failed, the client is told of the failure, not of what was left afterwards.
            raise fault or Refused(decision.because, decision)
        hold = self.state.ledger.reserve(
            decision.id, request.principal.accounts, decision.chosen.use.hold, snapshot.view.now
        )
        # decide found it affordable, and nothing has happened on the ledger since.
        assert isinstance(hold, Hold), hold
        assignment = Assignment(request, workload, decision.chosen, snapshot.generation, self.state.targets)
        purse = Purse(self.state.ledger, hold, decision.chosen.use.money_bound, self.state.clock)
        run = Run(assignment, self._means, purse)
        return Attempt(number, snapshot, decision, hold, run)

    def _reply(self, request: Request, attempt: Attempt) -> Reply:
        run, chosen = attempt.run, attempt.decision.chosen
        whole = not request.stream
        endpoint = attempt.snapshot.generation.endpoints[run.latest if not run.complete else run.answered_by]
        return Reply(
            attempt.decision,
            run.body if whole else b"",
            run.events,
            run.money() if whole else chosen.use.money,
            whole,
            endpoint.model,
        )

    def _finish(self, request: Request, workload: Workload, attempt: Attempt) -> None:
        """Settle and remember. Never waits: there is nothing here that a cancellation could interrupt."""
        steps = attempt.run.close()
        money = sum(step.money for step in steps)
        now = self.state.clock()
        settlement = self.state.ledger.settle(attempt.hold, money, now)
        duration = max(0, now - attempt.snapshot.view.now)
        outcome: Outcome
        if attempt.fault is not None:
            outcome = Failed(steps, settlement, attempt.fault.code, str(attempt.fault), duration)
        elif attempt.run.complete:
            outcome = Completed(steps, settlement, attempt.run.answered_by, duration)
        else:
            outcome = Abandoned(steps, settlement, duration)
        view = attempt.snapshot.view
        self._journal.append(Record(summary(request), attempt.number, workload, view, attempt.decision, outcome))


def _fault(error: BaseException) -> MeritorderError | None:
    """What ended an attempt: an error that we know, one that we do not, or none: the client left."""
    if isinstance(error, MeritorderError):
        return error
    return MeritorderError("the gateway itself failed") if isinstance(error, Exception) else None
