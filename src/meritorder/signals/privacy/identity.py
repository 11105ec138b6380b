"""Numbers by which states know people: the form tells which one it may be, its check digits or a cue that it is."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from stdnum import verhoeff
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.bg import egn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.gr import amka
from stdnum.ie import pps
from stdnum.il import idnr as teudat
from stdnum.iso7064 import mod_11_2
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.pt import nif
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.za import idnr as za

from meritorder.signals.privacy.surroundings import Found, Readers, cued, utf8

_Form: TypeAlias = tuple[Callable[[str], bool], re.Pattern[bytes] | None]
"""Whether a number is one of these, and the cue that has to stand before it."""

_SSN = re.compile(r"(?!000|666|9)\d{3}(?!.?00)[- ]?\d\d(?!.?0000)[- ]?\d{4}")
_ITIN = re.compile(r"9\d\d[- ]?(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]?\d{4}")
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]")
_PAN = re.compile(r"[A-Z]{3}P[A-Z]\d{4}[A-Z]")
_ID_CARD = re.compile(r"[CFGHJ-NPRTV-Z][0-9CFGHJ-NPRTV-Z]{8}\d?")
_BIRTH = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")


def ssn(number: str) -> bool:
    """A US social security number; it has no check digit, but numbers that were never given out."""
    return _SSN.fullmatch(number) is not None


def itin(number: str) -> bool:
    """A US taxpayer number in place of one for social security."""
    return _ITIN.fullmatch(number) is not None


def nino(number: str) -> bool:
    """A British national insurance number."""
    return _NINO.fullmatch(number) is not None


def pan(number: str) -> bool:
    """An Indian taxpayer number of a natural person."""
    return _PAN.fullmatch(number) is not None


def aadhaar(number: str) -> bool:
    """An Indian identity number (check digit by Verhoeff)."""
    return number[0] not in "01" and verhoeff.is_valid(number.replace(" ", "").replace("-", ""))


def resident(number: str) -> bool:
    """A Chinese identity number (ISO 7064 mod 11-2), its date of birth included."""
    return _BIRTH.fullmatch(number) is not None and mod_11_2.is_valid(number)


def id_card(number: str) -> bool:
    """The number of a German identity card; the check digit (ICAO 9303) is seldom told."""
    if _ID_CARD.fullmatch(number) is None or not any(map(str.isdigit, number)):
        return False
    values = (int(char, 36) * (7, 3, 1)[place % 3] for place, char in enumerate(number[:9]))
    return len(number) == 9 or sum(values) % 10 == int(number[9])


def _cue(words: str) -> re.Pattern[bytes]:
    return utf8(f"(?i)(?<![a-z])(?:{words})(?![a-z])")


_GENERAL = (
    r"national id(?:entity|entification)?|identity (?:number|card|no)|identification number|id (?:no|number"
    r"|card)|personal (?:code|number|id)"
)
_TAX = r"tax(?:payer)? (?:id|file|ident\w*|number|no)|tin|fiscal (?:number|code)"
_AMERICAN = _cue(r"ssns?|social security(?: number| no)?|soc sec|social|itin|" + _TAX)
_HEALTH_SERVICE = _cue(r"nhs(?:[ -]?(?:no|number|nr))?|health service")
_GERMAN_TAX = _cue(
    r"steuer-?[ ]?id(?:entifikationsnummer|entnr|nr)?|steuer(?:liche )?-?identifikations-?nummer|steuernummer"
    r"|idnr|id-nr|id-nummer|tin|" + _TAX
)
_GERMAN_CARD = _cue(
    r"(?:personal)?ausweis(?:es|e)?(?:-?nr|-?nummer|kopie)?|perso|identity card|id card|id-karte|german id"
    r"|kartennummer|dokumentennummer"
)
_SPANISH = _cue(r"d\.?n\.?i\.?|n\.?i\.?e\.?|n\.?i\.?f\.?|documento(?: nacional)?(?: de identidad)?|identidad")
_DUTCH = _cue(r"bsn(?:-?nummer)?|burgerservice-?nummer|sofi-?nummer|citizen service number|" + _GENERAL)
_INDIAN = _cue(r"aad?haa?r|uidai|uid|" + _GENERAL)
_BRAZILIAN = _cue(r"cpf|cadastro de pessoas? f[i\W]\S{0,2}sicas?|" + _GENERAL)
_POLISH = _cue(r"pesel\w*|" + _GENERAL)
_CANADIAN = _cue(r"sin|social insurance(?: number)?|nas|num.{1,2}ro d.assurance sociale")
_AUSTRALIAN = _cue(r"tfn|tax file(?: number)?")
_PORTUGUESE = _cue(r"nif|n\.º de contribuinte|contribuinte|n.{1,2}mero fiscal|" + _TAX)
_IRISH = _cue(r"ppsn?|personal public service|" + _GENERAL)
_SOUTH_AFRICAN = _cue(r"south african id|sa id|rsa id|id|" + _GENERAL)
_TURKISH = _cue(r"t\.?c\.?(?: ?kimlik)?(?: ?no)?|kimlik(?: no| numaras\S+)?|" + _GENERAL)
_ROMANIAN = _cue(r"cnp|cod numeric personal|" + _GENERAL)
_BULGARIAN = utf8(r"(?i)\b(?:egn)\b|ЕГН|" + _GENERAL)
_GREEK = utf8(r"(?i)\b(?:amka)\b|ΑΜΚΑ|" + _GENERAL)
_ISRAELI = utf8(r"(?i)teudat zehut|israeli id|תעודת זהות|ת\.ז|" + _GENERAL)
_NORDIC = _cue(r"cpr(?:-?(?:nr|nummer))?|f.{1,2}dselsnummer|fnr|personnummer|person(?:nr|\.?nr)|" + _GENERAL)
_BELGIAN = _cue(r"rijksregister\w*|nationaal nummer|registre national|niss|insz|" + _GENERAL)
_FRENCH = _cue(r"s.{1,2}curit.{1,2} sociale|n[i.]*r|num.{1,2}ro (?:de )?s.{1,2}cu|s.{1,2}cu|insee|" + _GENERAL)
_SWISS = _cue(r"ahv(?:-?(?:nr|nummer))?|avs|sozialversicherungs\w*|" + _GENERAL)
_CHILEAN = _cue(r"rut|run")
_ITALIAN = _cue(r"codice fiscale|c\.?f\.?|cod\. ?fisc\.?")

_KNOWN: tuple[tuple[str, Callable[[str], bool], re.Pattern[bytes] | None], ...] = (
    ("999-99-9999", ssn, None),
    ("999999999|999 99 9999", ssn, _AMERICAN),
    ("999-99-9999", itin, None),
    ("999999999|999 99 9999", itin, _AMERICAN),
    ("AA 99 99 99 A|AA999999A", nino, None),
    ("999 999 9999", nhs.is_valid, None),
    ("9999999999|999-999-9999", nhs.is_valid, _HEALTH_SERVICE),
    ("99 999 999 999", idnr.is_valid, None),
    ("99999999999|99/999/999/999|999 999 999 99|999 9999 9999", idnr.is_valid, _GERMAN_TAX),
    ("9 99 99 99 999 999 99|999999999999999|9 99 99 99 999 999|9999999999999 99", nir.is_valid, None),
    ("9 99 99 9A 999 999 99|999999A99999999|9999999999999", nir.is_valid, _FRENCH),
    ("99999999A|99999999-A|99.999.999-A|99.999.999A|99999999 A", dni.is_valid, None),
    ("A9999999A|A-9999999-A|A9999999-A", nie.is_valid, None),
    ("AAAAAA99A99A999A|AAA AAA 99A99 A999A", codicefiscale.is_valid, None),
    ("9999.99.999", bsn.is_valid, None),
    ("999999999|99999999|999 999 999|999-999-999|9999 99 999", bsn.is_valid, _DUTCH),
    ("9999 9999 9999", aadhaar, None),
    ("999999999999|9999-9999-9999", aadhaar, _INDIAN),
    ("AAAAA9999A", pan, None),
    ("999999999999999999|99999999999999999A", resident, None),
    ("999.999.999-99", cpf.is_valid, None),
    ("99999999999|999999999-99", cpf.is_valid, _BRAZILIAN),
    ("999.9999.9999.99", ahv.is_valid, None),
    ("9999999999999|999 9999 9999 99", ahv.is_valid, _SWISS),
    ("99999999-9999", personnummer.is_valid, None),
    ("999999-9999", personnummer.is_valid, None),
    ("999999999999|9999999999", personnummer.is_valid, _NORDIC),
    ("999999-9999|9999999999|999999 9999", cpr.is_valid, _NORDIC),
    ("999999 99999", fodselsnummer.is_valid, None),
    ("99999999999", fodselsnummer.is_valid, _NORDIC),
    ("999999-999A|999999-9999|999999A999A", hetu.is_valid, None),
    ("99999999999", pesel.is_valid, _POLISH),
    ("99.99.99-999.99|99.99.99-999-99", nn.is_valid, None),
    ("99999999999|99 99 99 999 99|999999-999-99|999999-99999", nn.is_valid, _BELGIAN),
    ("999 999 999|999999999|999-999-999", sin.is_valid, _CANADIAN),
    ("999 999 999|999999999|99999999", tfn.is_valid, _AUSTRALIAN),
    ("999 999 999|999999999", nif.is_valid, _PORTUGUESE),
    ("999999/9999", rc.is_valid, None),
    ("9999999A|9999999AA", pps.is_valid, _IRISH),
    ("9999999999999|999999 9999 999|999999 9999 99 9", za.is_valid, _SOUTH_AFRICAN),
    ("99999999999", tckimlik.is_valid, _TURKISH),
    ("9999999999999", cnp.is_valid, _ROMANIAN),
    ("9999999999", egn.is_valid, _BULGARIAN),
    ("99999999999", amka.is_valid, _GREEK),
    ("999999999", teudat.is_valid, _ISRAELI),
    ("999999-9999999", rrn.is_valid, None),
    ("AAAA999999AAAAAAA9|AAAA999999AAAAAA99", curp.is_valid, None),
    ("99.999.999-9|9.999.999-9|99.999.999-A|9.999.999-A", rut.is_valid, None),
    ("99999999-9|9999999-9|99999999-A", rut.is_valid, _CHILEAN),
    ("9-9999-99999-99-9", pin.is_valid, None),
)
_LETTERS = bytes.maketrans(b"012345678ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"9" * 9 + b"A" * 26)


def _forms() -> Mapping[bytes, tuple[_Form, ...]]:
    """The numbers that are written in each way: `9` stands for any digit, `A` for any capital."""
    forms: dict[bytes, tuple[_Form, ...]] = {}
    for shapes, valid, cue in _KNOWN:
        for shape in shapes.split("|"):
            forms[shape.encode()] = (*forms.get(shape.encode(), ()), (valid, cue))
    return forms


_FORMS = _forms()
_LONGEST = max(map(len, _FORMS))
_MOST_GROUPS = max(shape.count(b" ") for shape in _FORMS) + 1
_GROUP = re.compile(rb"(?<![A-Za-z0-9])[A-Z0-9]{1,20}+(?:[./-][A-Z0-9]{1,20}+){0,5}+(?![A-Za-z0-9])")
_MIXED = re.compile(rb"[A-Z0-9]{9,10}")


def _numbers(text: bytes, start: int, end: int) -> Iterator[Found]:
    """Numbers made of one group or of several with a space between; the longest that is one counts."""
    groups = [group.span() for group in _GROUP.finditer(text, start, end)]
    reached = start
    for place, (begins, _) in enumerate(groups):
        if begins < reached:
            continue
        ends = [place]
        while len(ends) < _MOST_GROUPS and _follows(text, groups, ends[-1]):
            ends.append(ends[-1] + 1)
        for last in reversed(ends):
            finish = groups[last][1]
            if finish - begins <= _LONGEST and _known(text, begins, finish):
                yield "national_id", begins, finish
                reached = finish
                break


def _follows(text: bytes, groups: list[tuple[int, int]], place: int) -> bool:
    """Whether the group after the one at `place` is one space away from it."""
    if place + 1 >= len(groups):
        return False
    ends, begins = groups[place][1], groups[place + 1][0]
    return begins == ends + 1 and text[ends : ends + 1] == b" "


def _known(text: bytes, start: int, end: int) -> bool:
    """Whether the number between is one that some state has given to a person."""
    number = text[start:end]
    written = number.decode("ascii")
    for valid, cue in _FORMS.get(number.translate(_LETTERS), ()):
        if (cue is None or cued(cue, text, start)) and valid(written) and not _part(text, start, end):
            return True
    return _MIXED.fullmatch(number) is not None and id_card(written) and cued(_GERMAN_CARD, text, start)


_GOES_ON = re.compile(rb"[-.,/]\d| \d{4}(?!\d)")
_CAME_BEFORE = re.compile(rb"\d[-.,/]\Z|\w\Z")
_GROUPS_BEFORE = re.compile(rb"\d{4} \Z")


def _part(text: bytes, start: int, end: int) -> bool:
    """Whether digits go on before or after: then it is a piece of a longer number."""
    came = _GROUPS_BEFORE if text[start + 4 : start + 5] == b" " else _CAME_BEFORE
    return _GOES_ON.match(text, end) is not None or came.search(text, max(0, start - 5), start) is not None


_PASSPORT = utf8(
    r"(?i)(?:passport|reisepass|pass-?(?:nr|nummer)|passeport|pasaporte|passaporte?|passaporto|paspoort"
    r"|паспорт|护照|パスポート|旅券)"
    r"[^\n]{0,25}?(?<![A-Za-z0-9])((?=[A-Z]{0,4}\d)[A-Z0-9]{6,9})(?![A-Za-z0-9@])"
)
_LEAST_DIGITS = 4


def _passports(text: bytes, start: int, end: int) -> Iterator[Found]:
    """What looks like a passport's number shortly after the word; a word or a year does not."""
    for found in _PASSPORT.finditer(text, start, end):
        number = found.group(1)
        if sum(byte < 58 for byte in number) >= _LEAST_DIGITS:
            yield "passport", found.start(1), found.end(1)


READERS: Readers = {"digits": _numbers, "identity": _numbers, "passport": _passports}
PATTERNS = (
    # Digits and a letter at the end of a word: most numbers that carry letters end so.
    ("identity", rb"\d{3}-?[A-Z]\b"),
    ("identity", rb"\d\d \d\d \d\d [A-D]\b|\d{7}[A-W][A-I]\b|\d{6}[HM][A-Z]{5}"),
    ("identity", rb"(?i)(?:ausweis(?:nummer|-?nr)|personalausweis|perso-?nr|identity card|id card|german id)"),
    ("passport", b"(?i)passport|reisepass|pass-?nr|passnummer|passeport|pasaporte|passaport[eo]|paspoort"),
    ("passport", "паспорт|Паспорт|护照|パスポート|旅券".encode()),
)
