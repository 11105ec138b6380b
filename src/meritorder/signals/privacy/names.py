"""Names of people that are told by a listed given name or family name, with what stands around them.

A given name with a family name after it is a name, unless the words around ask about a public figure. A given name
alone is one where somebody is greeted, asked, told of; a listed family name is one after a word in capitals. Once a name
was found whole, its parts are names where they stand alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wordlists import lines, words

AMBIGUOUS = words("given-too")
GIVEN = words("given") - AMBIGUOUS
SURNAMES = words("surnames")
FAMILY = SURNAMES | words("surnames-too")
UNNAMED = words("unnamed")
_FAMOUS = frozenset(line.encode() for line in lines("famous"))
_CALLS = words("calls")
_ROLES = words("roles")

_UPPER = rb"(?:[A-Z]|\xc3[\x80-\x9e]|[\xc4-\xc8][\x80-\xbf]|\xe1[\xb8-\xbb][\x80-\xbf])"
WORD = _UPPER + rb"(?:[A-Za-z]|[\xc3-\xcb\xe1][\x80-\xbf]{1,2}|['-](?=[A-Za-z\xc3-\xcb]{2}))*+"
_PARTICLE = (
    rb"(?:de la|de los|de las|del|della|di|du|de|da|do|dos|das|van der|van den|van de|van|von der|von|zu|vom|ter|ten|el|al|bin"
    rb"|ibn|af|av|la|le)"
)
RUN = WORD + rb"(?: (?:" + _UPPER + rb"\.(?: " + _UPPER + rb"\.)? |" + _PARTICLE + rb" )?" + WORD + rb"){0,4}"
"""A word in capitals and those that follow it, initials and particles between them."""

_RUN = re.compile(RUN)
_INSIDE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._/'-#$&\\")
_GOES_ON = frozenset(b"@_(/0123456789")
_SAID = re.compile(rb"[a-z'\x80-\xff]+")
_THINGS = frozenset(
    b"Inc Ltd LLC Corp GmbH AG Foundation Institute University College School Hospital Airport Station Street Road Avenue Park Square"
    b" Place Bridge Award Prize Theorem Equation Law Stadium Museum Library Bank Platz Center Centre Lane Drive Hotel Lake River"
    b" Island Beach Church Cathedral Street Strasse County City Theatre House Hall Castle Cup Group Boulevard Close Terrace Court"
    b" Crescent Gardens Sponge Republic Effect Syndrome Disease Method Test Act Scale Motors Airlines".split()
)
_PUBLIC = re.compile(
    rb"(?:(?:who|wer|qui|qui\xc3\xa9n|chi|quem|wie|when|where|wann|cu\xc3\xa1ndo|quando|quand)"
    rb" (?:is|was|were|did|ist|war|est|\xc3\xa9tait|es|fue|era|\xc3\xa8|fu|\xc3\xa9|foi|starb|hat|has)"
    rb"|(?:life|death|works?|biography|novels?|books?|poems?|paintings?|music|songs?|quotes?|style|theory|plot|films?|film|romane?|werke"
    rb"|leben|vie|vida|vita|romans?|film|cuadros) (?:of|by|von|de|d[ei]|du)"
    rb"|(?:written|painted|directed|composed|invented|discovered|played|sung|starring|trailer|by the author|books? by|about) (?:by)?"
    rb"|president|minister|chancellor|senator|king|queen|pope|saint|actor|actress|singer|philosopher|physicist|mathematician"
    rb"|painter|author|novelist|poet|composer|president|kanzler(?:in)?|ministro|ministre|papst|schriftsteller(?:in)?|autor(?:in)?"
    rb"|escritor[a]?|dichter|like|versus|vs\.?) ?(?:the |el |la |le |der |die )?[\"']?$"
)
_PUBLIC_AFTER = re.compile(
    rb" (?:wrote|painted|composed|invented|discovered|won (?:the|a)|was born|died in|born in|ruled|novel|biograph|movie|album|symphon)"
)


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
    before = text[max(0, start - 40) : start].lower()
    return _PUBLIC.search(before) is not None or _PUBLIC_AFTER.match(text, end) is not None


def _given(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Names that begin with a listed given name."""
    whole: set[bytes] = set()
    alone: list[tuple[int, int]] = []
    reached = -1
    for place in places:
        if place < reached or (place and text[place - 1] in _INSIDE):
            continue
        run = _RUN.match(text, place)
        if run is None:
            continue
        start, end, reached = place, run.end(), place + 1
        said = run.group()
        if end < len(text) and text[end] in _GOES_ON:
            continue
        first, _, more = said.partition(b" ")
        if more:
            end = _full(text, start, end, first)
            if end:
                reached = end
                whole.update(text[start:end].split(b" "))
                yield Span("name", start, end)
                continue
            end = start + len(first)
        if (first in GIVEN or first in AMBIGUOUS) and not (more and more.partition(b" ")[0] in _THINGS):
            family = _family_before(text, start)
            if family >= 0:
                yield Span("name", family, end)
            elif _is_told(text, start, end, first, sure=first in GIVEN):
                yield Span("name", start, end)
            else:
                alone.append((start, end))
    yield from (Span("name", start, end) for start, end in alone if text[start:end] in whole)


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
    if finish < end and text[finish + 1 : end].partition(b" ")[0] in _THINGS:
        return 0
    return 0 if is_public(text, start, finish) else finish


