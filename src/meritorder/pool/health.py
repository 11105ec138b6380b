"""What traffic tells about an endpoint: it answers, at some speed, or it fails and is left to rest."""

from msgspec.structs import replace

from meritorder.types.pool import Endpoint, EndpointState
from meritorder.types.units import Milliseconds, Tokens

_FIRST_REST: Milliseconds = 1_000
_LONGEST_REST: Milliseconds = 60_000
_FORGIVEN = 1
"""Failures in a row that do not yet send an endpoint to rest: one may be chance."""

_WEIGHT = 0.2
"""Of the newest observation in the moving averages."""
_ENOUGH = 3
"""Observations from which the averages are believed instead of what was declared."""
_TELLING = 8
"""Tokens from which an answer tells how fast tokens come."""


def started(state: EndpointState) -> EndpointState:
    """A call went out."""
    return _in_flight(state, state.in_flight + 1)


def succeeded(state: EndpointState, first_token: Milliseconds, duration: Milliseconds, tokens: Tokens) -> EndpointState:
    """A call came back whole; times are since the call. A rest that another call earned goes on.

    Of answers with hardly a token, and of the first token of a reply in one piece, nothing is learned.
    """
    streamed = duration > first_token
    telling = tokens >= _TELLING
    per_token = (duration - first_token if streamed else duration) / max(tokens, 1)
    return EndpointState(
        max(0, state.in_flight - 1),
        0,
        state.resting_until,
        state.because,
        _average(state.first_token, first_token) if streamed else state.first_token,
        _average(state.per_token, per_token) if telling else state.per_token,
        state.observed + telling,
    )


def released(state: EndpointState) -> EndpointState:
    """A call ended in a way that says nothing about the endpoint: the client left, or was at fault."""
    return _in_flight(state, max(0, state.in_flight - 1))


def failed(state: EndpointState, now: Milliseconds, because: str, retry_after: Milliseconds = 0) -> EndpointState:
    """A call failed. It rests as long as it asked to, or from the second failure in a row on twice as long
    each time, up to a minute.
    """
    # What fails while it rests already failed for the same reason.
    failures = state.failures + (state.resting_until <= now)
    doubled = _FIRST_REST << min(failures - _FORGIVEN - 1, 10) if failures > _FORGIVEN else 0
    return replace(
        state,
        in_flight=max(0, state.in_flight - 1),
        failures=failures,
        resting_until=max(state.resting_until, now + max(retry_after, min(doubled, _LONGEST_REST))),
        because=because,
    )


def believed(state: EndpointState) -> bool:
    """Whether its speed is known from traffic."""
    return state.observed >= _ENOUGH


def expected_latency(endpoint: Endpoint, state: EndpointState, tokens: Tokens) -> Milliseconds:
    """Time until the last of `tokens` output tokens, as observed or else as declared."""
    if believed(state):
        return round(state.first_token + tokens * state.per_token)
    return endpoint.first_token + round(tokens * 1000 / endpoint.tokens_per_second)


def _average(old: float, new: float) -> float:
    return round(old + _WEIGHT * (new - old), 3) if old else float(new)


def _in_flight(state: EndpointState, count: int) -> EndpointState:
    """`state` with another count; spelled out, for this happens at every call and `replace` takes ten times as long."""
    return EndpointState(
        count,
        state.failures,
        state.resting_until,
        state.because,
        state.first_token,
        state.per_token,
        state.observed,
    )
