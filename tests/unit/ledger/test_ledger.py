import pytest

from meritorder.ledger.ledger import Hold, Ledger, Shortfall
from meritorder.ledger.window import bounds
from meritorder.types.ledger import Balance, Cap, Settlement, Window
from tests.builders import NOW

BOTH = ("gateway", "key:ada")
TOMORROW = bounds("day", NOW)[1]


def a_ledger(*, gateway: int | None = 1_000, ada: int | None = 500, window: Window = "total") -> Ledger:
    """Two accounts with caps; None for an account without one."""
    limits = {"gateway": gateway, "key:ada": ada}
    caps = {name: Cap(name, limit, window) for name, limit in limits.items() if limit is not None}
    return Ledger(caps, NOW)


def granted(ledger: Ledger, amount: int, hold_id: str = "h", accounts: tuple[str, ...] = BOTH) -> Hold:
    hold = ledger.reserve(hold_id, accounts, amount, NOW)
    assert isinstance(hold, Hold)
    return hold


def standing(ledger: Ledger, now: int = NOW) -> dict[str, tuple[int, int]]:
    """Posted and held, by account."""
    return {balance.account: (balance.posted, balance.held) for balance in ledger.balances(BOTH, now)}


def test_a_reservation_is_held_on_every_account():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    assert standing(ledger) == {"gateway": (0, 300), "key:ada": (0, 300)}
    assert ledger.held(hold) == 300


def test_a_reservation_may_use_up_the_whole_limit_but_not_more():
    assert isinstance(a_ledger().reserve("h", BOTH, 500, NOW), Hold)
    assert isinstance(a_ledger().reserve("h", BOTH, 501, NOW), Shortfall)


def test_a_refusal_names_the_account_that_is_short_and_holds_nothing_anywhere():
    ledger = a_ledger()
    refused = ledger.reserve("h", BOTH, 600, NOW)
    assert refused == Shortfall(Balance("key:ada", 500, 0, 0, 0), 600)
    assert standing(ledger) == {"gateway": (0, 0), "key:ada": (0, 0)}


def test_what_is_held_cannot_be_held_again():
    ledger = a_ledger()
    granted(ledger, 300, "first")
    assert isinstance(ledger.reserve("second", BOTH, 300, NOW), Shortfall)
    granted(ledger, 200, "third")


def test_reserving_the_same_id_again_changes_nothing():
    ledger = a_ledger()
    first = granted(ledger, 300)
    assert ledger.reserve("h", BOTH, 300, NOW) == first
    assert standing(ledger)["gateway"] == (0, 300)


def test_accounts_without_a_cap_stop_nothing_and_are_not_kept():
    ledger = a_ledger(ada=None)
    granted(ledger, 1_000)
    assert standing(ledger) == {"gateway": (0, 1_000)}
    free = a_ledger(gateway=None, ada=None)
    granted(free, 10**18)
    assert standing(free) == {}


def test_a_hold_is_extended_on_every_account():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    assert ledger.extend(hold, 200, NOW) is None
    assert standing(ledger) == {"gateway": (0, 500), "key:ada": (0, 500)}
    assert ledger.held(hold) == 500


def test_an_extension_that_does_not_fit_changes_nothing():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    assert ledger.extend(hold, 201, NOW) == Shortfall(Balance("key:ada", 500, 0, 300, 0), 201)
    assert standing(ledger) == {"gateway": (0, 300), "key:ada": (0, 300)}
    assert ledger.held(hold) == 300


def test_settling_posts_what_was_used_and_releases_the_rest():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    assert ledger.settle(hold, 120, NOW) == Settlement(120, 300, 0)
    assert standing(ledger) == {"gateway": (120, 0), "key:ada": (120, 0)}
    assert ledger.held(hold) == 0


def test_settling_again_returns_the_first_settlement():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    first = ledger.settle(hold, 120, NOW)
    assert ledger.settle(hold, 250, NOW) == first
    assert standing(ledger)["gateway"] == (120, 0)


def test_what_was_billed_beyond_the_hold_is_posted_and_told():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    assert ledger.settle(hold, 700, NOW) == Settlement(700, 300, 400)
    (gateway, ada) = ledger.balances(BOTH, NOW)
    assert (gateway.available, ada.available) == (300, -200)


def test_an_overdrawn_account_grants_nothing_that_costs():
    ledger = a_ledger()
    ledger.settle(granted(ledger, 300), 700, NOW)
    assert isinstance(ledger.reserve("costly", BOTH, 1, NOW), Shortfall)
    assert isinstance(ledger.reserve("free", BOTH, 0, NOW), Hold)


