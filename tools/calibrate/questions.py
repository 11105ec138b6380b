"""The questions: what each one asks, which answers are right, and into which split its family falls."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec

from meritorder.types.workload import Intent
from tools.calibrate import arithmetic

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.jsonl"
FAMILIES = HERE / "families.txt"

Split: TypeAlias = Literal["train", "calibration", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
_ROUND: tuple[Split, ...] = ("train", "test", "train", "calibration")


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question. `accept` holds right answers, or is a pattern, which minds upper and lower case.

    `source` names the family it was made from, all of the same template. `options` are the answers that
    it offers, where it offers any.
    """

    id: str
    kind: Intent
    source: str
    prompt: str
    accept: tuple[str, ...] | str
    options: tuple[str, ...] = ()


def load(path: Path = QUESTIONS) -> tuple[Question, ...]:
    return tuple(msgspec.json.decode(line, type=Question) for line in path.read_bytes().splitlines())


def dump(questions: Iterable[Question]) -> bytes:
    return b"".join(msgspec.json.encode(question) + b"\n" for question in questions)


def splits(questions: Iterable[Question]) -> dict[str, Split]:
    """The split of every family: half of them train, a quarter calibrate, a quarter test.

    Families of one kind are dealt out in an order that depends on their names only, so the split was fixed
    before the model saw any question, and every kind is in all three.
    """
    kinds = {question.source: question.kind for question in questions}
    dealt = sorted(kinds, key=lambda source: (kinds[source], hashlib.sha256(source.encode()).hexdigest()))
    return {source: _ROUND[place % len(_ROUND)] for place, source in enumerate(dealt)}


def write() -> tuple[Question, ...]:
    """All questions, from the written families and from the generators."""
    made: list[Question] = []
    for block in FAMILIES.read_text(encoding="utf-8").strip().split("\n\n"):
        made.extend(_family(block.splitlines()))
    for name, options, asked in arithmetic.families():
        kind, source = _names(name)
        for place, (prompt, answer) in enumerate(asked, start=1):
            made.append(Question(f"{source}-{place}", kind, source, prompt, (str(answer),), options))
    return tuple(sorted(made, key=lambda question: (question.kind, question.source, question.id)))


def _family(lines: list[str]) -> list[Question]:
    """One block of the file: [kind/family], maybe `options:`, the template, and `filling => answer | answer`."""
    kind, source = _names(lines[0].strip("[]"))
    offered = [line.removeprefix("options: ") for line in lines if line.startswith("options: ")]
    options = tuple(offered[0].split(" | ")) if offered else ()
    template, *rows = (line for line in lines[1:] if not line.startswith("options: "))
    made: list[Question] = []
    for place, row in enumerate(rows, start=1):
        filling, answers = row.split(" => ")
        prompt = template.replace("{}", filling).replace("\\n", "\n")
        pattern = answers.removeprefix("re:")
        accept = pattern if answers.startswith("re:") else tuple(answers.split(" | "))
        made.append(Question(f"{source}-{place}", kind, source, prompt, accept, options))
    return made


def _names(name: str) -> tuple[Intent, str]:
    kind, source = name.split("/")
    return msgspec.convert(kind, Intent), source
