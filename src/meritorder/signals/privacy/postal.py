"""Postal addresses: a number beside the name of a street, in the order of the country that the words are from."""

import re
from collections.abc import Iterator

from meritorder.signals.privacy.surroundings import Found, Readers


def _bytewise(words: str) -> str:
    """Each byte of UTF-8 as a character: the patterns are put together so, for classes of bytes are among them."""
    return words.encode().decode("latin-1")


_CAPITAL = r"(?:[A-Z]|\xc3[\x80-\x9e]|\xc5[\x81\x9a\xa0\xbb\xbd])"
_WORD = rf"(?:{_CAPITAL}[A-Za-z\x80-\xff'.-]{{0,24}}+)"
_ENGLISH = (
    "Street|Avenue|Road|Lane|Drive|Boulevard|Court|Way|Place|Terrace|Close|Crescent|Square|Parkway|Highway|Gardens"
    "|Grove|Mews|Row|Walk|Hill|Quay|St|Ave|Rd|Ln|Dr|Blvd|Ct|Pl|Sq|Pkwy|Hwy|Cres"
)
_SUFFIX = (
    "straße|strasse|str\\.|weg|platz|gasse|allee|damm|ufer|promenade|chaussee"
    "|gatan|vägen|gade|vej|veien|straat|laan|plein|gracht|kade|dijk|singel|steeg|dreef"
)
_FRENCH = (
    "rue|avenue|av\\.|boulevard|bd|place|chemin|allée|impasse|quai|route|passage|square|cours"
    "|Rue|Avenue|Boulevard|Place|Chemin|Impasse|Quai"
)
_SOUTHERN = (
    "Calle|C/|Avenida|Avda\\.?|Av\\.|Plaza|Paseo|Carrer|Camino|Carretera|Ronda|calle|avenida|plaza"
    "|Via|Viale|Piazza|Corso|Largo|Vicolo|Piazzale|via|viale|piazza|corso|Rua|Praça|Travessa|Alameda|Estrada|rua|praça"
)
_SMALL = "d[aeio]s?|del|la|los|las|della|dei|delle|degli|du|des|le|les|van|von|der|den|e|y|i"
_STEP = rf"(?:(?:(?:{_SMALL}) ){{0,3}}+(?:[dl]')?(?:\d{{1,2}} )?{_WORD})"
_NAMES = rf"{_STEP}(?: {_STEP}){{0,4}}"
_TOWN = rf" {_WORD}(?:[ -](?:(?:am|an der|sur|de|do|da|del|di) )?{_WORD}){{0,2}}"
_CODE = r"(?:[A-Z]{1,2}-)?(?:\d{4,5}(?:-\d{3})?|\d{3} \d\d)(?: ?[A-Z]{2}(?![A-Za-z]))?"
_APART = r"(?:,|\\n|\n)? ?"
_EUROPEAN = rf"(?:{_APART}{_CODE}{_TOWN})?"
_UNIT = r"(?:,? (?:Apt\.?|Apartment|Unit|Suite|Ste\.?|Flat|Floor|#) ?#?[0-9A-Z]{1,5})?"
_STATE = (
    r"(?:,? [A-Z]{2}\.? \d{5}(?:-\d{4})?|,? [A-Z]{1,2}\d[0-9A-Z]? \d[A-Z]{2}|,? [A-Z]{2},? [A-Z]\d[A-Z] ?\d[A-Z]\d"
    r"|,? [A-Z]{2,3} \d{4}|,? \d{5}|, [A-Z]{2}(?![A-Za-z]))"
)
_BEFORE = r"(?<![\w.,/-])"
_PLACES = "Arbeits|Park|Sitz|Stell|Steh|Liege|Lager|Speicher|Ausbildungs|Studien"
_FORMS = (
    # England and its likes: number, name, kind of street, perhaps a flat, a town and a state with its code.
    (
        rf"{_BEFORE}(?:\d{{1,4}}/)?\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:(?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}"
        rf"(?:{_ENGLISH})(?![A-Za-z])\.?{_UNIT}"
        rf"(?:{_APART}{_WORD}(?: {_WORD}){{0,2}}{_STATE}|,{_TOWN}(?=[.,;\n]|$)|{_STATE})?"
    ),
    # Germany, the Netherlands, the North: a name that ends in the kind of street, then the number.
    (
        rf"(?<![\w-])(?:{_WORD} ){{0,2}}(?!{_PLACES})"
        rf"(?:{_CAPITAL}[A-Za-z\x80-\xff.-]{{1,40}}(?:{_bytewise(_SUFFIX)})|{_WORD} (?i:{_bytewise(_SUFFIX)}))"
        rf" \d{{1,4}}(?: ?[a-zA-Z](?![A-Za-z]))?(?:[/-]\d{{1,3}})?(?![\d%]){_EUROPEAN}"
    ),
    # Streets of another name, if a German postcode follows.
    (
        rf"(?<![\w-])(?:{_WORD}|[Aa]m|[Aa]uf dem|[Ii]m|[Uu]nter den)(?: {_WORD}){{1,2}} \d{{1,4}}[a-z]?(?:,|\n) ?"
        rf"(?:D-)?\d{{5}}{_TOWN}"
    ),
    # France: number, kind of street, name.
    rf"{_BEFORE}\d{{1,4}}(?: ?(?:bis|ter|[A-C]))?,? (?:{_bytewise(_FRENCH)}) {_NAMES}{_EUROPEAN}",
    # Spain, Italy, Portugal: kind of street, name, number, perhaps a floor.
    (
        rf"(?<![\w-])(?:{_bytewise(_SOUTHERN)}) ?{_NAMES},? ?(?:n\.? ?(?:\xc2[\xba\xb0])?\.? ?)?\d{{1,5}}"
        rf"(?![\d%])(?:/?[A-Z](?![A-Za-z]))?(?:, ?\d{{1,2}}(?:\.?\xc2[\xba\xaa\xb0])(?: ?[A-Za-z](?![A-Za-z]))?)?"
        rf"{_EUROPEAN}"
    ),
    (
        r"(?<!\w)(?:P\.? ?O\.? ?Box|Postfach|Apartado(?: de Correos)?|Casella Postale|Postbus|Caixa Postal)"
        r" \d[\d ]{0,7}"
    ),
    # China: name, kind of street, number, and the word for it.
    rf"(?:[\xe4-\xe9][\x80-\xbf]{{2}}){{2,12}}(?:{_bytewise('路|街|大道')}) ?\d{{1,5}} ?{_bytewise('号')}",
)
_HOUSES = tuple(re.compile(form.encode("latin-1")) for form in _FORMS)
_PUBLIC = re.compile(
    rb"(?:Downing Street|Pennsylvania Ave|Wall Street|Baker Street|Sesame Street|Evergreen Terrace|Privet)"
)


