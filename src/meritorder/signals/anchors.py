"""One pass over a text for all the places where something may stand; the matcher is Hyperscan's."""

from collections.abc import Sequence

import hyperscan

CUT_SHORT = "cut short"
"""Takes the place of a name where there were more places than are gathered."""

_MOST = 256 * 1024
"""Places that are gathered. Ordinary text of the largest request has a twentieth of that."""


class Anchors:
    """Named patterns, looked for together in time linear in the text, whatever it holds.

    The syntax is that of `re` without what needs memory: no look-around, no groups that are referred to. Of a
    pattern that matches in several ways every end is a place. A third item tells how far before its end the place is
    (a literal's length: then the place is where it begins).
    """

    def __init__(self, patterns: Sequence[tuple[str, bytes] | tuple[str, bytes, int]]) -> None:
        self._names = tuple(pattern[0] for pattern in patterns)
        self._back = tuple(pattern[2] if len(pattern) > 2 else 0 for pattern in patterns)
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[pattern[1] for pattern in patterns],
            ids=list(range(len(patterns))),
            flags=[0] * len(patterns),
        )

    def places(self, text: bytes) -> dict[str, list[int]]:
        """Where in `text` each name has a place, ascending; no entry for one that has none."""
        found: list[tuple[int, int]] = []
        back = self._back

        def note(pattern: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            found.append((end - back[pattern], pattern))
            return len(found) >= _MOST

        places: dict[str, list[int]] = {}
        try:
            self._database.scan(text, match_event_handler=note)
        except hyperscan.ScanTerminated:
            places[CUT_SHORT] = [found[-1][0]]
        for place, pattern in sorted(found):
            places.setdefault(self._names[pattern], []).append(place)
        return places

    def occur(self, text: bytes) -> bool:
        """Whether any of them stands in `text`; it is read up to the first."""
        try:
            self._database.scan(text, match_event_handler=_stop)
        except hyperscan.ScanTerminated:
            return True
        return False


def _stop(_pattern: int, _start: int, _end: int, _flags: int, _context: object) -> bool:
    return True
