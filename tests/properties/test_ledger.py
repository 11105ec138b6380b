from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, precondition, rule

from meritorder.ledger.ledger import Hold, Ledger, Shortfall
from meritorder.types.ledger import Balance, Cap, Settlement, Window
from tests.builders import NOW
from tests.properties.reference_ledger import ReferenceLedger

ACCOUNTS = ("gateway", "key:ada", "key:bob")
HOUR = 3_600_000

amounts = st.integers(0, 60)
payers = st.sampled_from((("gateway", "key:ada"), ("gateway", "key:bob"), ("gateway",), ("key:ada", "key:nobody")))
windows: st.SearchStrategy[Window] = st.sampled_from(("day", "month", "total"))
limits = st.dictionaries(st.sampled_from(ACCOUNTS), st.tuples(st.integers(0, 200), windows))


class LedgerMachine(RuleBasedStateMachine):
    """Any interleaving of holds, time and new caps leaves the ledger where plain sums say it is."""

    open_holds = Bundle("open_holds")
    settled = Bundle("settled")

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        caps = {name: Cap(name, 150, "day") for name in ACCOUNTS}
        self.ledger = Ledger(caps, NOW)
        self.reference = ReferenceLedger()
        self.reference.configure(caps)
        self.count = 0

    def standing(self) -> tuple[Balance, ...]:
        return self.ledger.balances(ACCOUNTS, self.now)

    def check_granted(self, accounts: tuple[str, ...], amount: int) -> None:
        """A grant that costs leaves no account overdrawn."""
        assert amount == 0 or all(balance.available >= 0 for balance in self.ledger.balances(accounts, self.now))

    @rule(target=open_holds, accounts=payers, amount=amounts)
    def reserve(self, accounts: tuple[str, ...], amount: int) -> object:
        self.count += 1
        hold_id, before = f"hold {self.count}", self.standing()
        fits = self.reference.fits(accounts, amount, self.now)
        granted = self.ledger.reserve(hold_id, accounts, amount, self.now)
        assert isinstance(granted, Hold) is fits
        if isinstance(granted, Shortfall):
            assert self.standing() == before
            assert granted.asked == amount > granted.balance.available
            return multiple()
        self.reference.reserve(hold_id, accounts, amount)
        self.check_granted(accounts, amount)
        return granted

    @rule(hold=open_holds, amount=amounts)
    def reserve_again(self, hold: Hold, amount: int) -> None:
        before = self.standing()
        assert self.ledger.reserve(hold.id, hold.accounts, amount, self.now) == hold
        assert self.standing() == before

    @rule(hold=open_holds, amount=amounts)
    def extend(self, hold: Hold, amount: int) -> None:
        before, worth = self.standing(), self.ledger.held(hold)
        fits = self.reference.fits(hold.accounts, amount, self.now)
        short = self.ledger.extend(hold, amount, self.now)
        assert (short is None) is fits
        if short is None:
            self.reference.extend(hold.id, amount)
            self.check_granted(hold.accounts, amount)
            assert self.ledger.held(hold) == worth + amount
        else:
            assert self.standing() == before
            assert self.ledger.held(hold) == worth

    @rule(target=settled, hold=consumes(open_holds), used=amounts)
    def settle(self, hold: Hold, used: int) -> tuple[Hold, Settlement]:
        worth = self.ledger.held(hold)
        settlement = self.ledger.settle(hold, used, self.now)
        self.reference.settle(hold.id, used, self.now)
        assert settlement == Settlement(used, worth, max(0, used - worth))
        assert self.ledger.held(hold) == 0
        return hold, settlement

    @rule(ended=settled, used=amounts)
    def settle_again(self, ended: tuple[Hold, Settlement], used: int) -> None:
        hold, settlement = ended
        before = self.standing()
        assert self.ledger.settle(hold, used, self.now) == settlement
        assert self.standing() == before

    @rule(hours=st.sampled_from((1, 7, 24, 31 * 24)))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(chosen=limits)
    def configure(self, chosen: dict[str, tuple[int, Window]]) -> None:
        caps = {name: Cap(name, limit, window) for name, (limit, window) in chosen.items()}
        assert self.ledger.configure(caps, self.now) == self.reference.configure(caps)

    @rule(name=st.sampled_from(ACCOUNTS), limit=st.integers(0, 200))
    @precondition(lambda self: bool(self.reference.caps))
    def change_a_limit(self, name: str, limit: int) -> None:
        caps = dict(self.reference.caps)
        if name in caps:
            caps[name] = Cap(name, limit, caps[name].window)
        assert self.ledger.configure(caps, self.now) == self.reference.configure(caps)

    @invariant()
    def every_balance_is_the_sum_of_what_happened(self) -> None:
        standing = {balance.account: (balance.limit, balance.posted, balance.held) for balance in self.standing()}
        assert standing == {
            name: (cap.limit, self.reference.posted(name, self.now), self.reference.held(name))
            for name, cap in self.reference.caps.items()
        }

    def teardown(self) -> None:
        for hold_id, (accounts, _) in list(self.reference.holds.items()):
            self.settle(Hold(hold_id, accounts), 1)
        assert all(balance.held == 0 for balance in self.standing())


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
