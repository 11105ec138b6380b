"""Nothing that is shipped leads back to the machine it was written on, or to work left undone."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Patterns are written so that they do not match themselves.
FORBIDDEN = {
    "path of one machine": re.compile(r"(?<![\w.~$}/-])/(?:home|Users|root|work|workspace|mnt)/\w|\b[A-Z]:\\Users\\"),
    "address of a package registry": re.compile(
        r"https?://[^\s/'\"]*(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|crates\.io|rubygems\.org"
        r"|golang\.org|anaconda\.(?:org|com))|https?://\S+/simple\b|-index-url[ =]+https?:",
    ),
    "work left undone": re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b"),
    "reference to a tracker": re.compile(r"\b(?:issue|ticket|pull request|PR) ?#\d+", re.IGNORECASE),
}


def findings(name: str, text: str) -> Iterator[str]:
    """One line per forbidden thing in a file: where it is, what it is, and the line's text."""
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in FORBIDDEN.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}: {line.strip()[:120]}"


def shipped() -> list[Path]:
    """What git tracks, or would track if it were added now."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a checkout, to know which files are part of the project")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    # Samples quote what anybody may write.
    return [
        path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file() and path.suffix != ".tsv"
    ]


def test_no_shipped_file_contains_anything_forbidden():
    lines: list[str] = []
    for path in shipped():
        text = path.read_text(encoding="utf-8", errors="replace")
        lines.extend(findings(path.relative_to(ROOT).as_posix(), text))
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("root = '/" + "home/ada/project'", "path of one machine"),
        ("cd /" + "work/main", "path of one machine"),
        ("C:\\" + "Users\\ada", "path of one machine"),
        ("see https:/" + "/pypi.org/project/click", "address of a package registry"),
        ("--extra-index-" + "url=https:/" + "/mirror.example/python", "address of a package registry"),
        ("https:/" + "/mirror.example/api/simple/", "address of a package registry"),
        ("# TO" + "DO: later", "work left undone"),
        ("# FIX" + "ME", "work left undone"),
        ("fixes issue" + " #12", "reference to a tracker"),
    ],
)
def test_what_is_forbidden_is_found_with_its_line(text: str, what: str):
    lines = list(findings("a.txt", f"first\n{text}\n"))
    assert [line.startswith(f"a.txt:2: {what}: ") for line in lines] == [True]


WORK = "/work"


@pytest.mark.parametrize(
    "text",
    [
        f"docs{WORK}/plan.md",
        "https://example.com/home/ada",
        f"$ROOT{WORK}/x and ~{WORK}/x",
        "a method, todo list, mktemp -d XXXXXX",
        "http://127.0.0.1:8080/v1",
        "a colour #123",
    ],
)
def test_what_only_looks_forbidden_is_left_alone(text: str):
    assert list(findings("a.txt", text)) == []
