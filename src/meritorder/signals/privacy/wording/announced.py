"""Names of people of every origin, told by the words before them: titles, labels, greetings, closings,
introductions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.cues import is_telling
from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wording.names import AMBIGUOUS, FAMILY, GIVEN, RUN, UNNAMED, WORD, is_public, parts
from meritorder.signals.privacy.wordlists import lines, words

_RUN = re.compile(RUN)
_LABELS = words("labels")
_LISTED = GIVEN | AMBIGUOUS

_TITLED = re.compile(
    rb"(?<![A-Za-z0-9\x80-\xff/'])[A-Za-z\x80-\xff]{1,14}\.? {1,2}(?:(?:Dr|Prof|Ing|med|Mrs|Frau|Avv)\.? "
    rb"|and Mrs\.? |und Frau |et Mme )*("
    + RUN
    + rb"|[A-Z]\. ?(?:(?:van|de|von|der|da|di|el) ){0,2}"
    + WORD
    + rb"|(?:de|van|von|el|da|di|del|ten|ter|van der|van den|van de) "
    + WORD
    + rb")"
)


def _titled(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """What follows Mrs, Herr, Mme and their likes."""
    for place in places:
        found = _TITLED.match(text, place, place + 96)
        if found:
            yield from _checked(text, *found.span(1), alone=True)


def _checked(text: bytes, start: int, end: int, *, alone: bool) -> Iterator[Span]:
    """The words that can be a name; one word only if that is enough, or if it is listed."""
    listed = parts(text, start, end)
    if not listed:
        return
    finish = listed[-1][1]
    one = len(listed) == 1
    if one and not (alone or text[start:finish] in _LISTED or text[start:finish] in FAMILY):
        return
    if not is_public(text, start, finish):
        yield Span("name", start, finish)


_GREETED = re.compile(
    rb"(?: (?:Herrn?|Frau|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Madame|Monsieur|Mme|M\.|Sra?\.?|Prof\.|mevrouw|meneer|heer"
    rb"|dottoressa|dottor|Sig\.ra|Sig\.|Dott\.|again))*"
    rb" ("
    + WORD
    + rb"(?: (?:[A-Z]\. )?(?:(?:van|de|von|der|da|di|el) ){0,2}"
    + WORD
    + rb"){0,2})(?=[ ]?(?:[,!:;.\n\xe2\xe3-]|-|$|[\"'<])| (?:and|und|et|y|e|en|&) )"
)
_GREETED_LOWER = re.compile(rb" ([a-z]{3,14})(?=[,!\n])")
_CROWDS = words("crowds")


def _greeted(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Who is greeted, up to the comma."""
    for place in places:
        found = _GREETED.match(text, place, place + 80)
        if found and found.group(1).lower().split(b" ")[-1] not in _CROWDS:
            yield from _checked(text, *found.span(1), alone=True)
        elif (lower := _GREETED_LOWER.match(text, place)) and lower.group(1).title() in GIVEN:
            yield Span("name", *lower.span(1))


_CAPITAL_SOON = re.compile(rb"[a-z \xc3\xbc\x9f]{0,20}+[,.!:]?\s{0,5}[A-Z\xc3-\xc9\xe1]")
_SIGNED = re.compile(
    rb"(?i:[a-z \xc3\xbc\xc3\x9f]{0,16})(?:[,.!]? ?\n\s{0,4}|[,.!:]? )((?:(?:Dr|Prof)\.? )?"
    + RUN
    + rb"|[A-Z]\. "
    + WORD
    + rb")(?=\s*(?:\n|$|[,.\"<|(\\/])|\s+-)"
)


