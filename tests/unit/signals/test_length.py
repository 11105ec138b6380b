import pytest

from meritorder.signals.length import (
    TOKENS_OF_TEMPLATE,
    TOKENS_PER_IMAGE,
    output,
    prompt_tokens,
)
from meritorder.types.workload import INTENTS, Intent, Output, PromptTokens


def test_a_prompt_is_estimated_from_its_bytes():
    assert prompt_tokens(4_200, 0) == PromptTokens(1_000, 1_400 + TOKENS_OF_TEMPLATE)


def test_the_bound_is_rounded_up():
    assert prompt_tokens(4, 0) == PromptTokens(0, 2 + TOKENS_OF_TEMPLATE)


def test_images_take_tokens_of_their_own():
    fixed = 2 * TOKENS_PER_IMAGE
    assert prompt_tokens(0, 2) == PromptTokens(fixed, fixed + TOKENS_OF_TEMPLATE)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 10, 1_000_000])
def test_the_estimate_never_exceeds_the_bound(size: int):
    tokens = prompt_tokens(size, 1)
    assert tokens.expected <= tokens.bound


@pytest.mark.parametrize(
    ("intent", "structured", "tools", "kind"),
    [
        ("answer", False, False, "text"),
        ("code", False, False, "code"),
        ("code", False, True, "tool_call"),
        ("code", True, True, "json"),
    ],
)
def test_the_kind_of_output_follows_what_was_asked_for(intent: Intent, structured: bool, tools: bool, kind: str):
    assert output(intent, structured=structured, tools=tools, limit=0).kind == kind


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_an_expected_length(intent: Intent):
    expected = output(intent, structured=False, tools=False, limit=0)
    assert 0 < expected.median < expected.p90


def test_the_clients_limit_bounds_the_expected_length():
    assert output("create", structured=False, tools=False, limit=100) == Output("text", 100, 100)
    assert output("classify", structured=False, tools=False, limit=50) == Output("text", 8, 50)
