"""The samples that the learned signals are trained on: files by source, each for one purpose only.

A source is one writer's file. Sources, not lines, are split into training, calibration and test, so that what is
reported holds for writers that the weights have not seen.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar
from zlib import crc32

from msgspec import Struct

from meritorder.errors import ConfigError
from meritorder.types.workload import Domain, Level

T = TypeVar("T")

Purpose: TypeAlias = Literal["train", "calibrate", "test"]

SOURCES: Mapping[str, Purpose] = {
    "prompts-a": "train",
    "prompts-b": "train",
    "prompts-c": "train",
    "prompts-d": "train",
    "prompts-e": "train",
    "prompts-f": "train",
    "prompts-g": "calibrate",
    "prompts-h": "calibrate",
    "prompts-i": "train",
    "prompts-j": "train",
    "prompts-k": "train",
    "prompts-l": "train",
    "prompts-m": "train",
    "prompts-n": "train",
    "prompts-o": "train",
    "prompts-p": "train",
    "prompts-r": "test",
    "prompts-s": "train",
    "prompts-t": "train",
    "prompts-u": "train",
    "prompts-v": "train",
    "prompts-w": "train",
    "prompts-x": "train",
    "prompts-y": "train",
    "prompts-z": "train",
    "prompts-za": "train",
    "prompts-zb": "train",
    "safety-a": "train",
    "safety-b": "calibrate",
    "safety-c": "train",
    "safety-d": "train",
    "safety-e": "calibrate",
    "safety-f": "train",
    "safety-g": "test",
    "safety-h": "train",
    "safety-i": "train",
    "safety-j": "train",
    "safety-k": "train",
    "safety-l": "train",
    "safety-m": "train",
    "safety-n": "train",
    "safety-o": "train",
    "acts-a": "train",
    "acts-b": "train",
    "lexicon-en": "train",
    "lexicon-sciences": "train",
    "lexicon-humanities": "train",
    "lexicon-other": "train",
    "phrases": "train",
}
"""What each file `NAME.tsv` of the folder is for."""

ANSWERS: Mapping[str, Purpose] = {"answers-h": "calibrate", "answers-r": "test"}
"""What each file of answers' lengths is for. They are those of one strong model to prompts of the file whose letter
they bear.
"""

TOPICS: Mapping[Domain, str] = {
    "biology": "molecular-biology organisms-ecology",
    "business": "marketing-sales management-hr accounting",
    "chemistry": "organic-chemistry general-chemistry",
    "computer science": "programming data-ml systems-security cs-theory",
    "economics": "microeconomics macroeconomics-finance",
    "engineering": "electrical mechanical-civil process-aerospace",
    "health": "clinical-medicine nutrition-fitness public-health",
    "history": "ancient-medieval modern-history",
    "law": "contracts-civil criminal-constitutional regulation",
    "maths": "algebra-calculus statistics-probability geometry-discrete arithmetic",
    "philosophy": "ethics logic-metaphysics religion-thought",
    "physics": "mechanics-thermo quantum-astro electromagnetism-optics",
    "psychology": "clinical-psychology cognitive-social",
    "other": "travel cooking sports arts-literature personal-life home-diy small-talk politics-geography "
    "language-learning education sociology media-pr trivia",
}
"""The finer subjects that writers name, by the domain that they belong to."""

_DOMAIN_OF: Mapping[str, Domain] = {topic: domain for domain, topics in TOPICS.items() for topic in topics.split()}

_EXAMINATIONS = frozenset(("prompts-y", "prompts-z", "prompts-za", "prompts-zb"))
"""Files of examination questions: their writers thought of the answer's letter, or of a whole solution, as they liked,
and on calibration files lengths are told better without them.
"""

_DIFFICULTIES: Mapping[str, Level] = {"1": "low", "2": "low", "3": "medium", "4": "high", "5": "high"}
_STAKES: Mapping[str, Level] = {"0": "low", "1": "medium", "2": "high"}


class Answered(Struct, frozen=True):
    """A prompt and how long a model's answer to it was, in tokens."""

    text: str
    tokens: int


class Sample(Struct, frozen=True):
    """A text and, for each head that it is a sample for, the label there."""

    text: str
    source: str
    language: str
    labels: dict[str, str]


def read(folder: Path) -> list[Sample]:
    """All samples of `folder`; raises ConfigError where there is none or a line is malformed."""
    files = [folder / f"{source}.tsv" for source in SOURCES]
    found = [sample for file in files if file.is_file() for sample in _lines(file, _of_line)]
    if not found:
        raise ConfigError(f"{folder} has no samples: it needs files like {files[0].name}", code="no_samples")
    return found


