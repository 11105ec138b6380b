"""What texts are marked as: proprietary to a firm, or not to be passed on."""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wordlists import lines

_LONGEST = 110
_MARGIN = re.compile(rb"[\s#/*\"'<!\x2d;%>(=|]*")
_STOP = re.compile(rb"[.;\n!?]|\*/|-->|\"\"\"|\s[-\xe2]")
_SPEAKING = re.compile(
    rb"(?i)what (?:does|is|do)|mean|bedeutet|signifie|significa|betekent|difference|explain|should a company"
    rb"|how should|unterschied|definition|policy|good advice"
    rb"|between .{1,20} and open|is (?:it|this) (?:true|legal)|privacy policy|non-disclosure agreements? (?:is"
    rb"|are)|clause|\?$"
)
_FREE = re.compile(
    rb"(?i)BSD|MIT|Apache|GPL|Mozilla|licen[sc]e (?:that|can be)|permission is (?:hereby )?granted"
    rb"|redistribution and use|open[- ]source|governed by|SPDX|Creative Commons"
)


def _line(text: bytes, place: int) -> tuple[int, int]:
    """Where the line of `place` begins and ends, as far as it is read."""
    begins = text.rfind(b"\n", max(0, place - 160), place) + 1 or max(0, place - 160)
    ends = text.find(b"\n", place, place + 200)
    return begins, ends if ends >= 0 else min(len(text), place + 200)


def _proprietary(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Marks of what belongs to a firm, from where the line or the sentence begins to where it ends."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        begins, ends = _line(text, place)
        line = text[begins:ends]
        if _SPEAKING.search(line) or _FREE.search(text, begins, ends + 200):
            continue
        start = _after_margin(text, begins, place)
        last = max(text.rfind(mark, start, place) for mark in (b". ", b"; ", b"/* ", b"// ", b"# ", b": "))
        told = re.search(rb"(?i)copyright|\(c\)|\xc2\xa9", text[start:place])
        if last >= 0 and not told:
            start = _after_margin(text, last + 1, place)
        stop = _STOP.search(text, place, min(ends, place + _LONGEST))
        end = stop.start() if stop else min(ends, place + _LONGEST)
        if stop and stop.group() == b".":
            end += 1
        if place - start <= _LONGEST and _is_mark(text, start, place, end):
            reached = end
            yield Span("proprietary", start, start + len(text[start:end].rstrip(b" */\"'#->")))


def _after_margin(text: bytes, start: int, end: int) -> int:
    """Where the words begin after what comments begin with."""
    found = _MARGIN.match(text, start, end)
    return found.end() if found else start


_BEGINS = 48


def _is_mark(text: bytes, start: int, place: int, end: int) -> bool:
    """Whether the words stand where marks stand: at the beginning, after a copyright, or with what is forbidden."""
    said = text[start:end].lower()
    if re.search(
        rb"copyright|\(c\) ?(?:19|20)|\xc2\xa9|prohibit|untersagt|interdit|prohib|vietat|may not be|do not"
        rb"|not licensed|trade secrets?|eigentum|property of|propiedad de|propri|exclusiv|esclusiv",
        said,
    ):
        return not re.match(rb"proprietary (?:software|driver|format|vs|and open)", text[place - 11 : end])
    return place - start <= _BEGINS


_WISH_LONGEST = 64
_WISH_STOP = re.compile(
    rb"[.,;:\n!?)\"]|\xe2\x80\x94|\xef\xbc|\xe3\x80| (?:but|aber|mais|pero|ma|maar|mas|pls|please|lol|my"
    rb"|the ceo)(?![a-z])"
)
_NO_WISH = re.compile(
    rb"(?i)[ -](?:information|computing|client|vm|data protection|ity|\w{0,3}password)|ity|it\xc3|[\"\xe2\xc2] "
)
_CLAUSE = re.compile(rb"[.,;:\n!?(\"\xa7]\s*|\xe2\x80[\x93\x94] |: |\xc2\xbb")
_BARE = re.compile(
    rb"(?i)(?:confidential|vertraulich|confidentiel(?:le)?|confidencial|riservat[oa]|vertrouwelijk|poufne|restricted)$"
)
_ADVERB = re.compile(
    rb"(?i)(?:strictly|highly|private (?:and|&)|treat (?:this|it)[\w ]{0,14} as|in|via|streng|strikt|strikte"
    rb"|strictement|estrictamente|strettamente|estritamente|is|are|ist|est|es|\xc3\xa8|keep (?:this|it)|bleibt"
    rb"|company|informazione|Inhalt|Documento|proprietary and) $"
)


def _wishes(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Wishes that a text stay where it is, from the beginning of their clause to its end."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        begins, ends = _line(text, place)
        if _SPEAKING.search(text, begins, place) or _NO_WISH.match(text, place):
            continue
        bare = _BARE.search(text, max(0, place - 14), place)
        starts = [stop.end() for stop in _CLAUSE.finditer(text, max(begins, place - _WISH_LONGEST), place - 3)]
        start = starts[-1] if starts else max(begins, place - _WISH_LONGEST)
        if bare:
            adverb = _ADVERB.search(text, max(start, bare.start() - 28), bare.start())
            opens = bare.start() - start <= 2 or bare.group().isupper()
            if not (adverb or opens) or text[bare.start() - 1 : bare.start()].isalpha():
                continue
            start = adverb.start() if adverb and adverb.group()[:2] not in {b"is", b"ar", b"es"} else bare.start()
        stop = _WISH_STOP.search(text, place, min(ends, place + _WISH_LONGEST))
        end = stop.start() if stop else (min(ends, place + _WISH_LONGEST) if ends - place < _WISH_LONGEST else place)
        start += len(text[start:end]) - len(text[start:end].lstrip(b" #/*>\"'-"))
        reached = end
        yield Span("confidential", start, start + len(text[start:end].rstrip()))


READERS: Mapping[str, Reader] = {"mark": _proprietary, "wish": _wishes}
ANCHORS = (
    *(Anchor("mark", b"(?i)" + term.encode()) for term in lines("marks")),
    *(Anchor("wish", b"(?i)" + term.encode()) for term in lines("wishes")),
)
