from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.signals.length import TOKENS_OF_TEMPLATE, TOKENS_PER_IMAGE, output, prompt_tokens, quantile, usual
from meritorder.types.workload import INTENTS, Intent, Output, PromptTokens

ENDS = (4, 16, 40, 90, 180, 350, 700, 1_400)
SHARES = st.lists(st.floats(0, 1), min_size=len(ENDS), max_size=len(ENDS)).filter(lambda shares: sum(shares) > 0.01)


def lengths(shares: list[float]) -> dict[int, float]:
    return {end: share / sum(shares) for end, share in zip(ENDS, shares, strict=True)}


def read(intent: Intent = "answer", *, structured: bool = False, tools: bool = False, limit: int = 0) -> Output:
    return output(intent, 32, 147, structured=structured, tools=tools, limit=limit)


def test_a_prompt_is_estimated_from_its_bytes():
    assert prompt_tokens(4_200, 0) == PromptTokens(1_000, 1_400 + TOKENS_OF_TEMPLATE)


def test_the_bound_is_rounded_up():
    assert prompt_tokens(4, 0) == PromptTokens(0, 2 + TOKENS_OF_TEMPLATE)


def test_images_take_tokens_of_their_own():
    fixed = 2 * TOKENS_PER_IMAGE
    assert prompt_tokens(0, 2) == PromptTokens(fixed, fixed + TOKENS_OF_TEMPLATE)


@given(st.integers(0, 10**8), st.integers(0, 100))
def test_the_estimate_never_exceeds_the_bound(size: int, images: int):
    tokens = prompt_tokens(size, images)
    assert 0 <= tokens.expected <= tokens.bound


@pytest.mark.parametrize(
    ("intent", "structured", "tools", "kind"),
    [
        ("answer", False, False, "text"),
        ("fix", False, False, "text"),
        ("code", False, False, "code"),
        ("code", False, True, "tool_call"),
        ("code", True, True, "json"),
    ],
)
def test_the_kind_of_output_follows_what_was_asked_for(intent: Intent, structured: bool, tools: bool, kind: str):
    assert read(intent, structured=structured, tools=tools).kind == kind


@pytest.mark.parametrize(("limit", "median", "p90"), [(0, 32, 147), (100, 32, 100), (10, 10, 10), (1_000, 32, 147)])
def test_the_clients_limit_bounds_the_expected_length(limit: int, median: int, p90: int):
    assert read(limit=limit) == Output("text", median, p90)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_a_usual_length(intent: Intent):
    median, p90 = usual(intent)
    assert 0 < median < p90


def test_an_essay_is_longer_than_a_class():
    assert usual("create")[0] > usual("classify")[1]


@pytest.mark.parametrize(
    ("shares", "share", "expected"),
    [
        ({16: 1.0}, 0.0, 1),
        ({16: 1.0}, 0.5, 4),
        ({16: 1.0}, 0.25, 2),
        ({16: 1.0}, 1.0, 16),
        ({16: 0.5, 64: 0.5}, 0.5, 16),
        ({16: 0.5, 64: 0.5}, 0.75, 32),
        ({16: 0.0, 64: 1.0}, 0.5, 32),
        ({16: 0.9, 64: 0.0}, 0.95, 64),
    ],
)
def test_within_a_class_logarithms_are_spread_evenly(shares: Mapping[int, float], share: float, expected: int):
    assert quantile(shares, share) == expected


@given(SHARES, st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_never_has_a_smaller_length(shares: list[float], one: float, other: float):
    less, more = sorted((one, other))
    assert quantile(lengths(shares), less) <= quantile(lengths(shares), more)


@given(SHARES, st.floats(0.01, 0.99))
def test_a_length_stands_in_the_class_in_which_the_share_is_reached(shares: list[float], share: float):
    known = lengths(shares)
    length = quantile(known, share)
    below = sum(of_class for end, of_class in known.items() if end < length)
    up_to = sum(of_class for start, (_, of_class) in zip((1, *ENDS), known.items(), strict=False) if start <= length)
    assert 1 <= length <= ENDS[-1]
    assert below <= share + 1e-9
    assert up_to >= share - 1e-9
