from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.config.calibration import QUANTILES, declared, measured, spread


@given(st.floats(0.001, 0.999))
def test_the_spread_of_a_declared_quality_has_that_quality_as_its_mean(quality: float):
    found = spread(quality)
    assert len(found) == QUANTILES
    assert fmean(found) == pytest.approx(quality, abs=1e-6)
    assert list(found) == sorted(found)
    assert all(0 <= each <= 1 for each in found)


@pytest.mark.parametrize("quality", [0.0, 1.0])
def test_certainty_is_not_spread(quality: float):
    assert spread(quality) == (quality,) * QUANTILES


def test_a_declared_calibration_says_that_it_is():
    found = declared(1.2, 2.5, 0.8)
    assert (found.intercept, found.slope, found.basis) == (1.2, 2.5, "declared")


def test_what_was_never_measured_has_no_calibration():
    assert measured("no-such-model") is None


def test_what_ships_was_measured():
    found = measured("smollm2-135m")
    assert found is not None
    assert found.calibration.basis == "measured"
    assert list(found.spread) == sorted(found.spread)
    assert 0 < found.quality < 1
