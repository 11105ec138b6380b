"""Private text: found wherever it stands in a prompt, in time linear in it.

Every pattern has an anchor (an `@` between letters, nine digits with little between them, how keys begin).
One pass finds the anchors of all; the patterns themselves only read their surroundings. So ordinary text costs
little. Of text that is nearly all anchors only so much is read; it is then taken to be as private as can be,
rather than cleared unread. Cards and account numbers count if their check digits do.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from meritorder.signals.anchors import CUT_SHORT, Anchors
from meritorder.types.caller import PRIVACY_CLASSES, PrivacyClass
from meritorder.types.workload import Privacy, PrivateSpan

LEVELS: Mapping[str, PrivacyClass] = {
    "email": "personal",
    "phone": "personal",
    "national_id": "sensitive",
    "payment_card": "sensitive",
    "iban": "sensitive",
    "credential": "secret",
    "private_key": "secret",
    "confidential": "sensitive",
    "more than can be checked": "secret",
}
"""What each kind of span makes of the text that it stands in."""

_BEFORE, _AFTER = 64, 200
"""Bytes read around an anchor: no match is longer than what lies before it and this."""

_EMAIL = re.compile(rb"[\w.+\x80-\xff-]{1,40}@(?:[\w\x80-\xff-]{1,40}\.){1,4}[A-Za-z]{2,12}")
_SSN = re.compile(rb"(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\d-])")
_CARD = re.compile(rb"(?<!\d)[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,4}(?:[ -]?\d{1,3})?(?!\d)")
_IBAN = re.compile(rb"(?<![A-Z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])")
_PHONE = re.compile(
    rb"(?<![\w.])(?:\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{1,4}(?:[ -]?\d{2,4}){2,4}"
    rb"|\(?\d{3}\)?[ .-]\d{3}[.-]\d{4})(?!\d)"
)
_CREDENTIAL = re.compile(
    rb"(?<![A-Za-z0-9])(?:[sr]k[-_](?:ant-|proj-|or-|live_|test_)?[A-Za-z0-9_-]{20,}|A[KS]IA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}"
    rb"|github_pat_\w{30,}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[\w-]{35}|glpat-[\w-]{20,}|(?:gsk|hf|npm|pypi|dop_v1|xai)[-_][\w-]{20,}"
    rb"|(?<![\w-])eyJ[\w-]{10,}+\.eyJ[\w-]{10,})"
)
_PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]{0,24}PRIVATE KEY")
_WISHES = rb"confidential|vertraulich|confidentiel|under nda|do not share|do not forward|do not send this outside"
# Every contract has its clause on confidential information; that is no wish about this text.
_CONFIDENTIAL = re.compile(rb"\b(?:%b)\b(?! (?:information|computing))" % _WISHES, re.IGNORECASE)
_MOST_READ = 512 * 1024
"""Bytes around anchors of one kind that are read. A text with more cannot be cleared in bounded time."""
UNCHECKED = "more than can be checked"

Reader: TypeAlias = "Callable[[bytes, int, int], Iterator[Span]]"
"""Finds the spans between two places of a text."""


class Span(Struct, frozen=True):
    """Private text of one kind: from where to where it goes in the bytes that were read."""

    kind: str
    start: int
    end: int


def privacy(text: bytes) -> Privacy:
    """How private UTF-8 `text` is, and how often each kind of private text stands in it."""
    counts: dict[str, int] = {}
    for span in spans(text):
        counts[span.kind] = counts.get(span.kind, 0) + 1
    if not counts:
        return _NOTHING
    level = PRIVACY_CLASSES[max(PRIVACY_CLASSES.index(LEVELS[kind]) for kind in counts)]
    return Privacy(level, tuple(PrivateSpan(kind, counts[kind]) for kind in sorted(counts)))


_NOTHING = Privacy("public", ())


def spans(text: bytes) -> list[Span]:
    """Every private span in UTF-8 `text`, in the order of where they begin."""
    places = _ANCHORS.places(text)
    if not places:
        return []
    found = [
        span for anchor, read in _READERS.items() if anchor in places for span in _found(text, places[anchor], read)
    ]
    if CUT_SHORT in places:
        found.append(Span(UNCHECKED, 0, len(text)))
    return sorted(found, key=_start)


def _start(span: Span) -> int:
    return span.start


def _found(text: bytes, places: Sequence[int], read: Reader) -> Iterator[Span]:
    """What `read` finds around `places`; where those are too many, that is found instead."""
    left = _MOST_READ
    for start, end in _regions(places):
        left -= end - start
        if left < 0:
            yield Span(UNCHECKED, start, len(text))
            return
        yield from read(text, start, end)


def _matches(kind: str, pattern: re.Pattern[bytes]) -> Reader:
    """A reader of what one pattern finds."""

    def read(text: bytes, start: int, end: int) -> Iterator[Span]:
        for found in pattern.finditer(text, start, end):
            yield Span(kind, found.start(), found.end())

    return read


def _regions(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where to look: the surroundings of each place (they ascend), those that overlap joined into one."""
    start, end = max(0, places[0] - _BEFORE), places[0] + _AFTER
    for place in places:
        if place > end + _BEFORE:
            yield start, end
            start = place - _BEFORE
        end = place + _AFTER
    yield start, end


