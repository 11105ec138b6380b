"""The three verbs of `python -m tools.calibrate`."""

import asyncio
import sys
from pathlib import Path

import click

from tools.calibrate import ask as asking
from tools.calibrate import questions as asked
from tools.calibrate import report


@click.group()
def main() -> None:
    """How sure the embedded model may be of its answers."""


@main.command()
def questions() -> None:
    """Write the questions from their families."""
    made = asked.write()
    asked.QUESTIONS.write_bytes(asked.dump(made))
    print(f"{len(made)} questions of {len({each.source for each in made})} families")


@main.command()
@click.option("--cache", type=click.Path(path_type=Path), required=True, help="where the model's file is kept")
@click.option("--show", is_flag=True, help="print every answer and its grade, for a person to check")
def ask(cache: Path, *, show: bool) -> None:
    """Ask the real model every question, and write what became of each."""
    outcomes = asyncio.run(_ask(cache, show=show))
    asking.OUTCOMES.write_bytes(asking.dump(outcomes))
    print(f"{sum(each.right for each in outcomes)} of {len(outcomes)} right")


@main.command()
def fit() -> None:
    """Write what ships, from the outcomes."""
    made = report.write(report.shipped(asked.load(), asking.load()))
    report.SHIPPED.write_bytes(made)
    sys.stdout.write(made.decode())


async def _ask(cache: Path, *, show: bool) -> list[asking.Outcome]:
    outcomes: list[asking.Outcome] = []
    async for question, said in asking.ask_all(asked.load(), cache):
        outcomes.append(asking.outcome(question, said))
        if show:
            print("+" if outcomes[-1].right else "-", question.id, repr(said.text))
    return outcomes


if __name__ == "__main__":
    main()
