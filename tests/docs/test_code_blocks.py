"""Every code block in the documentation does what it says. The conventions are in blocks.py."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .blocks import Block, Use, classify, complaint, extract, unmet

ROOT = Path(__file__).resolve().parents[2]
WITHIN_S = 120


def documents(root: Path) -> list[Path]:
    found = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    return [path for path in found if path.is_file()]


def blocks_of(root: Path) -> list[Block]:
    return [
        block
        for path in documents(root)
        for block in extract(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    ]


BLOCKS = blocks_of(ROOT)


def each(*uses: Use) -> pytest.MarkDecorator:
    """One case per block that is used so, under its file and line."""
    chosen = [block for block in BLOCKS if classify(block) in uses]
    return pytest.mark.parametrize("block", chosen, ids=[block.place for block in chosen])


def run(block: Block, command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """Run what the block's text was written to, and look in its output for what is expected there."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )
    shown = f"{block.place}\n{block.code}\n--- output\n{done.stdout}"
    assert done.returncode == 0, f"ended with status {done.returncode}: {shown}"
    assert unmet(block, done.stdout) == [], f"expected in the output: {shown}"


def pointed_at(gateway: str, reader: dict[str, str]) -> dict[str, str]:
    """A shell in which client libraries find the gateway by themselves."""
    return {
        **reader,
        "MERITORDER_BASE_URL": gateway,
        "OPENAI_BASE_URL": f"{gateway}/v1",
        "ANTHROPIC_BASE_URL": gateway,
    }


def test_every_block_says_what_is_done_with_it():
    complaints = [text for block in BLOCKS if (text := complaint(block))]
    assert not complaints, "\n".join(complaints)


@each(Use.RUN_PYTHON)
def test_a_python_example_runs_against_a_gateway(block: Block, gateway: str, reader: dict[str, str], tmp_path: Path):
    (tmp_path / "example.py").write_text(block.code, encoding="utf-8")
    run(block, [sys.executable, "example.py"], tmp_path, pointed_at(gateway, reader))


@each(Use.RUN_SHELL)
def test_a_shell_example_runs_in_an_empty_folder(block: Block, gateway: str, reader: dict[str, str], tmp_path: Path):
    command = ["bash", "-euo", "pipefail", "-c", block.code]
    run(block, command, tmp_path, pointed_at(gateway, reader))


@each(Use.COMPILE)
def test_a_configuration_example_compiles(block: Block, reader: dict[str, str], tmp_path: Path):
    (tmp_path / "meritorder.yaml").write_text(block.code, encoding="utf-8")
    run(block, [sys.executable, "-m", "meritorder", "check", "meritorder.yaml"], tmp_path, reader)


@each(Use.PARSE)
def test_a_json_example_parses(block: Block):
    json.loads(block.code)


def test_blocks_are_read_from_the_readme_and_from_every_document_below_docs(tmp_path: Path):
    text = "```text\na\n```\n"
    (tmp_path / "docs/howto").mkdir(parents=True)
    for name in ("README.md", "docs/a.md", "docs/howto/b.md", "docs/c.rst", "other.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    places = [block.place for block in blocks_of(tmp_path)]
    assert places == ["README.md:1", "docs/a.md:1", "docs/howto/b.md:1"]


def test_a_run_block_fails_on_a_bad_status_and_on_a_missing_expectation(reader: dict[str, str], tmp_path: Path):
    block = Block("a.md", 1, "sh run", "echo hi", expected=("hi",))
    run(block, ["bash", "-c", block.code], tmp_path, reader)
    with pytest.raises(AssertionError, match="expected in the output"):
        run(block, ["bash", "-c", "echo ho"], tmp_path, reader)
    with pytest.raises(AssertionError, match="ended with status 3"):
        run(block, ["bash", "-c", "echo hi; exit 3"], tmp_path, reader)
