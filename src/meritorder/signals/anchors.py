"""One pass over a text for all the places where something may stand; the matcher is Hyperscan's."""

from collections.abc import Sequence

import hyperscan

CUT_SHORT = "cut short"
"""Takes the place of a name where there were more places than are gathered."""

_MOST = 512 * 1024
"""Places that are gathered. Ordinary text of the largest request has a hundredth of that."""


class Anchors:
    """Named patterns, looked for together in time linear in the text, whatever it holds.

    The syntax is that of `re` without what needs memory: no look-around, no groups that are referred to. Of a
    pattern that matches in several ways every end is a place.
    """

    def __init__(self, patterns: Sequence[tuple[str, bytes]]) -> None:
        self._names = tuple(name for name, _ in patterns)
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[pattern for _, pattern in patterns],
            ids=list(range(len(patterns))),
            flags=[0] * len(patterns),
        )

    def places(self, text: bytes) -> dict[str, list[int]]:
        """Where in `text` each pattern ends, ascending, under its name; no entry for one that is not there."""
        found: list[tuple[int, int]] = []

        def note(pattern: int, _start: int, end: int, _flags: int, _context: object) -> bool:
            found.append((end, pattern))
            return len(found) >= _MOST

        places: dict[str, list[int]] = {}
        try:
            self._database.scan(text, match_event_handler=note)
        except hyperscan.ScanTerminated:
            places[CUT_SHORT] = [found[-1][0]]
        for end, pattern in sorted(found):
            places.setdefault(self._names[pattern], []).append(end)
        return places
