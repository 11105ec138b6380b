"""How a request was decided: the chosen path, or why there is none."""

from typing import Literal, TypeAlias

from msgspec import Struct

from meritorder.types.quote import Quote

Gate: TypeAlias = Literal["request", "ability", "context", "policy", "health", "budget", "worth"]
GATES: tuple[Gate, ...] = ("request", "ability", "context", "policy", "health", "budget", "worth")
"""The gates a candidate passes, in order. The furthest gate that any candidate reached names a refusal."""


class Exclusion(Struct, frozen=True):
    """A path that may not or cannot be taken: by which gate, because of what."""

    path: str
    by: Gate
    because: str


class Decision(Struct, frozen=True, tag="decision"):
    """The path to take. Every candidate is in exactly one of `chosen`, `runners_up` and `excluded`."""

    id: str
    chosen: Quote
    runners_up: tuple[Quote, ...]
    excluded: tuple[Exclusion, ...]
    objective: str
    generation: str


class Refusal(Struct, frozen=True, tag="refusal"):
    """No path can be taken. `gate` is the one that the candidate closest to being taken did not pass.

    `retry_at` (unix ms) is when that may change by itself, 0 where it will not.
    """

    id: str
    gate: Gate
    because: str
    excluded: tuple[Exclusion, ...]
    retry_at: int
    generation: str
