"""What reading one prompt costs by itself, every signal of the first tier. The reference is SHA-256 of the bytes."""

import hashlib
from collections.abc import Callable

from benchmarks.decision import LARGE, MIDDLE, SMALL, timed
from benchmarks.prompts import chat_body
from benchmarks.rows import Aim, Row, Samples, row
from meritorder.gateway import wire
from meritorder.providers.minilm import MiniLM, installed
from meritorder.providers.recognisers import shipped
from meritorder.signals.profile import look_again, profile, wording
from meritorder.types.request import Principal, Request

SECTION = "One prompt read by itself (in the place of direct: SHA-256 over the same bytes)"
AIMS = {
    MIDDLE: Aim("<= 0.5 ms", on="ours", limit=500.0),
    LARGE: Aim("<= 2 ms", on="ours", limit=2_000.0),
}
NAMES = {SMALL: "60 bytes", MIDDLE: "1 kB", LARGE: "64 kB"}


def measure() -> list[Row]:
    """A row for each prompt size, and what a second look with an embedding adds where the model is installed."""
    return [_row(size) for size in NAMES] + ([_second_look()] if installed() else [])


def _second_look() -> Row:
    body = chat_body(MIDDLE)
    recognisers, request = shipped(), _request(body)
    model = MiniLM()
    work = profile(request, recognisers)

    def look() -> object:
        return look_again(work, request, recognisers, model(wording(request)))

    samples = Samples(timed(look), direct=timed(lambda: hashlib.sha256(body).digest()))
    return row(SECTION, "1 kB, a second look", "us", samples, None)


def _row(size: int) -> Row:
    body = chat_body(size)
    samples = Samples(timed(_reading(body)), direct=timed(lambda: hashlib.sha256(body).digest()))
    return row(SECTION, NAMES[size], "us", samples, AIMS.get(size))


def _reading(body: bytes) -> Callable[[], object]:
    recognisers, request = shipped(), _request(body)
    return lambda: profile(request, recognisers)


def _request(body: bytes) -> Request:
    return wire.read(body, request_id="req_benchmark", principal=Principal("benchmarks", ()), received_at=0)
