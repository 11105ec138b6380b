"""What the tests of private text share: texts in which something is planted, and what is found there."""

from meritorder.signals.privacy.find import spans

AROUND = ("{}", "see {}, thanks", "({})", "\n{}\n", "x: {}.", '{{"a": "{}"}}')
"""Ordinary text around what is planted."""


def found(text: str) -> list[tuple[str, str]]:
    """Kind and text of each private span."""
    read = text.encode()
    return [(span.kind, read[span.start : span.end].decode()) for span in spans(read)]


def of(kind: str, text: str) -> list[str]:
    """The spans of one kind."""
    return [private for each, private in found(text) if each == kind]
