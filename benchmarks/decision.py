"""What one decision costs by itself: signals read from a request, then a path chosen. No I/O."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.gateway import configuration_file
from benchmarks.prompts import chat_body
from benchmarks.rows import Aim, Figure, Row, Samples, figure, row
from meritorder.config.configuration import Configuration
from meritorder.config.load import load
from meritorder.engine.state import State
from meritorder.gateway import wire
from meritorder.providers.recognisers import shipped
from meritorder.routing.decide import decide
from meritorder.signals.profile import profile
from meritorder.types.decision import Decision, Refusal

SECTION = "One decision by itself"
SMALL, MIDDLE, LARGE = 60, 1_000, 64_000
ROUNDS = 5

# A prompt 64 times as long may cost a few times as much, not 64 times: what is read is bounded.
GROWTH = 8.0


def measure() -> list[Row]:
    """A row for each prompt size: reading the work, and deciding among three paths under a rule and two budgets."""
    return rows(*(timed(_decision(size)) for size in (SMALL, MIDDLE, LARGE)))


def _decision(size: int) -> Callable[[], object]:
    body = chat_body(size)
    state = State(_configuration(), clock=lambda: 0, seeds=lambda: 0)
    principal = next(iter(state.configuration.principals.values()))
    recognisers = shipped()
    request = wire.read(body, request_id="req_benchmark", principal=principal, received_at=0)

    def decision() -> Decision | Refusal:
        return decide(profile(request, recognisers, state.closeness), state.snapshot(principal, frozenset()))

    if not isinstance(decision(), Decision):
        raise TypeError("the benchmark's request is refused")
    return decision


def _configuration() -> Configuration:
    with tempfile.TemporaryDirectory() as folder:
        return load(configuration_file(Path(folder), "http://127.0.0.1:9"), {})


def timed(call: Callable[[], object], seconds: float = 0.1) -> tuple[float, ...]:
    """CPU microseconds that one call takes, once per round; each round calls for about `seconds`."""
    calls = _calls_in(call, seconds)
    return tuple(_run(call, calls) / calls for _ in range(ROUNDS))


def rows(small: tuple[float, ...], middle: tuple[float, ...], large: tuple[float, ...]) -> list[Row]:
    """The rows of the section from the samples of `timed`, with the aims they are held to."""
    base: Figure = figure(middle)
    bounded = Aim(f"<= {GROWTH:.0f}x 1 kB", on="ours", limit=GROWTH * base.median)
    return [
        row(SECTION, "60 bytes", "us", Samples(small)),
        row(SECTION, "1 kB", "us", Samples(middle), Aim("< 0.5 ms", on="ours", limit=500.0)),
        row(SECTION, "64 kB", "us", Samples(large), bounded),
    ]


def _calls_in(call: Callable[[], object], seconds: float) -> int:
    """How many calls fill the time, found by doubling; this warms what is called as well."""
    calls = 1
    while (spent := _run(call, calls)) < seconds * 1e6 / 4:
        calls *= 2
    return max(1, int(calls * seconds * 1e6 / spent))


def _run(call: Callable[[], object], calls: int) -> float:
    began = time.process_time_ns()
    for _ in range(calls):
        call()
    return (time.process_time_ns() - began) / 1e3
