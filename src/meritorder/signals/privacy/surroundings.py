"""What the readers of private text share: they are shown the surroundings of anchors, and tell what they find."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

Found: TypeAlias = tuple[str, int, int]
"""A kind of private text, and where it starts and ends."""
Reader: TypeAlias = Callable[[bytes, int, int], Iterator[Found]]
"""Finds private text between two offsets of a text; may look at what is around them."""
Readers: TypeAlias = Mapping[str, Reader]

BEFORE, AFTER = 64, 200
"""Bytes read around an anchor: no match is longer than what lies before it and this."""


def regions(places: Sequence[int], before: int = BEFORE, after: int = AFTER) -> Iterator[tuple[int, int]]:
    """Where to look: the surroundings of each place (they ascend), those that overlap joined into one."""
    start, end = max(0, places[0] - before), places[0] + after
    for place in places:
        if place > end + before:
            yield start, end
            start = place - before
        end = place + after
    yield start, end


def utf8(pattern: str) -> re.Pattern[bytes]:
    """A pattern over UTF-8, in which letters that are not ASCII are word characters too; a class may not name any."""
    return re.compile(_WORD_CHARACTER.sub(_with_bytes, pattern).encode("latin-1"))


_WORD_CHARACTER = re.compile(r"(\[[^\]\\]*)\\w|\\w|[^\x00-\x7f]+")


def _with_bytes(found: re.Match[str]) -> str:
    r"""What stands for `\w` where bytes are read, and for letters that several bytes make up."""
    if not found.group().endswith("w") or not found.group().isascii():
        return found.group().encode().decode("latin-1")
    opened = found.group(1)
    return r"[\w\x80-\xff]" if opened is None else rf"{opened}\w\x80-\xff"


def words(listed: str) -> frozenset[bytes]:
    """The words of a list, as they stand in UTF-8."""
    return frozenset(word.encode() for word in listed.split())


def phrases(listed: str) -> frozenset[bytes]:
    """The same of phrases, with a comma between two."""
    return frozenset(" ".join(phrase.split()).encode() for phrase in listed.split(","))


def cued(cue: re.Pattern[bytes], text: bytes, start: int, reach: int = 48) -> bool:
    """Whether `cue` stands shortly before `start`, in the same paragraph."""
    return cue.search(text, max(text.rfind(b"\n\n", 0, start), start - reach, 0), start) is not None
