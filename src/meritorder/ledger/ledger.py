"""Two-phase accounting: reserve, extend, settle; all or nothing over every account that pays.

Every method is one transition and never waits, so that within one process no other transition can come
between its check and its change.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from meritorder.ledger.window import bounds
from meritorder.types.ledger import Balance, Cap, Settlement
from meritorder.types.units import Milliseconds, NanoUSD


class Hold(Struct, frozen=True):
    """A right to spend. What it is worth now is in the ledger."""

    id: str
    accounts: tuple[str, ...]


class Shortfall(Struct, frozen=True):
    """Nothing was held: this account has less than was asked for."""

    balance: Balance
    asked: NanoUSD


class Account(Struct):
    """The running state of one capped account. Invariant: `posted + held <= limit` after every grant."""

    cap: Cap
    posted: NanoUSD = 0
    held: NanoUSD = 0
    ends: Milliseconds = 0


class Ledger:
    """Accounts with a cap, and the holds on them. Accounts without a cap are not kept: they cannot stop."""

    def __init__(self, caps: Mapping[str, Cap], now: Milliseconds) -> None:
        self._accounts: dict[str, Account] = {}
        self._holds: dict[str, NanoUSD] = {}
        self._holders: dict[str, tuple[str, ...]] = {}
        self._settled: dict[str, Settlement] = {}
        self.configure(caps, now)

    def configure(self, caps: Mapping[str, Cap], now: Milliseconds) -> tuple[str, ...]:
        """Take over new caps. What was posted and held on an account stays; a lower cap stops new grants.

        Returns the accounts that begin with nothing posted, for they are new or have another window:
        `restore` them.
        """
        old = self._accounts
        self._accounts = {}
        fresh: list[str] = []
        for name, cap in caps.items():
            kept = old.get(name)
            if kept is not None and kept.cap.window == cap.window:
                kept.cap = cap
                self._accounts[name] = kept
            else:
                held = sum(self._holds[each] for each, payers in self._holders.items() if name in payers)
                self._accounts[name] = Account(cap, held=held, ends=bounds(cap.window, now)[1])
                fresh.append(name)
        return tuple(fresh)

    def restore(self, account: str, posted: NanoUSD) -> None:
        """Post what earlier runs spent in the current window."""
        if account in self._accounts:
            self._accounts[account].posted += posted

    def reserve(self, hold_id: str, accounts: tuple[str, ...], amount: NanoUSD, now: Milliseconds) -> Hold | Shortfall:
        """Hold `amount` on all of `accounts`, or on none. Reserving the same id again changes nothing."""
        if hold_id in self._holds:
            return Hold(hold_id, accounts)
        short = self._short(accounts, amount, now)
        if short is not None:
            return short
        self._holds[hold_id] = amount
        self._holders[hold_id] = accounts
        self._hold_more(accounts, amount)
        return Hold(hold_id, accounts)

    def extend(self, hold: Hold, amount: NanoUSD, now: Milliseconds) -> Shortfall | None:
        """Hold `amount` more, on all accounts or on none; None when it is granted."""
        short = self._short(hold.accounts, amount, now)
        if short is None:
            self._holds[hold.id] += amount
            self._hold_more(hold.accounts, amount)
        return short

    def held(self, hold: Hold) -> NanoUSD:
        """What `hold` is worth now; 0 once settled."""
        return self._holds.get(hold.id, 0)

    def settle(self, hold: Hold, used: NanoUSD, now: Milliseconds) -> Settlement:
        """Post what was used and release the rest.

        An upstream may bill more than was held (hidden reasoning tokens, say): that is posted too, for it
        was spent, and told as `overrun`. Settling again returns the first settlement.
        """
        amount = self._holds.pop(hold.id, None)
        if amount is None:
            return self._settled[hold.id]
        del self._holders[hold.id]
        for account in self._turned(hold.accounts, now):
            account.held -= amount
            account.posted += used
        settlement = Settlement(used, amount, max(0, used - amount))
        self._remember(hold.id, settlement)
        return settlement

    def balances(self, accounts: Iterable[str], now: Milliseconds) -> tuple[Balance, ...]:
        """The capped ones among `accounts` as they stand."""
        return tuple(_balance(account) for account in self._turned(accounts, now))

    def _short(self, accounts: tuple[str, ...], amount: NanoUSD, now: Milliseconds) -> Shortfall | None:
        for account in self._turned(accounts, now):
            if account.posted + account.held + amount > account.cap.limit and amount > 0:
                return Shortfall(_balance(account), amount)
        return None

    def _hold_more(self, accounts: tuple[str, ...], amount: NanoUSD) -> None:
        for name in accounts:
            if name in self._accounts:
                self._accounts[name].held += amount

    def _turned(self, accounts: Iterable[str], now: Milliseconds) -> list[Account]:
        """The capped accounts, each in the window of `now`: a new window starts with nothing posted."""
        found = [account for name in accounts if (account := self._accounts.get(name)) is not None]
        for account in found:
            if account.ends and now >= account.ends:
                account.posted = 0
                account.ends = bounds(account.cap.window, now)[1]
        return found

    def _remember(self, hold_id: str, settlement: Settlement) -> None:
        self._settled[hold_id] = settlement
        if len(self._settled) > _REMEMBERED:
            del self._settled[next(iter(self._settled))]


_REMEMBERED = 4_096
"""Settlements kept so that settling twice is harmless."""


def _balance(account: Account) -> Balance:
    return Balance(account.cap.account, account.cap.limit, account.posted, account.held, account.ends)
