"""Wishes that a text stay with those whom it was told: markings of letters, and what people ask of one another."""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wordlists import alternatives, lines

LONGEST = 90
"""Bytes on either side of an anchor that a wish may have."""
_LINE = 200
_STOP = re.compile(
    rb"[.,;:\n!?)\"|]|\*/| ?--|\xe2\x80[\x9c-\x9e]| \xe2\x80[\x93\x94]| - |\xc2\xb7|\xc2\xbb|\xef\xbc|\xe3\x80| ?/\*"
    rb"| (?:but|aber|mais|pero|ma|maar|mas|pls|please|bitte|por favor|aub|before|because|while"
    rb"|though"
    rb"|until (?:the|he|she|i|we|it)|till|bis|weil|dass|tot|hasta|parce|porque|finch\xc3\xa9|if)(?![a-z])"
)
_ON = re.compile(
    rb"(?i)(?:[,:;] | (?:-|\xe2\x80[\x93\x94]) |\xef\xbc[\x8c\x9a]|\xe3\x80\x81)(?:not? |do not|don.t|never"
    rb"|must|may not"
    rb"|for the|addressee|(?:[\w-]{2,14} ){1,3}(?:only|eyes)(?![\w ])|named|copying|press|no copies|interviewee"
    rb"|nicht |keine|nur |fotos|ne pas|ne |diffusion|hors |secret prof|non |no lo |n\xc3\xa3o |niet |nie "
    rb"|\xe4\xb8\x8d|\xe8"
    rb"\xaf\xb7|\xe9\x98\x85)"
)
"""How a wish goes on after a stop."""
_NO_WISH = re.compile(
    rb"(?i)[ -](?:information|computing|client|vm|data protection|ity|and the |\w{0,3}password|documents?\b|files?\b"
    rb"|matters|treatment|counsell?ing|birth|geburt)|it[y\xc3]|ly\b|(?:er|ing|ers)\b| your (?:pin|password"
    rb"|passcode|otp|code|credentials)|(?:keits?|ezza|alit\xc3|alidad|alidade)|[(_=]|[\"\xe2\xc2] "
    rb"|\xe5\x8d\x8f\xe8\xae\xae|\xe6\x9d\xa1\xe6\xac\xbe|\xe6\xb3\x95|\xe4\xb9\x89\xe5\x8a\xa1"
)
_SPEAKING = re.compile(
    rb"(?i)what (?:does|is|do)|mean|bedeutet|signifie|significa|betekent|difference|explain|should a company"
    rb"|company policy"
    rb"|how (?:should|do|does|can)|unterschied|definition|policy|good advice|translate|\xc3\xbcbersetze|traduis"
    rb"|traduce|quiz"
    rb"|between .{1,20} and open|is (?:it|this) (?:true|legal)|non-disclosure agreements? (?:is|are)|clause"
    rb"|cl\xc3\xa1usula"
    rb"|why (?:do|does|are)|how has|can you keep|who wrote|receiving party|under this agreement|external use"
    rb"|tell \w+ to|stricter|draft an? |write an? |entwerfen|dialogue|\?$"
)
_ASKED = re.compile(rb"(?i)[^.!?\n]{0,80}(?:\bmean\b|bedeutet|difference|good advice|stricter)")
_CLAUSE = re.compile(
    rb"[.,;:\n!?(\"\xa7|]\s*|\xe2\x80[\x93\x94\x9c-\x9e] ?| - | and (?=must|may |should|shall|keep|do not|don)"
    rb"|\xc2[\xab\xbb\xb7\xbf\xa1] ?|: |\xef\xbc[\x81\x8c\x9a\x9b\x9f\x88]|\xe3\x80[\x80-\x8d]"
)
_PLEASE = re.compile(rb"(?i)(?:please|pls|kindly|bitte|merci de|por favor) ")
_BEGINS = re.compile(rb"(?i)(?<![\w\x80-\xff])" + alternatives("wish-begins"))
_BARE = re.compile(
    rb"(?i)(?:confidential|vertraulich|confidentiel(?:le)?|confidencial|riservat[oa]?|vertrouwelijk|poufne"
    rb"|restricted)$"
)
_ADVERB = re.compile(
    rb"(?i)(?:strictly|highly|commercially|private (?:and|&)|personal (?:and|&)|privileged (?:and|&)|personnel et"
    rb"|persoonlijk en|treat (?:this|it)[\w ]{0,14} as|in|via|streng|strikt|strikte|strictement|estrictamente"
    rb"|strettamente|estritamente|is|are|remain|remains|stays|ist|est|es|\xc3\xa8|\xc3\xa9|keep (?:this|it)"
    rb"|bleibt|company"
    rb"|informazione|inhalt|documento|document|proprietary and) $"
)
_VERBS = frozenset("is are remain remains stays ist bleibt est es è é".encode().split())
"""Words for being: what is said to be so begins after them."""
_LABELS = re.compile(rb"(?i)(?:public|general|internal|\xc3\xb6ffentlich|intern)\b[\w, /|]*$")
_CLOSING = frozenset((b".", b",", b":", b";", b"!", b")", b"\n", b'"', b"]", b" "))
"""With one of these an anchor may end."""
_NOTICE = re.compile(rb"(?i)(?:notice|for)$")


