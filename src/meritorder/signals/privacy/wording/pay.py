"""What somebody is paid: words for pay, and the amounts beside them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.wording.names import is_asked_about
from meritorder.signals.privacy.wording.somebody import (
    inside_word,
    is_of_somebody,
    is_told_of_somebody,
    sentence,
    tells,
    word_end,
    word_start,
)
from meritorder.signals.privacy.wordlists import alternatives, lines, words

_NUMBER = rb"(?:\d{1,3}(?:[.,' ]\d\d\d){1,3}(?!\d)|\d{1,7})(?:[.,]\d{1,2}(?!\d))?"
_MONEY = (
    rb"(?:\xe2\x82\xac|R?\$|\xc2\xa3|\xc2\xa5|\xe2\x82\xb9|CHF|EUR|USD|GBP|INR|NOK|SEK|DKK|PLN|BRL|CAD|AUD|SGD|MKD|CZK|HUF"
    rb"|AED|ZAR|MXN|JPY|Rs\.?|Fr\.|Euro|\xe4\xba\xba\xe6\xb0\x91\xe5\xb8\x81)"
)
_UNIT = (
    rb"(?:T?\xe2\x82\xac|k\xe2\x82\xac|\$|\xc2\xa3|CHF|EUR|[Ee]uros?|USD|dollars|GBP|pounds|grand|BRL|reais|INR|NOK|SEK|DKK"
    rb"|z\xc5\x82|z\xc5\x82otych|rupaye|K\xc4\x8d|\xe4\xb8\x87?\xe5\x85\x83|\xe4\xb8\x87?\xe5\x86\x86"
    rb"|\xe5\x8d\x83?\xe5\x86\x86)"
)
_TAIL = (
    rb"(?:,- )?(?: ?(?:an?|per|/|im|pro|par|al|por|la|die|di|all'|p\.? ?[am]\.?|brutt?[aio]?s?|nett?[oi]?s?"
    rb"|gross|net|base|bruts?|bruta?|lord[oi]|netti|na r\xc4\x99k\xc4\x99|total comp|mtl\.?|mensil[ei]|mensuales"
    rb"|mensuels?|mensais|monthly|weekly|annually|monatlich|anuales)"
    rb"[ /]?(?:year|yr|month|mo|annum|hour|hr?|day|week|jahr|monat|stunde|tag|an|mois|heure|jour|mes|a\xc3\xb1o|hora"
    rb"|d\xc3\xada|m\xc3\xaas|ano|dia|anno|mese|ora|giorno|maand|jaar|uur|dag)?(?![a-z]))*"
    rb"(?:(?: plus|,?(?: \+| and)) \d\d? ?% bonus)?"
)
_AMOUNT = re.compile(
    rb"(?:" + _MONEY + rb" ?" + _NUMBER + rb"(?: ?[kKmM](?![a-zA-Z]))?"
    rb"|(?<![\d.,/-])"
    + _NUMBER
    + rb"(?: ?[kK](?![a-zA-Z])(?: ?\xe2\x82\xac)?| ?"
    + _UNIT
    + rb"(?![a-z])|(?= (?:brutt|nett|brut|gross|net |an hour|a month|a year|per |p\. ?a|na r)))"
    rb"|(?<![\d.,/-])\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d\d)?(?![\d%])|\d{2,3} an hour)" + _TAIL
)
_PLAIN = re.compile(
    rb"[^\d\n;|.?!]{0,34}?(?:"
    + _MONEY
    + rb" ?)?(?<![\d.,/-])(?:\d{1,2}(?:[.,]\d)? ?%|(?!(?:19|20)\d\d(?![\d.,]|[ ]\d))(?!\d\d?(?![\d.,']))"
    + _NUMBER
    + rb"(?: ?"
    + _UNIT
    + rb")?)(?![\d%:/-]|[a-zA-Z]|[.,]\d)"
    + _TAIL
)
"""An amount right after a noun for pay: any number, or a share."""
_SURELY = re.compile(rb"(?i)" + alternatives("surely-pay"))
"""Words that tell of nothing but pay; others need somebody whose it is."""
_VERBAL = words("earning")
_MINE = words("earning-mine")
_BEFORE = words("pay-kinds")
_JOINED = words("pay-ends")
"""Words for pay that are ends of longer ones: Bruttolohn, jaarsalaris."""
_DIGIT = re.compile(rb"\d")
_SENTENCE = re.compile(rb"[!?;\n]\s|\.\s(?!\d)|\n")


def _begin(text: bytes, start: int) -> int:
    """Where the words begin that tell what kind of pay it is."""
    for _ in range(3):
        if text[start - 1 : start] != b" ":
            break
        word = word_start(text, start - 1)
        if text[word : start - 1].lower().rstrip(b".") not in _BEFORE:
            break
        start = word
    return start


def _pay(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Amounts beside words for pay, of somebody."""
    reached = 0
    for place in places:
        if place < reached or not _DIGIT.search(text, max(0, place - 30), place + 64):
            continue
        start, stop = word_start(text, place), word_end(text, place)
        if start < place and inside_word(text, place) and text[place:stop].lower() not in _JOINED:
            continue
        begins = sentence(text, place)
        span = _amount(text, begins, start, stop)
        if span is None or not _is_somebodys(text, begins, start, stop):
            continue
        if tells("offered").occur(text[begins : max(span.end, stop) + 24]) or is_asked_about(text, start, stop):
            continue
        reached = span.end
        yield span


