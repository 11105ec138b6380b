import pytest

from meritorder.signals.privacy.kinds import LEVELS, UNCHECKED, WORDING, regions
from meritorder.types.caller import PRIVACY_CLASSES


@pytest.mark.parametrize("level", LEVELS.values())
def test_nothing_that_is_found_is_public(level: str):
    assert level in PRIVACY_CLASSES[1:]


def test_the_classes_are_those_that_are_documented():
    of_class = {level: {kind for kind, each in LEVELS.items() if each == level} for level in LEVELS.values()}
    assert of_class == {
        "personal": {"email", "phone", "name", "address", "ip_address", "mac_address"},
        "sensitive": {"payment_card", "iban", "national_id", "passport", "health", "payroll", "confidential"},
        "internal": {"proprietary"},
        "secret": {"credential", "private_key", UNCHECKED},
    }
    assert set(LEVELS) >= WORDING


def test_surroundings_that_overlap_are_read_once():
    assert list(regions([10, 15, 100], 5, 5)) == [(5, 20), (95, 105)]
    assert list(regions([1], 5, 5)) == [(0, 6)]
