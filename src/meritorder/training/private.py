r"""How well private text is found: precision and recall of each kind, on texts in which it is marked.

A line of `private-*.tsv` is `kind of text ⇥ language ⇥ text`; private spans are written `⟦kind|text⟧`, ends of lines
`\\n`. A span that is found counts if it overlaps a marked one of its kind by more than half of the longer of the two.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from meritorder.errors import ConfigError
from meritorder.signals.privacy.find import spans
from meritorder.signals.privacy.kinds import Span
from meritorder.training.figures import wilson

SOURCES: Mapping[str, Literal["develop", "test"]] = {
    "private-a": "develop",
    "private-b": "develop",
    "private-c": "develop",
    "private-d": "test",
    "private-e": "develop",
    "private-f": "develop",
}
"""What each file `NAME.tsv` of the folder is for: the patterns were written with those for development in sight."""

STRUCTURED = (
    "email",
    "phone",
    "national_id",
    "passport",
    "iban",
    "payment_card",
    "ip_address",
    "mac_address",
    "credential",
    "private_key",
)
WORDED = ("name", "address", "health", "payroll", "proprietary", "confidential")

_MARK = re.compile(r"⟦(\w+)\|(.*?)⟧", re.DOTALL)


class Marked(Struct, frozen=True):
    """A text, and the private spans that its writer marked."""

    text: bytes
    spans: tuple[Span, ...]


class Found(Struct, frozen=True):
    """How a kind does: spans marked and found; those that are both as shares with 95 % intervals (Wilson)."""

    marked: int
    found: int
    precision: float
    precision_low: float
    precision_high: float
    recall: float
    recall_low: float
    recall_high: float


def read(file: Path) -> list[Marked]:
    """The texts of one file; raises ConfigError for a line that is malformed."""
    return [_marked(line.decode(), file.name, number) for number, line in _lines(file)]


def measured(folder: Path) -> dict[str, Found]:
    """The figures on the test file of `folder`, or else on its files for development; empty where it has none."""
    for purpose in ("test", "develop"):
        files = [folder / f"{source}.tsv" for source, each in SOURCES.items() if each == purpose]
        texts = [text for file in files if file.is_file() for text in read(file)]
        if texts:
            return figures(texts)
    return {}


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    return enumerate(file.read_bytes().splitlines(), start=1)


def _marked(line: str, name: str, number: int) -> Marked:
    columns = line.split("\t", 2)
    if len(columns) != 3:
        raise ConfigError(f"{name}:{number}: not a marked text: {len(columns)} columns", code="malformed_sample")
    body = columns[2].replace("\\n", "\n").replace("\\t", "\t")
    text, found, place = b"", list[Span](), 0
    for mark in _MARK.finditer(body):
        text += body[place : mark.start()].encode()
        private = mark.group(2).encode()
        found.append(Span(mark.group(1), len(text), len(text) + len(private)))
        text += private
        place = mark.end()
    return Marked(text + body[place:].encode(), tuple(found))


def same(one: Span, other: Span) -> bool:
    """Whether two spans tell the same thing."""
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return one.kind == other.kind and 2 * overlap > max(one.end - one.start, other.end - other.start)


def figures(texts: Sequence[Marked]) -> dict[str, Found]:
    """Each kind that is marked or found; `structured` and `all` are sums over kinds."""
    marked, told, precise, recalled = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for text in texts:
        found = spans(text.text)
        marked.update(span.kind for span in text.spans)
        told.update(span.kind for span in found)
        recalled.update(span.kind for span in text.spans if any(same(span, each) for each in found))
        precise.update(each.kind for each in found if any(same(span, each) for span in text.spans))
    groups = {kind: (kind,) for kind in (*STRUCTURED, *WORDED)} | {
        "structured": STRUCTURED,
        "all": (*STRUCTURED, *WORDED),
    }
    sums = {
        name: [sum(counter[kind] for kind in kinds) for counter in (marked, told, precise, recalled)]
        for name, kinds in groups.items()
    }
    return {name: _found(*counted) for name, counted in sums.items() if any(counted)}


def _found(marked: int, told: int, precise: int, recalled: int) -> Found:
    return Found(marked, told, *_share(precise, told), *_share(recalled, marked))


def _share(part: int, whole: int) -> tuple[float, float, float]:
    """A share and its interval; of nothing, anything."""
    if not whole:
        return 0.0, 0.0, 1.0
    low, high = wilson(part, whole)
    return round(part / whole, 4), round(max(0.0, low), 4), round(min(1.0, high), 4)
