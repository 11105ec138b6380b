"""What reading one prompt costs by itself, every signal of the first tier. The reference is SHA-256 of the bytes."""

import hashlib
from collections.abc import Callable

from benchmarks.decision import LARGE, MIDDLE, SMALL, timed
from benchmarks.prompts import chat_body
from benchmarks.rows import Aim, Row, Samples, row
from meritorder.gateway import wire
from meritorder.providers.recognisers import shipped
from meritorder.signals.profile import profile
from meritorder.types.request import Principal

SECTION = "One prompt read by itself (in the place of direct: SHA-256 over the same bytes)"
AIMS = {
    MIDDLE: Aim("<= 0.5 ms", on="ours", limit=500.0),
    LARGE: Aim("<= 2 ms", on="ours", limit=2_000.0),
}
NAMES = {SMALL: "60 bytes", MIDDLE: "1 kB", LARGE: "64 kB"}


def measure() -> list[Row]:
    """A row for each prompt size."""
    return [_row(size) for size in NAMES]


def _row(size: int) -> Row:
    body = chat_body(size)
    samples = Samples(timed(_reading(body)), direct=timed(lambda: hashlib.sha256(body).digest()))
    return row(SECTION, NAMES[size], "us", samples, AIMS.get(size))


def _reading(body: bytes) -> Callable[[], object]:
    recognisers = shipped()
    request = wire.read(body, request_id="req_benchmark", principal=Principal("benchmarks", ()), received_at=0)
    return lambda: profile(request, recognisers)
