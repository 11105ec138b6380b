import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.signals.length import TOKENS_OF_TEMPLATE, TOKENS_PER_IMAGE, output, prompt_tokens
from meritorder.types.workload import Intent, Output, PromptTokens


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
