from datetime import UTC, datetime

import pytest

from meritorder.ledger.window import bounds
from meritorder.types.ledger import Window


def unix(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    ("window", "now", "start", "end"),
    [
        ("day", "2026-09-21T13:45:07", "2026-09-21", "2026-09-22"),
        ("day", "2026-12-31T23:59:59", "2026-12-31", "2027-01-01"),
        ("month", "2026-09-21T13:45:07", "2026-09-01", "2026-10-01"),
        ("month", "2026-12-31T23:59:59", "2026-12-01", "2027-01-01"),
        ("month", "2028-02-29T00:00:00", "2028-02-01", "2028-03-01"),
        ("month", "2026-01-31T00:00:00", "2026-01-01", "2026-02-01"),
    ],
)
def test_a_window_is_aligned_to_utc(window: Window, now: str, start: str, end: str):
    assert bounds(window, unix(now)) == (unix(start), unix(end))


def test_the_start_is_inside_and_the_end_outside():
    start, end = bounds("day", unix("2026-09-21T12:00:00"))
    assert bounds("day", start) == (start, end)
    assert bounds("day", end - 1) == (start, end)
    assert bounds("day", end)[0] == end


def test_a_total_has_no_window():
    assert bounds("total", unix("2026-09-21")) == (0, 0)