def _numbers(text: bytes, start: int, end: int) -> Iterator[Span]:
    """Numbers with a meaning; what one pattern has claimed is not read again as a lesser one."""
    claimed = bytearray(end - start)
    for kind, pattern, valid in _NUMBERS:
        for found in pattern.finditer(text, start, end):
            number = found.group()
            while not valid(number) and b" " in number:
                number = number[: number.rindex(b" ")]  # a number's neighbour may look like its last group
            span = slice(found.start() - start, found.start() - start + len(number))
            if valid(number) and not any(claimed[span]):
                claimed[span] = b"1" * len(number)
                yield Span(kind, found.start(), found.start() + len(number))


def luhn(number: bytes) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1, annex B)."""
    digits = [byte - 48 for byte in number if 48 <= byte <= 57]
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def iban(number: bytes) -> bool:
    """The check digits of a bank account number (ISO 13616: mod 97 is 1)."""
    compact = number.replace(b" ", b"").decode("ascii")
    if not 15 <= len(compact) <= 34:
        return False
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def _always(_number: bytes) -> bool:
    return True


_NUMBERS: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bool]], ...] = (
    ("iban", _IBAN, iban),
    ("payment_card", _CARD, luhn),
    ("national_id", _SSN, _always),
    ("phone", _PHONE, _always),
)

_READERS: Mapping[str, Reader] = {
    "at": _matches("email", _EMAIL),
    "digits": _numbers,
    "credential": _matches("credential", _CREDENTIAL),
    "key": _matches("private_key", _PRIVATE_KEY),
    "wish": _matches("confidential", _CONFIDENTIAL),
}
_NAMED_KEYS = (
    rb"(?:[sr]k[-_]|glpat-|(?:gsk|hf|npm|pypi|dop_v1|xai)[-_])[\w-]{20}|A[KS]IA[0-9A-Z]{16}"
    rb"|(?:gh[pousr]_|github_pat_)\w{30}|xox[abprs]-[\w-]{10}|AIza[\w-]{35}|eyJ[\w-]{10}"
)
_ANCHORS = Anchors(
    (
        ("at", rb"[\w.+\x80-\xff-]@[\w\x80-\xff-]"),
        # Nine digits, at their end: fewer in a row, separators aside, and no number looked for here can be there.
        ("digits", rb"\d(?:[ .()/-]{0,3}\d){8,}(?:\D|\z)"),
        ("credential", _NAMED_KEYS),
        ("key", rb"-----BEGIN "),
        ("wish", rb"(?i)" + _WISHES),
    )
)
