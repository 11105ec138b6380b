"""Options that several commands share, and where an installation keeps its files."""

import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from meritorder.engine.assemble import Places
from meritorder.errors import MeritorderError

F = TypeVar("F", bound=Callable[..., Any])

CONFIGURATION = "meritorder.yaml"
DATA = ".meritorder"


def config_option(command: F) -> F:
    """`--config FILE`."""
    return click.option(
        "--config",
        "file",
        type=click.Path(path_type=Path),
        default=CONFIGURATION,
        envvar="MERITORDER_CONFIG",
        show_default=True,
        help="The configuration. Records are kept in .meritorder beside it.",
    )(command)


def places(file: Path) -> Places:
    """Where the installation of `file` keeps its journal and its prepared models."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Places(file, data(file) / "records.sqlite", Path(home) / "meritorder")


def data(file: Path) -> Path:
    """The folder for what the gateway writes."""
    return file.resolve().parent / DATA


@contextmanager
def reading(journal: Path) -> Generator[None]:
    """Tells of a journal that is damaged, or that another version wrote."""
    try:
        yield
    except (sqlite3.Error, msgspec.MsgspecError) as error:
        raise click.ClickException(f"the journal {journal} cannot be read: {error}") from error


def fail(error: MeritorderError) -> click.ClickException:
    """`error` as the command line tells it."""
    return click.ClickException(str(error))
