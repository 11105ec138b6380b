"""What is sent to whom, in what order, and which rows come of it."""

import sys
from collections.abc import Callable, Mapping

import msgspec

from benchmarks.load import Job, LoadFailed, LoadProcess, Result
from benchmarks.processes import RunningServer
from benchmarks.rows import Aim, Row, Samples, row

CHUNKS = 200
FEWER_CHUNKS = 100
FEW_CHUNKS = 2

# The order in which a round visits the contestants.
DIRECT, ENVOY, OURS = "direct", "envoy", "ours"


class Effort(msgspec.Struct, frozen=True):
    """How long to look: rounds per scenario, and seconds per contestant and round."""

    rounds: int
    seconds: float
    warm_seconds: float


FULL = Effort(rounds=5, seconds=1.3, warm_seconds=0.15)
QUICK = Effort(rounds=3, seconds=0.25, warm_seconds=0.05)


class Scenario(msgspec.Struct, frozen=True):
    """A load. `chunks` is the length of a stream, 0 for an answer in one piece."""

    title: str
    connections: int
    prompt_bytes: int
    chunks: int = 0
    paced: bool = False


ONE = Scenario("1 connection, keep-alive, 1 kB prompt", 1, 1_000)
MANY_SMALL = Scenario("32 connections, 1 kB prompt", 32, 1_000)
MANY_LARGE = Scenario("32 connections, 64 kB prompt", 32, 64_000)
# A long stream would keep a core busy after its first token, and the reader would wait for that core
# rather than for the token: only short ones tell when a token can be had.
FIRST = Scenario(f"1 connection, streams of {FEW_CHUNKS} chunks", 1, 1_000, chunks=FEW_CHUNKS)
FLOOD = Scenario(f"4 connections, streams of {CHUNKS} chunks", 4, 1_000, chunks=CHUNKS)
# What a chunk costs depends above all on how many are read at once, and in a flood that is chance: it
# falls to a half or doubles with where the kernel puts three processes. Paced, each is read by itself.
PACED = Scenario("4 connections, a chunk every millisecond on each", 4, 1_000, chunks=FEWER_CHUNKS, paced=True)

Rounds = dict[str, list[Result]]


def run(scenario: Scenario, contestants: Mapping[str, RunningServer], load: LoadProcess, effort: Effort) -> Rounds:
    """Apply the scenario to each contestant in turn, for as many rounds as there are."""
    print(f"· {scenario.title}", file=sys.stderr)
    results: Rounds = {name: [] for name in contestants}
    for _ in range(effort.rounds):
        for name, server in contestants.items():
            results[name].append(_one(scenario, server, load, effort))
    return results


def _one(scenario: Scenario, server: RunningServer, load: LoadProcess, effort: Effort) -> Result:
    job = Job(
        url=server.url,
        connections=scenario.connections,
        prompt_bytes=scenario.prompt_bytes,
        seconds=effort.seconds,
        chunks=scenario.chunks,
        paced=scenario.paced,
        warm_seconds=effort.warm_seconds,
        pid=server.pid,
    )
    try:
        return load.run(job)
    except LoadFailed as error:
        raise LoadFailed(f"{server.name}, {scenario.title}: {error}") from error


def all_rows(contestants: Mapping[str, RunningServer], load: LoadProcess, effort: Effort) -> list[Row]:
    """Every row that needs a server, in the order of the table."""
    return [
        *latency_rows(ONE, run(ONE, contestants, load, effort)),
        *work_rows(MANY_SMALL, run(MANY_SMALL, contestants, load, effort), envoy_cpu=6),
        *work_rows(MANY_LARGE, run(MANY_LARGE, contestants, load, effort), envoy_cpu=10),
        *first_token_rows(FIRST, run(FIRST, contestants, load, effort)),
        *flood_rows(FLOOD, run(FLOOD, contestants, load, effort)),
        *paced_rows(PACED, run(PACED, contestants, load, effort)),
    ]


def latency_rows(scenario: Scenario, rounds: Rounds) -> list[Row]:
    """The time one answer takes, and what of it was added to a direct call."""
    p50 = _samples(rounds, lambda seen: seen.latency_p50)
    p99 = _samples(rounds, lambda seen: seen.latency_p99)
    return [
        row(scenario.title, "latency p50", "us", p50),
        row(scenario.title, "latency p99", "us", p99),
        row(scenario.title, "added p50", "us", added(p50)),
        row(scenario.title, "added p99", "us", added(p99)),
    ]


def work_rows(scenario: Scenario, rounds: Rounds, envoy_cpu: int) -> list[Row]:
    """How much work gets done, and what it costs the server."""
    cpu = _samples(rounds, lambda seen: seen.cpu / seen.requests)
    aim = Aim(f"<= {envoy_cpu}x Envoy", on="to_envoy", limit=envoy_cpu)
    return [
        row(scenario.title, "requests", "/s", _samples(rounds, lambda seen: seen.requests / seen.seconds)),
        row(scenario.title, "CPU per request", "us", cpu, aim),
    ]


def first_token_rows(scenario: Scenario, rounds: Rounds) -> list[Row]:
    """How long a reader waits before anything appears."""
    return [
        row(scenario.title, "first token p50", "us", _samples(rounds, lambda seen: seen.first_p50)),
        row(scenario.title, "first token p99", "us", _samples(rounds, lambda seen: seen.first_p99)),
    ]


def flood_rows(scenario: Scenario, rounds: Rounds) -> list[Row]:
    """How fast chunks are passed on. Chunks are those that the upstream sent."""
    rate = _samples(rounds, lambda seen: scenario.chunks * seen.requests / seen.seconds)
    aim = Aim(">= 0.15x direct", on="to_direct", limit=0.15, at_most=False)
    return [row(scenario.title, "chunks", "/s", rate, aim)]


def paced_rows(scenario: Scenario, rounds: Rounds) -> list[Row]:
    """What passing on one chunk costs, its share of the request that it belongs to included."""
    cpu = _samples(rounds, lambda seen: seen.cpu / (scenario.chunks * seen.requests))
    return [row(scenario.title, "CPU per chunk", "us", cpu)]


def added(total: Samples) -> Samples:
    """What each contestant adds to the direct call of its own round."""
    return Samples(
        ours=tuple(a - b for a, b in zip(total.ours, total.direct, strict=True)),
        envoy=tuple(a - b for a, b in zip(total.envoy, total.direct, strict=True)) if total.envoy else (),
    )


def _samples(rounds: Rounds, value: Callable[[Result], float]) -> Samples:
    numbers = {name: tuple(value(seen) for seen in results) for name, results in rounds.items()}
    return Samples(ours=numbers[OURS], direct=numbers[DIRECT], envoy=numbers.get(ENVOY, ()))
