"""`meritorder records`: what was decided, run and paid; and that it can be decided again."""

from datetime import datetime
from pathlib import Path

import click
import msgspec

from meritorder.cli.options import config_option, fail, places, reading
from meritorder.cli.show import ended, explained
from meritorder.errors import StoreError
from meritorder.routing.decide import decide
from meritorder.stores.records import Records
from meritorder.types.decision import Decision
from meritorder.types.outcome import NotRun
from meritorder.types.record import Record
from meritorder.types.snapshot import Generation, Snapshot
from meritorder.types.units import dollars


@click.command(short_help="List records, or show a decision whole.")
@click.argument("name", required=False)
@click.option("-n", "--count", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list.")
@click.option("--json", "as_json", is_flag=True, help="One record a line, as JSON.")
@config_option
def records(name: str | None, count: int, file: Path, *, as_json: bool) -> None:
    """List the latest records, or show those of NAME: a decision (dec_…) or a request (req_…)."""
    try:
        journal = Records(places(file).journal)
    except StoreError as error:
        raise fail(error) from error
    with reading(places(file).journal):
        found = journal.find(name) if name else journal.latest(count)
        if name and not found:
            raise click.ClickException(f"there is no record of `{name}`; `meritorder records` lists the latest")
        for record in found:
            if as_json:
                click.echo(msgspec.json.encode(record))
            elif name:
                click.echo(_shown(record, journal.generation(record.decision.generation)))
            else:
                click.echo(_line(record))
    journal.close()


def _line(record: Record) -> str:
    outcome = record.outcome
    money = "–" if isinstance(outcome, NotRun) else dollars(outcome.settlement.posted)
    decision = record.decision
    path = decision.chosen.path.name if isinstance(decision, Decision) else f"refused: {decision.gate}"
    return (
        f"{_time(record)}  {decision.id}  {record.request.principal[:12]:<12} "
        f"{record.workload.intent.value:<10} {path:<40} {ended(outcome):<10} {money}"
    )


def _shown(record: Record, generation: Generation | None) -> str:
    request = record.request
    again = "not replayed: its generation is not in the journal"
    if generation is not None:
        same = decide(record.workload, Snapshot(generation, record.view)) == record.decision
        again = "decided again from this record: the same" if same else "decided again from this record: DIFFERENT"
    asked = f"asked for `{request.model}`, {request.size} bytes{', streaming' if request.stream else ''}"
    head = f"{_time(record)}  request {request.id}, attempt {record.attempt}, by {request.principal}: {asked}"
    told = explained(record.workload, generation, record.decision, record.outcome)
    return f"{head}\n{told}\n{again}\n"


def _time(record: Record) -> str:
    return datetime.fromtimestamp(record.view.now / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")