_FAMILY_FIRST = re.compile(
    rb"(?:^|[\n:;|\"(>.\t] ?|\d |\xe2\x80\x93 )((?:" + WORD + rb")(?: " + WORD + rb")?)(?:, |/)$"
)


def _family_before(text: bytes, start: int) -> int:
    """Where the family name before a given name begins, as in `Nowak, Anna`; -1 where there is none."""
    if text[start - 1 : start] not in {b"/", b" "} or text[start - 2 : start - 1] != b"," and text[start - 1 : start] != b"/":
        return -1
    found = _FAMILY_FIRST.search(text, max(0, start - 32), start)
    if found is None or not UNNAMED.isdisjoint(found.group(1).split(b" ")) or found.group(1).split(b" ")[0] in GIVEN:
        return -1
    return found.start(1)


def _is_called(text: bytes, start: int) -> bool:
    """Whether the word right before greets, asks, or says what the person is to somebody."""
    said = _SAID.findall(text[max(0, start - 24) : start].lower())
    return bool(said) and (said[-1] in _CALLS or said[-1] in _ROLES) and text[start - 1 : start] in {b" ", b"\n"}


_TELLS = re.compile(
    rb"(?:'s)? (?:said|says|told|asked|asks|wrote me|called|confirmed|wants?|thinks|needs|mentioned|replied|resigned|left|got|makes|earns|and i\b|and me\b"
    rb"|from (?:accounts|hr|it|sales|finance|legal)|sagt|sagte|meint|will|braucht|verdient|bekommt|kriegt|und ich|et moi|dit|gagne|touche|dice|dijo"
    rb"|gana|cobra|y yo|ha detto|guadagna|disse|ganha|e eu|zei|zegt|verdient|en ik)(?![a-z])"
)
_OWNED = re.compile(rb"'s [a-z]")
_VOCATIVE = re.compile(rb", (?:[a-z]|I )")
_LINE_END = re.compile(rb"[ .!]?\s*(?:\n|$|[\"<])")
_PREPOSED = frozenset((b"with", b"from"))
_MY = frozenset(
    b"my our his her their your mein meine meinen meinem meiner unser unsere mon ma notre mi mio mia meu minha mijn onze nuestro nuestra nossa"
    b" nosso tu dein deine ton ta tua mn m'n".split()
)


