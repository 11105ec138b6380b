"""The current state of every endpoint: the transitions of `health`, kept by label."""

from collections.abc import Iterable

from msgspec.structs import replace

from meritorder.pool.health import failed, released, started, succeeded
from meritorder.types.pool import IDLE, EndpointState
from meritorder.types.units import Milliseconds, Tokens

NEVER: Milliseconds = 1 << 53
"""A moment that does not come: the end of a rest that only news can end."""


class Tracker:
    """Holds the latest state of each endpoint; `states` is read by snapshots and replaced, never edited."""

    def __init__(self) -> None:
        self._states: dict[str, EndpointState] = {}

    def states(self, labels: Iterable[str]) -> dict[str, EndpointState]:
        """The states of `labels` that have seen traffic; the others are idle."""
        return {label: state for label in labels if (state := self._states.get(label)) is not None}

    def started(self, label: str) -> None:
        """A call to `label` went out."""
        self._states[label] = started(self._states.get(label, IDLE))

    def succeeded(self, label: str, first_token: Milliseconds, duration: Milliseconds, tokens: Tokens) -> None:
        """A call to `label` came back whole."""
        self._states[label] = succeeded(self._states[label], first_token, duration, tokens)

    def failed(self, label: str, now: Milliseconds, because: str, retry_after: Milliseconds) -> None:
        """A call to `label` failed."""
        self._states[label] = failed(self._states.get(label, IDLE), now, because, retry_after)

    def released(self, label: str) -> None:
        """A call to `label` ended through no doing of the endpoint."""
        self._states[label] = released(self._states[label])

    def forget(self, labels: Iterable[str]) -> None:
        """Nothing that is known of `labels` holds any more, but for the calls under way."""
        for label in labels:
            state = self._states.pop(label, IDLE)
            if state.in_flight:
                self._states[label] = EndpointState(in_flight=state.in_flight)

    def unavailable(self, label: str, because: str) -> None:
        """`label` is known not to be there, until `recovered` says so."""
        state = self._states.get(label, IDLE)
        self._states[label] = replace(state, resting_until=NEVER, because=because)

    def recovered(self, label: str) -> None:
        """`label` is known to be there again."""
        state = self._states.get(label, IDLE)
        self._states[label] = replace(state, failures=0, resting_until=0, because="")
