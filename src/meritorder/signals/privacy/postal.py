"""Postal addresses: a number beside the name of a street, in the order of the country that the words are from.

After the street come, as far as they are there, a flat, a postcode and a town.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wordlists import lines

_KINDS: Mapping[str, tuple[bytes, ...]] = {
    group: tuple(word.encode() for word in listed.split())
    for group, _, listed in (line.partition(":") for line in lines("streets"))
}


def _any(group: str) -> bytes:
    return b"(?:" + b"|".join(re.escape(word) for word in sorted(_KINDS[group], key=len, reverse=True)) + b")"


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
    rb"(?:(?:Apt|Apartment|Unit|Suite|Ste|Flat|Floor|Fl|Room|Wohnung|App|B\xc3\xa2t|Piso|Esc|Int|Top|bus|ap|apt"
    rb"|unit|[Hh]interhaus|[Vv]orderhaus|Stiege|lok|m)\.? ?#?[0-9A-Za-z/-]{0,5}"
    rb"|#\d{1,5}|\d{1,2}\. ?(?:OG|Stock|Etage)(?: links| rechts)?|\d{1,2}\.?\xc2[\xba\xaa\xb0]\.? ?[A-Z]?)(?![a-z])"
)
_TOWN = _WORD + rb"(?:[ -](?:(?:am|an der|an|im|sur|de|do|da|del|di|le|la|of|upon|bei|PK|CX) )?" + _WORD + rb"){0,3}"
_BRITISH = rb"[A-Z]{1,2}\d[0-9A-Z]? ?\d[A-Z]{2}"
_CODED = (
    rb"(?:(?:[A-Z]{1,2}-)?(?:\d{4,5}(?:-\d{3})?|\d{3} \d\d|\d\d-\d{3}|\d{4} ?[A-Z]{2}) (?:"
    + _TOWN
    + rb"|[a-z]{3,20})(?: ?\([A-Z]{2}\))?"
    rb"|(?:"
    + _TOWN
    + rb",? )?(?:"
    + _BRITISH
    + rb"|[A-Z]{2} [A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d{2} [A-Z0-9]{4}|(?:[A-Z]{2,3}\.?,? )?\d{4,6}(?:-\d{4}|-\d{3})?)"
    rb"|[a-z]{3,16} [a-z]{2} \d{5})(?![A-Za-z0-9])"
)
_COUNTRY = (
    rb"(?:USA|UK|United Kingdom|Germany|Deutschland|France|Italia|Italy|Spain|Espa\xc3\xb1a|Portugal"
    rb"|Nederland|Ireland|Canada|Australia|New Zealand|India|Schweiz|\xc3\x96sterreich|Austria)"
)
_REST = re.compile(
    rb"(?:(?:, ?|,?\n|;? |/| - |\.? ?\xc2\xb7 )" + _UNIT + rb"){0,2}"
    rb"(?:(?:, ?|,?\n| - | \xe2\x80\x93 )" + _NAME + rb"(?=,|\n| \d)){0,2}"
    rb"(?:(?:, ?|,?\n| |\. | - )"
    + _CODED
    + rb"|, "
    + _TOWN
    + rb"(?= - [A-Z]{2}|[.,;:)\n\"]|$)| in "
    + _WORD
    + rb"| \xc3\xa0 "
    + _WORD
    + rb"(?=[.,;\n]|$))?"
    rb"(?:(?: - |,? )[A-Z]{2}(?=,|\n|\.|$)(?:, \d{4,5}-?\d{0,4})?)?(?:(?:, |\n)" + _COUNTRY + rb")?"
)
_CODE_AFTER = re.compile(rb"(?:, ?|\n| )" + _CODED)

_BEFORE = rb"(?<![\w.,/:$\xa3\xac-])"
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
    "coded": re.compile(
        rb"(?<![\w-])(?:"
        + _NAME
        + rb"|Am "
        + _NAME
        + rb") \d{1,4} ?[a-z]?(?:-\d{1,4})?(?=(?:,|\n) ?(?:(?:D|LT|A|CH|PL)-)?\d{5} [A-Z])"
    ),
    "ideographic": re.compile(
        rb"(?:\xe3\x80\x92?\d{3}-\d{4}\s?)?(?:[\xe3-\xe9][\x80-\xbf]{2}){3,24}(?:\d{1,5}(?:[\xe3-\xe9][\x80-\xbf]{2}|-){0,2}){1,5}"
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
_NO_ADDRESS = re.compile(rb"(?i)https?:|@|\d{1,3}\.\d{1,3}\.\d|0x|[0-9a-f]{2}:[0-9a-f]{2}:|\d{9}|[=(){}]")


def _labelled(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """What follows the word for an address, if it has a number and a word as addresses have."""
    for place in places:
        found = _LABELLED.match(text, place, place + 180)
        if found and _POSTED.search(found.group(1)) and not _NO_ADDRESS.search(found.group(1)):
            begins, ends = found.span(1)
            yield Span("address", begins, begins + len(text[begins:ends].rstrip(b" ,.")))


READERS: Mapping[str, Reader] = {
    **{form: _reader(form) for form in _FORMS},
    "postal label": _labelled,
}


def _anchors() -> Iterator[Anchor]:
    for word in _KINDS["after"]:
        yield Anchor("after", b" " + re.escape(word) + (b"" if len(word) > 3 else rb"[ ,.\n]"))
    for word in _KINDS["joined"]:
        yield Anchor("joined", b"(?i)" + re.escape(word) + rb" \d")
    for word in _KINDS["before"]:
        yield Anchor("before", re.escape(word) + (b" " if word[-1:].isalpha() else b""))
    for word in _KINDS["french"]:
        yield Anchor("french", b" " + re.escape(word) + b" ")
    for word in (b"Box ", b"Postfach ", b"Apartado ", b"Casella Postale ", b"Postbus ", b"Caixa Postal "):
        yield Anchor("box", word + rb"\d")
    for word in _KINDS["label"]:
        yield Anchor("postal label", re.escape(word))
    yield Anchor("coded", rb"\d[a-z]?(?:,|\n) ?(?:(?:D|A|CH|LT|PL)-)?\d{5} [A-Z]", along="postcodes")
    for word in ("路", "街道", "大道", "巷", "弄", "区", "〒", "県", "丁目", "番地"):
        yield Anchor("ideographic", word.encode())


ANCHORS = tuple(_anchors())
