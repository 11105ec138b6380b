"""`meritorder train`: learn again what is shipped as learned."""

import sys
from pathlib import Path

import click

from meritorder.cli.options import fail
from meritorder.errors import ConfigError
from meritorder.providers.minilm import MiniLM
from meritorder.signals.learned.length import Lengths
from meritorder.training.embeddings import embedded, wanted
from meritorder.training.figures import figures
from meritorder.training.labels import LABELS, check
from meritorder.training.lengths import coverage, spread
from meritorder.training.private import measured as found_private
from meritorder.training.samples import LENGTHS, answered, read
from meritorder.training.signals import fit
from meritorder.training.store import Learned, save

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
        learned = _learned(data)
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
    for name, of in found_private(data).items():
        click.echo(
            f"{name:<18} precision {of.precision:.3f}, recall {of.recall:.3f} of {of.marked} marked, {of.found} found"
        )


def _learned(data: Path) -> Learned:
    found = read(data)
    click.echo(f"{len(found)} samples of {len({each.source for each in found})} sources", err=True)
    check(found)
    texts = wanted(found)
    with click.progressbar(length=len(texts), label="embedding", file=sys.stderr) as bar:
        vectors = embedded(texts, MiniLM().vectors, bar.update)
    with click.progressbar(length=len(LABELS), label="training", file=sys.stderr) as bar:
        trained = fit(found, vectors, lambda _: bar.update(1))
    heads = trained.usable
    measured = spread(heads, answered(data, "calibrate"))
    tests = answered(data, "test")
    lengths = Lengths(measured, LENGTHS)
    return Learned(
        trained, measured, figures(heads, found, vectors), coverage(heads, lengths, tests) if tests else None
    )