def _is_somebodys(text: bytes, begins: int, start: int, stop: int) -> bool:
    """Whether the word for pay between `start` and `stop`, of the sentence from `begins`, tells of somebody's."""
    word = text[start:stop].lower()
    if word in _VERBAL:
        return word in _MINE or is_of_somebody(text[begins : stop + 24])
    return _SURELY.search(text, start, stop + 12) is not None or is_told_of_somebody(text, start, stop)


def _amount(text: bytes, begins: int, start: int, stop: int) -> Span | None:
    """The amount that belongs to the word for pay between `start` and `stop`, of the sentence from `begins`."""
    verbal = text[start:stop].lower() in _VERBAL
    kind = start if verbal else _begin(text, start)
    found = None if verbal else _PLAIN.match(text, stop, stop + 90)
    if found is None and _DIGIT.search(text, stop, stop + 48):
        found = _AMOUNT.search(text, stop, stop + 48)
        if found and _SENTENCE.search(text, stop, found.start()):
            found = None
    if found is not None:
        alone = verbal or text[stop : stop + 1] == b'"'  # A key of JSON is no word beside its amount.
        return _trimmed(text, _first(text, found) if alone else kind, found.end())
    before = list(_AMOUNT.finditer(text, max(begins, kind - 36), kind))
    if before and kind - before[-1].end() < 8:
        return _trimmed(text, before[-1].start(), before[-1].end() if verbal else stop)
    return None


def _first(text: bytes, found: re.Match[bytes]) -> int:
    """Where an amount itself begins."""
    amount = _AMOUNT.search(text, found.start(), found.end())
    return amount.start() if amount else found.start()


def _trimmed(text: bytes, start: int, end: int) -> Span:
    return Span("payroll", start, start + len(text[start:end].rstrip(b" ,.")))


_HEADER = re.compile(rb"[^\n]{0,160}")
_ROW = re.compile(rb"[^\n]{1,240}")
_CELL = re.compile(rb"[ \"$]*(?:" + _MONEY + rb" ?)?\d[\d.,' ]*(?: ?" + _UNIT + rb"|%| ?[kK])?(?:/[a-z]{1,5})?[ \"]*")
_SOMEBODY = re.compile(rb"(?i)" + alternatives("name-columns"))
_MOST_ROWS = 200


def _columns(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Amounts in the columns of a table that are headed by a word for pay."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        begins = text.rfind(b"\n", max(0, place - 160), place) + 1
        found = _HEADER.match(text, max(begins, place - 160))
        if found is None or _DIGIT.search(found.group()):
            continue
        reached = found.end()
        mark = max(_MARKS, key=found.group().count)
        heads = found.group().split(mark)
        if not 2 <= len(heads) <= _MOST_COLUMNS or not _SOMEBODY.search(found.group()):
            continue
        paid = [each for each, head in enumerate(heads) if _HEADED.search(head)]
        if paid:
            yield from _cells(text, found.end() + 1, mark, len(heads), paid)


_MARKS = (b"|", b";", b"\t", b",", b" \xe2\x80\x93 ")
_MOST_COLUMNS = 24
_HEADED = re.compile(rb"(?i)" + alternatives("pay-columns"))


def _cells(text: bytes, start: int, mark: bytes, width: int, paid: Sequence[int]) -> Iterator[Span]:
    """The cells of the rows from `start` on that stand in the columns `paid`."""
    for _ in range(_MOST_ROWS):
        row = _ROW.match(text, start)
        if row is None or not _DIGIT.search(row.group()):
            return
        cells = row.group().split(mark)
        if len(cells) < width or (mark == b"," and len(cells) > width):
            return
        for each in paid:
            begins = row.start() + sum(map(len, cells[:each])) + each * len(mark)
            if _CELL.fullmatch(cells[each]):
                left = len(cells[each]) - len(cells[each].lstrip(b' "'))
                yield Span("payroll", begins + left, begins + len(cells[each].rstrip(b' "')))
        start = row.end() + 1


_IDEOGRAPHS = re.compile(
    "[^，、。；｜\n0-9]{0,12}?[0-9０-９一二三四五六七八九十百千两][0-9０-９,.，万千百一二三四五六七八九十]*"
    " ?(?:[万千]?[元円块]|万|[个か]月分?|%|％|(?=$|[，。、；]))[0-9千百]*円?"
)
_WINDOW = 70


def _ideographs(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Pay in Chinese and Japanese."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        found = _IDEOGRAPHS.match(text[place : place + _WINDOW].decode(errors="ignore"))
        if found and not _GENERAL.search(text, max(0, place - 40), place + _WINDOW):
            reached = place + len(found.group().encode())
            yield Span("payroll", place, reached)


_GENERAL = re.compile("平均|求人|招聘|优遇|優遇|大概|いくら|〜|～|多少".encode())


READERS: Mapping[str, Reader] = {"pay": _pay, "column of pay": _columns, "ideographs of pay": _ideographs}
_TERMS = lines("pay")
_SHORT = 6
"""Letters of words that do not begin others."""
ANCHORS = (
    *(
        Anchor("pay", b"(?i)" + term.encode() + (rb"\b" if len(term) < _SHORT else b""), len(term.encode()))
        for term in _TERMS
        if term < "\u3000"
    ),
    *(Anchor("ideographs of pay", term.encode(), len(term.encode())) for term in _TERMS if term >= "\u3000"),
    *(Anchor("column of pay", b"(?i)" + term.encode()) for term in lines("pay-heads")),
)
