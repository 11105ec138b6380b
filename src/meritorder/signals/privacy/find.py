"""Private text: found wherever it stands in a prompt, in time linear in it.

Every kind has anchors (an `@` between letters, nine digits with little between them, how keys begin, a given name). A
few passes of Hyperscan find the anchors of all; the kinds' own patterns and checks only read their surroundings. So
ordinary text costs little, and least where only kinds with a form of their own are looked for. Of text that is nearly
all anchors only so much is read; it is then taken to be as private as can be, rather than cleared unread.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from meritorder.signals.anchors import CUT_SHORT, Anchors
from meritorder.signals.privacy.forms import contact, credentials, identity
from meritorder.signals.privacy.kinds import DIGITS, LEVELS, UNCHECKED, WORDING, Anchor, Reader, Span
from meritorder.signals.privacy.wording import announced, health, marks, names, pay, postcodes
from meritorder.types.caller import PRIVACY_CLASSES
from meritorder.types.workload import Privacy, PrivateSpan

_RANKS: Mapping[str, int] = {kind: rank for rank, kind in enumerate(LEVELS)}
_FORMAL = (credentials, identity, contact)
_WORDED = (announced, names, postcodes, health, pay, marks)
_ANYWAY: Sequence[tuple[str, Reader]] = (
    *(pair for module in _FORMAL for pair in module.READERS.items()),
    ("wish", marks.READERS["wish"]),
)
"""Readers of what has a form, and of wishes for confidence: they read every text."""
_CLOSELY: Sequence[tuple[str, Reader]] = tuple(
    pair for module in _WORDED for pair in module.READERS.items() if pair[0] != "wish"
)
_LISTED: tuple[Anchor, ...] = tuple(anchor for module in (*_FORMAL, *_WORDED) for anchor in module.ANCHORS)
_NUMBERED = Anchors(
    [
        ("five digits", rb"(?s)\d.{0,3}\d.{0,3}\d.{0,3}\d.{0,3}\d"),
        ("digits among letters", rb"[A-Za-z]{2}\d\d|[A-Z]\d{4}[A-Z]"),
        ("postcode", rb"[A-Z]\d[0-9A-Z]? [0-9A-Z]{3}"),
        ("machine", rb"\d\.\d|[0-9a-fA-F]::[0-9a-fA-F]|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"),
    ]
)
"""One of these stands wherever an anchor with digits in it does; a year alone is none."""


@cache
def _matcher(*along: str, closely: bool) -> Anchors:
    """The matcher of one pass, compiled when it is first needed; literals are looked for all together."""
    read = {name for name, _ in (*_ANYWAY, *(_CLOSELY if closely else ()))}
    return Anchors(
        [
            (anchor.name, anchor.pattern, anchor.back)
            for anchor in _LISTED
            if anchor.along in along and anchor.name in read
        ]
    )


def _places(text: bytes, *, closely: bool) -> dict[str, list[int]]:
    """Where each anchor stands in `text`, ascending."""
    if closely:
        passes = [_matcher(along, closely=closely) for along in ("literals", "wording")]
        passes.append(_matcher("contacts", closely=False))
    else:
        passes = [_matcher("literals", "contacts", closely=False)]  # Few literals bear company; thousands do not.
    if _NUMBERED.occur(text):
        passes += [_matcher(along, closely=closely and along == "postcodes") for along in DIGITS[: 3 + closely]]
    places: dict[str, list[int]] = {}
    for anchors in passes:
        for name, found in anchors.places(text).items():
            places[name] = sorted(places[name] + found) if name in places else found
    return places


_COSTLY = frozenset((*postcodes.READERS, *health.READERS, *pay.READERS, *marks.READERS, "token", "password"))
_MOST_PLACES = 6_000
"""Places of one of these that are read: they cost up to 60 µs each. A text with more cannot be cleared."""

_NOTHING = Privacy("public", ())


def privacy(text: bytes, *, closely: bool = True) -> Privacy:
    """How private UTF-8 `text` is, and how often each kind of private text stands in it; see `spans`."""
    counts: dict[str, int] = {}
    for span in spans(text, closely=closely):
        counts[span.kind] = counts.get(span.kind, 0) + 1
    if not counts:
        return _NOTHING
    level = PRIVACY_CLASSES[max(PRIVACY_CLASSES.index(LEVELS[kind]) for kind in counts)]
    return Privacy(level, tuple(PrivateSpan(kind, counts[kind]) for kind in sorted(counts)))


def spans(text: bytes, *, closely: bool = True) -> list[Span]:
    """Every private span in UTF-8 `text`, in the order of where they begin; none overlap but what was not checked.

    Not read `closely`, only kinds with a form of their own are found (numbers, addresses in networks, keys) and wishes
    for confidence: no names, postal addresses, health, pay or marks of what is proprietary.
    """
    places = _places(text, closely=closely)
    if not places:
        return []
    found: list[Span] = []
    for anchor, read in (*_ANYWAY, *_CLOSELY) if closely else _ANYWAY:
        near = places.get(anchor, [])
        if anchor in _COSTLY and len(near) > _MOST_PLACES:
            found.append(Span(UNCHECKED, near[_MOST_PLACES], len(text)))
            near = near[:_MOST_PLACES]
        if near:
            found.extend(read(text, near))
    found = list(marks.own(found))
    unchecked = [span for span in found if span.kind == UNCHECKED]
    if CUT_SHORT in places:
        unchecked.append(Span(UNCHECKED, 0, len(text)))
    if unchecked:
        return [
            Span(UNCHECKED, min(map(_start, unchecked)), len(text)),
            *_apart(_settled(text, [span for span in found if span.kind != UNCHECKED], closely=closely)),
        ]
    return _apart(_settled(text, found, closely=closely))


def _settled(text: bytes, found: Sequence[Span], *, closely: bool) -> Iterator[Span]:
    """What was found; read closely, the names beside it, and the possible and likely names that are somebody's."""
    sure = [span for span in found if span.kind in _RANKS]
    yield from sure
    if not closely:
        return
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
