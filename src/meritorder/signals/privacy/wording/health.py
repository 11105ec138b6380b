"""What is said of somebody's health: words for illnesses, medicines, findings, and beside them whose they are."""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wording.somebody import inside_word, is_told_of_somebody, word_end, word_start
from meritorder.signals.privacy.wordlists import alternatives, lines, words

_MODIFIERS = words("modifiers")
_MODIFIER = re.compile(
    rb"(?:\d[\d.]*%?|[a-z-]{2,}(?:al|ic|ous|ary|ory|ar|ive|oid|isch|lich|ig|isch|iv)(?:e[nrsm]?)?|[IVX]+|\d+(?:st|nd|rd|th|\.))"
)
_ON = 60
_STOP = re.compile(
    rb"(?i)[;\n!?()\"|<>\[\]{}+]|[.,:](?!\d)|\xe2\x80[^\x99]|\xef[\xbc\xbd]|\xe3\x80|\xf0\x9f|\xe2[\x98-\x9e]| [-/] "
    rb"| " + alternatives("upto") + rb"(?![a-z'\x80-\xff])"
)
_DOSE = re.compile(rb"(?: \d[\d.,/x-]*(?: ?(?:mg|mcg|\xc2\xb5g|g|ml|ui|iu|units|%)(?![a-z]))?)*")


def _begin(text: bytes, start: int) -> int:
    """Where the words begin that say of what kind or where an illness is."""
    for _ in range(4):
        if text[start - 1 : start] != b" ":
            break
        first = max(0, start - 22)
        word = max(text.rfind(mark, first, start - 1) for mark in (b" ", b"\n", b"(", b'"')) + 1
        before = text[max(word, first) : start - 1]
        if before.lower() not in _MODIFIERS and not _MODIFIER.fullmatch(before):
            break
        start = word
    return start


def _finish(text: bytes, end: int) -> int:
    """Where ends what is said of an illness that is named up to `end`."""
    stop = _STOP.search(text, end, end + _ON)
    if stop:
        return stop.start()
    if len(text) <= end + _ON:
        return len(text)
    dose = _DOSE.match(text, end)
    return dose.end() if dose else end


def _named(text: bytes, start: int, word: int) -> Iterator[Span]:
    """The illness from `start` to `word`, with what belongs to it, if it is somebody's."""
    if is_told_of_somebody(text, start, word):
        end = _finish(text, word)
        yield Span("health", _begin(text, start), start + len(text[start:end].rstrip()))


_PHRASES: dict[bytes, list[bytes]] = {}
"""Terms of several words by the first."""
for _term in lines("conditions"):
    _PHRASES.setdefault(_term.encode().split(b" ")[0], []).append(_term.encode())


def _term_end(text: bytes, place: int) -> int:
    """Where the term that begins at `place` ends."""
    word = word_end(text, place)
    for term in _PHRASES.get(text[place:word].lower(), ()):
        if text[place : place + len(term)].lower() == term:
            return word_end(text, place + len(term))
    return word


def _conditions(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Words that begin like an illness."""
    reached = 0
    for place in places:
        if place < reached or inside_word(text, place):
            continue
        for span in _named(text, place, _term_end(text, place)):
            reached = span.end
            yield span


_NO_ILLS = words("no-ills")


def _ends(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Words that end like an illness or a medicine."""
    reached = 0
    for place in places:
        if place < reached or not inside_word(text, place):
            continue
        start, end = word_start(text, place), word_end(text, place)
        if end - start < 7 or text[start:end].lower() in _NO_ILLS:
            continue
        for span in _named(text, start, end):
            reached = span.end
            yield span


_ORGANS = re.compile(
    "(?:[乳腺肺胃肝肠腸大小結结直前列膵胰食道管子宫宮頸颈卵巢肾腎血心脏臓脑脳腰椎骨髓皮肤膚甲状喉口腔鼻咽舌胆囊膀胱脚踝手腕膝髋腿臂肩右左"
    "半身二一三四型期性急慢级級の]|[12]型)*$"
)
_LAST = re.compile("[。，、；！？｜：（）「」\\s,;了でをがはに是在就不并怎吗因だし]|のため")
_BACK, _FORTH = 18, 36


def _ideographs(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Illnesses in Chinese and Japanese, where no blanks part words."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        organs = _ORGANS.search(text[max(reached, place - _BACK) : place].decode(errors="ignore"))
        start = place - len(organs.group().encode()) if organs else place
        said = text[place : place + _FORTH].decode(errors="ignore")
        last = _LAST.search(said, 2)
        reached = place + len((said[: last.start()] if last else said[:6]).encode())
        if is_told_of_somebody(text, start, reached):
            yield Span("health", start, reached)


_DIAGNOSED = re.compile(
    rb"[\"'*]{0,2} ?(?::|\xef\xbc\x9a)\s{0,2}[\[\"]{0,2}([^\n;\"|<>\[\]{}()=][^\n;\"|<>\[\]{}=]{2,90}?)(?=\n|;|\"|\||<"
    rb"|$|\. |\.$|\)|\xe3\x80|\xef\xbc|\?)"
)
_NONE = re.compile(
    rb"(?i)(?:none|keine?|no|nein|ninguna|nessuna|aucune|geen|brak|n/a|- |[_.-]{2,}|your|bool|str|int|float|string"
    rb"|object|true|false|null|text|varchar)\b|[- ]|__"
)
_PIECE = re.compile(
    rb", (?=[A-Za-z\x80-\xff-]{3,} [A-Za-z\x80-\xff\d]|[A-Z\xc3])(?!(?i:grade|stage|left|right|with|no|off|two|since) )"
)
_SPELLED = re.compile(rb"[A-Za-z\x80-\xff]{3}")


def _diagnosed(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """What follows a label such as `Diagnosis:`, each item by itself."""
    for place in places:
        found = _DIAGNOSED.match(text, place, place + 110)
        if not found or _NONE.match(found.group(1)) or not _SPELLED.search(found.group(1)):
            continue
        if text[text.rfind(b"\n", max(0, place - 40), place) + 1 : place].lstrip().startswith(b"- "):
            continue  # An item of a configuration.
        start = found.start(1)
        for comma in _PIECE.finditer(text, start, found.end(1)):
            yield Span("health", start, comma.start())
            start = comma.end()
        yield Span("health", start, found.end(1))


def _begins(term: str) -> tuple[bytes, int]:
    """The pattern of a stem, a hyphen in it is a blank as well; short ones are whole words."""
    stem = term.encode()
    return b"(?i)" + stem.replace(b"-", b"[ -]") + (rb"\b" if len(stem) < 4 else b""), len(stem)


READERS: Mapping[str, Reader] = {
    "condition": _conditions,
    "end of an illness": _ends,
    "ideographs of an illness": _ideographs,
    "diagnosis": _diagnosed,
}
_STEMS = sorted({term.decode() for name in ("ills", "medicines") for term in words(name)})
ANCHORS = (
    *(Anchor("condition", b"(?i)" + term.encode(), len(term.encode())) for term in lines("conditions")),
    *(Anchor("condition", *_begins(term)) for term in _STEMS if term < "\u3000"),
    *(Anchor("ideographs of an illness", term.encode(), len(term.encode())) for term in _STEMS if term >= "\u3000"),
    *(
        Anchor("end of an illness", b"(?i)" + term + rb"\b", len(term))
        for name in ("ill-ends", "medicine-ends")
        for term in sorted(words(name))
    ),
    *(Anchor("diagnosis", b"(?i)" + term.encode()) for term in lines("diagnoses")),
)
