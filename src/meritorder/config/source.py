"""A document's text: decoded and bounded, with places in it, and lines that may be shown to anybody."""

import re
from typing import Protocol

from msgspec import Struct

LARGEST = 1 << 20

_BREAKS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Whoever writes a secret into the document is told so, but the message must not spread it further.
_SECRET_SETTING = re.compile(
    r"""(?ix) \b (?: [\w-]{0,40}key | secret | [\w-]{0,40}password | (?:auth|api)[\w-]{0,40}token | authorization )
    ["']? \s* : \s* (?! ["']? (?: env | file ) : ) ["']? (?P<secret>[^\s"',{}\[\]\#][^"',}\]\#]*)"""
)
_SECRET_SHAPE = re.compile(r"\b(?P<secret>(?:sk|gsk|pk|rk)[-_][A-Za-z0-9_-]{8,}|AIza[A-Za-z0-9_-]{16,})")
_SECRET_IN_ADDRESS = re.compile(r"://(?P<secret>[^/\s\"'@]+)(?=@)")


class Mark(Protocol):
    """What both YAML parsers call a place: line and column from 0."""

    line: int
    column: int


class Span(Struct, frozen=True):
    """A place in the text: line and column from 1, and how far it runs in that line. Line 0: all of it."""

    line: int
    column: int
    length: int


EVERYWHERE = Span(0, 0, 0)


class Unreadable(Exception):
    """The text cannot be read at all; nothing behind this place has been looked at."""

    def __init__(self, code: str, span: Span, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.span = span
        self.message = message
        self.mend = mend


class Source:
    """The text of one file and its lines, as YAML counts them."""

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self._raw = raw
        self.text = raw[:LARGEST].decode("utf-8-sig", errors="replace")
        self._lines = _BREAKS.split(self.text)
        self._masked: set[Span] = set()
        self._shown: dict[int, str] = {}

    def check(self) -> None:
        """Raises `Unreadable` where the file is too large, or is not text."""
        if len(self._raw) > LARGEST:
            raise Unreadable("C-002", EVERYWHERE, f"the file has {len(self._raw)} bytes; {LARGEST} are the most")
        try:
            self._raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            what = f"the byte {self._raw[error.start]:#04x} is not UTF-8"
            span = self._after(self._raw[: error.start].decode("utf-8-sig"))
            raise Unreadable("C-003", span, what, "save the file as UTF-8") from error
        odd = _NOT_TEXT.search(self.text)
        if odd is not None:
            what = f"the character U+{ord(odd.group()):04X} may not stand in a document"
            raise Unreadable("C-003", self._after(self.text[: odd.start()]), what, "take it out")

    def span(self, start: Mark, end: Mark) -> Span:
        """From `start` to `end`, or to the end of the line where `end` is further down.

        The end of the text may be one line below the last; it is then said to be the last line's end.
        """
        if start.line >= len(self._lines):
            return Span(len(self._lines), len(self._lines[-1]) + 1, 0)
        whole = len(self._lines[start.line])
        column = min(start.column, whole)
        stop = end.column if end.line == start.line else whole
        return Span(start.line + 1, column + 1, max(0, min(stop, whole) - column))

    def character(self, span: Span) -> str:
        """The first character of a span, empty at the end of a line."""
        return self._lines[span.line - 1][span.column - 1 : span.column] if span.line else ""

    def mask(self, span: Span) -> None:
        """Never show what stands there."""
        self._masked.add(span)
        self._shown.clear()

    def shown(self, line: int) -> str:
        """A line as it may be shown: what is or looks like a secret is replaced by as many asterisks."""
        if line == 0:
            return ""
        if line not in self._shown:
            self._shown[line] = self._starred(line)
        return self._shown[line]

    def _starred(self, line: int) -> str:
        text = self._lines[line - 1]
        for pattern in (_SECRET_SETTING, _SECRET_SHAPE, _SECRET_IN_ADDRESS):
            text = pattern.sub(_stars, text)
        for span in self._masked:
            if span.line == line:
                text = text[: span.column - 1] + "*" * span.length + text[span.column - 1 + span.length :]
        return text

    def _after(self, text: str) -> Span:
        before = _BREAKS.split(text)
        return Span(len(before), len(before[-1]) + 1, 1)


def _stars(found: re.Match[str]) -> str:
    secret = found.group("secret")
    return found.group().removesuffix(secret) + "*" * len(secret)
