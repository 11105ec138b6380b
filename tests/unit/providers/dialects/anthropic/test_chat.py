from typing import get_args

import msgspec
import pytest
from anthropic.types import StopReason
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from meritorder.providers.dialects.anthropic.chat import (
    Choice,
    Chunk,
    ChunkChoice,
    Completion,
    Delta,
    Message,
    completion_id,
    finish_reason,
    json_text,
)


@pytest.mark.parametrize(
    ("stop_reason", "expected"),
    [
        ("end_turn", "stop"),
        ("stop_sequence", "stop"),
        ("pause_turn", "stop"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("tool_use", "tool_calls"),
        ("refusal", "content_filter"),
        ("something_new", "stop"),
        (None, "stop"),
    ],
)
def test_every_reason_to_stop_has_a_word_in_openais_dialect(stop_reason: str | None, expected: str):
    assert finish_reason(stop_reason) == expected


def test_no_reason_that_anthropics_sdk_knows_is_left_to_the_default_by_mistake():
    ordinary = {reason for reason in get_args(StopReason) if finish_reason(reason) == "stop"}
    assert ordinary == {"end_turn", "stop_sequence", "pause_turn"}


@pytest.mark.parametrize(
    ("upstream", "expected"),
    [("msg_01AB", "chatcmpl-01AB"), ("chatcmpl-x", "chatcmpl-x"), ("x", "chatcmpl-x"), ("", "chatcmpl-req-1")],
)
def test_an_id_has_openais_form_and_the_upstreams_matter(upstream: str, expected: str):
    assert completion_id(upstream, "req-1") == expected


def test_a_completion_is_one_to_openais_sdk():
    made = Completion("chatcmpl-1", 1, "m", (Choice(Message("Hi"), "stop"),))
    read = ChatCompletion.model_validate_json(msgspec.json.encode(made), strict=True)
    assert read.choices[0].message.content == "Hi"
    assert read.usage is None


def test_a_chunk_keeps_its_delta_even_when_that_is_empty():
    made = msgspec.json.encode(Chunk("chatcmpl-1", 1, "m", (ChunkChoice(Delta(), "stop"),)))
    assert b'"delta":{}' in made
    assert ChatCompletionChunk.model_validate_json(made, strict=True).choices[0].finish_reason == "stop"


def test_a_tools_input_is_kept_as_it_was_written():
    assert json_text(msgspec.Raw(b'{"b": 1.50}')) == '{"b": 1.50}'
    assert json_text(msgspec.Raw(b'"\xff"')) == '"\ufffd"'
