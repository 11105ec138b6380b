from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from meritorder.types.units import MILLION, NANO, cost, dollars


@given(st.integers(-(10**18), 10**18))
def test_written_money_reads_back_exactly(amount: int):
    text = dollars(amount)
    assert Decimal(text.replace("$", "")) * NANO == amount
    assert text.startswith("-$" if amount < 0 else "$")
    decimals = text.partition(".")[2]
    assert len(decimals) == 2 or not decimals.endswith("0")


@given(st.integers(0, 10**9), st.integers(0, 10**12))
def test_a_cost_is_never_less_than_what_is_owed_and_less_than_one_nano_dollar_more(tokens: int, per_million: int):
    exact = Fraction(tokens * per_million, MILLION)
    assert 0 <= cost(tokens, per_million) - exact < 1
