"""One step under way: what has passed so far, and what it comes to."""

from collections.abc import Callable

from meritorder.errors import UpstreamError
from meritorder.ledger.charge import bounded, charge, metered, plausible
from meritorder.providers.client import Target
from meritorder.providers.dialects.protocol import Answer, Event
from meritorder.types.outcome import NOTHING_USED, StepReport, Usage
from meritorder.types.units import Milliseconds, NanoUSD, Tokens
from meritorder.types.workload import PromptTokens

_BYTES_PER_TOKEN = 4

_UNBILLED = frozenset(
    {
        "upstream_unreachable",
        "upstream_rate_limited",
        "upstream_overloaded",
        "upstream_auth",
        "upstream_rejected",
        "upstream_model_not_found",
        "upstream_error",
        "context_length_exceeded",
        "unsupported_parameter",
        "unsupported_value",
        "invalid_value",
    }
)
"""Faults by which the upstream said itself that it did not answer, or was not even asked: nothing was used."""


class StepRun:
    """The running account of one step, from the call to its end."""

    def __init__(self, target: Target, prompt: PromptTokens, most: Tokens, clock: Callable[[], float]) -> None:
        self.target = target
        self.tokens: Tokens = 0
        self.logprobs: tuple[float, ...] = ()
        self.fault: UpstreamError | None = None
        self.finished = False
        self._prompt = prompt
        self._most = most
        self._clock = clock
        self._began = clock()
        self._first: float | None = None
        self._ended: float | None = None
        self._reported: Usage | None = None
        self._final: Usage | None = None
        self._events = self._size = 0

    def saw(self, event: Event) -> None:
        """Count what one read of a stream brought."""
        if event.content and self._first is None:
            self._first = self._clock()
        self._events += event.tokens
        self._size += event.size
        self.tokens = max(self._events, self._size // _BYTES_PER_TOKEN)
        self.logprobs += event.logprobs
        self._reported = event.usage or self._reported

    def answered(self, answer: Answer) -> None:
        """Count a whole answer."""
        self.tokens = -(-answer.output_bytes // _BYTES_PER_TOKEN)
        self.logprobs = answer.logprobs
        self._reported = answer.usage
        self.end(finished=True)

    def end(self, *, finished: bool = False, fault: UpstreamError | None = None) -> None:
        """The step is over; a second call changes nothing."""
        if self._ended is None:
            self._ended = self._clock()
            self.finished = finished
            self.fault = fault

    @property
    def running(self) -> bool:
        """Whether the step has neither ended nor failed."""
        return self._ended is None

    @property
    def first_token(self) -> Milliseconds:
        """Time to the first part of the answer, or to the whole of it."""
        return self._since(self._first if self._first is not None else self._ended)

    @property
    def duration(self) -> Milliseconds:
        """Time from the call to the end, or to now."""
        return self._since(self._ended)

    def usage(self) -> Usage:
        """As reported by the upstream; else metered or bounded, so that nothing used goes uncharged."""
        if self._ended is None:
            return self._usage_now()
        if self._final is None:
            self._final = self._usage_now()
        return self._final

    def _usage_now(self) -> Usage:
        reported = self._reported
        if reported is not None and plausible(reported, self._prompt, self._most):
            # Of an answer that was cut, an early report is not the last word.
            return reported if self.finished or reported.output >= self.tokens else metered(self._prompt, self.tokens)
        if self.fault is not None and self.fault.code in _UNBILLED and self._first is None:
            return NOTHING_USED
        if self._first is not None or self.finished:
            return metered(self._prompt, self.tokens)
        return bounded(self.target.endpoint, self._prompt, self.duration, self._most)

    def money(self) -> NanoUSD:
        """What `usage` costs here."""
        return charge(self.target.endpoint.price, self.usage())

    def report(self, confidence: float) -> StepReport:
        """The step as the record keeps it."""
        usage = self.usage()
        return StepReport(
            self.target.endpoint.label,
            usage,
            charge(self.target.endpoint.price, usage),
            self.first_token,
            self.duration,
            round(confidence, 4),
            self.fault.code if self.fault else "",
        )

    def _since(self, moment: float | None) -> Milliseconds:
        return round(((self._clock() if moment is None else moment) - self._began) * 1000)
