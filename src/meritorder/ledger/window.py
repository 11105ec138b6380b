"""Windows in which a cap holds, aligned to UTC."""

from datetime import UTC, datetime, timedelta

from meritorder.types.ledger import Window
from meritorder.types.units import Milliseconds


def bounds(window: Window, now: Milliseconds) -> tuple[Milliseconds, Milliseconds]:
    """Start (included) and end (excluded) of the window around `now`, unix ms; `total` is (0, 0)."""
    if window == "total":
        return 0, 0
    day = datetime.fromtimestamp(now // 1000, UTC).replace(hour=0, minute=0, second=0)
    if window == "day":
        return _unix(day), _unix(day + timedelta(days=1))
    first = day.replace(day=1)
    return _unix(first), _unix((first + timedelta(days=32)).replace(day=1))


def _unix(moment: datetime) -> Milliseconds:
    return int(moment.timestamp()) * 1000
