"""The money in hand while a path runs: a hold that is extended in slices, before they are spent."""

from collections.abc import Callable

from meritorder.errors import MeritorderError
from meritorder.ledger.ledger import Hold, Ledger, Shortfall
from meritorder.types.units import Milliseconds, NanoUSD, dollars

_NEARLY = 0.7
"""Of the hold: from here on the next slice is asked for, so that it is there before it is needed."""


class BudgetExhausted(MeritorderError):
    """A stream came to the end of what its accounts allow. `balance` names the account."""

    code = "budget_exhausted"

    def __init__(self, short: Shortfall) -> None:
        balance = short.balance
        super().__init__(
            f"account `{balance.account}` has no more: {dollars(balance.posted + balance.held)} "
            f"of {dollars(balance.limit)} is spent or held"
        )


class Purse:
    """One request's hold, which grows by slices: up to `most`, what was quoted as its bound, or to what it spends."""

    def __init__(self, ledger: Ledger, hold: Hold, most: NanoUSD, clock: Callable[[], Milliseconds]) -> None:
        self.hold = hold
        self._most = most
        self._ledger = ledger
        self._clock = clock
        self._held = ledger.held(hold)

    def cover(self, spent: NanoUSD, step: NanoUSD) -> None:
        """Keep the hold ahead of `spent`, by slices worth `step`; raises BudgetExhausted once it cannot be covered."""
        most = max(self._most, spent)
        while step and spent > _NEARLY * self._held and self._held < most:
            amount = min(step, most - self._held)
            short = self._ledger.extend(self.hold, amount, self._clock())
            if short is None:
                self._held += amount
            elif spent < self._held:
                return
            else:
                raise BudgetExhausted(short)
