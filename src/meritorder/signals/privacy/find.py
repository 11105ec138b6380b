"""Private text: found wherever it stands in a prompt, in time linear in it.

Every pattern has an anchor (an `@` between letters, nine digits with little between them, how keys begin). One pass
finds the anchors of all; the patterns themselves only read their surroundings. So ordinary text costs little. Of
text that is nearly all anchors only so much is read; it is then taken to be as private as can be, rather than cleared
unread. Names are looked for in a bounded number of places instead: a text may be nothing but names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from meritorder.signals.anchors import CUT_SHORT, Anchors
from meritorder.signals.privacy import contact, credentials, health, identity, numbers, payroll, postal, wording
from meritorder.signals.privacy.names import names
from meritorder.signals.privacy.surroundings import Found, Reader, regions
from meritorder.types.caller import PRIVACY_CLASSES, PrivacyClass
from meritorder.types.workload import Privacy, PrivateSpan

UNCHECKED = "more than can be checked"
LEVELS: Mapping[str, PrivacyClass] = {
    "name": "personal",
    "email": "personal",
    "phone": "personal",
    "address": "personal",
    "ip_address": "personal",
    "mac_address": "personal",
    "national_id": "sensitive",
    "passport": "sensitive",
    "iban": "sensitive",
    "payment_card": "sensitive",
    "health": "sensitive",
    "payroll": "sensitive",
    "proprietary": "internal",
    "confidential": "sensitive",
    "credential": "secret",
    "private_key": "secret",
    UNCHECKED: "secret",
}
"""What each kind of span makes of the text that it stands in."""

_RANK = {kind: PRIVACY_CLASSES.index(level) for kind, level in LEVELS.items()}
_MOST_READ = 512 * 1024
"""Bytes around anchors of one kind that are read. A text with more cannot be cleared in bounded time."""
_REACH: Mapping[str, tuple[int, int]] = dict.fromkeys(("wish", "property", "health", "pay"), (72, 72))
"""Bytes before and after the words that anchor wording: less than numbers and keys may take."""
_MODULES = (contact, credentials, health, identity, numbers, payroll, postal, wording)


class Span(Struct, frozen=True):
    """A kind of private text, and where it starts and ends in the bytes of the text."""

    kind: str
    start: int
    end: int


def spans(text: bytes) -> list[Span]:
    """Every private span of UTF-8 `text`, ascending, none overlapping: the more private claims, then the longer."""
    found = [each for each in _found(text) if each[0] != UNCHECKED]
    return [Span(*each) for each in _claimed(found)] if found else []


def privacy(text: bytes) -> Privacy:
    """How private `text` is: UTF-8, plain or as JSON, in which letters may be escaped."""
    found = list(_found(_ESCAPED.sub(_letters, text) if b"\\u" in text else text))
    if not found:
        return _NOTHING
    counts: dict[str, int] = {}
    for kind, _, _ in _claimed([each for each in found if each[0] != UNCHECKED]):
        counts[kind] = counts.get(kind, 0) + 1
    unchecked = sum(each[0] == UNCHECKED for each in found)
    if unchecked:
        counts[UNCHECKED] = unchecked
    level = PRIVACY_CLASSES[max(_RANK[kind] for kind in counts)]
    return Privacy(level, tuple(PrivateSpan(kind, counts[kind]) for kind in sorted(counts)))


_NOTHING = Privacy("public", ())
_ESCAPED = re.compile(rb"(?:\\u[0-9A-Fa-f]{4})+")


def _letters(escapes: re.Match[bytes]) -> bytes:
    """Escaped letters as UTF-8; halves of a pair that stand alone are replaced."""
    units = bytes.fromhex(escapes.group().replace(b"\\u", b"").decode("ascii"))
    return units.decode("utf-16-be", "replace").encode()


def _found(text: bytes) -> Iterator[Found]:
    """Everything private in `text`, in the order of the readers; what overlaps is told twice."""
    places = _ANCHORS.places(text)
    for anchor, readers in _READERS.items() if places else ():
        for read in readers if anchor in places else ():
            yield from _read(text, anchor, places[anchor], read)
    if CUT_SHORT in places:
        yield UNCHECKED, 0, len(text)
    yield from names(text)


def _read(text: bytes, anchor: str, places: Sequence[int], read: Reader) -> Iterator[Found]:
    """What `read` finds around `places`; where those are too many, that is found instead."""
    left = _MOST_READ
    for start, end in regions(places, *_REACH.get(anchor, ())):
        left -= end - start
        if left < 0:
            yield UNCHECKED, start, len(text)
            return
        yield from read(text, start, end)


def _claimed(found: list[Found]) -> list[Found]:
    """Those of `found` that no more private or longer one overlaps, ascending."""
    found.sort(key=lambda each: (-_RANK[each[0]], each[1] - each[2], each[1]))
    taken = bytearray(max((end for _, _, end in found), default=0))
    kept: list[Found] = []
    for each in found:
        _, start, end = each
        if start < end and taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            kept.append(each)
    kept.sort(key=lambda each: each[1])
    return kept


def _readers() -> Mapping[str, tuple[Reader, ...]]:
    """Who reads around each anchor; two modules may share one."""
    readers: dict[str, tuple[Reader, ...]] = {}
    for module in _MODULES:
        for anchor, read in module.READERS.items():
            readers[anchor] = (*readers.get(anchor, ()), read)
    return readers


_READERS = _readers()
_ANCHORS = Anchors([pattern for module in _MODULES for pattern in module.PATTERNS])
