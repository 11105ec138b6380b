import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.execution.purse import BudgetExhausted, Purse
from meritorder.ledger.ledger import Hold, Ledger
from meritorder.types.ledger import Cap
from meritorder.types.units import NANO

ACCOUNTS = ("gateway", "key:ada")
SLICE = 100


def clock() -> int:
    return 0


def purse(limit: int, first: int, *, key: int = 0, most: int = 1_000_000) -> tuple[Purse, Ledger]:
    caps = {"gateway": Cap("gateway", limit, "total"), "key:ada": Cap("key:ada", key or limit, "total")}
    ledger = Ledger(caps, 0)
    hold = ledger.reserve("dec_1", ACCOUNTS, first, 0)
    assert isinstance(hold, Hold)
    return Purse(ledger, hold, most, clock), ledger


def test_a_hold_that_is_ahead_is_left_alone():
    held, ledger = purse(1_000, 100)
    held.cover(70, SLICE)
    assert ledger.held(held.hold) == 100


def test_a_hold_grows_before_it_is_spent():
    held, ledger = purse(1_000, 100)
    held.cover(71, SLICE)
    assert ledger.held(held.hold) == 200


def test_a_great_leap_takes_as_many_slices_as_it_needs():
    held, ledger = purse(1_000, 100)
    held.cover(400, SLICE)
    assert ledger.held(held.hold) == 600


def test_without_more_to_hold_what_is_held_may_be_used_up():
    held, ledger = purse(150, 100)
    held.cover(99, SLICE)
    assert ledger.held(held.hold) == 100


def test_spending_more_than_is_held_without_more_to_hold_is_the_end():
    held, _ = purse(150, 100)
    with pytest.raises(BudgetExhausted) as caught:
        held.cover(101, SLICE)
    assert caught.value.code == "budget_exhausted"


def test_the_account_that_has_no_more_is_named():
    held, _ = purse(1_000 * NANO, NANO, key=NANO)
    with pytest.raises(BudgetExhausted) as caught:
        held.cover(NANO + 1, SLICE)
    assert str(caught.value) == "account `key:ada` has no more: $1.00 of $1.00 is spent or held"


def test_what_costs_nothing_needs_no_cover():
    held, ledger = purse(100, 0)
    held.cover(0, 0)
    held.cover(50, 0)
    assert ledger.held(held.hold) == 0


def test_what_the_request_can_cost_is_all_that_is_held():
    held, ledger = purse(1_000, 100, most=130)
    held.cover(125, SLICE)
    assert ledger.held(held.hold) == 130


def test_a_stream_that_outruns_its_quote_is_held_for_and_then_stopped():
    held, ledger = purse(1_000, 100, most=130)
    held.cover(600, SLICE)
    assert ledger.held(held.hold) >= 600
    with pytest.raises(BudgetExhausted):
        held.cover(1_001, SLICE)


@given(st.integers(0, 5_000), st.integers(0, 1_000), st.lists(st.integers(0, 300), max_size=40), st.integers(1, 200))
def test_no_more_is_ever_held_than_the_account_has(limit: int, first: int, spends: list[int], step: int):
    held, ledger = purse(max(limit, first), first)
    spent = 0
    for more in spends:
        spent += more
        try:
            held.cover(spent, step)
        except BudgetExhausted:
            assert spent >= ledger.held(held.hold)
            break
        else:
            assert spent <= ledger.held(held.hold)
        finally:
            for balance in ledger.balances(ACCOUNTS, 0):
                assert balance.posted + balance.held <= balance.limit
