"""What firms mark as theirs: notices of rights, of internal use, of secrets of their trade."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wording import wishes
from meritorder.signals.privacy.wordlists import alternatives, lines

_BEFORE, _AFTER = 200, 300
"""Bytes of a line that are read around an anchor."""
_LONGEST = 320
_MARGIN = re.compile(rb"(?:[\s#/*\"'<!\x2d;%>(=|{]|rem |//|\xe2\x80[\x9c-\x9e]|\xc2\xab)*", re.IGNORECASE)
_TAIL = b" */\"'#->%}|,;:\t"
_SEPARATOR = re.compile(
    rb"\"|\xe2\x80[\x9c-\x9e]|\xc2[\xab\xbb]| [|] | \xc2\xb7 |\t|\*/|--%?>|/\*|<[/\w]|\xe3\x80\x80|\xe3\x80[\x8c\x8d]"
    rb"|\xef\xbc[\x9a\x9b]| // | -- "
)
_SENTENCE = re.compile(rb"(?<![ (](?i:sp|no|nr))[.!?;](?:\s+|$)|\xe3\x80\x82")
_SIGN = re.compile(
    rb"(?i)do not (?:copy|dist|publ|discl|redist)|not (?:for|to be|licensed)|(?:strictly )?confiden|vertraulich"
    rb"|reproduc"
    rb"|it may not|you (?:shall|may|must) not|use is subject|licensed|copy no|use or disclosure|no part|any "
    rb"|auszugsweise"
    rb"|(?:vervielf|weitergabe|nachbau)|niet (?:verspr|kopi)|nie kopiowa|no copiar|geheim\b|restricted|kopi"
    rb"|copia|toute"
)
"""How a sentence begins that goes on with a mark."""
_LABEL = re.compile(rb"\w{2,20}: ")
_NAME = re.compile(rb"(?:[A-Z][\w&'-]* (?:& )?){1,4}[A-Z]\w*[.] ")
_SPEAKING = re.compile(
    rb"(?i)what (?:does|is|do)|\bmean|bedeutet|signifie|significa|betekent|difference|explain|should a company"
    rb"|how (?:should|do|does|has|can)|unterschied|definition|policy|good advice|cosa vuol|que veut|que quiere"
    rb"|between .{1,20} and open|is (?:it|this) (?:true|legal)|privacy policy|write an?|vermerk und"
    rb"|stricter|placeholder"
)
_FREE = re.compile(
    rb"(?i)\bBSD|\bMIT\b|Apache|GPL|Mozilla|\bMPL|licen[sc]e (?:that|can be)|permission is (?:hereby )?granted"
    rb"|redistribution and use|open[- ]source|governed by|SPDX|Creative Commons|\bISC\b|free software"
    rb"|(?:the .{2,30} )?"
    rb"contributors|project authors"
)
_INTRODUCED = re.compile(
    rb"(?i)(?:: |\b(?:is|are|remains?|stamped|labell?ed|marked|tagged|headed|titled|says?|reads?|lacks?|carry"
    rb"|contains|legend"
    rb"|banner|stamp|footer|header|ist|sind|bleibt|est|reste|restent|es|son|porte)|\xc3\xa8|\xc3\xa9)"
    rb"(?:(?<=:)| (?:the|our|die|das|la|le|el|il|of|de|an|a)\b)* (?!\xc2\xa9|\(c\))"
)
_WHOLE = re.compile(
    rb"(?i)(?:this|these|the (?:information|contents?|software|document|drawing|file|design|intellectual)|all|any"
    rb"|ce(?:tte)?|este|esta|quest[oa]|dies\w{1,2}|alle|dit|deze|niniejsz\w{1,3}) "
)
_SURE = re.compile(b"(?is)" + alternatives("surely-marks"))
_COPYRIGHT = re.compile(rb"(?i)copyright|\(c\)|\xc2\xa9|urheberrecht")
_OWNED = re.compile(
    rb"(?:(?i:property|eigentum|eigendom|propri\S\St\S\S|propiedad|propriedade|propriet\S\S|w\S\Sasno\S\S\S\S|owned)"
    rb" (?i:industrial |intelectual |firmy )?(?i:of|by|der|des|de|du|di|della|dell|da|do|van|von)?(?i: la| the)?"
    rb"|(?i:proprietary|internal|intern|interno|confidential|trade secret)(?: \w+)? (?i:to|of|da|de|di|van|von"
    rb"|der)) ?[A-Z\xc3]"
)
_FIRM = re.compile(
    rb"(?:[A-Z\xc3][\w&.'\x80-\xff-]*,? (?:& |and |of |de |[-\xe2][\x80-\xbf]* ?)?){1,6}"
    rb"(?i:strictly |pharma |document )?(?i:proprietary|internal|intern|trade secret|confidential|restricted|company)"
)
_ASIDE = re.compile(
    rb",? (?:and|und|en|e|et|y|so)(?: that)? (?:is|are|must|may|shall|should|darf|d\xc3\xbcrfen|mag|n\xc3\xa3o"
    rb"|ne|no|she|he|her|that|"
    rb"only|not)\b"
)
"""Where a sentence that has a mark in its midst goes on without it."""
_SHORTEST, _BEGINS = 8, 48


def _line(text: bytes, place: int) -> tuple[int, int]:
    """Where the line of `place` begins and ends, as far as it is read."""
    begins = text.rfind(b"\n", max(0, place - _BEFORE), place) + 1 or max(0, place - _BEFORE)
    ends = text.find(b"\n", place - 1, place + _AFTER)
    return begins, ends if ends >= 0 else min(len(text), place + _AFTER)


def _proprietary(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Marks of what belongs to a firm: sentences of one line that are marks or go on with them."""
    reached = 0
    for place in places:
        if place <= reached:
            continue
        begins, ends = _line(text, place)
        free = _FREE.search(text, begins, ends + 200)
        start, end = _sentences(text, places, *_segment(text, begins, place, ends), place)
        reached = end
        if free or _SPEAKING.search(text, max(begins, start - 60), min(end + 30, ends)) or text[end - 1 : end] == b"?":
            continue
        begins = _after_margin(text, start, place)
        start = _introduced(text, begins, place)
        aside = _ASIDE.search(text, place, end) if start > begins else None
        end = aside.start() if aside else end
        end = start + len(text[start:end].rstrip(_TAIL))
        if place - start <= _LONGEST and end > start and _is_mark(text, start, place, end):
            yield Span("proprietary", start, end)


