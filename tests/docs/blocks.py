"""The fenced code blocks of a Markdown document, and what is to be done with each.

The info string says it, and there is no default: a block is run, compiled, parsed or shown.

    python run          executed, with MERITORDER_BASE_URL and OPENAI_BASE_URL pointing to a gateway
    sh run              executed by `bash -euo pipefail` in an empty folder, `meritorder` on its PATH
    yaml config         a configuration that `meritorder check` accepts
    json                must parse
    sh user             typed by a reader on their own machine: shown
    text, console, mermaid                                      shown

`<!-- expect: TEXT -->` on a line of its own after a block that is run or compiled must be found in its
output. There may be several.
"""

import re
import textwrap
from enum import Enum, auto
from typing import NamedTuple

FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
EXPECT = re.compile(r"^\s*<!--\s*expect:\s*(?P<text>.+?)\s*-->\s*$")


class Use(Enum):
    """What is done with a block."""

    RUN_PYTHON = auto()
    RUN_SHELL = auto()
    COMPILE = auto()
    PARSE = auto()
    SHOW = auto()
    UNDECLARED = auto()


USES = {
    "python run": Use.RUN_PYTHON,
    "sh run": Use.RUN_SHELL,
    "yaml config": Use.COMPILE,
    "json": Use.PARSE,
    "sh user": Use.SHOW,
    "text": Use.SHOW,
    "console": Use.SHOW,
    "mermaid": Use.SHOW,
}
HAVE_OUTPUT = {Use.RUN_PYTHON, Use.RUN_SHELL, Use.COMPILE}


class Block(NamedTuple):
    """One fenced block: where it opens, what its info string says, and its text without the indent."""

    path: str
    line: int
    info: str
    code: str
    expected: tuple[str, ...] = ()
    closed: bool = True

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"


def extract(path: str, text: str) -> list[Block]:
    """The blocks of a document, in its order."""
    lines = text.splitlines()
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        if opening is None:
            at += 1
            continue
        end = closing(lines, at + 1, opening["marks"])
        code = textwrap.dedent("\n".join([*lines[at + 1 : end], ""]))
        info = " ".join(opening["info"].split())
        blocks.append(Block(path, at + 1, info, code, expectations(lines[end + 1 :]), end < len(lines)))
        at = end + 1
    return blocks


def closing(lines: list[str], start: int, marks: str) -> int:
    """The index of the line that closes a fence: of the same character, no shorter, and bare."""
    for at in range(start, len(lines)):
        bare = lines[at].strip()
        if len(bare) >= len(marks) and set(bare) == {marks[0]}:
            return at
    return len(lines)


def expectations(following: list[str]) -> tuple[str, ...]:
    """The expectations right after a block; blank lines may lie between."""
    found: list[str] = []
    for line in following:
        match = EXPECT.match(line)
        if match is None and line.strip():
            break
        if match is not None:
            found.append(match["text"])
    return tuple(found)


def classify(block: Block) -> Use:
    return USES.get(block.info, Use.UNDECLARED)


def complaint(block: Block) -> str:
    """Why a block is not acceptable as it is written; empty when it is."""
    use = classify(block)
    if not block.closed:
        return f"{block.place}: the fence is never closed"
    if use is Use.UNDECLARED:
        return f"{block.place}: ```{block.info} says not what is done with it; one of: {', '.join(USES)}"
    if block.expected and use not in HAVE_OUTPUT:
        return f"{block.place}: ```{block.info} has no output, and something is expected in it"
    return ""


def unmet(block: Block, output: str) -> list[str]:
    """The expected texts that the output lacks."""
    return [text for text in block.expected if text not in output]
