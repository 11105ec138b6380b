"""Names of people that are told by a listed given name or family name, with what stands around them.

A given name with a family name after it is a name, unless the words around ask about a public figure. A given name
alone is one where somebody is greeted, asked, told of; a listed family name is one after a word in capitals. Once a
name was found whole, its parts are names where they stand alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wordlists import alternatives, lines, words

AMBIGUOUS = words("given-too")
GIVEN = words("given") - AMBIGUOUS
SURNAMES = words("surnames")
FAMILY = SURNAMES | words("surnames-too")
UNNAMED = words("unnamed")
_FAMOUS = frozenset(line.encode() for line in lines("famous"))
_CALLS = words("calls")
_ROLES = words("roles")

POSSIBLE = "possible name"
"""Kind of a given name that stands alone with nothing beside it: somebody's if the text around is about somebody."""

LIKELY = "likely name"
"""Kind of a whole name with nothing beside it: somebody's unless a question is about whoever bears it."""

_UPPER = rb"(?:[A-Z]|\xc3[\x80-\x9e]|[\xc4-\xc8][\x80-\xbf]|\xe1[\xb8-\xbb][\x80-\xbf])"
WORD = _UPPER + rb"[A-Za-z]*+(?:(?:[\xc3-\xcb\xe1][\x80-\xbf]{1,2}|['-](?=[A-Za-z\xc3-\xcb]{2}))[A-Za-z]*+)*+"
_PARTICLE = (
    rb"(?:de la|de los|de las|del|della|di|du|de|da|do|dos|das|van der|van den|van de|van|von der|von|zu|vom"
    rb"|ter|ten|el|al|bin"
    rb"|ibn|af|av|la|le)"
)
RUN = WORD + rb"(?: (?:" + _UPPER + rb"\.(?: " + _UPPER + rb"\.)? |" + _PARTICLE + rb" )?" + WORD + rb"){0,4}"
"""A word in capitals and those that follow it, initials and particles between them."""

_RUN = re.compile(RUN)
_INSIDE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._/'-#$&\\")
_GOES_ON = frozenset((b"@", b"_", b"(", b"/", *(b"%d" % digit for digit in range(10))))
_SAID = re.compile(rb"[a-z'\x80-\xff]+")
_THINGS = words("institutions")
_PUBLIC = re.compile(
    rb"(?:(?:who|wer|qui|qui\xc3\xa9n|chi|quem|wie|when|where|wann|cu\xc3\xa1ndo|quando|quand)"
    rb" (?:is|was|were|did|ist|war|est|\xc3\xa9tait|es|fue|era|\xc3\xa8|fu|\xc3\xa9|foi|starb|hat|has)"
    rb"|(?:life|death|works?|biography|novels?|books?|poems?|paintings?|music|songs?|quotes?|style|theory|plot"
    rb"|films?|film|romane?|werke"
    rb"|leben|vie|vida|vita|romans?|film|cuadros) (?:of|by|von|de|d[ei]|du)"
    rb"|(?:written|painted|directed|composed|invented|discovered|played|sung|starring|trailer|by the author"
    rb"|books? by|about) (?:by)?"
    rb"|president|minister|chancellor|senator|king|queen|pope|saint|actor|actress|singer|philosopher|physicist"
    rb"|mathematician"
    rb"|painter|author|novelist|poet|composer|president|kanzler(?:in)?|ministro|ministre|papst"
    rb"|schriftsteller(?:in)?|autor(?:in)?"
    rb"|escritor[a]?|dichter|like|versus|vs\.?) ?(?:the |el |la |le |der |die )?[\"']?$"
)
_LEADS_TO_PUBLIC = words("before-public")
"""Words that may stand right before a public figure; only after them is more of the text read."""
_LEADING = frozenset((b" ", b'"', b"'"))
_PUBLIC_AFTER = re.compile(
    rb" (?:wrote|painted|composed|invented|discovered|won (?:the|a)|was born|died in|born in|ruled|novel"
    rb"|biograph|movie|album|symphon)"
)


_ASKED = re.compile(rb"\W*" + alternatives("asking") + rb"(?![a-z])", re.IGNORECASE)
_OURS = re.compile(rb"(?<![a-z'])" + alternatives("ours") + rb"(?![a-z'])", re.IGNORECASE)


def is_asked_about(text: bytes, start: int, end: int) -> bool:
    """Whether the line is a question in general, with nobody in it who speaks of their own."""
    begins = text.rfind(b"\n", max(0, start - 200), start) + 1
    if _ASKED.match(text, max(begins, start - 200), start) is None:
        return False
    ends = text.find(b"\n", end, end + 200)
    return _OURS.search(text, begins, ends if ends >= 0 else end + 200) is None


