"""The arithmetic behind the benchmark's table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rows import Aim, Figure, Samples, close_call, figure, percentile, ratio, row
from benchmarks.scenarios import added

POSITIVE = st.floats(min_value=0.01, max_value=1e6)


def test_a_figure_is_the_median_and_the_extremes() -> None:
    assert figure([3.0, 1.0, 10.0]) == Figure(median=3.0, low=1.0, high=10.0)


def test_spread_is_half_the_range_as_a_share_of_the_median() -> None:
    assert figure([90.0, 100.0, 110.0]).spread == pytest.approx(0.1)
    assert figure([0.0]).spread == 0.0


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.0, 1), (0.001, 1)])
def test_percentile_is_a_sample_that_was_seen(share: float, expected: int) -> None:
    assert percentile(range(1, 101), share) == expected


def test_percentile_of_one_sample_is_that_sample() -> None:
    assert percentile([7.0], 0.99) == 7.0


def test_percentile_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_a_ratio_is_median_over_median_and_its_range_is_that_of_the_rounds() -> None:
    assert ratio([10.0, 20.0, 60.0], [5.0, 4.0, 10.0]) == Figure(median=4.0, low=2.0, high=6.0)


@given(st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=9).filter(lambda pairs: len(pairs) % 2))
def test_a_ratio_lies_within_its_range(pairs: list[tuple[float, float]]) -> None:
    seen = ratio([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    assert seen is not None
    assert seen.low * 0.999999 <= seen.median <= seen.high * 1.000001


@pytest.mark.parametrize("under", [(), (1.0, 0.0), (1.0, -2.0)])
def test_no_ratio_to_nothing_or_less(under: tuple[float, ...]) -> None:
    assert ratio((1.0, 2.0), under) is None


def test_added_latency_is_what_came_on_top_in_the_same_round() -> None:
    total = Samples(ours=(10.0, 20.0), direct=(1.0, 2.0), envoy=(3.0, 5.0))
    assert added(total) == Samples(ours=(9.0, 18.0), envoy=(2.0, 3.0))


def test_added_latency_without_envoy() -> None:
    assert added(Samples(ours=(10.0,), direct=(1.0,))) == Samples(ours=(9.0,))


@pytest.mark.parametrize(
    ("aim", "met"),
    [
        (Aim("<= 6x Envoy", on="to_envoy", limit=6.0), True),
        (Aim("<= 2x Envoy", on="to_envoy", limit=2.0), False),
        (Aim(">= 0.15x direct", on="to_direct", limit=0.15, at_most=False), True),
        (Aim(">= 20x direct", on="to_direct", limit=20.0, at_most=False), False),
        (Aim("< 10 us", on="ours", limit=10.0), False),
    ],
)
def test_an_aim_is_judged_on_the_figure_it_names(aim: Aim, met: bool) -> None:
    made = row("section", "name", "us", Samples(ours=(90.0,), direct=(9.0,), envoy=(30.0,)), aim)
    assert made.met is met


def test_an_aim_beside_an_absent_envoy_is_neither_met_nor_missed() -> None:
    aim = Aim("<= 6x Envoy", on="to_envoy", limit=6.0)
    assert row("section", "name", "us", Samples(ours=(90.0,), direct=(9.0,)), aim).met is None


def test_a_close_call_is_one_where_the_rounds_disagree() -> None:
    aim = Aim("< 10 us", on="ours", limit=10.0)
    assert close_call(row("section", "name", "us", Samples((8.0, 9.0, 11.0)), aim))
    assert not close_call(row("section", "name", "us", Samples((7.0, 8.0, 9.0)), aim))
    assert not close_call(row("section", "name", "us", Samples((7.0, 8.0, 9.0))))
