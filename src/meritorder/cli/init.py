"""`meritorder init`: a first configuration, from what is here; it asks nothing that it can find out."""

import asyncio
import os
from pathlib import Path

import click

from meritorder.cli.options import CONFIGURATION
from meritorder.config.discover import Found, find, probes, render


@click.command(short_help="Write a configuration from what is found here.")
@click.argument("file", type=click.Path(path_type=Path), default=CONFIGURATION)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def init(file: Path, *, force: bool) -> None:
    """Write a commented configuration to FILE (meritorder.yaml).

    It has the embedded model, the model servers that answer on this machine, and the clouds whose keys are set.
    """
    if file.is_dir():
        raise click.ClickException(f"{file} is a folder; name the file to write: {file / CONFIGURATION}")
    if file.exists() and not force:
        raise click.ClickException(f"{file} is there already; `meritorder init --force` writes over it")
    write_first(file)


def write_first(file: Path) -> None:
    """Write `file` from what can be found, and say what was."""
    found = asyncio.run(find(os.environ, probes(os.environ)))
    try:
        file.write_text(render(found), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {(error.strerror or str(error)).lower()}") from error
    click.echo(f"· wrote {file}: {_told(found)}")


def _told(found: Found) -> str:
    names = [server.name for server in found.servers] + [cloud.name for cloud in found.clouds]
    return "the embedded model" + "".join(f", {name}" for name in names)
