"""Numbers by which states know people: the form tells which one it may be, check digits or a word before it that it is.

A form is written with `9` for a digit and `A` for a capital. A number in the form and the groups of one scheme alone
needs no word before it; one that could be anything does.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from meritorder.signals.privacy.cues import Said, said
from meritorder.signals.privacy.forms import checks, numbers
from meritorder.signals.privacy.forms import phones as telephones
from meritorder.signals.privacy.kinds import UNCHECKED, Anchor, Reader, Span, regions

_Form: TypeAlias = tuple[str, Callable[[str], bool], bool]
"""The scheme's name among the groups of `terms/numbers.txt`, its check, and whether a word has to tell it."""

_SCHEMES: tuple[tuple[str, Callable[[str], bool], str, str], ...] = (
    ("ssn", checks.ssn, "999-99-9999", "999999999|999 99 9999|999.99.9999"),
    ("ssn", checks.itin, "999-99-9999", "999999999|999 99 9999"),
    ("nino", checks.nino, "AA 99 99 99 A|AA999999A|AA-99-99-99-A|AA 999999 A", ""),
    ("nhs", checks.nhs, "", "999 999 9999|9999999999|999-999-9999"),
    ("idnr", checks.idnr, "99 999 999 999", "99999999999|99/999/999/999|999 999 999 99|999 9999 9999|99 999999999"),
    ("pension", checks.pension, "99 999999 A 999|99999999A999", "99 999999 A999"),
    ("nir", checks.nir, "9 99 99 99 999 999 99|999999999999999|9 99 99 9A 999 999 99", ""),
    ("nir", checks.nir, "9999999999999 99", "9 99 99 99 999 999|9999999999999|999999A99999999|9-99-99-99-999-999-99"),
    ("dni", checks.dni, "99999999A|99999999-A|99.999.999-A|99.999.999A", "99999999 A|99.999.999 A"),
    ("dni", checks.nie, "A9999999A|A-9999999-A|A9999999-A|A-9999999A", "A 9999999 A"),
    ("cf", checks.codice_fiscale, "AAAAAA99A99A999A|AAA AAA 99A99 A999A", ""),
    ("bsn", checks.bsn, "9999.99.999", "999999999|99999999|999 999 999|999-999-999|9999 99 999|999.999.999"),
    ("aadhaar", checks.aadhaar, "9999 9999 9999", "999999999999|9999-9999-9999"),
    ("pan", checks.pan, "AAAPA9999A", "AAAAA9999A"),
    ("resident", checks.resident, "999999999999999999|99999999999999999A", ""),
    ("cpf", checks.cpf, "999.999.999-99", "99999999999|999999999-99|999 999 999 99"),
    ("pesel", checks.pesel, "", "99999999999"),
    ("sin", checks.sin, "", "999 999 999|999999999|999-999-999"),
    ("tfn", checks.tfn, "", "999 999 999|999999999|999-999-999"),
    ("nif", checks.nif, "", "999 999 999|999999999|999.999.999"),
    ("belgian", checks.belgian, "99.99.99-999.99|99.99.99-999-99", "99999999999|99 99 99 999 99|999999-999-99"),
    ("ahv", checks.ahv, "999.9999.9999.99", "9999999999999|999 9999 9999 99"),
    ("austrian", checks.austrian, "", "9999 999999|9999999999|9999-999999|9999/999999"),
    ("pnr", checks.personnummer, "99999999-9999|999999-9999|999999+9999", "999999999999|9999999999|999999 9999"),
    ("cpr", checks.cpr, "", "999999-9999|9999999999|999999 9999"),
    ("fnr", checks.norwegian, "999999 99999", "99999999999"),
    ("hetu", checks.hetu, "999999-999A|999999A999A|999999A9999", "999999-9999"),
    ("pps", checks.pps, "", "9999999A|9999999AA"),
    ("za", checks.south_african, "", "9999999999999|999999 9999 999|999999 9999 99 9"),
    ("turkish", checks.turkish, "", "99999999999"),
    ("cnp", checks.cnp, "", "9999999999999"),
    ("egn", checks.egn, "", "9999999999"),
    ("amka", checks.amka, "", "99999999999"),
    ("israeli", checks.israeli, "", "999999999|99999999-9"),
    ("rrn", checks.korean, "999999-9999999", ""),
    ("curp", checks.curp, "AAAA999999AAAAAAA9|AAAA999999AAAAAA99", ""),
    ("cc", checks.cartao, "99999999 9 AA9|999999999AA9", ""),
    ("rut", checks.rut, "99.999.999-9|9.999.999-9|99.999.999-A|9.999.999-A", "99999999-9|9999999-9|99999999-A"),
    ("thai", checks.thai, "9-9999-99999-99-9", "9999999999999|9 9999 99999 99 9"),
    ("nric", checks.nric, "A9999999A", ""),
    ("mynumber", checks.my_number, "", "9999 9999 9999|999999999999|9999-9999-9999"),
    ("czech", checks.czech, "", "999999/9999|9999999999"),
)
_LETTERS = bytes.maketrans(b"012345678ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"9" * 9 + b"A" * 26)
_SEPARATORS = str.maketrans("", "", " .-/+")


def _forms() -> Mapping[bytes, tuple[_Form, ...]]:
    """What a number in each form may be."""
    forms: dict[bytes, tuple[_Form, ...]] = {}
    for name, valid, alone, told in _SCHEMES:
        for shapes, needs_word in ((alone, False), (told, True)):
            for shape in filter(None, shapes.split("|")):
                key = shape.replace("P", "A").encode()
                forms[key] = (*forms.get(key, ()), (name, valid, needs_word or (name == "pan" and "P" not in shape)))
    return forms


_FORMS = _forms()
_LONGEST = max(map(len, _FORMS))
_MOST_GROUPS = 1 + max(shape.count(b" ") for shape in _FORMS)
_GROUP = re.compile(rb"(?<![A-Za-z0-9_\xc3])[A-Z0-9]{1,20}+(?:[./+-][A-Z0-9]{1,20}+){0,5}+(?![A-Za-z0-9_\xc3])")
_GOES_ON = re.compile(rb"[-./:]\d| \d{4}(?!\d)")
_CAME_BEFORE = re.compile(rb"[\d.][-.,/:+]\Z|[-./#$+]\Z|\d,\Z")
_MOST_READ = 512 * 1024


def _digits(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Payment cards, identity numbers and telephone numbers around runs of digits."""
    left = _MOST_READ
    for start, end in regions(places, 40, 12):
        left -= end - start
        if left < 0:
            yield Span(UNCHECKED, start, len(text))
            return
        yield from numbers.cards(text, start, end)
        yield from _known_in(text, start, end)
        yield from telephones.phones(text, start, end)


def _identities(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    for start, end in regions(places, 32, 8):
        yield from _known_in(text, start, end)
        yield from _lettered(text, start, end)


def _known_in(text: bytes, start: int, end: int) -> Iterator[Span]:
    """Numbers of one group or of several with a space between; the longest that is one counts."""
    groups = [group.span() for group in _GROUP.finditer(text, start, end)]
    reached = start
    for place, (begins, _) in enumerate(groups):
        if begins < reached:
            continue
        last = place
        while last + 1 < len(groups) and last - place < _MOST_GROUPS and _follows(text, groups, last):
            last += 1
        for each in range(last, place - 1, -1):
            finish = groups[each][1]
            if finish - begins <= _LONGEST and _known(text, begins, finish):
                yield Span("national_id", begins, finish)
                reached = finish
                break


def _follows(text: bytes, groups: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether the group after the one at `place` is one space away from it."""
    ends, begins = groups[place][1], groups[place + 1][0]
    return begins == ends + 1 and text[ends : ends + 1] == b" "


def _known(text: bytes, start: int, end: int) -> bool:
    """Whether the number between is one that some state has given to a person."""
    number = text[start:end]
    forms = _FORMS.get(number.translate(_LETTERS))
    if forms is None or _GOES_ON.match(text, end) or _CAME_BEFORE.search(text, max(0, start - 2), start):
        return False
    told: Said | None = None
    bare = number.decode("ascii").translate(_SEPARATORS)
    for name, valid, needs_word in forms:
        told = told or said(text, start)
        by_name = name in told.anywhere or (needs_word and "any" in told.anywhere and name not in _COMMON)
        if "thing" in told.nearest or ("phone" in told.nearest and name not in told.anywhere and needs_word):
            return False
        if (by_name or not needs_word) and valid(bare):
            return True
    return False


_COMMON = frozenset(("nhs", "bsn", "sin", "tfn", "nif", "israeli", "cpr", "austrian"))
"""Schemes whose check lets one number in ten pass: `id` before a number says too little."""

_MIXED_CASE = re.compile(rb"(?<![A-Za-z0-9])([a-z]{6}\d\d[a-ehlmprst]\d\d[a-z]\d{3}[a-z])(?![A-Za-z0-9])")
_BRACKETED = re.compile(rb"(?<![A-Za-z0-9])[A-Z]{1,2}\d{6} ?\([0-9A]\)")
_BRACKETS = str.maketrans("", "", "() ")


def _lettered(text: bytes, start: int, end: int) -> Iterator[Span]:
    """Italian tax numbers in small letters, and identity numbers of Hong Kong with their check digit in brackets."""
    for found in _MIXED_CASE.finditer(text, start, end):
        if checks.codice_fiscale(found.group(1).decode("ascii").upper()):
            yield Span("national_id", found.start(1), found.end(1))
    for found in _BRACKETED.finditer(text, start, end):
        if checks.hkid(found.group().decode("ascii").translate(_BRACKETS)):
            yield Span("national_id", found.start(), found.end())


_ID_CARD = re.compile(rb"(?<![A-Za-z0-9])([CFGHJ-NPRTV-Z][0-9CFGHJ-NPRTV-Z]{8}\d?)(?:<*[A-Z<]{0,3})?(?![A-Za-z0-9])")


def _id_cards(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Numbers of German identity cards, after the word for one."""
    for place in places:
        found = _ID_CARD.search(text, place, place + 48)
        if (
            found
            and not _PASSPORT_WORD.search(text, place, found.start())
            and checks.document(found.group(1).decode("ascii"))
        ):
            yield Span("national_id", found.start(1), found.end(1))


_PASSPORT_WORD = re.compile(rb"(?i)\n.{0,24}pass")
_PASSPORT = re.compile(
    rb"(?<![A-Za-z0-9@/._-])((?=[A-Z]{0,4}\d)[A-Z0-9]{6,9}|[A-Z]{1,3}[ -]?\d{6,8}|\d\d \d\d \d{6})"
    rb"(?![A-Za-z0-9@]|[-.:/]\d)"
)
_GERMAN = re.compile(
    rb"[^A-Za-z0-9\n]{0,3}(?:(?:Nr|nummer"
    rb"|no)\.?[^A-Za-z0-9\n]{1,3})?([CFGHJ-NPRTV-Z][0-9CFGHJ-NPRTV-Z]{8})(?![A-Za-z0-9])"
)
_ZONE = re.compile(rb"P[A-Z<][A-Z][A-Z<]{26,41}\s{1,3}[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{2,16}")
_LEAST_DIGITS = 4
_NEAR, _NEXT = 44, 64
"""Bytes after the word for a passport in which its number stands, and after that one in which another does; right on
the next line only one of the same form."""


def _passports(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """What looks like a passport's number shortly after the word; a word or a year does not."""
    reached = 0
    for place in places:
        serial = _GERMAN.match(text, place, place + _NEAR)
        if serial and checks.document(serial.group(1).decode("ascii")):
            yield Span("passport", *serial.span(1))
            reached = serial.end()
        at, reach = max(place, reached), place + _NEAR
        form = serial.group(1).translate(_LETTERS) if serial and reached == serial.end() else b""
        while found := _PASSPORT.search(text, at, min(reach, _line_end(text, at, reach))):
            number, between = found.group(1), text[at : found.start()]
            at = found.end()
            elsewhere = b"\n" in between and not _LOWER.search(between)
            if form and elsewhere and number.translate(_LETTERS) != form:
                break
            if sum(byte < 58 for byte in number) >= _LEAST_DIGITS and not _YEARS.fullmatch(number):
                yield Span("passport", found.start(1), at)
                reach, form = at + _NEXT, number.translate(_LETTERS)
        reached = at


_LOWER = re.compile(rb"[a-z]")
_YEARS = re.compile(rb"(?:19|20)\d{4}|(?:19|20)\d{6}")


def _line_end(text: bytes, start: int, end: int) -> int:
    """Where the paragraph of `start` ends."""
    gap = text.find(b"\n\n", start, end)
    return end if gap < 0 else gap


def _zones(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """The machine-readable zone of a passport (ICAO 9303)."""
    for place in places:
        found = _ZONE.match(text, max(0, place - 8))
        if found:
            yield Span("passport", found.start(), found.end())


READERS: Mapping[str, Reader] = {
    **numbers.READERS,
    **telephones.READERS,
    "digits": _digits,
    "identity": _identities,
    "ausweis": _id_cards,
    "passport": _passports,
    "zone": _zones,
}
_LETTERED = (
    rb"\d{7}[ -]?[A-Z]",  # Spain
    rb"\d{3}\.\d{3}-?[A-Z]",  # Spain, with dots
    rb"\d{7}[A-W][A-IW]",  # Ireland
    rb"[A-Z]-?\d{7}-?[A-Z]",  # foreigners in Spain, Singapore
    rb"\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]",  # United Kingdom
    rb"[A-Z]\d\d[A-Z]\d\d ?[A-Z]\d{3}[A-Z]",  # Italy
    rb"[A-Z]{2}\d{4}[A-Z]",  # India
    rb"\d{6}[-+A]\d{3}[0-9A-Y]",  # Finland
    rb"\d{6}[HMX][A-Z]{5}[0-9A-Z]\d",  # Mexico
    rb"\d{6} ?[A-Z] ?\d{3}",  # pensions in Germany
    rb"\d{8} ?\d ?[A-Z]{2}\d",  # Portugal
    rb"[a-z]\d\d[a-z]\d\d[a-z]\d{3}[a-z]",  # Italy, in small letters
    rb"[A-Z]\d{6} ?\([0-9A]\)",  # Hong Kong
)
_CARD_WORDS = ("ausweis", "identity card", "id-card", "id card", "idkarte", "id-karte", "perso-nr", "perso nr")
_PASSPORT_WORDS = (
    *(
        "passport",
        "reisepass",
        "passeport",
        "pasaport",
        "passaport",
        "paspoort",
        "paszport",
        "pass-nr",
        "passnummer",
        "passnr",
    ),
    *("паспорт", "护照", "パスポート"),
)
ANCHORS = (
    *numbers.ANCHORS,
    *telephones.ANCHORS,
    # Nine digits, at their end: fewer in a row, separators aside, and no number looked for here can be there. What a
    # colon and a digit follow is a time of day.
    Anchor(
        "digits",
        rb"(?:^|[^0-9A-Za-z.-])\d(?:(?:[ .()/-]{0,3}|\xe2\x80.)\d){8,}(?:[^\d:]|:\D|\z)",
        along="digits",
    ),
    Anchor("identity", b"(?:" + b"|".join(_LETTERED) + rb")(?:[^A-Za-z0-9]|\z)", along="identities"),
    *(Anchor("ausweis", b"(?i)" + word.encode()) for word in _CARD_WORDS),
    *(Anchor("passport", b"(?i)" + word.encode()) for word in _PASSPORT_WORDS),
    Anchor("passport", rb"[^A-Za-z]PP[ :#]"),
    Anchor("zone", rb"P<[A-Z][A-Z<]{5}", along="literals"),
)
