"""Which language the request is written in."""

from typing import Protocol

from meritorder.signals.window import Window
from meritorder.types.workload import Reading

_LETTERS_NEEDED = 12
_SAMPLE = 160


class LanguageIdentifier(Protocol):
    """Names the language of a short text: an ISO 639 code and a confidence from 0 to 1."""

    def __call__(self, text: str) -> tuple[str, float]:
        """Identify `text`, which is one line."""
        ...


def language(window: Window, identify: LanguageIdentifier) -> Reading[str]:
    """The language, or `unknown` where there is too little text to tell."""
    sample = window.text[:_SAMPLE].replace("\n", " ")
    if len(sample) < _LETTERS_NEEDED:
        return Reading("unknown", 0.0, "too short to tell")
    code, confidence = identify(sample)
    return Reading(code, round(confidence, 2), f"its first {len(sample)} characters")