def test_a_new_window_starts_with_nothing_posted_and_keeps_what_is_held():
    ledger = a_ledger(window="day")
    ledger.settle(granted(ledger, 300, "early"), 300, NOW)
    late = granted(ledger, 100, "late")
    assert standing(ledger, TOMORROW - 1) == {"gateway": (300, 100), "key:ada": (300, 100)}
    assert standing(ledger, TOMORROW) == {"gateway": (0, 100), "key:ada": (0, 100)}
    ledger.settle(late, 70, TOMORROW)
    assert standing(ledger, TOMORROW) == {"gateway": (70, 0), "key:ada": (70, 0)}


@pytest.mark.parametrize("window", ["day", "month"])
def test_a_balance_says_when_its_window_turns(window: Window):
    (gateway, _ada) = a_ledger(window=window).balances(BOTH, NOW)
    assert gateway.ends == bounds(window, NOW)[1]


def test_a_reservation_sees_the_new_window():
    ledger = a_ledger(window="day")
    ledger.settle(granted(ledger, 500), 500, NOW)
    assert isinstance(ledger.reserve("today", BOTH, 1, TOMORROW - 1), Shortfall)
    assert isinstance(ledger.reserve("tomorrow", BOTH, 500, TOMORROW), Hold)


def test_what_earlier_runs_spent_is_posted():
    ledger = a_ledger()
    ledger.restore("key:ada", 450)
    ledger.restore("key:unknown", 450)
    assert standing(ledger) == {"gateway": (0, 0), "key:ada": (450, 0)}
    assert isinstance(ledger.reserve("h", BOTH, 51, NOW), Shortfall)


def test_a_lower_cap_stops_new_grants_and_keeps_what_was_spent():
    ledger = a_ledger()
    ledger.settle(granted(ledger, 300), 300, NOW)
    ledger.configure({"gateway": Cap("gateway", 200, "total")}, NOW)
    assert ledger.balances(BOTH, NOW) == (Balance("gateway", 200, 300, 0, 0),)
    assert isinstance(ledger.reserve("next", BOTH, 1, NOW), Shortfall)


def test_new_accounts_and_those_with_another_window_are_named_for_they_begin_with_nothing_posted():
    ledger = a_ledger()
    ledger.settle(granted(ledger, 300), 300, NOW)
    caps = {"gateway": Cap("gateway", 900, "total"), "key:ada": Cap("key:ada", 500, "day")}
    assert ledger.configure({**caps, "key:bob": Cap("key:bob", 500, "day")}, NOW) == ("key:ada", "key:bob")
    assert standing(ledger) == {"gateway": (300, 0), "key:ada": (0, 0)}
    assert ledger.configure(caps, NOW) == ()


def test_a_hold_outlives_a_change_of_caps():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    ledger.configure({"gateway": Cap("gateway", 1_000, "day")}, NOW)
    assert standing(ledger) == {"gateway": (0, 300)}
    ledger.settle(hold, 100, NOW)
    assert standing(ledger) == {"gateway": (100, 0)}


def test_a_hold_outlives_a_cap_that_goes_and_comes_back():
    ledger = a_ledger()
    hold = granted(ledger, 300)
    ledger.configure({}, NOW)
    ledger.configure({"gateway": Cap("gateway", 1_000, "total")}, NOW)
    assert standing(ledger) == {"gateway": (0, 300)}
    ledger.settle(hold, 100, NOW)
    assert standing(ledger) == {"gateway": (100, 0)}


def test_a_new_cap_counts_what_is_already_held():
    ledger = a_ledger(ada=None)
    hold = granted(ledger, 300)
    ledger.configure({"key:ada": Cap("key:ada", 500, "total")}, NOW)
    assert standing(ledger) == {"key:ada": (0, 300)}
    ledger.settle(hold, 300, NOW)
    assert standing(ledger) == {"key:ada": (300, 0)}


def test_only_so_many_settlements_are_remembered():
    ledger = a_ledger(gateway=None, ada=None)
    holds = [granted(ledger, 1, f"h{number}") for number in range(4_097)]
    for hold in holds:
        ledger.settle(hold, 1, NOW)
    assert ledger.settle(holds[1], 9, NOW) == Settlement(1, 1, 0)
    with pytest.raises(KeyError):
        ledger.settle(holds[0], 9, NOW)


def test_the_balances_are_in_the_order_asked_for():
    assert [each.account for each in a_ledger().balances(("key:ada", "nobody", "gateway"), NOW)] == [
        "key:ada",
        "gateway",
    ]
