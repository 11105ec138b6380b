"""Every error as the client's dialect tells it: OpenAI's error body, a status, headers, a stable code."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from meritorder.errors import MeritorderError, Refused, RequestError, StoreError, UpstreamError
from meritorder.execution.purse import BudgetExhausted
from meritorder.types.decision import Gate
from meritorder.types.units import Milliseconds

REFUSALS: Mapping[Gate, tuple[int, str]] = {
    "request": (404, "model_not_found"),
    "ability": (400, "unsupported_parameter"),
    "context": (400, "context_length_exceeded"),
    "policy": (403, "policy_forbids"),
    "health": (503, "no_endpoint_available"),
    "budget": (402, "budget_exhausted"),
    "worth": (402, "not_worth_its_price"),
}
"""HTTP status and code of a refusal, by the gate that the closest candidate did not pass."""

_TYPES = {401: "authentication_error", 402: "insufficient_quota", 403: "permission_error", 429: "rate_limit_error"}

_encode = msgspec.json.Encoder().encode


class Fault(Struct, frozen=True):
    """An error, ready to be sent."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class _Error(Struct):
    message: str
    type: str
    param: str | None
    code: str


def fault(error: MeritorderError, now: Milliseconds) -> Fault:
    """The reply to a request that ended in `error`."""
    match error:
        case Refused():
            return _refused(error, now)
        case RequestError():
            return Fault(error.status, (), body(str(error), error.status, error.code, error.param))
        case UpstreamError():
            return _upstream(error)
        case BudgetExhausted():
            return Fault(402, _NO_RETRY, body(str(error), 402, error.code))
        case StoreError():
            return Fault(503, _after(1000), body(str(error), 503, error.code))
        case _:
            return Fault(500, (), body(str(error), 500, error.code))


def body(message: str, status: int, code: str, param: str | None = None) -> bytes:
    """OpenAI's error body."""
    kind = _TYPES.get(status, "invalid_request_error" if status < 500 else "server_error")
    return _encode({"error": _Error(message, kind, param, code)})


def _refused(error: Refused, now: Milliseconds) -> Fault:
    refusal = error.refusal
    status, code = REFUSALS[refusal.gate]
    wait = max(0, refusal.retry_at - now) if refusal.retry_at else 0
    # A pool that is unwell gets well by itself: that refusal alone is worth another try.
    headers = _after(wait or 1000) if refusal.gate == "health" else _NO_RETRY
    others = sum(excluded.by != "request" for excluded in refusal.excluded) - 1
    more = f" ({others} more {'path is' if others == 1 else 'paths are'} excluded)" if others > 0 else ""
    message = f"{_OPENINGS[refusal.gate]}: {error}{more}. `meritorder records {refusal.id}` tells all of it"
    return Fault(status, headers, body(message, status, code))


_OPENINGS: Mapping[Gate, str] = {
    "request": "no path leads there",
    "ability": "no endpoint can take this request whole",
    "context": "the prompt is too long",
    "policy": "policy does not permit this",
    "health": "no endpoint is available",
    "budget": "the budget does not allow this",
    "worth": "no answer is worth its price here",
}


def _upstream(error: UpstreamError) -> Fault:
    status = 429 if error.code == "upstream_rate_limited" else error.status
    if error.code in _OPERATORS:
        headers = _NO_RETRY
    else:
        wait = error.retry_after_ms or (1000 if status == 429 else 0)
        headers = _after(wait) if wait else ()
    return Fault(status, headers, error.body or body(str(error), status, error.code))


_OPERATORS = frozenset({"upstream_auth", "upstream_model_not_found"})
"""Faults that only the operator can mend: asking again would change nothing."""

_NO_RETRY = ((b"x-should-retry", b"false"),)


def _after(wait: Milliseconds) -> tuple[tuple[bytes, bytes], ...]:
    return (
        (b"retry-after", str(-(-wait // 1000)).encode()),
        (b"retry-after-ms", str(wait).encode()),
    )
