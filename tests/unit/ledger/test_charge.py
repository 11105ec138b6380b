import pytest

from meritorder.ledger.charge import bounded, charge, metered, most_output, plausible
from meritorder.types.outcome import Usage
from meritorder.types.pool import Price
from meritorder.types.units import NANO
from meritorder.types.workload import PromptTokens
from tests.builders import a_model, a_workload, an_endpoint, some_usage

PROMPT = PromptTokens(1_000, 1_400)


@pytest.mark.parametrize(
    ("asked", "choices", "expected", "most"),
    [
        (0, 1, 1_000, 500),
        (200, 1, 1_000, 200),
        (200, 3, 1_000, 600),
        (9_000, 1, 1_000, 3_000),
        (0, 1, 3_800, 200),
        (0, 1, 4_000, 1),
        (0, 2, 9_000, 2),
    ],
)
def test_the_most_output_is_what_was_asked_for_and_fits(asked: int, choices: int, expected: int, most: int):
    work = a_workload(max_output_tokens=asked, choices=choices, prompt=PromptTokens(expected, expected))
    assert most_output(a_model(context=4_000, max_output=500), work) == most


def test_each_kind_of_token_has_its_price():
    price = Price(input=10 * NANO, output=100 * NANO, cached_input=NANO)
    assert charge(price, some_usage(1_000, 100, cached=400)) == 6_000_000 + 400_000 + 10_000_000


def test_each_kind_of_token_is_rounded_up():
    assert charge(Price(1, 1, 1), some_usage(2, 1, cached=1)) == 3


def test_nothing_used_costs_nothing():
    assert charge(Price(NANO, NANO, NANO), some_usage(0, 0)) == 0


def test_a_stream_that_ended_without_telling_is_charged_for_what_passed():
    assert metered(PROMPT, 17) == Usage(1_400, 0, 17, "metered")


def test_a_call_that_ended_without_a_word_is_charged_for_what_can_have_been_generated():
    endpoint = an_endpoint(fastest=100.0)
    assert bounded(endpoint, PROMPT, 1_500, 10_000) == Usage(1_400, 0, 150, "bounded")
    assert bounded(endpoint, PROMPT, 1_501, 10_000).output == 151
    assert bounded(endpoint, PROMPT, 0, 10_000).output == 0


def test_no_more_is_charged_than_can_be_asked_for():
    assert bounded(an_endpoint(fastest=100.0), PROMPT, 60_000, 500).output == 500


@pytest.mark.parametrize(
    ("usage", "believed"),
    [
        (some_usage(1_000, 100, cached=1_000), True),
        (some_usage(0, 0), True),
        (some_usage(240_000, 50_000), True),
        (some_usage(240_001, 100), False),
        (some_usage(1_000, 50_001), False),
        (some_usage(1_000, 100, cached=1_001), False),
        (some_usage(1_000, 100, cached=-1), False),
        (some_usage(-1, 100, cached=-1), False),
        (some_usage(1_000, -1), False),
    ],
)
def test_usage_that_an_upstream_cannot_mean_is_not_believed(usage: Usage, believed: bool):
    assert plausible(usage, PROMPT, 500) is believed
