"""Postal addresses: those told by their street, and those of any kind that end with a postcode, read backwards from it.

Of the parts before the code, between commas or ends of lines, the address begins with the first one that has a number
of a house or the word for a street, a house, a flat. So houses with a name and no number are found too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wording import postal
from meritorder.signals.privacy.wording.names import GIVEN
from meritorder.signals.privacy.wording.postal import COUNTRY, STREETS, TOWN

_NATIONAL = (
    rb"(?:[A-Z]{1,2}\d[0-9A-Z]? \d[A-Z]{2}|[A-Z]\d[0-9W] [A-Z0-9]{4}|(?:[A-Z]{2} )?[A-Z]\d[A-Z] \d[A-Z]\d"
    rb"|[A-Z]{2,3},? \d{4,5}(?:-\d{4})?|Singapore \d{6})"
)
_LOCAL = (
    rb"(?:[A-Z]{1,2}-)?(?:\d{3} \d\d|\d\d-\d{3}|\d{4}-\d{3}|\d{5}-\d{3}|\d{4} [A-Z]{2}|\d{4,5}) "
    + TOWN
    + rb"(?: ?\([A-Z]{2}\)|(?: - | )[A-Z]{2}(?![A-Za-z]))?"
)
_CODE = re.compile(
    rb"(?:" + _NATIONAL + rb"|" + _LOCAL + rb")(?![A-Za-z0-9])(?:(?:,? |,?\n)" + COUNTRY + rb"(?![A-Za-z]))?"
)
_YEAR = re.compile(rb"(?:19|20)\d\d ")
_WINDOW, _MOST_PARTS = 150, 7
_HARD = (
    b":",
    b";",
    b"|",
    b'"',
    b"(",
    b"\t",
    b"<",
    b">",
    b"!",
    b"?",
    b"\n\n",
    b" \xe2\x80\x93 ",
    b" \xe2\x80\x94 ",
    b"\xc2\xa9 ",
)
"""Where no address goes on."""
_SOFT = re.compile(rb", ?\n? *|\n *| / ")
_SMALL = frozenset(
    b"de la las los el le les l' d' da do dos das du des del della delle degli dei di van von der den dem zum zur am an"
    b" im y i e of the upon on sur bis ter en und and in n. nr. no. n.o km od".split()
)
_OPENS = STREETS["before"] | STREETS["french"] | STREETS["unit"] | {b"Am", b"An", b"Im", b"Zum", b"Zur", b"The", b"the"}
_PLACES = STREETS["place"] | STREETS["after"]
_JOINED = tuple(STREETS["joined"])
_NUMBER = re.compile(rb"#?\d{1,5}(?:[A-Za-z]|-?[A-Z])?(?:[-/&]\d{1,5}[A-Za-z]?)*(?:\.?\xc2[\xba\xaa\xb0])?\.?")
_MONTHS = frozenset(
    b"Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec January February March April June July August September"
    b" October November December Januar Februar M\xc3\xa4rz Mai Juni Juli Oktober Dezember Page Chapter Section Table"
    b" Figure Year Step Version Seite Kapitel Day Week Age In in Since since By by Until until".split()
)
"""What a number after it is not that of a house for."""


def _capital(token: bytes) -> bool:
    return token[:1].isupper() or token[:1] > b"\xc2"


def _tail(part: bytes) -> list[bytes]:
    """The last words of a part that can be of an address."""
    tokens = part.split(b" ")
    first = len(tokens)
    while first and _of_address(tokens[first - 1]):
        first -= 1
    while first < len(tokens) and tokens[first] in _SMALL and tokens[first] not in _OPENS:
        first += 1
    return tokens[first:]


def _of_address(token: bytes) -> bool:
    return _capital(token) or token in _SMALL or token in _OPENS or _NUMBER.fullmatch(token) is not None


def _begins(tokens: Sequence[bytes]) -> int | None:
    """With which of the words an address begins; None where nothing tells of a house or street."""
    for at, token in enumerate(tokens):
        if token in STREETS["unit"] and at + 1 < len(tokens):
            return at
        if _NUMBER.fullmatch(token) and (not at or tokens[at - 1] not in _MONTHS):
            goes_on = at + 1 < len(tokens) and len(tokens[at + 1]) > 1 and token[:1].isdigit()
            if len(tokens) > 1:
                return at if goes_on and tokens[0] not in _OPENS else 0
    if len(tokens) > 1 and (tokens[-1] in _PLACES or tokens[0] in _OPENS):
        return 0
    return 0 if tokens[-1].lower().endswith(_JOINED) and len(tokens[-1]) > _SHORTEST else None


_SHORTEST = 6
"""Letters that a street in one word must exceed."""


def _sentence(window: bytes) -> int:
    """Where the last sentence of a window begins: after a full stop that ends no short word and no number."""
    stop = window.rfind(b". ")
    while stop >= 0:
        word = window[window.rfind(b" ", 0, stop) + 1 : stop]
        if (len(word) > 3 and word[-1:].islower()) or word.isdigit():
            return stop + 2
        stop = window.rfind(b". ", 0, stop)
    return -1


def _start(text: bytes, place: int) -> int:
    """Where the address begins whose postcode is at `place`; -1 where there is none."""
    low = max(0, place - _WINDOW)
    window = text[low:place]
    low += max(0, _sentence(window), *(window.rfind(hard) + len(hard) for hard in _HARD if hard in window))
    best, end, silent = -1, place, 0
    parts = [(low, 0), *(gap.span() for gap in _SOFT.finditer(text, low, place))]
    for gap, after in reversed(parts[-_MOST_PARTS:]):
        begin = after or gap
        part = text[begin:end].rstrip(b" ")
        end = gap
        if not part:
            continue
        tokens = _tail(part)
        if not tokens or (silent and tokens[0] in GIVEN):
            break
        first = _begins(tokens)
        length = sum(map(len, tokens)) + len(tokens) - 1
        if first is not None:
            best = begin + len(part) - length + sum(map(len, tokens[:first])) + first
        silent += first is None
        if length < len(part) or silent > 3:
            break
    return best


def _coded(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Addresses around their postcodes."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        begins = place - 1 if text[place - 1 : place].isupper() else place
        found = _CODE.match(text, begins, place + 120)
        if found is None:
            continue
        start = _start(text, begins)
        if start >= reached and not (_YEAR.match(text, begins) and not _has_street(text[start:begins])):
            reached = found.end()
            yield Span("address", start, reached)


def _has_street(said: bytes) -> bool:
    return any(token.rstrip(b",") in _PLACES or token in _OPENS for token in said.split()) or any(
        token.lower().endswith(_JOINED) for token in said.split()
    )


READERS: Mapping[str, Reader] = {**postal.READERS, "postcode": _coded}

_SHAPES: tuple[tuple[bytes, int], ...] = (
    (rb"[A-Z]\d \d[A-Z]{2}", 6),
    (rb"[A-Z]\d[0-9A-Z] \d[A-Z]{2}", 7),
    (rb"[A-Z]\d[0-9W] [A-Z][A-Z0-9]{3}", 8),
    (rb"[A-Z]\d[A-Z] \d[A-Z]\d", 7),
    (rb"[A-Z]{2} \d{5}", 8),
    (rb"(?:VIC|NSW|QLD|TAS|ACT) \d{4}", 8),
    (rb"Singapore \d{6}", 16),
)
"""What postcodes look like that follow their town, and how long they are."""
_DIGITS: tuple[tuple[bytes, int], ...] = (
    (rb"\d{5}", 5),
    (rb"\d{4}", 4),
    (rb"\d{3} \d\d", 6),
    (rb"\d\d-\d{3}", 6),
    (rb"\d{4}-\d{3}", 8),
    (rb"\d{5}-\d{3}", 9),
    (rb"\d{4} [A-Z]{2}", 7),
)
"""Postcodes before their town."""


def _anchors() -> Iterator[Anchor]:
    for shape, length in _SHAPES:
        yield Anchor("postcode", shape, length, along="postcodes")
    for shape, length in _DIGITS:
        yield Anchor("postcode", rb"[,\n] ?" + shape + rb" [A-Z\xc3\xc5]", length + 2, along="postcodes")
    for length in (4, 5):
        yield Anchor("postcode", rb"[,\n] ?[A-Z]{1,2}-\d{%d} [A-Z\xc3\xc5]" % length, length + 4, along="postcodes")


ANCHORS = (*postal.ANCHORS, *_anchors())