def of(samples: Sequence[Sample], purpose: Purpose, head: str) -> list[Sample]:
    """The samples for one purpose that have a label for `head`."""
    return [sample for sample in samples if SOURCES[sample.source] == purpose and head in sample.labels]


def answered(folder: Path, purpose: Purpose) -> list[Answered]:
    """The prompts of `folder` for one purpose whose answers were measured; raises ConfigError for a malformed line."""
    files = [folder / f"{source}.tsv" for source, of_source in ANSWERS.items() if of_source == purpose]
    return [each for file in files if file.is_file() for each in _lines(file, _answered)]


def digest(folder: Path) -> str:
    """SHA-256 over the names and contents of the files that are read."""
    over = hashlib.sha256()
    for source in (*SOURCES, *ANSWERS):
        file = folder / f"{source}.tsv"
        if file.is_file():
            over.update(source.encode() + b"\0" + file.read_bytes() + b"\0")
    return over.hexdigest()


def _lines(file: Path, reader: Callable[[Sequence[str], str], Iterator[T]]) -> Iterator[T]:
    # Of bytes only the ends of lines end a line; of text many another sign does.
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        try:
            yield from reader(line.decode().split("\t"), file.stem)
        except (KeyError, ValueError) as error:
            told = f"{file.name}:{number}: not a sample: {error}"
            raise ConfigError(told, code="malformed_sample") from error


def _of_line(columns: Sequence[str], source: str) -> Iterator[Sample]:
    match len(columns):
        case 8:
            yield _prompt(columns, source)
        case 5:
            attack, harm, _, language, text = columns
            labels = {"attack": "attack" if attack != "none" else "none", "harm": harm}
            yield Sample(_plain(text), source, language, labels)
        case 2 if source.startswith("acts"):
            harm, act = columns
            yield Sample(_asked_for(act), source, "en", {"harm": harm})
        case 3:
            label, language, terms = columns
            if source == "phrases":
                # Nothing hangs on a greeting; other phrases say nothing of what they are about.
                small_talk = {"stakes": "low"} if label == "converse" else {}
                yield Sample(_plain(terms), source, language, {"intent": label, **small_talk})
            else:
                yield from _terms(label, language, terms, source)
        case count:
            raise ValueError(f"{count} columns")


def _asked_for(act: str) -> str:
    """`act` in one of the forms in which people ask; harmless acts come in all of them too."""
    return _ASKED[crc32(act.encode()) % len(_ASKED)].format(act)


_ASKED = (
    "{}",
    "how to {}",
    "how can i {}",
    "How do I {}?",
    "What is the best way to {}?",
    "What are some ways to {}?",
    "Is there an easy way to {}?",
    "Can you help me {}?",
    "Tell me how to {}",
    "Teach me to {}.",
    "Explain how to {}.",
    "I want to {}. What do I need?",
    "Give me step-by-step instructions to {}",
    "Develop a plan to {}",
    "Write a guide on how to {}.",
    "Write a tutorial for people who want to {}.",
)


def _answered(columns: Sequence[str], _source: str) -> Iterator[Answered]:
    tokens, text = columns
    yield Answered(_plain(text), int(tokens))


def _prompt(columns: Sequence[str], source: str) -> Sample:
    intent, topic, difficulty, stakes, words, missing, language, text = columns
    labels = {
        "domain": _DOMAIN_OF[topic],
        "difficulty": _DIFFICULTIES[difficulty],
        "stakes": _STAKES[stakes],
        "length": length_label(round(int(words) * TOKENS_PER_WORD)),
        "missing": missing,
        "attack": "none",
        "harm": "none",
        "intent": intent,
    }
    if source in _EXAMINATIONS:
        del labels["length"]
    return Sample(_plain(text), source, language, labels)


def _terms(topic: str, language: str, terms: str, source: str) -> Iterator[Sample]:
    """Terms by sixes: alone a term has few features, and a whole line of them is like no prompt."""
    listed = terms.split(", ")
    for first in range(0, len(listed), _TOGETHER):
        some = " ".join(listed[first : first + _TOGETHER])
        yield Sample(some, source, language, {"domain": _DOMAIN_OF[topic]})


_TOGETHER = 6
TOKENS_PER_WORD = 1.35
"""Of English prose, roughly."""

LENGTHS = (4, 16, 40, 90, 180, 350, 700, 1_400)
"""Upper ends, in tokens, of the classes of answers by length."""


def length_label(tokens: int) -> str:
    """The class of an answer of so many tokens: its upper end."""
    return str(next((end for end in LENGTHS if tokens <= end), LENGTHS[-1]))


def _plain(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t")
