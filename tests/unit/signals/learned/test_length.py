from math import erf, exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.signals.learned.length import Lengths, Spread
from tests.unit.signals.reading import answers

ENDS = (4, 40, 400)
PLAIN = Spread(offset=0.0, slope=1.0, deviation=0.5)
SHARES = st.lists(st.floats(0.001, 1), min_size=3, max_size=3).map(
    lambda shares: [each / sum(shares) for each in shares]
)


def told(shares: list[float], spread: Spread = PLAIN) -> tuple[int, int]:
    likely = dict(zip(map(str, ENDS), shares, strict=True))
    return Lengths(spread, ENDS).median_and_p90(answers(length=likely))


def below(length: float, shares: list[float], spread: Spread) -> float:
    away = [(log(length) - spread.offset - spread.slope * log(end)) / spread.deviation for end in ENDS]
    return sum(share * (1 + erf(each / sqrt(2))) / 2 for share, each in zip(shares, away, strict=True))


@pytest.mark.parametrize(("place", "end"), list(enumerate(ENDS)))
def test_of_one_likely_class_half_the_answers_reach_its_end(place: int, end: int):
    shares = [float(place == other) for other in range(3)]
    median, p90 = told(shares)
    assert median == pytest.approx(end, rel=0.02, abs=1)
    assert p90 == pytest.approx(end * exp(1.2816 * 0.5), rel=0.02, abs=1)


def test_the_spread_moves_and_widens_them():
    assert told([0, 1, 0], Spread(log(2), 1.0, 0.5))[0] == pytest.approx(80, rel=0.02)
    assert told([0, 0, 1], Spread(0.0, 0.5, 0.5))[0] == pytest.approx(20, rel=0.02)
    assert told([0, 1, 0], Spread(0.0, 1.0, 1.0))[1] > told([0, 1, 0])[1]


@given(SHARES)
def test_the_lengths_are_the_quantiles_of_the_mixture(shares: list[float]):
    median, p90 = told(shares)
    assert median <= p90
    for length, share in ((median, 0.5), (p90, 0.9)):
        assert below(length - 1.5 if length > 2 else 0.01, shares, PLAIN) <= share + 0.02
        assert below(length * 1.02 + 1.5, shares, PLAIN) >= share - 0.02