def _addresses(text: bytes, start: int, end: int) -> Iterator[Found]:
    for pattern in _HOUSES:
        for found in pattern.finditer(text, start, end):
            if not _PUBLIC.search(found.group()):
                yield "address", found.start(), found.start() + len(found.group().rstrip(b" ,.\n"))


READERS: Readers = {"street": _addresses}
PATTERNS = (
    (
        "street",
        (
            r"\d[A-Za-z]?,? (?:[NSEW]\.? )?(?:[A-Z0-9][A-Za-z0-9'.-]{0,24} ){1,4}"
            rf"(?:{_ENGLISH})(?:[^A-Za-z]|\z)"
        ).encode(),
    ),
    ("street", f"(?:{_SUFFIX}|Straße|Strasse|Str\\.|Weg|Platz|Gasse|Allee|Damm|Ufer|Laan|Plein|Singel) \\d".encode()),
    ("street", rb"\d[a-z]?,[ \n]{1,2}(?:D-)?\d{5} [A-Z]"),
    ("street", rf"\d(?: ?bis| ?ter| ?[A-C])?,? (?:{_FRENCH}) ".encode()),
    ("street", rf"(?:{_SOUTHERN}) ?[A-Zdl][^\n\d]{{2,60}}\d".encode()),
    ("street", rb"(?:O\.? ?Box|Postfach|Apartado(?: de Correos)?|Casella Postale|Postbus|Caixa Postal) \d"),
    ("street", "(?:路|街|大道) ?\\d{1,5} ?号".encode()),
)
