"""Collects what is found wrong in one document, so that all of it is said at once."""

from collections.abc import Iterable

from meritorder.config.diagnose import Diagnostic, Severity, listed, nearest, word
from meritorder.config.source import EVERYWHERE, Source, Span

MOST = 100
"""Problems beyond this many are counted, not described: nobody reads them, and a hostile file has millions."""


class Findings:
    """The problems of one source, in the order of the text."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[Diagnostic, None] = {}
        self._dropped = 0
        self.failed = False

    def error(self, code: str, span: Span, message: str, mend: str = "") -> None:
        """Something that keeps the document from being put in force. `mend` says what to do about it."""
        self.failed = True
        self._add("error", code, span, message, mend)

    def warning(self, code: str, span: Span, message: str, mend: str = "") -> None:
        """Something that works, but probably not as it was meant."""
        self._add("warning", code, span, message, mend)

    def unknown(self, code: str, span: Span, what: str, wrong: str, known: Iterable[str]) -> None:
        """A name that nothing bears: `what` says of what kind, `known` are the names there are."""
        names = list(known)
        close = nearest(wrong, names) if len(self._found) < MOST else ""
        mend = f"did you mean {word(close)}?" if close else ""
        if not mend:
            mend = f"it can be {listed(sorted(names))}" if names else f"the document has no {what}"
        self.error(code, span, f"unknown {what} {word(wrong)}", mend)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All of them, from the top of the file down."""
        found = sorted(self._found, key=lambda each: (each.line, each.column, each.severity))
        if self._dropped:
            message = f"{self._dropped} more problems are not shown"
            found.append(self._diagnostic("error", "C-009", EVERYWHERE, message, "mend those above first"))
        return tuple(found)

    def _add(self, severity: Severity, code: str, span: Span, message: str, mend: str) -> None:
        if len(self._found) >= MOST:
            self._dropped += 1
        else:
            self._found[self._diagnostic(severity, code, span, message, mend)] = None

    def _diagnostic(self, severity: Severity, code: str, span: Span, message: str, mend: str) -> Diagnostic:
        shown = self._source.shown(span.line)
        return Diagnostic(self._source.name, span.line, span.column, span.length, severity, code, message, mend, shown)
