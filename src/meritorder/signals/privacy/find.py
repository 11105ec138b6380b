"""Private text: found wherever it stands in a prompt, in time linear in it.

Every kind has anchors (an `@` between letters, nine digits with little between them, how keys begin, a given name). A
few passes of Hyperscan find the anchors of all; the kinds' own patterns and checks only read their surroundings. So
ordinary text costs little. Of text that is nearly all anchors only so much is read; it is then taken to be as private
as can be, rather than cleared unread.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence

from meritorder.signals.anchors import CUT_SHORT, Anchors
from meritorder.signals.privacy import (
    announced,
    circumstances,
    contact,
    credentials,
    identity,
    marks,
    names,
    postal,
)
from meritorder.signals.privacy.kinds import LEVELS, UNCHECKED, WORDING, Anchor, Reader, Span
from meritorder.types.caller import PRIVACY_CLASSES
from meritorder.types.workload import Privacy, PrivateSpan

_RANKS: Mapping[str, int] = {kind: rank for rank, kind in enumerate(LEVELS)}
_MODULES = (credentials, identity, contact, announced, names, postal, circumstances, marks)
_READERS: Sequence[tuple[str, Reader]] = tuple(pair for module in _MODULES for pair in module.READERS.items())
_LISTED: tuple[Anchor, ...] = tuple(anchor for module in _MODULES for anchor in module.ANCHORS)


def _passes(listed: Sequence[Anchor]) -> tuple[Anchors, ...]:
    """The matchers of a text: one for each set of anchors that are alike."""
    sets = sorted({anchor.along for anchor in listed})
    return tuple(
        Anchors([(anchor.name, anchor.pattern, anchor.back) for anchor in listed if anchor.along == along])
        for along in sets
    )


_PASSES = _passes(_LISTED)
_COSTLY = frozenset((*postal.READERS, *circumstances.READERS, *marks.READERS, "token", "password"))
_MOST_PLACES = 6_000
"""Places of one of these that are read: they cost up to 60 µs each. A text with more cannot be cleared."""

_NOTHING = Privacy("public", ())


def privacy(text: bytes, *, closely: bool = True) -> Privacy:
    """How private UTF-8 `text` is, and how often each kind of private text stands in it."""
    counts: dict[str, int] = {}
    for span in spans(text):
        counts[span.kind] = counts.get(span.kind, 0) + 1
    if not counts:
        return _NOTHING
    level = PRIVACY_CLASSES[max(PRIVACY_CLASSES.index(LEVELS[kind]) for kind in counts)]
    return Privacy(level, tuple(PrivateSpan(kind, counts[kind]) for kind in sorted(counts)))


def spans(text: bytes) -> list[Span]:
    """Every private span in UTF-8 `text`, in the order of where they begin; none overlap but what was not checked."""
    places: dict[str, list[int]] = {}
    for anchors in _PASSES:
        for name, found_at in anchors.places(text).items():
            places[name] = sorted(places[name] + found_at) if name in places else found_at
    if not places:
        return []
    found: list[Span] = []
    for anchor, read in _READERS:
        near = places.get(anchor, [])
        if anchor in _COSTLY and len(near) > _MOST_PLACES:
            found.append(Span(UNCHECKED, near[_MOST_PLACES], len(text)))
            near = near[:_MOST_PLACES]
        if near:
            found.extend(read(text, near))
    unchecked = [span for span in found if span.kind == UNCHECKED]
    if CUT_SHORT in places:
        unchecked.append(Span(UNCHECKED, 0, len(text)))
    if unchecked:
        return [
            Span(UNCHECKED, min(map(_start, unchecked)), len(text)),
            *_apart(_settled(text, [span for span in found if span.kind != UNCHECKED])),
        ]
    return _apart(_settled(text, found))


def _settled(text: bytes, found: Sequence[Span]) -> Iterator[Span]:
    """What was found, the names beside it, and the possible and likely names that are somebody's."""
    sure = [span for span in found if span.kind in _RANKS]
    yield from sure
    yield from announced.beside(text, sure)
    starts = sorted(span.start for span in found if span.kind != names.POSSIBLE)
    surely = sorted(map(_start, sure))
    for span in found:
        if span.kind == names.LIKELY:
            if _is_near(surely, span.start) or not names.is_asked_about(text, span.start, span.end):
                yield Span("name", span.start, span.end)
        elif span.kind == names.POSSIBLE and _is_near(starts, span.start):
            yield Span("name", span.start, span.end)


def _is_near(starts: Sequence[int], place: int) -> bool:
    """Whether anything that is private begins near `place`."""
    at = bisect(starts, place)
    return any(abs(starts[each] - place) <= _NEAR for each in (at - 1, at) if 0 <= each < len(starts))


_NEAR = 400
"""Bytes between a possible name and something private that make it one."""


def _start(span: Span) -> int:
    return span.start


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, _RANKS[span.kind], -span.end


def _apart(found: Iterable[Span]) -> list[Span]:
    """The spans so that none overlap: of two the kind that stands first in `LEVELS` stays, wording keeps what is left.

    Less than half of a wording is none.
    """
    kept: list[Span] = []
    for span in sorted(found, key=_order):
        last = kept[-1] if kept else None
        if last is None or span.start >= last.end:
            kept.append(span)
        elif _RANKS[span.kind] < _RANKS[last.kind]:
            kept.pop()
            if last.kind in WORDING and 2 * (span.start - last.start) > last.end - last.start:
                kept.append(Span(last.kind, last.start, span.start))
            kept.append(span)
        elif span.kind in WORDING and last.kind not in WORDING and 2 * (span.end - last.end) > span.end - span.start:
            kept.append(Span(span.kind, last.end, span.end))
    return kept
