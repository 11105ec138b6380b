"""`meritorder train`: learn again what is shipped as learned."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import click

from meritorder.cli.options import fail
from meritorder.errors import ConfigError
from meritorder.providers.minilm import MiniLM
from meritorder.training.learn import learn
from meritorder.training.private import measured
from meritorder.training.samples import read
from meritorder.training.store import save

_HERE = Path("data/signals")
_THERE = Path("src/meritorder/signals")


@click.group(short_help="Learn what the router knows from samples.")
def train() -> None:
    """Learn what the router knows from samples."""


@train.command(short_help="Train the learned signals.")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=_HERE)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=_THERE,
    show_default=True,
    help="Folder for heads.npz and heads.json.",
)
def signals(data: Path, output: Path) -> None:
    """Train the learned signals on the samples in DATA, and print how they do on sources not seen in training."""
    try:
        found = read(data)
        click.echo(f"{len(found)} samples of {len({each.source for each in found})} sources", err=True)
        learned = learn(found, data, MiniLM().vectors, _bar)
    except ConfigError as error:
        raise fail(error) from error
    save(learned, data=data, to=output)
    for name, figure in learned.figures.items():
        auc = f"  AUC {figure.auc:.3f}, recall {figure.recall:.3f} at 1 % false" if figure.auc is not None else ""
        click.echo(
            f"{name:<18} {figure.accuracy:.3f} ({figure.low:.3f} to {figure.high:.3f}) of {figure.samples}"
            f"  ECE {figure.ece:.3f}{auc}"
        )
    if (told := learned.coverage) is not None:
        within = f"{told.p90:.3f} ({told.low:.3f} to {told.high:.3f}) of {told.samples}"
        click.echo(f"{'answers':<18} within the 90 % quantile {within}, within the median {told.median:.3f}")
    if (alike := learned.lookalikes) is not None:
        of_all = f"{alike.share:.3f} ({alike.low:.3f} to {alike.high:.3f}) of {alike.samples}"
        click.echo(f"{'look-alikes':<18} harmless, but suspected {of_all}")
    for name, of in measured(data).items():
        click.echo(
            f"{name:<18} precision {of.precision:.3f}, recall {of.recall:.3f} of {of.marked} marked, {of.found} found"
        )


@contextmanager
def _bar(label: str, length: int) -> Generator[Callable[[int], None]]:
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update
