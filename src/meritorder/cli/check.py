"""`meritorder check`: everything that is wrong with a configuration, before it is put in force."""

import os
import sys
from collections.abc import Sized
from pathlib import Path

import click
import msgspec

from meritorder.cli.options import CONFIGURATION
from meritorder.config.diagnose import ConfigurationInvalid, as_values, render
from meritorder.config.load import load


@click.command(short_help="Say everything that is wrong with a configuration.")
@click.argument("file", type=click.Path(path_type=Path), default=CONFIGURATION)
@click.option("--json", "as_json", is_flag=True, help="The same facts as JSON.")
def check(file: Path, *, as_json: bool) -> None:
    """Check the configuration FILE (meritorder.yaml) and say everything that is wrong with it.

    The exit status is 1 where it could not be put in force.
    """
    try:
        configuration = load(file, os.environ)
        diagnostics, valid = configuration.diagnostics, True
        generation = configuration.generation
        verdict = (
            f"generation {generation.digest} can be put in force: {_count(generation.models, 'model')}, "
            f"{_count(generation.endpoints, 'endpoint')}, {_count(generation.paths, 'path')}"
        )
    except ConfigurationInvalid as invalid:
        diagnostics, valid = invalid.diagnostics, False
        verdict = "nothing was put in force"
    if as_json:
        click.echo(msgspec.json.encode({"valid": valid, "diagnostics": as_values(diagnostics)}))
    else:
        click.echo(render(diagnostics, verdict, colour=sys.stdout.isatty()), nl=False)
    sys.exit(0 if valid else 1)


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" if len(things) == 1 else f"{len(things)} {name}s"
