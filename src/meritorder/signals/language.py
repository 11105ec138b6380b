"""Which language the request is written in."""

from typing import Protocol

from meritorder.signals.window import Window
from meritorder.types.workload import Reading

_LETTERS_NEEDED = 12
_SAMPLE = 80

_PLAIN_ENGLISH = "the of and to are that this it for with you your what how please which from not have can my"
_ENGLISH = frozenset(_PLAIN_ENGLISH.split())
_WORDS = 24
_AT_LEAST = 3
_ENOUGH = 0.3
"""Share of plain English words among the first ones: with as many, no identifier has to be asked."""


class LanguageIdentifier(Protocol):
    """Names the language of a short text: an ISO 639 code and a confidence from 0 to 1."""

    def __call__(self, text: str) -> tuple[str, float]:
        """Identify `text`, which is one line."""
        ...


def language(window: Window, identify: LanguageIdentifier) -> Reading[str]:
    """The language, or `unknown` where there is too little text to tell."""
    first = window.words[:_WORDS]
    plain = [word for word in first if word in _ENGLISH]
    if len(plain) >= max(_AT_LEAST, _ENOUGH * len(first)):
        return Reading("en", 0.95, f"“{plain[0]}”, “{plain[-1]}” among its first words")
    sample = window.text[:_SAMPLE].replace("\n", " ")
    if len(sample) < _LETTERS_NEEDED:
        return Reading("unknown", 0.0, "too short to tell")
    code, confidence = identify(sample)
    return Reading(code, round(confidence, 2), f"its first {len(sample)} characters")
