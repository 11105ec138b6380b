from typing import get_args

import pytest

from meritorder.config.defaults import DIALECT_ABILITIES, EMBEDDED, SPEEDS, dial, served
from meritorder.config.document import Dial, EndpointSection
from meritorder.types.pool import Zone
from meritorder.types.request import ABILITIES


@pytest.mark.parametrize(("name", "value"), [("cheapest", 100_000), ("balanced", 10_000_000), ("best", 1_000_000_000)])
def test_a_dial_is_a_point_between_price_and_quality(name: Dial, value: int):
    found = dial(name)
    assert (found.value, found.late_second, found.failure_cost, found.deadline) == (value, value // 10, 0, 60_000)
    assert not found.may_decline


def test_every_zone_has_a_usual_speed_below_its_fastest():
    assert set(SPEEDS) == set(get_args(Zone))
    assert all(speed.tokens_per_second <= speed.fastest for speed in SPEEDS.values())


def test_abilities_are_known_ones():
    assert all(abilities <= set(ABILITIES) for abilities in (*EMBEDDED.values(), *DIALECT_ABILITIES.values()))


def test_an_embedded_endpoint_serves_its_model_without_being_told():
    assert [each.model for each in served(EndpointSection(embedded="smollm2-135m"))] == ["smollm2-135m"]
    assert served(EndpointSection()) == ()
