import pytest

from meritorder.types.units import NANO, cost, dollars, seconds


@pytest.mark.parametrize(
    ("tokens", "per_million", "owed"),
    [
        (0, 15 * NANO, 0),
        (1_000_000, 15 * NANO, 15 * NANO),
        (1_000, 3 * NANO, 3_000_000),
        (1, 1, 1),
        (999_999, 1, 1),
        (1_000_001, 1, 2),
        (7, 0, 0),
    ],
)
def test_a_cost_is_rounded_up_to_the_next_nano_dollar(tokens: int, per_million: int, owed: int):
    assert cost(tokens, per_million) == owed


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0.00"),
        (1, "$0.000000001"),
        (1_234_000, "$0.001234"),
        (NANO // 2, "$0.50"),
        (NANO, "$1.00"),
        (12 * NANO + 340_000_000, "$12.34"),
        (1_000 * NANO, "$1000.00"),
        (-1_500_000_000, "-$1.50"),
        (-1, "-$0.000000001"),
    ],
)
def test_money_is_written_exactly_with_at_least_two_decimals(amount: int, text: str):
    assert dollars(amount) == text


@pytest.mark.parametrize(
    ("duration", "text"), [(0, "0 ms"), (999, "999 ms"), (1_000, "1.0 s"), (1_500, "1.5 s"), (60_000, "60.0 s")]
)
def test_short_times_are_in_milliseconds_and_long_ones_in_seconds(duration: int, text: str):
    assert seconds(duration) == text
