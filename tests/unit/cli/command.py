"""The command line in this process, with a shell that has no keys and no settings of its own."""

import os
from pathlib import Path

from click.testing import CliRunner, Result

from meritorder.cli import main


def meritorder(*arguments: str | Path, typed: str | bytes | None = None, **variables: str) -> Result:
    """Run `meritorder ARGUMENTS`; `typed` is what it reads from its standard input."""
    ours = ("MERITORDER", "_API_KEY", "OLLAMA_HOST")
    absent = {name: None for name in os.environ if any(part in name for part in ours)}
    result = CliRunner().invoke(main, [str(each) for each in arguments], input=typed, env={**absent, **variables})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def told(result: Result) -> str:
    """Everything it said, of a command that succeeded."""
    assert result.exit_code == 0, result.output
    return result.output


def refused(result: Result) -> str:
    """What it said on stderr, of a command that did not succeed."""
    assert result.exit_code not in (0, None), result.output
    assert "Traceback" not in result.output
    return result.stderr
