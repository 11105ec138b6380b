"""Which language and script the request is written in."""

from collections import Counter
from typing import Protocol

from meritorder.types.workload import Language

_LETTERS_NEEDED = 12
_SAMPLE = 80

_PLAIN_ENGLISH = "the of and to are that this it for with you your what how please which from not have can my"
_ENGLISH = frozenset(_PLAIN_ENGLISH.split())
_WORDS = 24
_WITHIN = 200
"""Characters from the start among which the first words are."""
_AT_LEAST = 3
_ENOUGH = 0.3
"""Share of plain English words among the first ones: with as many, no identifier has to be asked."""

_SCRIPTS = (
    (0x0041, 0x024F, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x3040, 0x30FF, "Jpan"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xAC00, 0xD7A3, "Kore"),
)
"""Code points of the scripts that most is written in, and their names in ISO 15924."""


class LanguageIdentifier(Protocol):
    """Names the language of a short text: an ISO 639 code and a confidence from 0 to 1."""

    def __call__(self, text: str) -> tuple[str, float]:
        """Identify `text`, which is one line."""
        ...


def language(text: str, identify: LanguageIdentifier) -> Language:
    """The language, or `unknown` where there is too little text to tell."""
    first = text[:_WITHIN].lower().split(maxsplit=_WORDS)[:_WORDS]
    plain = [word for word in first if word in _ENGLISH]
    if len(plain) >= max(_AT_LEAST, _ENOUGH * len(first)):
        return Language("en", 0.95, f"“{plain[0]}”, “{plain[-1]}” among its first words", "Latn")
    sample = " ".join(text[: 4 * _SAMPLE].split())[:_SAMPLE]
    named = script(sample)
    if len(sample.encode(errors="ignore")) < _LETTERS_NEEDED or named == "Zyyy":
        return Language("unknown", 0.0, "too short to tell", named)
    code, confidence = identify(sample)
    return Language(code, round(confidence, 2), f"its first {len(sample)} characters", named)


def script(text: str) -> str:
    """The script of most letters of `text`, `Zyyy` (common) where there are none. Kana make ideographs Japanese."""
    counts = Counter(_script(character) for character in text if character.isalpha())
    if not counts:
        return "Zyyy"
    return "Jpan" if counts["Jpan"] and counts["Hani"] else counts.most_common(1)[0][0]


def _script(letter: str) -> str:
    point = ord(letter)
    return next((name for start, end, name in _SCRIPTS if start <= point <= end), "Zzzz")
