"""The words before a number that tell what it is."""

import re

from msgspec import Struct

from meritorder.signals.privacy.wordlists import groups

_CUES = groups("numbers")
_IDEOGRAPHS = groups("ideographs")
_WORDS = re.compile(rb"[A-Z]?[a-z\x80-\xff]+|[A-Z]+(?![a-z\x80-\xff])|\n\s*\n|[.;!?]\s(?=[A-Z])|\n")
_NOTHING: frozenset[str] = frozenset()
_REACH = 56


class Said(Struct, frozen=True):
    """What words say of the number after them: groups of `terms/numbers.txt`."""

    nearest: frozenset[str]
    anywhere: frozenset[str]


_SILENCE = Said(_NOTHING, _NOTHING)


def said(text: bytes, place: int, reach: int = _REACH) -> Said:
    """What the words before `place` say, within `reach` bytes and the same paragraph: the nearest telling one, and all.

    That a number is that of a thing has to be said in its own sentence and line.
    """
    before = text[max(0, place - reach) : place]
    nearest = anywhere = _NOTHING
    ended = False
    for word in reversed(_WORDS.findall(before)):
        if word.count(b"\n") > 1:
            break
        if word[:1] in b".;!?\n":
            ended = True
            continue
        groups_of = _CUES.get(word.lower())
        if groups_of is not None and not (ended and "thing" in groups_of):
            nearest, anywhere = nearest or groups_of, anywhere | groups_of
    if not before.isascii():
        for term, groups_of in _IDEOGRAPHS.items():
            if term in before:
                nearest, anywhere = nearest or groups_of, anywhere | groups_of
    return Said(nearest, anywhere) if anywhere else _SILENCE


def is_telling(word: bytes) -> bool:
    """Whether a word says what a number is."""
    return word.lower() in _CUES