def _line(text: bytes, place: int) -> tuple[int, int]:
    """Where the line of `place` begins and ends, as far as it is read."""
    begins = text.rfind(b"\n", max(0, place - 160), place) + 1 or max(0, place - 160)
    ends = text.find(b"\n", place, place + _LINE)
    return begins, ends if ends >= 0 else min(len(text), place + _LINE)


def _wishes(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Wishes that a text stay where it is, from where they begin in their clause to its end."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        begins, ends = _line(text, place)
        if _SPEAKING.search(text, begins, place) or _NO_WISH.match(text, place) or _ASKED.match(text, place, ends):
            continue
        start = _start(text, begins, place)
        if start is None:
            continue
        end = _end(text, place, ends)
        start += len(text[start:end]) - len(text[start:end].lstrip(b" #/*>\"'-;(\xe2\x80\x9c\x9e"))
        if end > start:
            reached = end
            yield Span("confidential", start, start + len(text[start:end].rstrip()))


def _start(text: bytes, begins: int, place: int) -> int | None:
    """Where the wish begins whose anchor ends at `place`; None where a bare word is none."""
    starts = [stop.end() for stop in _CLAUSE.finditer(text, max(begins, place - LONGEST), place - 3)]
    start = starts[-1] if starts else max(begins, place - LONGEST)
    please = _PLEASE.match(text, start, place)
    start = please.end() if please else start
    bare = _BARE.search(text, max(0, place - 14), place)
    if not bare:
        told = _BEGINS.search(text, start, place)
        return told.start() if told else start
    if text[bare.start() - 1 : bare.start()].isalpha() or _LABELS.search(text, begins, bare.start()):
        return None
    adverb = _ADVERB.search(text, max(start, bare.start() - 28), bare.start())
    opens = bare.start() - start <= 2
    if opens and not bare.group().isupper() and text[bare.end() : bare.end() + 1] == b"," and start > begins:
        return None
    if adverb:
        return bare.start() if adverb.group().strip().lower() in _VERBS else adverb.start()
    told = _BEGINS.search(text, start, bare.start())
    if told:
        return told.start()
    return bare.start() if opens or bare.group().isupper() else None


def _end(text: bytes, place: int, ends: int) -> int:
    """Where a wish ends: at the first stop after which it does not go on; a notice takes the whole of its line."""
    if _NOTICE.search(text, place - 8, place) and text[place - 8 : place - 5].isalpha():
        return min(ends, place + _LINE)
    last = min(ends, place + LONGEST)
    end = place - (text[place - 1 : place] in _CLOSING)
    while stop := _STOP.search(text, end, last):
        on = _ON.match(text, stop.start(), min(ends, stop.start() + 40))
        if not on:
            return stop.start()
        end = on.end()
    return last if last == ends else max(end, place)


def begun(term: str) -> bytes:
    """The pattern of a term of a list; where it begins with a letter, a word begins there."""
    return (b"(?i)\\b" if re.match(r"[(?:]*[A-Za-z]", term) else b"(?i)") + term.encode()


READERS: Mapping[str, Reader] = {"wish": _wishes, "request": _wishes}
ANCHORS = (
    *(Anchor("wish", b"(?i)" + term.encode()) for term in lines("wishes")),
    *(Anchor("request", begun(term), along="wording") for term in lines("requests")),
)
