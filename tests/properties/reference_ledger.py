"""A ledger so plain that it can be believed: it keeps every event and adds them up when asked."""

from meritorder.ledger.window import bounds
from meritorder.types.ledger import Cap


class ReferenceLedger:
    """Sums over all posts and all open holds; nothing is kept that could go stale."""

    def __init__(self) -> None:
        self.caps: dict[str, Cap] = {}
        self.posts: list[tuple[int, str, int]] = []
        self.holds: dict[str, tuple[tuple[str, ...], list[int]]] = {}

    def configure(self, caps: dict[str, Cap]) -> tuple[str, ...]:
        """A cap that is new, or counts in another window than before, starts with nothing posted."""
        kept = {name for name, cap in caps.items() if name in self.caps and self.caps[name].window == cap.window}
        self.posts = [post for post in self.posts if post[1] in kept]
        self.caps = caps
        return tuple(name for name in caps if name not in kept)

    def posted(self, account: str, now: int) -> int:
        start = bounds(self.caps[account].window, now)[0]
        return sum(amount for moment, name, amount in self.posts if name == account and moment >= start)

    def held(self, account: str) -> int:
        return sum(sum(slices) for payers, slices in self.holds.values() if account in payers)

    def fits(self, accounts: tuple[str, ...], amount: int, now: int) -> bool:
        capped = [name for name in accounts if name in self.caps]
        return amount == 0 or all(
            self.posted(name, now) + self.held(name) + amount <= self.caps[name].limit for name in capped
        )

    def reserve(self, hold_id: str, accounts: tuple[str, ...], amount: int) -> None:
        self.holds[hold_id] = (accounts, [amount])

    def extend(self, hold_id: str, amount: int) -> None:
        self.holds[hold_id][1].append(amount)

    def settle(self, hold_id: str, used: int, now: int) -> None:
        payers, _ = self.holds.pop(hold_id)
        self.posts += [(now, name, used) for name in payers if name in self.caps]
