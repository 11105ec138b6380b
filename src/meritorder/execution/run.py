"""A path under way: its program says which step comes next, this performs it.

Chunks go to the client as they arrive only while the program can no longer change its mind, which the step
declares; until then they wait here. Nothing in `close` waits for anything, so that a cancelled request is
accounted for like any other.
"""

import time
from collections.abc import AsyncIterator, Callable, Mapping

from msgspec import Struct

from meritorder.errors import UpstreamError
from meritorder.execution.purse import Purse
from meritorder.execution.step import StepRun
from meritorder.ledger.charge import charge, most_output
from meritorder.paths.programs import start
from meritorder.paths.steps import Generate, Generated, Kept, Program
from meritorder.pool.tracker import Tracker
from meritorder.providers.client import Client, EventStream, Target
from meritorder.providers.dialects.gather import Gathering, streamed
from meritorder.providers.dialects.protocol import Event
from meritorder.routing.quote import SLICE
from meritorder.types.outcome import StepReport, Usage
from meritorder.types.quote import Quote
from meritorder.types.request import Request
from meritorder.types.snapshot import Generation
from meritorder.types.units import Milliseconds, NanoUSD
from meritorder.types.workload import Workload

_CLIENTS = 400
"""The status of faults that speak of the request, not of the endpoint."""


class Assignment(Struct, frozen=True):
    """What is to be run: the request, read as work, and the quote that was chosen for it."""

    request: Request
    workload: Workload
    quote: Quote
    generation: Generation
    targets: Mapping[str, Target]


class Means(Struct, frozen=True):
    """What it is run with: the way to upstreams, the pool's memory of them, the clock (unix ms)."""

    client: Client
    tracker: Tracker
    clock: Callable[[], Milliseconds]


class Run:
    """One path, performed once. Open it, pass on `body` or `events()`, close it."""

    def __init__(self, assignment: Assignment, means: Means, purse: Purse) -> None:
        self._assignment = assignment
        self._means = means
        self._purse = purse
        self._program: Program = start(assignment.quote, assignment.workload.intent.value, assignment.generation)
        self._steps: list[StepRun] = []
        self._replies: list[bytes] = []
        self._live: EventStream | None = None
        self._kept: Kept | None = None

    async def open(self) -> None:
        """Perform steps until the whole answer is here, or the beginning of one that may be forwarded."""
        step = next(self._program)
        while True:
            run = self._begin(step)
            try:
                if self._assignment.request.stream:
                    whole = await self._stream(run, step)
                else:
                    whole = await self._whole(run, step)
            except UpstreamError as fault:
                self._fail(run, fault)
                raise
            if not whole:
                return
            self._leave()
            following = self._end(run)
            if following is None:
                return
            step = following

    @property
    def body(self) -> bytes:
        """The whole answer, once `open` is through; of a stream, what is here so far."""
        return self._replies[self._kept.step if self._kept else -1]

    async def events(self) -> AsyncIterator[bytes]:
        """The events of the answer, in the client's dialect, as they come."""
        yield self.body
        while self._live is not None:
            run = self._steps[-1]
            try:
                event = await self._read(run, self._live)
            except UpstreamError as fault:
                if run.running:
                    self._fail(run, fault)
                    raise
                # Whatever follows the end of an answer is nobody's concern.
                self._leave()
                return
            # Before the last event goes out: clients leave as soon as they have it.
            if run.running and (event is None or event.done):
                self._end(run)
            if event is None:
                self._leave()
            elif event.data:
                yield event.data

    @property
    def latest(self) -> str:
        """The label of the endpoint of the latest step."""
        return self._steps[-1].target.endpoint.label

    @property
    def answered_by(self) -> str:
        """The label of the endpoint whose answer the client gets."""
        return self._steps[self._kept.step if self._kept else -1].target.endpoint.label

    @property
    def complete(self) -> bool:
        """Whether the program came to its end."""
        return self._kept is not None

    def money(self) -> NanoUSD:
        """What all steps cost, as far as known now."""
        return sum(step.money() for step in self._steps)

    def close(self) -> tuple[StepReport, ...]:
        """Stop whatever still runs and say what every step used. Never waits."""
        self._leave()
        self._program.close()
        for step in self._steps:
            if step.running:
                step.end()
                self._means.tracker.released(step.target.endpoint.label)
        confidence = self._kept.confidence if self._kept else -1.0
        return tuple(step.report(confidence if place == 0 else -1.0) for place, step in enumerate(self._steps))

    def _begin(self, step: Generate) -> StepRun:
        target = self._assignment.targets[step.endpoint]
        workload = self._assignment.workload
        model = self._assignment.generation.models[target.endpoint.model]
        run = StepRun(target, workload.prompt, most_output(model, workload), time.monotonic)
        self._steps.append(run)
        self._means.tracker.started(step.endpoint)
        return run

    async def _whole(self, run: StepRun, step: Generate) -> bool:
        request = self._assignment.request
        if run.target.connection.gather:
            self._replies.append(await self._gather(run, streamed(request), evidence=step.evidence))
        else:
            answer = await self._means.client.whole(run.target, request, evidence=step.evidence)
            run.answered(answer)
            self._replies.append(answer.body)
        return True

    async def _gather(self, run: StepRun, request: Request, *, evidence: bool) -> bytes:
        self._live = await self._means.client.stream(run.target, request, evidence=evidence)
        gathering = Gathering()
        while (event := await self._read(run, self._live)) is not None:
            gathering.feed(event.data)
        return gathering.body()

    async def _stream(self, run: StepRun, step: Generate) -> bool:
        """Open the stream and collect; False once there is something to forward and it may be."""
        stream = await self._means.client.stream(run.target, self._assignment.request, evidence=step.evidence)
        self._live = stream
        collected: list[bytes] = []
        while (event := await self._read(run, stream)) is not None:
            collected.append(event.data)
            if step.forward and (event.content or event.done):
                self._replies.append(b"".join(collected))
                if event.done:
                    self._end(run)
                return False
        self._replies.append(b"".join(collected))
        return True

    async def _read(self, run: StepRun, stream: EventStream) -> Event | None:
        connection = run.target.connection
        patience = connection.idle if run.tokens else max(1, connection.first_token - run.duration)
        event = await stream.read(patience)
        if event is not None:
            run.saw(event)
            self._cover(run)
        return event

    def _cover(self, run: StepRun) -> None:
        price = run.target.endpoint.price
        if price.output:
            before = sum(step.money() for step in self._steps if step is not run)
            sofar = charge(price, Usage(self._assignment.workload.prompt.bound, 0, run.tokens, "metered"))
            self._purse.cover(before + sofar, charge(price, Usage(0, 0, SLICE, "metered")))

    def _end(self, run: StepRun) -> Generate | None:
        """The step's answer is whole: tell the program, and return what it wants next."""
        run.end(finished=True)
        label = run.target.endpoint.label
        self._means.tracker.succeeded(label, run.first_token, run.duration, run.usage().output)
        try:
            return self._program.send(Generated(label, run.logprobs))
        except StopIteration as ended:
            self._kept = ended.value
            return None

    def _leave(self) -> None:
        if self._live is not None:
            self._live.close()
            self._live = None

    def _fail(self, run: StepRun, fault: UpstreamError) -> None:
        self._leave()
        run.end(fault=fault)
        label = run.target.endpoint.label
        if fault.elsewhere and fault.status != _CLIENTS:
            self._means.tracker.failed(label, self._means.clock(), str(fault), fault.retry_after_ms)
        else:
            self._means.tracker.released(label)
