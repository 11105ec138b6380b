"""The import contract of pyproject.toml holds, and would notice if it did not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Check the package under `tree`/src, whatever else of that name is installed."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "200"}
    command = [
        sys.executable,
        "-c",
        LINT,
        "--config",
        str(tree / "pyproject.toml"),
        "--no-cache",
        "--no-logo",
    ]
    return subprocess.run([*command, *options], cwd=tree, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the sources that a test may spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_every_import_keeps_the_contract():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("contract", "module", "line", "broken"),
    [
        ("pure", "routing/dice.py", "import random", "meritorder.routing.dice -> random"),
        ("pure", "signals/dice.py", "from time import time", "meritorder.signals.dice -> time"),
        (
            "layers",
            "routing/dice.py",
            "import meritorder.gateway",
            "meritorder.routing.dice -> meritorder.gateway",
        ),
        ("layers", "types/dice.py", "import meritorder.errors", "meritorder.types.dice -> meritorder.errors"),
        ("layers", "dice.py", "", "dice"),
    ],
)
def test_an_import_that_breaks_the_contract_is_noticed(
    copied: Path, contract: str, module: str, line: str, broken: str
):
    (copied / "src/meritorder" / module).write_text(f"{line}\n", encoding="utf-8")
    done = lint(copied, "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert broken in done.stdout


def test_a_cycle_is_noticed_even_if_only_type_checking_closes_it(copied: Path):
    package = copied / "src/meritorder/routing"
    (package / "dice.py").write_text("import meritorder.routing.coin\n", encoding="utf-8")
    (package / "coin.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import meritorder.routing.dice\n",
        encoding="utf-8",
    )
    done = lint(copied, "--contract", "acyclic")
    assert done.returncode == 1, done.stdout + done.stderr
    assert ".dice -> .coin" in done.stdout or ".coin -> .dice" in done.stdout
