"""Whether an answer is right: strict, so that a long answer does not count for a word that happens to be in it.

One sentence is judged, of a longer one its first 20 words. It is the first sentence; but in mathematics,
reasoning and code, where an answer may be worked up to, it is the first that says "answer is" or "result is",
if any does. Before that, code fences, list marks, an opening "Sure!" and sentences that only repeat the prompt
are taken out; what ends with a colon is read with what follows it. Then, without case, accents and quotes:

    number     the last number that the prompt does not contain, else the last, is the right one; where the
               number is to be found in the prompt (extract), the first number is
    options    the first option named is the right one, and no other option follows it with nothing but
               "or", "and", a comma or a slash between
    pattern    it is found, upper and lower case as they are
    text       it is found as whole words; before it no "or", "but", "while", slash or second comma, and right
               after it no "or", no slash and no list of words

Of options and texts nothing counts right after a "not"; in extracting, translating and rewriting fourteen
words beside the right ones are the most. A right answer in other words is missed.
"""

import re
import unicodedata

from tools.calibrate.questions import Question

_WORDS_MOST = 20
_BESIDE_MOST = 14
_REPEATED_LEAST = 4  # words: a shorter part of the prompt may be the answer
_BRIEF = {"extract", "translate", "rewrite"}
_WORKED_OUT = {"maths", "reason", "code"}

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_FENCE = re.compile(r"^\s*(```|~~~)\w*\s*$", re.MULTILINE)
_LIST_MARK = re.compile(r"^\s*(?:\d+[.)]|[-•])\s+")
_PLEASANTRY = re.compile(r"^(?:sure|certainly|of course|okay|ok)\b\W*(?:\w+\W*){0,2}$", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\b(?:answer|result)\b(?: is\b|:)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
_NEGATED = re.compile(r"(?:\bnot|n't|\bnever|\bnor|\bneither)\s+(?:an? |the )?$")
_TURN = re.compile(r"\b(?:or|but|while|whereas)\b|/")
_LISTED_ON = re.compile(r" *(?:\bor\b|/)|(?:,\s*(?:and |or )?\w+(?=\W*(?:[,.]|$))){2}")
_SIDE_BY_SIDE = re.compile(r"\W*(?:or|and)?\W*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": "", "”": "", '"': "", "`": "", "*": "", "«": "", "»": ""})
_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_UNITS)})\b")


def right(question: Question, text: str) -> bool:
    """Whether `text` answers `question`."""
    said = " ".join(statement(question, text).split()[:_WORDS_MOST])
    if isinstance(question.accept, str):
        plain = said.translate(_QUOTES).strip()
        match = re.search(question.accept, plain)
        return match is not None and _brief_enough(question, plain, match[0])
    said = normalise(said)
    accept = tuple(map(normalise, question.accept))
    if question.options:
        return _chosen(said, tuple(map(normalise, question.options))) in accept
    if all(_NUMBER.fullmatch(each) for each in accept):
        return _number(question, said) in accept
    return any(_names(question, said, each) for each in accept)


def statement(question: Question, text: str) -> str:
    """The sentence of an answer that is judged; empty where nothing is left."""
    lines = [_LIST_MARK.sub("", line) for line in _FENCE.sub("", text).splitlines()]
    sentences = [part.strip() for part in _SENTENCE.split("\n".join(lines)) if part.strip()]
    while sentences and (_PLEASANTRY.match(sentences[0]) or _repeats(question.prompt, sentences[0])):
        sentences.pop(0)
    announced = [place for place, part in enumerate(sentences) if _ANNOUNCED.search(part)]
    said = sentences[announced[0] :] if announced and question.kind in _WORKED_OUT else sentences
    if not said:
        return ""
    return f"{said[0]} {said[1]}" if said[0].endswith(":") and len(said) > 1 else said[0]


def _repeats(prompt: str, said: str) -> bool:
    """Whether what is said is a part of the prompt, word by word, and too long for an answer."""
    words = re.findall(r"\w+", normalise(said))
    asked = " ".join(re.findall(r"\w+", normalise(prompt)))
    return len(words) >= _REPEATED_LEAST and f" {' '.join(words)} " in f" {asked} "


def normalise(text: str) -> str:
    """Without case, accents, quotes and marks of emphasis; thousands without their comma."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    return " ".join(re.sub(r"(?<=\d),(?=\d{3}\b)", "", bare).split())


def _chosen(said: str, options: tuple[str, ...]) -> str:
    """The option that is named first, longer ones before those they contain; empty where none or several are."""
    longest_first = sorted(options, key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
    named = [match for match in re.finditer(pattern, said) if not _NEGATED.search(said[: match.start()])]
    if not named:
        return ""
    first, *others = named
    if others and others[0][0] != first[0] and _SIDE_BY_SIDE.fullmatch(said[first.end() : others[0].start()]):
        return ""
    return first[0]


def _number(question: Question, said: str) -> str:
    numbers = _NUMBER.findall(_digits(said))
    if not numbers:
        return ""
    if question.kind == "extract":
        return numbers[0] if _brief_enough(question, said, numbers[0]) else ""
    asked = set(_NUMBER.findall(_digits(normalise(question.prompt))))
    fresh = [number for number in numbers if number not in asked]
    return (fresh or numbers)[-1]


def _digits(text: str) -> str:
    """Number words up to twelve as digits."""
    return _NUMBER_WORD.sub(lambda match: str(_UNITS.index(match[0])), text)


def _names(question: Question, said: str, accepted: str) -> bool:
    for match in re.finditer(rf"(?<!\w){re.escape(accepted)}(?!\w)", said):
        before = said[: match.start()]
        alternatives = _TURN.search(before) or before.count(",") > 1 or _LISTED_ON.match(said[match.end() :])
        if not alternatives and not _NEGATED.search(before) and _brief_enough(question, said, accepted):
            return True
    return False


def _brief_enough(question: Question, said: str, accepted: str) -> bool:
    return question.kind not in _BRIEF or len(said.split()) - len(accepted.split()) <= _BESIDE_MOST
