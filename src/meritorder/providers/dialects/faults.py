"""What an upstream's error means, whichever dialect it speaks: whose fault it is, and what to do next.

An error's own sentence never quotes the upstream, whose text may repeat parts of the request or of a key;
only the body of a rejected request does, which goes to the client who wrote that request.
"""

import re
from collections.abc import Mapping
from email.utils import mktime_tz, parsedate_tz

import msgspec
from msgspec import Raw, Struct

from meritorder.errors import UpstreamError

QUOTED = 300
"""At most this many characters of an upstream's text reach a client."""

LONGEST_WAIT_MS = 24 * 60 * 60 * 1000

# Anthropic's and OpenAI's names for what went wrong, for errors that come without a status of their own.
_STATUS = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "insufficient_quota": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "rate_limit_exceeded": 429,
    "context_length_exceeded": 400,
    "exceed_context_size_error": 400,
    "overloaded_error": 529,
}
# The state of our key or account, not of the request, though some upstreams say 400 or 429. Anchored,
# so that a message which merely repeats a client's words is not taken for it.
_ACCOUNT_CODES = {"billing_error", "insufficient_quota", "invalid_api_key", "authentication_error"}
_ACCOUNT = re.compile(
    r"(?:your )?credit balance is too low|api key (?:not valid|expired)|(?:invalid|incorrect) api key",
    re.IGNORECASE,
)
_TOO_LONG_CODES = {"context_length_exceeded", "exceed_context_size_error"}
_TOO_LONG = re.compile(
    r"prompt is too long|maximum (?:context|model) length|context (?:limit|length|size|window)"
    r"|maximum number of tokens",
    re.IGNORECASE,
)
# An upstream's word for an error is repeated only where it is a word: no key is all lower-case letters.
_WORD = re.compile(r"[a-z_]{1,40}")


class Complaint(Struct, frozen=True):
    """What an error body says. `code` is the most particular word in it, `status` 0 where it names none."""

    message: str = ""
    code: str = ""
    status: int = 0


class _Inner(Struct, frozen=True):
    message: str | None = None
    type: str | None = None
    code: str | int | None = None


class _Outer(Struct, frozen=True):
    error: Raw = Raw(b"null")
    detail: Raw = Raw(b"null")


class _Rejection(Struct, frozen=True):
    message: str
    type: str
    param: None
    code: str


_OUTER = msgspec.json.Decoder(_Outer)
_INNER = msgspec.json.Decoder(_Inner | str | None)
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def complaint(body: bytes) -> Complaint:
    """Read an error body in any of the usual shapes; what cannot be read says nothing."""
    try:
        outer = _OUTER.decode(body)
        found = _INNER.decode(outer.error) or _INNER.decode(outer.detail) or _INNER.decode(body)
    except _UNREADABLE:
        return Complaint()
    if found is None or isinstance(found, str):
        return Complaint(found or "")
    number = found.code if isinstance(found.code, int) else 0
    word = found.code if isinstance(found.code, str) else ""
    if word.isascii() and word.isdigit():
        number, word = int(word[:4]), ""
    return Complaint(found.message or "", word or found.type or "", number if 400 <= number < 600 else 0)


def upstream_fault(status: int, headers: Mapping[str, str], message: str, code: str) -> UpstreamError:
    """The error for a reply with an error status. `headers` are looked up by their lower-case names.

    `message` and `code` are what the body said, empty where it said nothing.
    """
    wait = retry_after_ms(headers)
    word = f" {code}" if _WORD.fullmatch(code) else ""
    said = f"({status}{word})"
    if status in {401, 402, 403} or code in _ACCOUNT_CODES or _ACCOUNT.match(message):
        text = f"the upstream does not accept the endpoint's key or account {said}"
        return UpstreamError(text, code="upstream_auth", retry_after_ms=wait)
    if status in {400, 413, 422}:
        return _rejected(said, message, code)
    if status == 404:
        text = f"the upstream does not have the endpoint's model {said}"
        return UpstreamError(text, code="upstream_model_not_found", retry_after_ms=wait)
    if status == 529 or code == "overloaded_error":
        return UpstreamError(f"the upstream is overloaded {said}", code="upstream_overloaded", retry_after_ms=wait)
    if status == 429:
        text = f"the upstream's rate limit is reached {said}"
        return UpstreamError(text, code="upstream_rate_limited", retry_after_ms=wait)
    return UpstreamError(f"the upstream failed {said}", code="upstream_error", retry_after_ms=wait)


def inside_a_200(payload: bytes) -> UpstreamError:
    """The error for one that came as the body, or as an event in the stream, of a reply with status 200."""
    said = complaint(payload)
    status = said.status or _STATUS.get(said.code, 500)
    return upstream_fault(status, {}, said.message, said.code)


def retry_after_ms(headers: Mapping[str, str]) -> int:
    """How long the upstream asked to be left alone, 0 if it did not say.

    A date is measured from the reply's own `date`, so that clocks that differ do no harm.
    """
    exact = _number(headers.get("retry-after-ms", ""))
    if exact is not None:
        return _bounded(exact)
    asked = headers.get("retry-after", "")
    seconds = _number(asked)
    if seconds is None:
        then, now = _epoch(asked), _epoch(headers.get("date", ""))
        seconds = 0 if then is None or now is None else then - now
    return _bounded(seconds * 1000)


def _rejected(said: str, message: str, code: str) -> UpstreamError:
    is_too_long = code in _TOO_LONG_CODES or _TOO_LONG.search(message) is not None
    ours = "context_length_exceeded" if is_too_long else "upstream_rejected"
    text = f"the upstream rejected the request {said}"
    quoted = message if len(message) <= QUOTED else f"{message[: QUOTED - 1]}…"
    rejection = _Rejection(quoted or text, "invalid_request_error", None, ours)
    body = msgspec.json.encode({"error": rejection})
    return UpstreamError(text, code=ours, elsewhere=False, status=400, body=body)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _bounded(milliseconds: float) -> int:
    # A comparison that NaN fails.
    return int(min(milliseconds, LONGEST_WAIT_MS)) if milliseconds > 0 else 0


def _epoch(text: str) -> int | None:
    parsed = parsedate_tz(text)
    try:
        return None if parsed is None else mktime_tz(parsed)
    except (ValueError, OverflowError):
        return None
