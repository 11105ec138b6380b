"""What is said of somebody's health and pay: a term, and beside it that it is said of a certain person.

What is said of people in general, or asked about, does not count.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span
from meritorder.signals.privacy.names import is_asked_about
from meritorder.signals.privacy.wordlists import alternatives, lines, words

_PERSONS = words("persons") | words("roles")
_WORDS = re.compile(rb"[a-z'\x80-\xff]+")
_TITLED = re.compile(
    rb"(?:^|[^A-Za-z])(?:Mr|Mrs|Ms|Dr|Herrn?|Frau|Fr\.|Mme|M\.|Sra?|Sig"
    rb"|[A-Z][a-z\x80-\xff]+ [A-Z][a-z\x80-\xff]+|[A-Z][a-z\x80-\xff]+(?:'s| has| is| was| hat| ist| a | ha "
    rb"| heeft| tiene| tem))"
)
_ANYONE = re.compile(rb"(?i)" + alternatives("anyone"))
_SENTENCE = re.compile(rb"[.!?;\n]\s|\n")
_REACH, _ON = 110, 48


def _sentence(text: bytes, place: int) -> int:
    """Where the sentence of `place` begins, at most 110 bytes before."""
    begins = max(0, place - _REACH)
    ends = [found.end() for found in _SENTENCE.finditer(text, begins, place)]
    return ends[-1] if ends else begins


_VERB = re.compile(
    rb"(?i)(?<![a-z])(?:(?:was |were |been |am |is |got |newly |just |recently )*diagnosed with"
    rb"|tested positive for|suffer(?:s|ing|ed)? from|ha(?:ve|s|d)|'ve been on|been on|on|takes?|taking"
    rb"|is|am|are|was|got|had|with|because of|wegen|hat(?:te)?|habe|leide[t]? (?:an|unter)|nehme|nimmt|ist|bin"
    rb"|wurde|souffre de|est|suis|prend[s]?|j'ai|a|tengo|tiene|sufre de|toma|es|est\xc3\xa1"
    rb"|ha|ho|soffre di|prende|\xc3\xa8|sono|tem|tenho|toma|\xc3\xa9|estou|heb|heeft|slikt|is|kreeg|for|after"
    rb"|f\xc3\xbcr|pour|por|per|voor|shows|describes) |souffre d'"
)
_CLAUSE_END = re.compile(
    rb"[.,;:\n!?)\"]|\xe2\x80|\xef\xbc|\xe3\x80| (?:and|und|et|y|e|en|but|aber|mais|so|since|in march|last|can"
    rb"|what|how|darf|wer|who|which)(?![a-z])"
)


def _conditions(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Terms of health in sentences about somebody."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        begins = _sentence(text, place)
        near = text[begins : place + 24]
        if _inside_word(text, place) or not _is_of_somebody(near) or _ANYONE.search(near):
            continue
        if is_asked_about(text, place, place + 4):
            continue
        verbs = list(_VERB.finditer(text, max(begins, place - 32), place))
        start = verbs[-1].start() if verbs else _word_start(text, place)
        word = _word_end(text, place)
        stop = _CLAUSE_END.search(text, word, place + _ON)
        rest = len(text) if len(text) <= place + _ON else word
        reached = stop.start() if stop else rest
        yield Span("health", start, reached)


def _inside_word(text: bytes, place: int) -> bool:
    """Whether the letter before belongs to the same word."""
    before = text[max(0, place - 1) : place]
    return before.isalpha() or (before > b"\x7f" and text[max(0, place - 3) : place][:1] < b"\xe2")


def _word_start(text: bytes, place: int) -> int:
    """Where the word of `place` begins."""
    return max(text.rfind(mark, max(0, place - 24), place) for mark in (b" ", b"\n", b'"', b":")) + 1 if place else 0


_LETTERS = re.compile(rb"[A-Za-z\x80-\xff-]*")


def _word_end(text: bytes, place: int) -> int:
    """Where the word of `place` ends."""
    found = _LETTERS.match(text, place)
    return found.end() if found else place


def _is_of_somebody(before: bytes) -> bool:
    """Whether these words tell of a certain person."""
    said = set(_WORDS.findall(before.lower()))
    return not _PERSONS.isdisjoint(said) or _TITLED.search(before) is not None


_DIAGNOSED = re.compile(
    rb"[\"'*]{0,2} ?(?::|\xef\xbc\x9a)\s{0,2}\"?([^\n;\"|<>\[\]{}()=][^\n;\"|<>\[\]{}=]{2,90}?)(?=\n|;|\"|\||<"
    rb"|$|\. |\.$|\)|\xe3\x80|\xef\xbc)"
)
_NONE = re.compile(
    rb"(?i)(?:none|keine?|no|nein|ninguna|nessuna|aucune|geen|n/a|[_.-]{2,}|your|bool|str|int|float|string|object|true|false|null|none)\b"
)


def _diagnosed(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """What follows a label such as `Diagnosis:`."""
    for place in places:
        found = _DIAGNOSED.match(text, place, place + 110)
        if found and not _NONE.match(found.group(1)) and re.search(rb"[A-Za-z\x80-\xff]{3}", found.group(1)):
            yield Span("health", *found.span(1))


_AMOUNT = re.compile(
    rb"(?:(?:\xe2\x82\xac|\$|\xc2\xa3|\xc2\xa5|\xe2\x82\xb9|R\$|CHF|EUR|USD|GBP|INR|NOK|SEK|DKK|PLN|BRL|Rs\.?"
    rb"|Fr\.) ?\d[\d.,' ]{0,12}\d?(?: ?[kK](?![a-z]))?"
    rb"|\d[\d.,']{1,12}(?: \d{3})*(?:,\d\d)?(?: ?[kK](?![a-z]))? ?(?:\xe2\x82\xac|T\xe2\x82\xac|\$|\xc2\xa3|CHF"
    rb"|EUR|Euro|euros?|USD|dollars|GBP|pounds|BRL|reais|INR|NOK|SEK|z\xc5\x82|k\xe2\x82\xac|\xe5\x85\x83"
    rb"|\xe4\xb8\x87\xe5\x86\x86)"
    rb"|\d{2,3} ?[kK](?![a-z])|\d{1,3}[.,]\d{3}(?:[.,]\d\d)?|\d{2,3} an hour|\d{1,3} \d{3} (?:net|brut)s?"
    rb"|\d{4,6}\xe5\x85\x83)"
    rb"(?:,- )?(?: ?(?:an?|per|/|im|pro|par|al|por|p\.?[am]\.?|brutto?s?|nett?os?|gross|net|bruts?|lordi|netti"
    rb"|mtl\.?|mensile)[ /]?(?:year|yr|month|annum|hour|week|jahr|monat|stunde|an|mois|mes|a\xc3\xb1o"
    rb"|m\xc3\xaas|ano|anno|mese|maand|jaar|uur)?(?![a-z]))*"
)
_OFFERED = re.compile(rb"(?i)" + alternatives("offered"))
_VERBAL = words("earning")
_COMPOUNDS = frozenset((b"geha", b"lohn", b"loon", b"sala", b"brut"))
"""How words begin that are ends of longer ones: Bruttolohn, jaarsalaris."""


_DIGIT = re.compile(rb"\d")


def _pay(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Amounts beside words for pay, of somebody."""
    reached = 0
    for place in places:
        if place < reached:
            continue
        if _inside_word(text, place) and text[place : place + 4].lower() not in _COMPOUNDS:
            continue
        if not _DIGIT.search(text, max(0, place - 40), place + 56):
            continue
        begins = _sentence(text, place)
        amount = _AMOUNT.search(text, place, place + 56)
        start = _word_start(text, place)
        if amount is None or _SENTENCE.search(text, place, amount.start()):
            amount = _AMOUNT.search(text, max(begins, place - 40), place)
            start = amount.start() if amount else start
        if (
            amount is None
            or _OFFERED.search(text, begins, max(place, amount.end()) + 24)
            or is_asked_about(text, start, start + 1)
        ):
            continue
        end = max(amount.end(), _word_end(text, place))
        word = text[start : _word_end(text, start)].lower()
        if word in _VERBAL and not _is_of_somebody(text[begins:place]):
            continue
        reached = end
        yield Span("payroll", start, start + len(text[start:end].rstrip(b" ,.")))


READERS: Mapping[str, Reader] = {"condition": _conditions, "diagnosis": _diagnosed, "pay": _pay}
ANCHORS = (
    *(Anchor("condition", b"(?i)" + term.encode(), len(term.encode())) for term in lines("conditions")),
    *(Anchor("diagnosis", b"(?i)" + term.encode()) for term in lines("diagnoses")),
    *(Anchor("pay", b"(?i)" + term.encode(), len(term.encode())) for term in lines("pay")),
)
