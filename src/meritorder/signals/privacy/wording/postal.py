"""Postal addresses: a number beside the name of a street, in the order of the country that the words are from.

After the street come, as far as they are there, a flat, a postcode and a town.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wordlists import lines

STREETS: Mapping[str, frozenset[bytes]] = {
    group: frozenset(word.encode() for word in listed.split())
    for group, _, listed in (line.partition(":") for line in lines("streets"))
}
"""The words for streets, houses and flats, by where they stand."""


def _any(group: str) -> bytes:
    return _one_of(STREETS[group])


def _one_of(words: Iterable[bytes]) -> bytes:
    return b"(?:" + b"|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + b")"


_CAPITAL = rb"(?:[A-Z]|\xc3[\x80-\x9e]|[\xc4\xc5][\x80-\xbf])"
_WORD = _CAPITAL + rb"[A-Za-z\x80-\xff.'-]{0,24}"
_SMALL = (
    rb"(?:de la|de los|de las|de|da|do|dos|das|del|della|dei|delle|degli|du|des|la|le|les|los|las|van|von|der"
    rb"|den|dem|zum|zur|am|an"
    rb"|im|y|i|e|of|the|sur|l'|d'|dell')"
)
_NAME = (
    rb"(?:(?:"
    + _SMALL
    + rb" ?){0,3}(?:\d{1,2}(?:st|nd|rd|th)?\.? )?"
    + _WORD
    + rb")(?:[ -](?:"
    + _SMALL
    + rb" ?){0,3}"
    + _WORD
    + rb"){0,3}"
)
_UNIT = (
    rb"(?:" + _one_of(STREETS["unit"]) + rb"\.? ?#?(?:[A-Z](?![A-Za-z])|\d[0-9A-Za-z/-]{0,5})"
    rb"|#\d{1,5}(?:-\d{1,4})?|\d{1,2}\. ?(?:OG|Stock|Etage)(?: links| rechts)?"
    rb"|\d{1,2}\.?\xc2[\xba\xaa\xb0]\.? ?(?:[A-Z](?![a-z])|izda\.?|dcha\.?|izq\.?|der\.?|esq\.?|dto\.?"
    rb"|puerta \w{1,3})?)"
    rb"(?![a-z])"
)
_TOWN_WORD = rb"(?:" + _CAPITAL + rb"[A-Za-z\x80-\xff'-]{0,24}|(?:St|Sta|Mt|Bad)\.)"
TOWN = (
    _TOWN_WORD
    + rb"(?:[ -](?:(?:am|an der|an|im|sur|de|do|da|del|di|le|la|of|upon|bei|PK|CX) )?"
    + _TOWN_WORD
    + rb"){0,3}"
)
_BRITISH = rb"[A-Z]{1,2}\d[0-9A-Z]? ?\d[A-Z]{2}"
_CODED = (
    rb"(?:(?:[A-Z]{1,2}-)?(?:\d{4,5}(?:-\d{3})?|\d{3} \d\d|\d\d-\d{3}|\d{4} ?[A-Z]{2}) (?:"
    + TOWN
    + rb"|[a-z]{3,20})(?: ?\([A-Z]{2}\))?"
    rb"|(?:"
    + TOWN
    + rb",? )?(?:"
    + _BRITISH
    + rb"|[A-Z]{2} [A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d{2} [A-Z0-9]{4}|(?:[A-Z]{2,3}\.?,? )?\d{4,6}(?:-\d{4}|-\d{3})?)"
    rb"|[a-z]{3,16} [a-z]{2} \d{5})(?![A-Za-z0-9])"
)
COUNTRY = _one_of(line.encode() for line in lines("countries"))
_REST = re.compile(
    rb"(?:(?:, ?|,?\n|;? |/| - |\.? ?\xc2\xb7 )" + _UNIT + rb"){0,2}"
    rb"(?:(?:, ?|,?\n| - | \xe2\x80\x93 )" + _NAME + rb"(?=,|\n| \d)){0,2}"
    rb"(?:(?:, ?|,?\n| |\. | - )"
    + _CODED
    + rb"|, "
    + TOWN
    + rb"(?= - [A-Z]{2}|[.,;:)\n\"]|$)| in "
    + _WORD
    + rb"| \xc3\xa0 "
    + _WORD
    + rb"(?=[.,;\n]|$))?"
    rb"(?:(?: - |,? )[A-Z]{2}(?=,|\n|\.|$)(?:, \d{4,5}-?\d{0,4})?)?(?:(?:, |\n)" + COUNTRY + rb")?"
)
_CODE_AFTER = re.compile(rb"(?:, ?|\n| )" + _CODED)

_IDEOGRAPH = rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|\xe3\x82[\xa1-\xbf]|\xe3\x83[\x80-\xbf]|\xe3\x80\x85)"
_LEADS = "(?:地址|住址|住所|是|寄到|寄至|寄往|送到|送至|住在)".encode()
"""Words that lead to an address in ideographs, and are no part of one."""
_BEFORE = rb"(?<!\xa9 )(?<![\w.,/:$\xa3\xac-])"
_FORMS: Mapping[str, re.Pattern[bytes]] = {
    "after": re.compile(
        rb"(?:(?:Flat|Apt|Apartment|Unit|Suite) \w{1,4},? )?"
        + _BEFORE
        + rb"(?:\d{1,4}/)?\d{1,5}[A-Za-z]?,? (?:[NSEWnsew]\.? )?"
        rb"(?:(?:[A-Z][A-Za-z'\x80-\xff.-]{0,20}|[a-z]{4,16}|\d{1,3}(?:st|nd|rd|th)) ){1,3}(?i:"
        + _any("after")
        + rb")(?![A-Za-z])\.?"
        rb"(?: (?:[NSEW]{1,2}|North|South|East|West)(?![A-Za-z]))?"
    ),
    "joined": re.compile(
        rb"(?<![A-Za-z\x80-\xff])(?:(?:"
        + _WORD
        + rb"|Am|An der|Zum|Zur|Im) ){0,2}(?:[A-Za-z\x80-\xff][A-Za-z\x80-\xff.'-]{2,40}|"
        + _WORD
        + rb" )(?i:"
        + _any("joined")
        + rb") \d{1,4}(?: ?[a-z](?![A-Za-z])| bis| ter)?(?:[/-]\d{1,4})?(?![\d%.:]\d?)(?! ?(?:Uhr|%"
        rb"|\xe2\x82\xac|Euro|km|mal))"
    ),
    "before": re.compile(
        rb"(?<![\w-])"
        + _any("before")
        + rb" ?(?:"
        + _NAME
        + rb"|[a-z]{3,12}(?: [a-z]{3,16}){0,2})(?:, ?| )(?:n\.? ?(?:\xc2[\xba\xb0])?\.? ?)?\d{1,5}(?![\d%.:]\d)"
        rb"(?:/?[A-Za-z](?![A-Za-z])|/\d{1,4})?"
    ),
    "french": re.compile(_BEFORE + rb"\d{1,4}(?: ?(?:bis|ter|[A-C]))?,? " + _any("french") + rb" " + _NAME),
    "box": re.compile(
        rb"(?<!\w)(?:P\.? ?O\.? ?Box|Postfach|Apartado(?: de Correos)?|Casella Postale|Postbus|Caixa Postal"
        rb"|BP) \d[\d ]{0,7}"
    ),
    "ideographic": re.compile(
        rb"(?:(?:\xe3\x80\x92)?\d{3}-\d{4}\s?)?(?:(?!" + _LEADS + rb")" + _IDEOGRAPH + rb"){3,24}"
        rb"(?:\d{1,5}(?:" + _IDEOGRAPH + rb"|-|\xe3\x81\xae){0,2}){1,5}"
    ),
}
_PUBLIC = re.compile(
    rb"(?:Downing Street|Pennsylvania Ave|Wall Street|221B Baker|Sesame Street|Evergreen Terrace|Privet"
    rb"|Fifth Avenue|Abbey Road)"
)
_REACH, _LONGEST = 72, 200
_DIGIT = re.compile(rb"\d")


def _reader(form: str) -> Reader:
    """A reader of the addresses of one form, around the word for a street."""
    pattern = _FORMS[form]
    number_after = form in {"before", "box", "joined", "ideographic"}

    def read(text: bytes, places: Sequence[int]) -> Iterator[Span]:
        reached = 0
        for place in places:
            if place < reached:
                continue
            if number_after and not _DIGIT.search(text, place - 2, place + _REACH):
                continue
            if not number_after and not _DIGIT.search(text, max(0, place - _REACH), place + 2):
                continue
            for found in pattern.finditer(text, max(reached, place - _REACH), place + _REACH):
                if found.end() < place - 1 or _PUBLIC.search(found.group()):
                    continue
                start, end = found.span()
                rest = _REST.match(text, end, end + _LONGEST)
                end = rest.end() if rest else end
                reached = end
                yield Span("address", start, start + len(text[start:end].rstrip(b" ,.\n")))
                break

    return read


_LABELLED = re.compile(
    rb"[\"'*]{0,2}(?: \([^()\n]{0,24}\)| (?:is|est|es|lautet|ist|\xc3\xa8|\xc3\xa9|of \w+|line ?1?|en|in|in der"
    rb"|a))? ?[:=]?\s{0,3}[\"']?((?=[^\n;\"]{0,60}\d)(?:[A-Z\xc3]|\d)[^\n;\"|<>{}]{8,110}?)(?=\n|;|\"|\||$|\. "
    rb"|\.$| and | und | et |, (?:tel|phone|mobile|Tel|email|e-mail|NI|DNI|CPF|IBAN|PAN|born|geb))"
)
_POSTED = re.compile(rb"\d{4,5}|" + _BRITISH + rb"|\d [A-Z]|[A-Za-z\x80-\xff.] \d{1,4}[a-z]?\b")
_GOES_ON = re.compile(
    rb",? (?!d[aeiou]|l[aeou]|v[ao]n)([a-z\xc3][a-z\x80-\xff]{2,}) (?:[a-z]['a-z\x80-\xff]+ ){1,2}[a-z\x80-\xff]{2}"
)
"""Words of the sentence that the address is in."""
_SMALL_STREETS = frozenset(word for word in STREETS["before"] | STREETS["french"] if word.islower())
_SENDS = re.compile(rb"(?:vous|nous|je|te|[mst]') ?$")
_NO_ADDRESS = re.compile(rb"(?i)https?:|@|\d{1,3}\.\d{1,3}\.\d|0x|[0-9a-f]{2}:[0-9a-f]{2}:|\d{9}|[=(){}]")


def _labelled(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """What follows the word for an address, if it has a number and a word as addresses have."""
    for place in places:
        found = _LABELLED.match(text, place, place + 180)
        if found and _POSTED.search(found.group(1)) and not _NO_ADDRESS.search(found.group(1)):
            begins, ends = found.span(1)
            if (goes_on := _GOES_ON.search(text, begins, ends)) and goes_on.group(1) not in _SMALL_STREETS:
                ends = goes_on.start()
            if text[place - 7 : place] == b"adresse" and _SENDS.search(text, max(0, place - 16), place - 7):
                continue
            yield Span("address", begins, begins + len(text[begins:ends].rstrip(b" ,.")))


READERS: Mapping[str, Reader] = {
    **{form: _reader(form) for form in _FORMS},
    "postal label": _labelled,
}


def _anchors() -> Iterator[Anchor]:
    for word in sorted(STREETS["after"]):
        yield Anchor("after", b" " + re.escape(word) + (b"" if len(word) > 3 else rb"[ ,.\n]"))
    for word in sorted(STREETS["joined"]):
        yield Anchor("joined", b"(?i)" + re.escape(word) + rb" \d")
    for word in sorted(STREETS["before"]):
        yield Anchor("before", re.escape(word) + (b" " if word[-1:].isalpha() else b""))
    for word in sorted(STREETS["french"]):
        yield Anchor("french", b" " + re.escape(word) + b" ")
    for word in (b"Box ", b"Postfach ", b"Apartado ", b"Casella Postale ", b"Postbus ", b"Caixa Postal "):
        yield Anchor("box", word + rb"\d")
    for word in sorted(STREETS["label"]):
        yield Anchor("postal label", re.escape(word))
    for word in ("路", "街道", "大道", "巷", "弄", "区", "〒", "県", "丁目", "番地"):
        yield Anchor("ideographic", word.encode())


ANCHORS = tuple(_anchors())
