import pytest
from msgspec.structs import replace

from meritorder.routing.choose import rank
from meritorder.types.decision import Exclusion
from meritorder.types.path import CapabilityPath
from meritorder.types.quote import Quote
from meritorder.types.units import NANO
from tests.builders import a_balance, a_quote, an_objective


def names(quotes: list[Quote]) -> list[str]:
    return [quote.path.name for quote in quotes]


def order(*quotes: Quote) -> list[str]:
    """The order of `quotes`, however they come."""
    there, _ = rank(quotes, [], an_objective())
    back, _ = rank(quotes[::-1], [], an_objective())
    assert there == back
    return names(there)


def test_the_highest_net_comes_first():
    assert order(a_quote("a", net=1), a_quote("b", net=3), a_quote("c", net=2)) == ["answer:b", "answer:c", "answer:a"]


def test_among_equals_the_cheapest_comes_first():
    assert order(a_quote("a", money=2, latency=1), a_quote("b", money=1, latency=9)) == ["answer:b", "answer:a"]


def test_among_equally_cheap_ones_the_fastest_comes_first():
    assert order(a_quote("a", latency=2), a_quote("b", strong="c", latency=1)) == ["escalate:b>c", "answer:a"]


def test_among_equally_fast_ones_the_simplest_comes_first():
    cascade = replace(a_quote(), path=CapabilityPath("a cascade", "escalate", ("a", "b")))
    assert order(a_quote("z"), cascade) == ["answer:z", "a cascade"]


def test_the_name_settles_the_rest():
    assert order(a_quote("b"), a_quote("a")) == ["answer:a", "answer:b"]


def test_what_cannot_be_held_is_excluded_by_the_budget():
    balance = a_balance(100, account="key:ada", spent=NANO)
    kept, excluded = rank([a_quote("a", hold=100), a_quote("b", hold=101)], [balance], an_objective())
    assert names(kept) == ["answer:a"]
    because = "needs $0.000000101 in hand; account `key:ada` has $0.0000001 of $1.0000001 left"
    assert excluded == [Exclusion("answer:b", "budget", because)]


@pytest.mark.parametrize("hold", [101, 150])
def test_every_account_must_be_able_to_pay(hold: int):
    balances = [a_balance(200), a_balance(100, account="key:ada")]
    for each in (balances, balances[::-1]):
        _, excluded = rank([a_quote("a", hold=hold)], each, an_objective())
        assert "`key:ada`" in excluded[0].because


def test_an_overdrawn_account_pays_only_for_what_is_free():
    balance = a_balance(-5, spent=10)
    kept, excluded = rank([a_quote("free"), a_quote("dear", hold=1)], [balance], an_objective())
    assert names(kept) == ["answer:free"]
    assert excluded[0].because.endswith("has $0.00 of $0.000000005 left")


def test_without_accounts_money_is_no_limit():
    assert names(rank([a_quote("a", hold=10**15)], [], an_objective())[0]) == ["answer:a"]


def test_a_stated_worth_declines_what_nets_less_than_nothing():
    kept, excluded = rank([a_quote("a", net=-1), a_quote("b", net=0)], [], an_objective(may_decline=True))
    assert names(kept) == ["answer:b"]
    because = "answer:a nets -$0.000000001, less than turning the work away"
    assert excluded == [Exclusion("answer:a", "worth", because)]


def test_a_dial_only_orders_and_never_declines():
    kept, excluded = rank([a_quote("a", net=-1)], [], an_objective(may_decline=False))
    assert (names(kept), excluded) == (["answer:a"], [])


def test_what_is_neither_affordable_nor_worth_it_falls_to_the_budget():
    _, excluded = rank([a_quote("a", net=-1, hold=2)], [a_balance(1)], an_objective(may_decline=True))
    assert [each.by for each in excluded] == ["budget"]
