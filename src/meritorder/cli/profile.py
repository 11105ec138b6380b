"""`meritorder profile`: the signals of many prompts, from a file into a file; nothing leaves the machine."""

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
import msgspec

from meritorder.cli.options import fail
from meritorder.engine.bulk import profiled
from meritorder.errors import ConfigError
from meritorder.providers.recognisers import shipped
from meritorder.signals.recognisers import Recognisers

_encode = msgspec.json.Encoder().encode


@click.command(short_help="Read the signals of prompts in bulk.")
@click.argument("file", type=click.File("rb"))
@click.option("-o", "--output", type=click.File("wb"), required=True, help="Where to write; - for standard output.")
def profile(file: BinaryIO, output: BinaryIO) -> None:
    """Read the signals of every prompt in FILE: JSON objects, one a line, with `prompt` or `messages`.

    Each is written out with all its fields and `workload` added. A line that is no JSON object is told, and
    written out as an object with `error`.
    """
    recognisers = shipped()
    lines = file.read().splitlines()
    output.write(b"")  # Opens it: what has no lines gives an empty file.
    bad = 0
    with click.progressbar(lines, label="profiling", file=sys.stderr, show_pos=True) as shown:
        for number, line in enumerate(shown, start=1):
            if not line.strip():
                continue
            try:
                entry = _read(line)
            except (ValueError, RecursionError) as error:
                bad += 1
                click.echo(f"\n{_name(file)}:{number}: not a JSON object: {error}", err=True)
                output.write(_encode({"line": number, "error": f"not a JSON object: {error}"}) + b"\n")
            else:
                output.write(_written({**entry, "workload": _workload(entry, recognisers)}) + b"\n")
    if bad:
        raise click.ClickException(f"{bad} of {len(lines)} lines are no JSON objects")


def _workload(entry: dict[str, Any], recognisers: Recognisers) -> dict[str, Any]:
    try:
        return profiled(entry, recognisers)
    except ConfigError as error:  # The model of meaning is not what it should be: no line can be read.
        raise fail(error) from error


def _read(line: bytes) -> dict[str, Any]:
    """The object on a line; raises ValueError where there is none."""
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError:
        if b"\\u" not in line:
            raise
        # Half a surrogate pair, escaped, is no text, but it comes out of real logs; the standard library reads it.
        found: Any = json.loads(line, parse_constant=_refuse)
        if not isinstance(found, dict):
            raise
        return cast("dict[str, Any]", found)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _written(document: dict[str, Any]) -> bytes:
    try:
        return _encode(document)
    except UnicodeEncodeError:
        return json.dumps(document).encode()


def _name(file: BinaryIO) -> str:
    return Path(file.name).name if isinstance(getattr(file, "name", None), str) else "standard input"
