"""Telephone numbers: by the groups in which some country writes them, or after a word for the telephone."""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.cues import said
from meritorder.signals.privacy.kinds import Anchor, Reader, Span

_DASH = rb"\xe2\x80[\x90-\x93]"
_NUMBER = re.compile(
    rb"(?<![\w@#=&%$*])(?<![\d.,:/+-][.:/-])(?<![\xe2\xc2][\x80-\xff])\+?[ ]?\(?\d(?:(?:[ .()/-]|"
    + _DASH
    + rb"){0,3}\d){6,19}"
    rb"(?:[ ]?(?:x|ext\.?|extn\.?)[ ]?\d{1,5})?(?![\w@%])(?![-.,:/]\d)"
)
_GROUPS = re.compile(rb"\d+")
_DATE = re.compile(
    rb"(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ][0-3]?\d(?!\d)|[0-3]?\d[-./][0-3]?\d[-./](?:19"
    rb"|20)?\d\d(?!\d)(?! ?\d\d \d\d)"
)
_FEWEST, _MOST = 8, 15
"""Digits of a number as dialled from abroad (ITU-T E.164), and the fewest without a word that tells it."""
_COUNTRIES = frozenset(
    b"1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81"
    b" 82 84 86"
    b" 90 91 92 93 94 95 98".split()
)
"""Calling codes of one or two digits; all others have three."""
_THREE = re.compile(rb"2[1-69]\d|3[578]\d|42\d|5[09]\d|6[7-9]\d|8[058]\d|9[679]\d")


def phones(text: bytes, start: int, end: int) -> Iterator[Span]:
    """Telephone numbers that begin between two places."""
    for found in _NUMBER.finditer(text, start, end):
        begins, number = found.start(), found.group()
        begins += len(number) - len(number.lstrip())
        number = number.lstrip()
        if _is_phone(text, begins, number):
            yield Span("phone", begins, found.end())


def _is_phone(text: bytes, start: int, number: bytes) -> bool:
    groups = _GROUPS.findall(re.split(rb"[xe]", number)[0])
    digits = b"".join(groups)
    if len(digits) > _MOST or _DATE.match(number) or len(set(digits)) < 3 or _quad(number, groups):
        return False
    if number[:1] == b"+":
        return len(digits) >= _FEWEST and _country(digits)
    told = said(text, start).nearest
    if "phone" in told or "thing" in told or "card" in told:
        return "phone" in told
    called = "talk" in told and (len(groups) > 1 or digits[:1] == b"0") and len(digits) >= _FEWEST
    return called or _dialled(number, groups, digits)


def _country(digits: bytes) -> bool:
    """Whether these begin with a country's calling code."""
    return digits[:1] in {b"1", b"7"} or digits[:2] in _COUNTRIES or _THREE.match(digits) is not None


def _quad(number: bytes, groups: Sequence[bytes]) -> bool:
    return len(groups) == 4 and number.count(b".") == 3 and all(len(group) <= 3 for group in groups)


_PLAUSIBLE = re.compile(rb"(?:[2-5],)(?:[2-8],){1,4}")


def _dialled(number: bytes, groups: Sequence[bytes], digits: bytes) -> bool:
    """Whether the groups are those of a number as it is dialled inside some country."""
    if len(groups) < 2 or not _FEWEST <= len(digits) <= _MOST:
        return False
    shape = b"".join(b"%d," % len(group) for group in groups)
    if digits[:2] == b"00":
        return len(digits) >= 11 and _country(digits[2:]) and digits[:3] != b"000"
    if number[:1] == b"(":
        return len(digits) <= 12 and (shape != b"3,3,4," or _american(groups)) and 2 <= len(groups[0]) <= 5
    if digits[:1] == b"0":
        return 9 <= len(digits) <= 12 and _PLAUSIBLE.fullmatch(shape) is not None and not _decimal(number, groups)
    return _by_shape(number, groups, shape)


def _by_shape(number: bytes, groups: Sequence[bytes], shape: bytes) -> bool:
    """Whether numbers in groups of these sizes are dialled so somewhere."""
    digits = groups[0]
    match shape:
        case b"1,3,3,4,":
            return digits == b"1" and _american(groups[1:])
        case b"3,3,4,":
            return _american(groups)
        case b"3,2,2,2,":
            return digits[:1] in b"6789" and b"." not in number
        case b"3,4,4,":
            return digits[:1] == b"1" and digits[1:2] in b"3456789"
        case b"2,4,4,":
            return digits[:2] in {b"55", b"33", b"81"}
        case b"2,5,4,":
            return groups[1][:1] == b"9" and number[-5:-4] == b"-"
        case _:
            return False


def _american(groups: Sequence[bytes]) -> bool:
    """Area code and exchange do not begin with 0 or 1 (North American Numbering Plan)."""
    return groups[0][:1] in b"23456789" and groups[1][:1] in b"23456789"


def _decimal(number: bytes, groups: Sequence[bytes]) -> bool:
    return b"." in number and len(groups) != 5


_SHORTLY = re.compile(rb"[ :.=\"'#-]{1,5}(?:[a-z\xc3\xa9]{2,6}[ :.=\"]{1,3}){0,2}[+(]?\d[\d ().-]{5}")


def _labelled(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Short numbers after a word for the telephone."""
    for place in places:
        near = _SHORTLY.match(text, place)
        if near:
            yield from phones(text, near.start(), near.end() + 14)


READERS: Mapping[str, Reader] = {"telephone": _labelled}
_LABELS = [
    "phone",
    "telefon",
    "teléfono",
    "telefone",
    "mobile",
    "mobil:",
    "móvil",
    "whatsapp",
    "tel:",
    "tel.",
    "tél.",
    "telephone",
    "handy",
    "cell",
    "cel:",
    "celular",
    "fax",
    "电话",
    "手机",
    "電話",
]
ANCHORS = tuple(Anchor("telephone", b"(?i)" + word.replace(".", "\\.").encode()) for word in _LABELS)