def parts(text: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words of a run are that can be parts of a name: those before the first that cannot."""
    found: list[tuple[int, int]] = []
    for word in _WORDS.finditer(text, start, end):
        if word.group() in UNNAMED:
            break
        found.append(word.span())
    return found


_WORDS = re.compile(rb"[^ ]+")


def is_public(text: bytes, start: int, end: int) -> bool:
    """Whether the name between is that of a public figure, or is asked about like one."""
    if text[start:end] in _FAMOUS:
        return True
    if text[start - 1 : start] in _LEADING:
        before = text[max(0, start - 14) : start].rstrip(b" \"'").lower()
        if before[before.rfind(b" ") + 1 :] in _LEADS_TO_PUBLIC:
            return _PUBLIC.search(text[max(0, start - 40) : start].lower()) is not None
    return text[end : end + 1] == b" " and _PUBLIC_AFTER.match(text, end) is not None


def _given(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Names that begin with a listed given name."""
    whole: set[bytes] = set()
    lengths: dict[bytes, int] = {}
    alone: list[tuple[int, int]] = []
    reached = -1
    for place in places:
        run = None if place < reached or (place and text[place - 1] in _INSIDE) else _RUN.match(text, place)
        if run is None or text[run.end() : run.end() + 1] in _GOES_ON:
            continue
        start, end, reached = place, run.end(), place + 1
        said = run.group()
        first, _, more = said.partition(b" ")
        if more:
            length = lengths.get(said)
            if length is None:
                length = lengths[said] = _full(text, start, end, first) - start
                whole.update(said[: max(0, length)].split(b" "))
            end = start + length
            if length > 0:
                reached = end
                if not is_public(text, start, end):
                    yield Span(LIKELY, start, end)
                continue
            end = start + len(first)
        if (first in GIVEN or first in AMBIGUOUS) and not (more and more.partition(b" ")[0] in _THINGS):
            family = _family_before(text, start)
            if family >= 0:
                yield Span("name", family, end)
            elif _is_told(text, start, end, sure=first in GIVEN):
                yield Span("name", start, end)
            elif first in GIVEN or first in whole:
                alone.append((start, end))
    yield from (Span("name" if text[start:end] in whole else POSSIBLE, start, end) for start, end in alone)


def _full(text: bytes, start: int, end: int, first: bytes) -> int:
    """Where a given name and the family name after it end; 0 where there is none."""
    listed = parts(text, start, end)
    if len(listed) < 2:
        return 0
    finish = listed[-1][1]
    second = text[slice(*listed[-1])]
    known = first in GIVEN or first.partition(b"-")[0] in GIVEN
    if not known and (first not in AMBIGUOUS or not (second in FAMILY or _is_called(text, start))):
        return 0
    return 0 if finish < end and text[finish + 1 : end].partition(b" ")[0] in _THINGS else finish


_FAMILY_FIRST = re.compile(
    rb"(?:^|[\n:;|\"(>.\t] ?|\d |\xe2\x80\x93 )((?:" + WORD + rb")(?: " + WORD + rb")?)(?:, |/)$"
)


def _family_before(text: bytes, start: int) -> int:
    """Where the family name before a given name begins, as in `Nowak, Anna`; -1 where there is none."""
    if text[start - 1 : start] not in {b"/", b" "} or (
        text[start - 2 : start - 1] != b"," and text[start - 1 : start] != b"/"
    ):
        return -1
    found = _FAMILY_FIRST.search(text, max(0, start - 32), start)
    if found is None or not UNNAMED.isdisjoint(found.group(1).split(b" ")) or found.group(1).split(b" ")[0] in GIVEN:
        return -1
    if found.group(1).lower() in _CALLS:
        return -1
    return found.start(1)


def _is_called(text: bytes, start: int) -> bool:
    """Whether the word right before greets, asks, or says what the person is to somebody."""
    said = _SAID.findall(text[max(0, start - 24) : start].lower())
    return bool(said) and (said[-1] in _CALLS or said[-1] in _ROLES) and text[start - 1 : start] in {b" ", b"\n"}


_TELLS = re.compile(
    rb"(?:'s)? (?:said|says|told|asked|asks|wrote me|called|confirmed|wants?|thinks|needs|mentioned|replied"
    rb"|resigned|left|got|makes|earns|and i\b|and me\b"
    rb"|from (?:accounts|hr|it|sales|finance|legal)|sagt|sagte|meint|will|braucht|verdient|bekommt|kriegt"
    rb"|und ich|et moi|dit|gagne|touche|dice|dijo"
    rb"|gana|cobra|y yo|ha detto|guadagna|disse|ganha|e eu|zei|zegt|verdient|en ik)(?![a-z])"
)
_TELLING = frozenset((b" ", b"'"))
_VOCATIVE = re.compile(rb", (?:[a-z]|I )")
_LINE_END = re.compile(rb"[ .!]?\s*(?:\n|$|[\"<])")
_PREPOSED = frozenset((b"with", b"from"))
_MY = words("possessives")


def _is_told(text: bytes, start: int, end: int, *, sure: bool) -> bool:
    """Whether a given name that stands alone is somebody's here; one that may be a word has to be greeted."""
    before = text[max(0, start - 36) : start]
    gap = before[-1:]
    said = _SAID.findall(before.lower())[-3:]
    opens = not before or gap in b'\n"' or before.endswith((b"\n> ", b': "'))
    if said and gap in b" \n" and before.rstrip()[-1:] not in b".?!;)":
        last = said[-1]
        if last in _ROLES and (not _MY.isdisjoint(said) or sure):
            return True
        if last in _CALLS and (sure or last not in _PREPOSED):
            return sure or _VOCATIVE.match(text, end) is not None or _LINE_END.match(text, end) is not None
    if opens and _VOCATIVE.match(text, end):
        return True
    if opens and start and _LINE_END.match(text, end):
        return sure
    if not sure:
        return False
    return text[end : end + 1] in _TELLING and _TELLS.match(text, end) is not None


_BEFORE_FAMILY = re.compile(
    rb"(?<![A-Za-z0-9@._/'\x80-\xff-])(" + WORD + rb"|" + _UPPER + rb"\.) (?:" + _PARTICLE + rb" )?$"
)


def _families(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Names that end with a listed family name, whatever comes before it in capitals."""
    for place in places:
        if text[text.rfind(b" ", max(0, place - 24), place - 1) + 1 : place - 1] in GIVEN:
            continue  # then it was read with the given name
        before = _BEFORE_FAMILY.search(text, max(0, place - 32), place)
        run = _RUN.match(text, place)
        if run is None or before is None:
            continue
        family = run.group().partition(b" ")[0]
        first = before.group(1)
        if (family in FAMILY or family.partition(b"-")[0] in FAMILY) and first not in UNNAMED and len(first) > 1:
            end = place + len(family)
            if run.end() > end and text[end + 1 : run.end()].partition(b" ")[0] in _THINGS:
                continue
            if not is_public(text, before.start(1), end) and text[end : end + 1] not in _GOES_ON:
                yield Span(LIKELY, before.start(1), end)


_MAILBOX = re.compile(
    rb"(" + RUN + rb")[\"']?(?: (?:at|mail|e-?mail|an|a)|,? (?:e-?)?mail:?)?[ ,;"
    rb"|\n(<\t:/\xc2\xb7\xe2\x80\x94\x93-]{1,5}(?:mailto:)?$"
)
_LETTERS = re.compile(rb"[a-z]{3,}")


def _mailboxes(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Names before an e-mail address that has some of their letters."""
    for place in places:
        begins = max(0, place - 66)
        head = text[begins : place - 2]
        local = head[max(map(head.rfind, _OPENERS)) + 1 :].lower()
        ends = place - 2 - len(local)
        if text[ends - 2 : ends - 1] in _SPACED or not local:
            continue
        found = _MAILBOX.search(text, max(0, ends - 48), ends)
        if found is None:
            continue
        listed = parts(text, *found.span(1))
        folded = [piece for span in listed for piece in _LETTERS.findall(text[slice(*span)].lower())]
        if len(listed) > 1 and any(piece[:8] in local for piece in folded):
            yield Span("name", listed[0][0], listed[-1][1])


_OPENERS = (b" ", b"<", b"(", b",", b";", b":", b"\n", b"|", b'"')
_SPACED = frozenset((b".", b"?", b"!"))


READERS: Mapping[str, Reader] = {"given": _given, "family": _families, "at": _mailboxes}


_SHORT = 4
"""Bytes of a name below which it is looked for with what may follow it: it is too often a piece of a word."""


def _anchors() -> Iterator[Anchor]:
    """Each name as a literal, but not what begins with another one; short ones with what follows them."""
    reached = b"\0"
    for name in sorted(GIVEN | AMBIGUOUS):
        if len(name) < _SHORT:
            for end in (b" ", b",", b"\n"):
                yield Anchor("given", re.escape(name + end), len(name) + 1)
        elif not name.startswith(reached):
            reached = name
            yield Anchor("given", re.escape(name), len(name))
    for name in sorted(SURNAMES):
        if len(name) > 3:
            yield Anchor("family", b" " + re.escape(name), len(name))


ANCHORS = tuple(_anchors())
