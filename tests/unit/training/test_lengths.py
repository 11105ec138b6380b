from math import log

import numpy as np
import pytest

from meritorder.signals.learned.length import Lengths, Spread
from meritorder.training.lengths import coverage, spread
from meritorder.training.samples import Answered
from tests.unit.signals.reading import saying

pytest.importorskip("scipy", reason="training needs SciPy, which comes with scikit-learn")
ENDS = (10, 1_000)
HEADS = saying({"short": ("length", "10", 900.0), "long": ("length", "1000", 900.0)}, length={"10": 0.5, "1000": 0.5})


def measured(count: int, of: Spread) -> list[Answered]:
    numbers = np.random.default_rng(3)
    words = [("short", 10), ("long", 1_000)] * (count // 2)
    logs = [of.offset + of.slope * log(end) + of.deviation * numbers.normal() for _, end in words]
    return [Answered(word, max(1, round(np.exp(each)))) for (word, _), each in zip(words, logs, strict=True)]


def test_the_spread_of_the_answers_is_found():
    true = Spread(offset=1.0, slope=0.8, deviation=0.4)
    found = spread(HEADS, measured(2_000, true))
    assert (found.offset, found.slope, found.deviation) == pytest.approx((1.0, 0.8, 0.4), abs=0.06)


def test_without_answers_the_labels_are_believed():
    assert spread(HEADS, []) == Spread(0.0, 1.0, 1.0)


def test_coverage_is_the_share_of_answers_that_are_no_longer_than_was_told():
    of = Spread(offset=1.0, slope=0.8, deviation=0.4)
    told = coverage(HEADS, Lengths(of, ENDS), measured(2_000, of))
    assert told.samples == 2_000
    assert (told.median, told.p90) == pytest.approx((0.5, 0.9), abs=0.04)
    assert told.low < told.p90 < told.high


def test_answers_that_are_all_too_long_are_not_covered():
    told = coverage(HEADS, Lengths(Spread(0.0, 1.0, 0.5), ENDS), [Answered("short", 5_000)] * 8)
    assert (told.median, told.p90) == (0.0, 0.0)