def _signed(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Who signs, after the closing words."""
    reached = 0
    for place in places:
        found = (
            _SIGNED.match(text, place, place + 96) if place >= reached and _CAPITAL_SOON.match(text, place) else None
        )
        if found:
            reached = found.start(1)
            between = text[place : found.start(1)]
            alone = b"\n" in between or b"," in between or text[place - 2 : place] in _SHORT_CLOSINGS
            yield from _checked(text, *found.span(1), alone=alone)


_SHORT_CLOSINGS = frozenset((b"LG", b"VG", b"fG"))


_FOLLOWED = re.compile(
    rb"[ ,:]{1,2}(?:(?:Dr|Prof|Frau|Herr|Mr|Mrs|Ms|Sra?)\.? )?("
    + RUN
    + rb"|[A-Z]\. (?:[a-z]{2,3} ){0,2}"
    + WORD
    + rb")"
)
_INTRODUCED_LOWER = re.compile(rb" ([a-z]{2,14}(?: [a-z]{3,16})?)(?=[,.!\n]|$| and | und | i )")


def _introduced(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Who tells their own name."""
    for place in places:
        found = _FOLLOWED.match(text, place, place + 96)
        if found:
            yield from _checked(text, *found.span(1), alone=True)
        elif (lower := _INTRODUCED_LOWER.match(text, place)) and lower.group(1).split(b" ")[0].title() in _LISTED:
            yield Span("name", *lower.span(1))


def _presented(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Who may tell their own name: other words follow `I am` as well."""
    for place in places:
        found = _FOLLOWED.match(text, place, place + 96)
        if found:
            yield from _checked(text, *found.span(1), alone=False)


def _addressed(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Who writes and who is written to, in the head of a message."""
    for place in places:
        found = _HEADED.match(text, place, place + 96)
        if found:
            yield from _checked(text, *found.span(1), alone=False)


_HEADED = re.compile(
    rb"[ :\n\"']{0,3}(?:(?:mevr|dhr|Mr|Mrs|Ms|Herrn?|Frau|Mme)\.? )?(" + RUN + rb")(?=[ ]?(?:[,;<\n(\"']|$|\xe2))"
)
_ANY = rb"(?:" + RUN + rb"|[A-Z\xc3][A-Z\x80-\xbf'-]+(?: [A-Z\xc3][A-Z\x80-\xbf'-]*\.?){0,3})"
_FIELD = re.compile(
    rb"[\"'*\]_]{0,3}(?: ?\([^()\n]{0,24}\))?(?: (?:\d|name|Name|no))? ?(?:[:=\xef>]|\.{3,}"
    rb"|\|)[=>\xbc\x9a]{0,2}\s{0,3}[\"'*]{0,3}"
    rb"(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|M|Sra?|Sig|Dott|Prof|mevr|dhr|Fr|Hr|Avv|D|Sig\.ra)\.? ){0,2}"
    rb"((?:"
    + WORD
    + rb"|[A-Z][A-Z' -]{1,24}[A-Z]), ?"
    + WORD
    + rb"(?: "
    + WORD
    + rb")?|"
    + _ANY
    + rb"|[A-Z]\. (?:[a-z]{2,3} ){0,2}"
    + WORD
    + rb")(?![A-Za-z(=])"
)
_IDENTIFIER = re.compile(rb"[A-Za-z_\x80-\xff-]*$")
_PIECES = re.compile(rb"[A-Z]?[a-z\x80-\xff]+|[A-Z]+(?![a-z])")
_OF_THINGS = words("things")
_PLAIN = frozenset(b"kind parent child name names nom naam nome nombre contact host client customer owner".split())
"""Labels of many other things as well: what follows has to look like a name by itself."""


def _labelled(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """The value of a field for a person's name."""
    for place in places:
        found = _FIELD.match(text, place, place + 128)
        if found is None:
            found = _IN_FULL.match(text, place, place + 96)
            if found and _label(text, place) is False:
                yield from _checked(text, *found.span(1), alone=False)
            continue
        label = _label(text, place)
        if label is not None:
            yield from _field(text, found.start(1), found.end(1), plain=label)
            yield from _others(text, found.end(1))


def _label(text: bytes, place: int) -> bool | None:
    """Whether the identifier or words that end here ask for any name, or surely for a person's; None if for neither."""
    identifier = _IDENTIFIER.search(text, max(0, place - 32), place)
    word = identifier.group() if identifier else b""
    pieces = [piece.lower() for piece in _PIECES.findall(word)]
    if not pieces or not _OF_THINGS.isdisjoint(pieces) or (pieces[-1] not in _LABELS and word.lower() not in _LABELS):
        return None
    start = place - len(word)
    before = _PIECES.findall(text[max(0, start - 16) : start])[-1:] if text[start - 1 : start] == b" " else []
    if before and before[0].lower() in _OF_THINGS:
        return None
    return len(pieces) == 1 and pieces[0] in _PLAIN and not before


def _field(text: bytes, start: int, end: int, *, plain: bool) -> Iterator[Span]:
    said = text[start:end].replace(b",", b"").split(b" ")
    if not UNNAMED.isdisjoint(word if word[1:].islower() else word.title() for word in said[:2] if len(word) > 1):
        return
    first = {word if word[1:2].islower() else word.title() for word in said}
    shouted = len(said) == 1 and len(said[0]) > _FEW and said[0].isupper()
    if (
        plain
        and not shouted
        and (first.isdisjoint(_LISTED) and (len(said) < 2 or text[end : end + 1].isalnum() or first.isdisjoint(FAMILY)))
        and not _two(said, text, end)
    ):
        return
    if not is_public(text, start, end):
        yield Span("name", start, end)


def _two(said: Sequence[bytes], text: bytes, end: int) -> bool:
    """Whether these are two words or three, and nothing else in the field."""
    return (
        2 <= len(said) <= 3
        and text[end : end + 1] in _ENDS
        and all(word[:1].isupper() or word[:1] > b"\x7f" for word in said)
    )


_FEW = 2
_ENDS = frozenset((b"", b"\n", b",", b";", b'"', b"|", b"<", b".", b"\\"))
_NEXT = re.compile(
    rb"(?:, (?:and )?| and | und | et |; |\n\d\. )("
    + WORD
    + rb"(?: (?:(?:van|de|von|der|da|di|el) ){0,2}"
    + WORD
    + rb"){1,2})(?=[,;.\n]|$| and | und | et )"
)


def _others(text: bytes, end: int) -> Iterator[Span]:
    """The names that follow the first one in a list."""
    while found := _NEXT.match(text, end, end + 96):
        end = found.end()
        if len(parts(text, *found.span(1))) > 1:
            yield Span("name", *found.span(1))


_IN_FULL = re.compile(
    rb" (" + WORD + rb"(?: (?:[A-Z]\. |(?:van|de|von|der|da|di|del|el|al|ten|ter) ){0,2}" + WORD + rb"){1,3})"
)
_OWN = re.compile(
    rb"(?i)(?:^|[^a-z])(?:my|our|his|her|their|meine?[nm]?|unsere?[nm]?|mon|ma|notre|mia?|minha|meu|mijn|onze|mn) $"
)
_ONE_IN_ROLE = re.compile(rb"[A-Za-z\x80-\xff]{5,16} (" + WORD + rb")(?![A-Za-z\x80-\xff])")
_IN_ROLE = re.compile(
    rb"(?<![A-Za-z\x80-\xff])[A-Za-z\x80-\xff]{5,16} ("
    + WORD
    + rb"(?: (?:[A-Z]\. |(?:van|de|von|der|da|di|del|el|al|ten|ter) ){0,2}"
    + WORD
    + rb"){1,3})"
)


def _in_role(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Customers, patients, colleagues and their likes, with their whole name."""
    for place in places:
        own = _OWN.search(text, max(0, place - 9), place) is not None
        found = _IN_ROLE.match(text, place, place + 96) or (own and _ONE_IN_ROLE.match(text, place, place + 48))
        if found:
            yield from _checked(text, *found.span(1), alone=own)


_LONE_RUN = re.compile(rb"(?<![A-Za-z0-9.\x80-\xff])" + RUN)
_BETWEEN = re.compile(
    rb"(?:[,;:(|]| [-(]| \xe2\x80[\x93\x94]|\t|\n)?[^\n.?!A-Z]{0,4}"
    rb"(?:[A-Za-z\x80-\xff./-]{1,20}[ .:#]{1,3}){0,2}[^A-Za-z0-9\n]{0,4}"
)
"""What may stand between a name and the number that is somebody's."""
_PAIRED = frozenset(("phone", "passport", "national_id", "iban", "payment_card", "address"))


def beside(text: bytes, found: Sequence[Span]) -> Iterator[Span]:
    """Names of two words or more right before a number or an address that is somebody's."""
    for span in found:
        if span.kind in _PAIRED:
            runs = _LONE_RUN.finditer(text, max(0, span.start - 72), span.start)
            near = next((run for run in runs if _BETWEEN.fullmatch(text, run.end(), span.start)), None)
            listed = parts(text, *near.span()) if near else []
            if near and any(is_telling(text[slice(*each)]) for each in listed):
                continue
            if (
                len(listed) > 1
                and near
                and listed[-1][1] == near.end()
                and not near.group().isupper()
                and not is_public(text, listed[0][0], listed[-1][1])
            ):
                yield Span("name", listed[0][0], listed[-1][1])


_HAN = rb"(?:[\xe4-\xe9][\x80-\xbf]{2})"
_IDEOGRAPHIC = re.compile(
    rb"(?:\xef\xbc\x9a|:|\xe6\x98\xaf)?\s?("
    + _HAN
    + rb"{2,4}(?:[ \xe3\x80\x80]{1,3}"
    + _HAN
    + rb"{1,3})?)(?=$|[\n,;(]|\xef\xbc[\x8c\x88\x9b]|\xe3\x80[\x81\x82]|\xe6\xa7\x98|\xe3\x81\xa7|\xe3\x81\x95"
    rb"|\xe3\x81\xae)"
)


def _ideographic(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Chinese and Japanese names after their labels."""
    for place in places:
        found = _IDEOGRAPHIC.match(text, place, place + 40)
        if found:
            yield Span("name", *found.span(1))


READERS: Mapping[str, Reader] = {
    "title": _titled,
    "greeting": _greeted,
    "closing": _signed,
    "introduction": _introduced,
    "presentation": _presented,
    "label": _labelled,
    "head": _addressed,
    "role": _in_role,
    "ideographs": _ideographic,
}
_IDEOGRAPHS = ("我叫", "我是", "姓名", "客户", "患者", "联系人", "员工", "收件人", "氏名", "名前", "お名前", "担当")
_HEADERS = (
    b"From:",
    b"To:",
    b"Cc:",
    b"CC:",
    b"Von:",
    b"An:",
    b"De :",
    b"Attn:",
    b"Bill to",
    b"Ship to",
    b"Remit to",
    b"t.a.v.",
)


_LEAST = 5
"""Letters of what people are to each other below which the word is too often a piece of another."""


def _anchors() -> Iterator[Anchor]:
    for word in lines("titles"):
        for end in (". ", " ") if len(word) > 1 else (". ",):
            yield Anchor("title", re.escape((word + end).encode()), len((word + end).encode()))
    for word in lines("greetings"):
        begins = b"(?:^|[^a-z])" if word.islower() else b""  # `hey` ends other words
        yield Anchor("greeting", begins + re.escape(word.encode()) + b" ", 1)
    for word in lines("closings"):
        yield Anchor("closing", b"(?i)" + word.encode())
    for word in lines("introductions"):
        plain = word.rstrip("? ")
        name = "introduction" if plain == word else "presentation"
        yield Anchor(
            name,
            b"(?i)" + re.escape(plain.encode()) + (b" " if name == "presentation" else b""),
            int(name == "presentation"),
        )
    for word in sorted(_LABELS):
        yield Anchor("label", b"(?i)" + re.escape(word))
    for word in sorted(words("roles")):
        if len(word) >= _LEAST:
            yield Anchor("role", re.escape(word) + b" ", len(word) + 1)
    for head in _HEADERS:
        yield Anchor("head", re.escape(head))
    for word in _IDEOGRAPHS:
        yield Anchor("ideographs", word.encode())


ANCHORS = tuple(_anchors())
