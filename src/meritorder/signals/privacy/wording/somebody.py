"""Whether what is said of health or pay is said of a certain person: a pronoun, a name or a title stands near it.

What is said of people in general, of cases made up, or asked about does not count.
"""

import re
from functools import cache

from meritorder.signals.anchors import Anchors
from meritorder.signals.privacy.wording.names import UNNAMED, is_asked_about
from meritorder.signals.privacy.wordlists import lines, words

_PERSONS = words("persons") | words("roles")
_GIVEN = words("given")
_WORDS = re.compile(rb"[a-z'\x80-\xff]+")
_CAPITALS = re.compile(rb"[A-Z\xc3-\xc5][a-z\x80-\xff]+")
_TITLES = words("told-titles")
_PAIR = re.compile(rb"[A-Z\xc3-\xc5][a-z\x80-\xff]+,? (?=[A-Z][a-z\x80-\xff])")
_SAID_OF = re.compile(rb"[A-Z][a-z\x80-\xff]+(?:'s| has| is| was| hat| ist| a | ha | heeft| tiene| tem| ma )")
_CALLED = re.compile(
    "(?:患者|病人|员工|氏名|父が|母が|父は|母は|息子|我|他|她|爸|妈|爷|奶|姐|妹|弟|哥|さん|部長|社員|同僚|先生|私|夫が|妻が|夫は|妻は)".encode()
)


@cache
def tells(name: str) -> Anchors:
    """Tells whether any line of a list occurs in a text: of many expressions Hyperscan is the quicker reader."""
    return Anchors([(name, b"(?i)" + line.encode()) for line in lines(name)])


_SENTENCE = re.compile(rb"[.!?;\n]\s|\n|\xe3\x80\x82")
_REACH, _RECORD, _ON = 140, 240, 40


def sentence(text: bytes, place: int) -> int:
    """Where the sentence of `place` begins, at most 140 bytes before."""
    begins = max(0, place - _REACH)
    ends = [found.end() for found in _SENTENCE.finditer(text, begins, place)]
    return ends[-1] if ends else begins


def is_told_of_somebody(text: bytes, place: int, end: int) -> bool:
    """Whether what stands from `place` to `end` is said of a certain person."""
    begins = sentence(text, place)
    stop = _SENTENCE.search(text, end, end + _ON)
    near = text[begins : stop.start() if stop else end + _ON]
    before = text[max(0, place - _RECORD) : begins]
    said = before + near
    if not is_of_somebody(near) and not is_named(before) and not tells("recorded").occur(said):
        return False
    return not (tells("cases").occur(said) or tells("anyone").occur(near) or is_asked_about(text, place, end))


def is_of_somebody(near: bytes) -> bool:
    """Whether these words tell of a certain person."""
    return not _PERSONS.isdisjoint(_WORDS.findall(near.lower())) or is_named(near) or bool(_SAID_OF.search(near))


def is_named(near: bytes) -> bool:
    """Whether somebody is named or addressed in these words."""
    capitals = _CAPITALS.findall(near)
    if not (_GIVEN.isdisjoint(capitals) and _TITLES.isdisjoint(capitals)):
        return True
    if any(pair.group()[:-1].rstrip(b",") not in UNNAMED for pair in _PAIR.finditer(near)):
        return True
    return not near.isascii() and _CALLED.search(near) is not None


def inside_word(text: bytes, place: int) -> bool:
    """Whether the letter before belongs to the same word."""
    before = text[max(0, place - 1) : place]
    return before.isalpha() or (before > b"\x7f" and text[max(0, place - 3) : place][:1] < b"\xe2")


_APART = (b" ", b"\n", b'"', b":", b"(", b"|", b",", b";", b"/", b"\xa0", b"\x80", b"\x8c", b"\x9a")


def word_start(text: bytes, place: int) -> int:
    """Where the word of `place` begins, at most 24 bytes before."""
    first = max(0, place - 24)
    return max(first - 1, *(text.rfind(mark, first, place) for mark in _APART)) + 1


_LETTERS = re.compile(rb"[A-Za-z\x80-\xff-]*")


def word_end(text: bytes, place: int) -> int:
    """Where the word of `place` ends."""
    found = _LETTERS.match(text, place)
    return found.end() if found else place