def _is_told(text: bytes, start: int, end: int, first: bytes, *, sure: bool) -> bool:
    """Whether a given name that stands alone is somebody's here; one that may be a word has to be greeted or told of."""
    before = text[max(0, start - 36) : start]
    gap = before[-1:]
    said = _SAID.findall(before.lower())[-3:]
    opens = not before or gap in b"\n\"" or before.endswith((b"\n> ", b": \""))
    if said and gap in b" \n" and before.rstrip()[-1:] not in b".?!;)":
        last = said[-1]
        if last in _ROLES and (not _MY.isdisjoint(said) or sure):
            return True
        if last in _CALLS and (sure or last not in _PREPOSED):
            return sure or _VOCATIVE.match(text, end) is not None or _LINE_END.match(text, end) is not None
        if before.endswith((b"Familie ", b"die ", b"el ", b"la ", b"der ", b"a ")) and sure:
            return _TELLS.match(text.lower() if False else text, end) is not None
    if opens and _VOCATIVE.match(text, end):
        return True
    if opens and start and _LINE_END.match(text, end):
        return sure
    if not sure:
        return False
    return _TELLS.match(text, end) is not None or (_OWNED.match(text, end) is not None and bool(said))


_BEFORE_FAMILY = re.compile(rb"(?<![A-Za-z0-9@._/'\x80-\xff-])(" + WORD + rb"|" + _UPPER + rb"\.) (?:" + _PARTICLE + rb" )?$")


def _families(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Names that end with a listed family name, whatever comes before it in capitals."""
    for place in places:
        run = _RUN.match(text, place)
        before = _BEFORE_FAMILY.search(text, max(0, place - 32), place)
        if run is None or before is None:
            continue
        family = run.group().partition(b" ")[0]
        first = before.group(1)
        if (family in FAMILY or family.partition(b"-")[0] in FAMILY) and first not in UNNAMED and len(first) > 1:
            end = place + len(family)
            if run.end() > end and text[end + 1 : run.end()].partition(b" ")[0] in _THINGS:
                continue
            if not is_public(text, before.start(1), end) and not (end < len(text) and text[end] in _GOES_ON):
                yield Span("name", before.start(1), end)


_MAILBOX = re.compile(
    rb"(" + RUN + rb")[\"']?(?: (?:at|mail|e-?mail|an|\xc3\xa0|a)|,? (?:e-?)?mail:?)?[ ,;|\n(<\t:/\xc2\xb7\xe2\x80\x94\x93-]{1,5}(?:mailto:)?([\w.+-]{2,64})$"
)
_LETTERS = re.compile(rb"[a-z]{3,}")


def _mailboxes(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Names before an e-mail address that has some of their letters."""
    for place in places:
        found = _MAILBOX.search(text, max(0, place - 112), place - 2)
        if found is None:
            continue
        local = found.group(2).lower()
        listed = parts(text, *found.span(1))
        folded = [_LETTERS.findall(text[slice(*span)].lower()) for span in listed]
        if len(listed) > 1 and any(piece[:8] in local for pieces in folded for piece in pieces):
            yield Span("name", listed[0][0], listed[-1][1])


READERS: Mapping[str, Reader] = {"given": _given, "family": _families, "at": _mailboxes}


def _anchors() -> Iterator[Anchor]:
    """Each name as a literal, but not what begins with another one; short and ambiguous ones with what follows them."""
    reached = b"\0"
    for name in sorted(GIVEN | AMBIGUOUS):
        if name in AMBIGUOUS or len(name) < 4:
            for end in (b" ", b",", b"\n", b"."):
                yield Anchor("given", re.escape(name + end), len(name) + 1)
        elif not name.startswith(reached):
            reached = name
            yield Anchor("given", re.escape(name), len(name))
    for name in sorted(SURNAMES):
        if len(name) > 3:
            yield Anchor("family", b" " + re.escape(name), len(name))


ANCHORS = tuple(_anchors())
