"""Payment cards and bank accounts: they count if their check digits do."""

import re
from collections.abc import Callable, Iterator

from meritorder.signals.privacy.surroundings import Found, Readers

_CARD = re.compile(
    rb"(?<![\w-])(?<!\d[.,])(?:3[47]\d\d([ -])\d{6}\1\d{5}|3[0689]\d\d([ -])\d{6}\2\d{4}"
    rb"|[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,4}(?:[ -]?\d{1,3})?)(?![\w])"
)
_ISSUED = re.compile(
    rb"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|5[06-8]\d{11,17}|2[2-7]\d{14,17}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,16}"
    rb"|35\d{14,17}|6\d{15,18}"
)
"""How the numbers of the networks begin, and how long they are: Visa, Mastercard, Maestro, Mir, Amex, Diners, JCB, …"""
_IBAN = re.compile(rb"(?<![A-Z0-9])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])")


def _numbers(text: bytes, start: int, end: int) -> Iterator[Found]:
    """Numbers with their check digits, each without the neighbours that look like its last groups."""
    for kind, pattern, valid in _NUMBERS:
        for found in pattern.finditer(text, start, end):
            number = found.group()
            while not valid(number) and b" " in number:
                number = number[: number.rindex(b" ")]
            if valid(number):
                yield kind, found.start(), found.start() + len(number)


def card(number: bytes) -> bool:
    """Whether this is how a network numbers its cards; separators are left aside."""
    return _ISSUED.fullmatch(number.replace(b" ", b"").replace(b"-", b"")) is not None and luhn(number)


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


_NUMBERS: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bool]], ...] = (
    ("iban", _IBAN, iban),
    ("payment_card", _CARD, card),
)
READERS: Readers = {"digits": _numbers}
PATTERNS = (
    # Nine digits, at their end: fewer in a row, separators aside, and few numbers looked for can be there.
    ("digits", rb"\d(?:[ .()/-]{0,3}\d){8,}(?:\D|\z)"),
)
