"""Names for requests and decisions: unguessable enough to be unique, ascending so that they sort by time."""

import random
from collections.abc import Callable

from meritorder.types.units import Milliseconds

_RANDOM_BITS = 22


def ascending(clock: Callable[[], Milliseconds]) -> Callable[[], int]:
    """A source of numbers below 2^63: the time in milliseconds, then random bits.

    Each is greater than the one before, whatever the clock does, so none comes twice; two processes differ
    by their random bits.
    """
    last = 0

    def fresh() -> int:
        nonlocal last
        last = max(last + 1, clock() << _RANDOM_BITS | random.getrandbits(_RANDOM_BITS))
        return last

    return fresh
