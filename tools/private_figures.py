"""How well private text is found: precision and recall for each kind, on texts in which it is marked.

    .venv/bin/python tools/private_figures.py data/signals/private-*.tsv [--misses]

A line is `kind of text ⇥ language ⇥ text`, private spans written as `⟦kind|text⟧`. A span that is found counts if it
overlaps a marked one of its kind by more than half of the longer of the two.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from meritorder.signals.privacy.find import Span, spans

MARK = re.compile(r"⟦(\w+)\|(.*?)⟧", re.DOTALL)
STRUCTURED = frozenset(
    (
        "email",
        "phone",
        "ip_address",
        "mac_address",
        "national_id",
        "passport",
        "iban",
        "payment_card",
        "credential",
        "private_key",
    )
)


class Count(NamedTuple):
    """Spans of one kind: marked and found, found without being marked, marked without being found."""

    right: int
    wrong: int
    missed: int


def marked(line: str) -> tuple[bytes, list[Span]]:
    """A line's text without its marks, and the spans that they mark."""
    text, found, read = b"", [], 0
    body = line.rstrip("\n").split("\t", 2)[2].replace("\\n", "\n")
    for mark in MARK.finditer(body):
        text += body[read : mark.start()].encode()
        private = mark.group(2).encode()
        found.append(Span(mark.group(1), len(text), len(text) + len(private)))
        text += private
        read = mark.end()
    return text + body[read:].encode(), found


def same(one: Span, other: Span) -> bool:
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return one.kind == other.kind and 2 * overlap > max(one.end - one.start, other.end - other.start)


def compared(truth: list[Span], found: list[Span]) -> tuple[list[Span], list[Span], list[Span]]:
    """What was found rightly, what wrongly, and what was missed."""
    right = [span for span in truth if any(same(span, each) for each in found)]
    wrong = [each for each in found if not any(same(span, each) for span in truth)]
    return right, wrong, [span for span in truth if span not in right]


def wilson(part: int, whole: int) -> str:
    """A share and its 95 % interval by Wilson's formula."""
    if not whole:
        return "     –              "
    z, share = 1.96, part / whole
    centre = share + z * z / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low, high = ((centre + sign * spread) / (1 + z * z / whole) for sign in (-1, 1))
    return f"{share:6.3f} ({low:.3f}–{high:.3f})"


def report(counts: Iterable[tuple[str, Count]]) -> Iterator[str]:
    yield f"{'kind':<16}{'marked':>7}{'found':>7}  precision (95 %)      recall (95 %)"
    for kind, (right, wrong, missed) in counts:
        figures = f"{wilson(right, right + wrong)}  {wilson(right, right + missed)}"
        yield f"{kind:<16}{right + missed:>7}{right + wrong:>7} {figures}"


def told(name: str, span: Span, text: bytes) -> str:
    """One line about a span that was found wrongly or missed."""
    said = text[span.start : span.end].decode(errors="replace")
    return f"{name:<7}{span.kind:<13} {said!r} in {text.decode()[:160]!r}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--misses", action="store_true", help="show what was found wrongly or missed")
    given = options.parse_args()
    tallies = {name: Counter[str]() for name in ("right", "wrong", "missed")}
    for line in (line for file in given.files for line in file.read_text(encoding="utf-8").splitlines()):
        text, truth = marked(line)
        for name, group in zip(tallies, compared(truth, spans(text)), strict=True):
            tallies[name].update(span.kind for span in group)
            if given.misses and name != "right" and group:
                print("\n".join(told(name, span, text) for span in group))
    kinds = sorted(set().union(*tallies.values()))
    groups = [(kind, {kind}) for kind in kinds] + [("structured", set(STRUCTURED)), ("all", set(kinds))]
    sums = (
        (name, Count(*(sum(tally[kind] for kind in group) for tally in tallies.values()))) for name, group in groups
    )
    print("\n".join(report(sums)))


if __name__ == "__main__":
    main()
