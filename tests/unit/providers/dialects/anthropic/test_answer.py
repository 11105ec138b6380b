import json

import pytest
from anthropic.types import Message
from hypothesis import given
from hypothesis import strategies as st
from openai.types.chat import ChatCompletion

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.anthropic.answer import answer
from meritorder.providers.dialects.protocol import Answer
from meritorder.types.outcome import Usage

from .asking import ask

USAGE = {"input_tokens": 10, "cache_read_input_tokens": 90, "output_tokens": 5}


def reply(*content: dict[str, object], **changes: object) -> bytes:
    """A message that Anthropic's own SDK reads."""
    message = {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": "claude-x",
        "content": list(content),
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": USAGE,
        **changes,
    }
    Message.model_validate(message)
    return json.dumps(message, ensure_ascii=False).encode()


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def tool(given: str, **arguments: object) -> dict[str, object]:
    return {"type": "tool_use", "id": given, "name": "look", "input": arguments}


def read(body: bytes) -> tuple[Answer, ChatCompletion]:
    got = answer(ask(), body)
    return got, ChatCompletion.model_validate_json(got.body, strict=True)


def test_text_blocks_are_the_content():
    got, completion = read(reply(text("Hé"), text("llo")))
    assert completion.choices[0].message.content == "Héllo"
    assert completion.choices[0].message.tool_calls is None
    assert completion.choices[0].finish_reason == "stop"
    assert (completion.id, completion.model, completion.created) == ("chatcmpl-01", "claude-x", 1_760_000_123)
    assert got.output_bytes == len("Héllo".encode())
    assert got.logprobs == ()


def test_cached_prompt_tokens_are_counted_once_for_the_ledger_and_for_the_client():
    got, completion = read(reply(text("Hi")))
    assert got.usage == Usage(prompt=100, cached=90, output=5, basis="reported")
    assert completion.usage is not None
    assert (completion.usage.prompt_tokens, completion.usage.total_tokens) == (100, 105)


def test_tool_use_blocks_are_tool_calls_with_arguments_as_text():
    got, completion = read(reply(tool("toolu_1", city="Oslo"), tool("toolu_2"), stop_reason="tool_use"))
    choice = completion.choices[0]
    assert choice.finish_reason == "tool_calls"
    assert choice.message.content is None
    calls = [
        (call.id, call.function.name, call.function.arguments)
        for call in choice.message.tool_calls or ()
        if call.type == "function"
    ]
    assert calls == [("toolu_1", "look", '{"city": "Oslo"}'), ("toolu_2", "look", "{}")]
    assert got.output_bytes == len('{"city": "Oslo"}{}')


def test_thinking_is_kept_apart_from_the_content():
    thinking = {"type": "thinking", "thinking": "Hm.", "signature": "s"}
    got, completion = read(reply(thinking, text("Hi")))
    assert completion.choices[0].message.content == "Hi"
    assert json.loads(got.body)["choices"][0]["message"]["reasoning_content"] == "Hm."
    assert got.output_bytes == len("Hm.Hi")


def test_blocks_of_other_kinds_are_left_out():
    hidden = {"type": "redacted_thinking", "data": "x"}
    searched = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}}
    _, completion = read(reply(hidden, searched, text("Hi")))
    assert completion.choices[0].message.content == "Hi"
    assert completion.choices[0].message.tool_calls is None


def test_an_answer_without_blocks_is_an_empty_text():
    got, completion = read(reply())
    assert completion.choices[0].message.content == ""
    assert got.output_bytes == 0


@pytest.mark.parametrize(
    "usage", [b"null", b"[]", b'{"input_tokens":-1,"output_tokens":1}', b'{"input_tokens":"a"}', b"7"]
)
def test_a_usage_that_cannot_be_is_none_and_the_answer_stands(usage: bytes):
    body = b'{"content":[{"type":"text","text":"Hi"}],"usage":' + usage + b"}"
    got, completion = read(body)
    assert got.usage is None
    assert completion.usage is None
    assert (completion.id, completion.model) == ("chatcmpl-req-1", "auto")


def test_an_error_inside_a_200_is_an_error():
    with pytest.raises(UpstreamError) as caught:
        read(b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}')
    assert caught.value.code == "upstream_overloaded"
    with pytest.raises(UpstreamError):
        read(b'{"error":"no"}')


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{}",
        b"<html>",
        b'{"content":"Hi"}',
        b'{"content":[{"type":"text","text":7}]}',
        b'{"content":[{"type":"text","text":"\xff"}]}',
        b'{"content":' + b"[" * 100_000,
        b'{"content":[{"type":"text","text":"\\ud800"}]}',
    ],
)
def test_anything_else_is_garbage(body: bytes):
    with pytest.raises(UpstreamError) as caught:
        read(body)
    assert (caught.value.code, caught.value.elsewhere) == ("upstream_garbage", True)


@given(st.binary(max_size=100))
def test_no_bytes_raise_anything_but_an_upstream_error(body: bytes):
    with pytest.raises(UpstreamError):
        answer(ask(), body)
