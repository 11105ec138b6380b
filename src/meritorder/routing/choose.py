"""Which of the quoted paths is taken: what can be paid for, is worth it, and nets most."""

from collections.abc import Sequence

from meritorder.types.decision import Exclusion
from meritorder.types.ledger import Balance
from meritorder.types.policy import Objective
from meritorder.types.quote import Quote
from meritorder.types.units import NanoUSD, dollars


def rank(
    quotes: Sequence[Quote], balances: Sequence[Balance], objective: Objective
) -> tuple[list[Quote], list[Exclusion]]:
    """The quotes that remain, best first, and those that fall to the budget or are not worth their price."""
    scarcest = min(balances, key=_available, default=None)
    in_hand = max(0, scarcest.available) if scarcest is not None else None
    kept: list[Quote] = []
    excluded: list[Exclusion] = []
    for quote in quotes:
        if scarcest is not None and in_hand is not None and quote.use.hold > in_hand:
            excluded.append(Exclusion(quote.path.name, "budget", _too_dear(quote, scarcest)))
        elif objective.may_decline and quote.receipt.net < 0:
            because = f"{quote.path.name} nets {dollars(quote.receipt.net)}, less than turning the work away"
            excluded.append(Exclusion(quote.path.name, "worth", because))
        else:
            kept.append(quote)
    kept.sort(key=_order)
    return kept, excluded


def _available(balance: Balance) -> NanoUSD:
    return balance.available


def _order(quote: Quote) -> tuple[int, int, int, int, str]:
    """Highest net first; among equals the cheapest, the fastest, the simplest, and then by name."""
    return (
        -quote.receipt.net,
        quote.use.money,
        quote.use.latency,
        len(quote.path.endpoints),
        quote.path.name,
    )


def _too_dear(quote: Quote, balance: Balance) -> str:
    return (
        f"needs {dollars(quote.use.hold)} in hand; account `{balance.account}` "
        f"has {dollars(max(0, balance.available))} of {dollars(balance.limit)} left"
    )
