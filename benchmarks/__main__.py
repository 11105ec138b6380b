"""`python -m benchmarks`: what the gateway costs beside a direct call and a raw Envoy, from one run."""

import platform
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import click
import msgspec

from benchmarks import decision, reading, scenarios
from benchmarks.envoy import start_envoy
from benchmarks.gateway import start_gateway
from benchmarks.load import LoadFailed, LoadProcess
from benchmarks.processes import CannotStart, RunningServer, free_port, start
from benchmarks.rows import Row
from benchmarks.table import NOTES, table, verdicts


class Report(msgspec.Struct, frozen=True):
    """All of a run, as it is written with --json."""

    quick: bool
    rounds: int
    python: str
    machine: str
    envoy: str
    rows: list[Row]


def measure(effort: scenarios.Effort, instead: str | None) -> tuple[list[Row], str]:
    """Start everything, measure, stop everything. Also says what became of Envoy."""
    with ExitStack() as running:
        upstream = running.enter_context(_start_upstream())
        contestants: dict[str, RunningServer] = {scenarios.DIRECT: upstream}
        envoy = "measured"
        try:
            contestants[scenarios.ENVOY] = running.enter_context(start_envoy(upstream))
        except CannotStart as error:
            envoy = f"n/a: {error}"
            print(f"· going on without Envoy: {error}", file=sys.stderr)
        contestants[scenarios.OURS] = running.enter_context(start_gateway(upstream.url, instead))
        load = running.enter_context(LoadProcess())
        rows = scenarios.all_rows(contestants, load, effort)
    return rows + decision.measure() + reading.measure(), envoy


def _start_upstream() -> RunningServer:
    port = free_port()
    options = ("--port", str(port), "--chunks", str(scenarios.CHUNKS))
    return start("upstream", [sys.executable, "-m", "benchmarks.upstream", *options], port)


def _stop(_number: int, _frame: object) -> NoReturn:
    # Raised where the benchmark stands, so that every server is stopped on the way out.
    raise SystemExit(143)


@click.command()
@click.option("--quick", is_flag=True, help="About 20 seconds, and noisier.")
@click.option(
    "--json",
    "json_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the rows to this file too.",
)
@click.option(
    "--instead",
    metavar="COMMAND",
    help="Measure another server in the gateway's place; {port} and {upstream} are filled in.",
)
def main(quick: bool, json_file: Path | None, instead: str | None) -> None:
    """Print what the gateway costs, as ratios to a direct call and to a raw Envoy."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    effort = scenarios.QUICK if quick else scenarios.FULL
    try:
        rows, envoy = measure(effort, instead)
    except (CannotStart, LoadFailed) as error:
        raise click.ClickException(str(error)) from error
    print(f"\n{table(rows)}\n\n{verdicts(rows)}\n\n{NOTES}")
    if envoy != "measured":
        print(f"Envoy {envoy}")
    if json_file is not None:
        report = Report(
            quick=quick,
            rounds=effort.rounds,
            python=platform.python_version(),
            machine=platform.machine(),
            envoy=envoy,
            rows=rows,
        )
        json_file.write_bytes(msgspec.json.format(msgspec.json.encode(report)) + b"\n")


if __name__ == "__main__":
    main()
