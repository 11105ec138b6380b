"""Numbers of bank accounts and payment cards: the form tells what they may be, the check digits that they are.

The lengths of account numbers are those of the IBAN registry (SWIFT); the first digits of cards are those that their
issuers publish.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.cues import said
from meritorder.signals.privacy.forms.checks import iban, luhn
from meritorder.signals.privacy.kinds import UNCHECKED, Anchor, Reader, Span, regions
from meritorder.signals.privacy.wordlists import lines

_MOST_READ = 512 * 1024

_LENGTHS: Mapping[bytes, int] = {
    country.encode(): int(length)
    for length, _, listed in (line.partition(":") for line in lines("ibans"))
    for country in listed.split()
}
_IBAN = re.compile(rb"(?i)(?<![a-z0-9])[a-z]{2}\d\d(?:[ -]?[a-z0-9]){11,38}")
_SEPARATORS = b" -"


def _ibans(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    left = _MOST_READ
    for start, end in regions(places, 24, 64):
        left -= end - start
        if left < 0:
            yield Span(UNCHECKED, start, len(text))
            return
        at = start
        while found := _IBAN.search(text, at, end):
            at = found.start() + 2
            length = _LENGTHS.get(text[found.start() : at].upper())
            finish = _after(text, found.start(), found.end(), length) if length else 0
            if finish and iban(text[found.start() : finish]) and not text[finish : finish + 1].isalnum():
                yield Span("iban", found.start(), finish)
                at = finish


def _after(text: bytes, start: int, end: int, length: int) -> int:
    """Where so many characters from `start` end, separators aside; 0 where there are fewer before `end`."""
    for place in range(start, end):
        length -= text[place] not in _SEPARATORS
        if not length:
            return place + 1
    return 0


_CARD = re.compile(
    rb"(?<![\d.])(?<!\d[ -])(?:(?:3\d{3}|2131|1800)[ -]?\d{6}[ -]?\d{4,5}"
    rb"|[2-6]\d{3}(?:[ -]?\d{4}){2}(?:[ -]?\d{1,4}(?:[ -]?\d{1,3})?)?)(?!\d)"
)
_ISSUED = re.compile(
    rb"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    rb"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    rb"|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}"  # American Express, Diners
    rb"|35(?:2[89]|[3-8]\d)\d{12,15}|(?:2131|1800)\d{11}"  # JCB
    rb"|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17}"  # Discover, UnionPay
    rb"|220[0-4]\d{12}|(?:50|5[6-8]|6[0-9])\d{10,17}"  # Mir, Maestro
)
_SHORT = 14
"""Digits of cards that only old ones have; many other numbers have them too, so words further off tell those."""

_FEWEST = 13
"""Digits below which only a word for a card before them tells one."""

_BESIDE = 20
"""Bytes before a number in which another word than that for a card has the say."""


def cards(text: bytes, start: int, end: int) -> Iterator[Span]:
    """Numbers of payment cards that begin between two places."""
    for found in _CARD.finditer(text, start, end):
        number = found.group()
        while not _card(number) and b" " in number:
            number = number[: number.rindex(b" ")]  # a number's neighbour may look like its last group
        if _card(number) and not _something_else(text, found.start(), number):
            yield Span("payment_card", found.start(), found.start() + len(number))


def _card(number: bytes) -> bool:
    digits = number.translate(None, _SEPARATORS)
    return luhn(digits) and _ISSUED.fullmatch(digits) is not None


def _something_else(text: bytes, start: int, number: bytes) -> bool:
    """Whether the words before tell another number."""
    told = said(text, start)
    if "card" in told.nearest:
        return False
    if len(number.translate(None, _SEPARATORS)) < _FEWEST:
        return True
    if "thing" not in told.nearest:
        return False
    return len(number) < _SHORT or "thing" in said(text, start, _BESIDE).nearest


READERS: Mapping[str, Reader] = {"iban": _ibans}
ANCHORS = (Anchor("iban", rb"(?i)(?:^|[^a-z0-9])[a-z]{2}\d\d(?:[ -]?[a-z0-9]){10}", along="digits"),)