def _segment(text: bytes, begins: int, place: int, ends: int) -> tuple[int, int]:
    """The part of the line around `place`, without what quotes and bars set apart."""
    for found in _SEPARATOR.finditer(text, begins, ends):
        if found.end() <= place - 1:
            begins = found.end()
        elif found.start() >= place - 1:
            return begins, found.start()
    return begins, ends


def _sentences(text: bytes, places: Sequence[int], begins: int, ends: int, place: int) -> tuple[int, int]:
    """From where to where marks follow one another, around `place`."""
    bounds = [begins, *(stop.end() for stop in _SENTENCE.finditer(text, begins, ends)), ends]
    at = bisect_left(bounds, place) - 1
    if at < 0 or at + 1 >= len(bounds):
        return begins, ends
    first, last = at, at + 1
    while first and _belongs(text, places, bounds[first - 1], bounds[first]):
        first -= 1
    while last + 1 < len(bounds) and _belongs(text, places, bounds[last], bounds[last + 1]):
        last += 1
    return bounds[first], bounds[last]


def _belongs(text: bytes, places: Sequence[int], start: int, end: int) -> bool:
    """Whether a sentence beside a mark is one, or forbids."""
    near = bisect_left(places, start + 1)
    if _LABEL.match(text, start):
        return False
    return (near < len(places) and places[near] <= end) or bool(
        _SIGN.match(text, start, end) or _NAME.match(text, start)
    )


def _after_margin(text: bytes, start: int, end: int) -> int:
    """Where the words begin after what comments begin with."""
    found = _MARGIN.match(text, start, end)
    if not found:
        return start
    return found.end() - (text[found.end() - 1 : found.end() + 2].lower() == b"(c)")


def _introduced(text: bytes, start: int, place: int) -> int:
    """Where the mark begins after words that say that it is one; a sentence that speaks of itself is one wholly."""
    if _WHOLE.match(text, start):
        return start
    for found in _INTRODUCED.finditer(text, start, place):
        if not _COPYRIGHT.search(text, start, found.start()):
            start = found.end()
    return start


def _is_mark(text: bytes, start: int, place: int, end: int) -> bool:
    """Whether the words are a mark wherever they stand, or stand where marks do."""
    if _SURE.search(text, start, end):
        return True
    if _COPYRIGHT.search(text, start, end):
        near = text[max(0, start - 150) : start] + b" " + text[end : end + 150]
        return bool(_SURE.search(near) or _SIGN.search(text, start, end))
    if _OWNED.search(text, start, end) or _FIRM.search(text, start, end):
        return True
    return place - start <= _BEGINS and _SHORTEST < end - start <= 2 * _BEGINS


def own(found: Sequence[Span]) -> Iterator[Span]:
    """Without wishes in the midst of a firm's mark: they are a part of it."""
    marked = [span for span in found if span.kind == "proprietary"]
    starts = [span.start for span in marked]
    for span in found:
        at = bisect_left(starts, span.start + 1) - 1
        if span.kind != "confidential" or at < 0 or marked[at].end < span.end:
            yield span


READERS: Mapping[str, Reader] = {"mark": _proprietary, **wishes.READERS}
ANCHORS = (*(Anchor("mark", wishes.begun(term), along="wording") for term in lines("marks")), *wishes.ANCHORS)
