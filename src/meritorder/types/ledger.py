"""Accounts, what is left on them, and what a request holds and paid."""

from typing import Literal, TypeAlias

from msgspec import Struct

from meritorder.types.units import Milliseconds, NanoUSD

Window: TypeAlias = Literal["day", "month", "total"]


class Cap(Struct, frozen=True):
    """The most an account may spend in each window (aligned to UTC)."""

    account: str
    limit: NanoUSD
    window: Window


class Balance(Struct, frozen=True):
    """An account as it stood. `ends` is when the window turns (unix ms), 0 for never."""

    account: str
    limit: NanoUSD
    posted: NanoUSD
    held: NanoUSD
    ends: Milliseconds

    @property
    def available(self) -> NanoUSD:
        """What can still be held; negative when an upstream billed more than was held for it."""
        return self.limit - self.posted - self.held


class Settlement(Struct, frozen=True):
    """How a hold ended: what was posted, and how much of that went beyond what was held."""

    posted: NanoUSD
    held: NanoUSD
    overrun: NanoUSD
