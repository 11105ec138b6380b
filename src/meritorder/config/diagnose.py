"""What is wrong in a document, where, and what would mend it; as text for a person or as plain values."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Literal, TypeAlias

from msgspec import Struct

from meritorder.errors import ConfigError

Severity: TypeAlias = Literal["error", "warning"]

_WIDTH = 100
_LONGEST_WORD = 60
# difflib compares a word with every name, letter by letter: both are bounded so that a hostile file is not slow.
_NAMES_COMPARED = 300
_STYLES = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "plain": "\x1b[0m", "bold": "\x1b[1m"}


class Diagnostic(Struct, frozen=True):
    """One problem. `line` and `column` count from 1; line 0 speaks of the file as a whole.

    `source` is the line as it may be shown: what looks like a secret in it is masked.
    """

    file: str
    line: int
    column: int
    length: int
    severity: Severity
    code: str
    message: str
    help: str
    source: str = ""


class ConfigurationInvalid(ConfigError):
    """A document that cannot be put in force. `diagnostics` holds every problem, warnings included."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [found for found in self.diagnostics if found.severity == "error"]
        first = f"{_place(errors[0])}: {errors[0].message}" if errors else "the configuration is invalid"
        super().__init__(f"{first} (and {len(errors) - 1} more)" if len(errors) > 1 else first)


def render(diagnostics: Iterable[Diagnostic], verdict: str, *, colour: bool = False) -> str:
    """All of them as text; the last line counts them and ends with `verdict`, what the system did about it."""
    found = list(diagnostics)
    blocks = ["\n".join(_block(each, colour=colour)) for each in found]
    counts = [_count(found, "error"), _count(found, "warning")]
    counted = ", ".join(count for count in counts if count) or "no problems"
    return "\n\n".join([*blocks, f"{counted}; {verdict}"]) + "\n"


def as_values(diagnostics: Iterable[Diagnostic]) -> list[dict[str, str | int]]:
    """The same facts as JSON-able values, without the source lines."""
    return [
        {
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "length": each.length,
            "severity": each.severity,
            "code": each.code,
            "message": each.message,
            "help": each.help,
        }
        for each in diagnostics
    ]


def word(text: object) -> str:
    """The user's own word in backticks: clipped, and with nothing in it that a terminal would obey."""
    shown = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in str(text)[: _LONGEST_WORD + 1])
    return f"`{shown[:_LONGEST_WORD]}…`" if len(shown) > _LONGEST_WORD else f"`{shown}`"


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in backticks, with commas; the tail of a long list is counted instead."""
    shown = [word(name) for name in names]
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return ", ".join(shown[:most]) + more


def nearest(wrong: str, names: Iterable[str]) -> str:
    """The name that was probably meant, empty where none is close."""
    if len(wrong) > _LONGEST_WORD:
        return ""
    candidates = [name for name in names if len(name) <= _LONGEST_WORD][:_NAMES_COMPARED]
    by_lower = {name.lower(): name for name in reversed(candidates)}
    close = get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""


def _block(each: Diagnostic, *, colour: bool) -> list[str]:
    severity = _paint(f"{each.severity} {each.code}", each.severity, colour=colour)
    head = f"{_paint(_place(each), 'bold', colour=colour)}: {severity}: {each.message}"
    number = str(each.line) if each.source else ""
    margin = " " * len(number) + " |"
    lines = [head]
    if each.source:
        excerpt, caret = _excerpt(each)
        caret = _paint(caret, each.severity, colour=colour)
        lines += [margin, f"{number} | {excerpt}".rstrip(), f"{margin} {caret}"]
    if each.help:
        lines.append(f"{margin} help: {each.help}" if each.source else f"  help: {each.help}")
    return lines


def _excerpt(each: Diagnostic) -> tuple[str, str]:
    """The part of the line around the problem, and the carets below it."""
    start = each.column - 1
    cut = max(0, start - _WIDTH // 2) if len(each.source) > _WIDTH else 0
    shown = each.source[cut : cut + _WIDTH]
    lead = "…" if cut else ""
    tail = "…" if len(each.source) > cut + _WIDTH else ""
    before = lead + shown[: start - cut]
    under = shown[start - cut : start - cut + each.length]
    return lead + _plain(shown) + tail, " " * _columns(before) + "^" * max(1, _columns(under))


def _plain(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)


def _columns(text: str) -> int:
    """Columns of a terminal: wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text
    )


def _place(each: Diagnostic) -> str:
    return f"{each.file}:{each.line}:{each.column}" if each.line else each.file


def _count(found: Sequence[Diagnostic], severity: Severity) -> str:
    count = sum(each.severity == severity for each in found)
    return f"{count} {severity}{'s' if count > 1 else ''}" if count else ""


def _paint(text: str, style: str, *, colour: bool) -> str:
    return f"{_STYLES[style]}{text}{_STYLES['plain']}" if colour else text
