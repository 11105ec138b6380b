import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.gather import Gathering, streamed
from tests.fakes.answers import Answer, Tool, stream, whole
from tests.unit.providers.dialects.chat import ask, completion, decoded

texts = st.text(min_size=1, max_size=6)
tools = st.builds(Tool, id=texts, name=texts, arguments=st.lists(texts, min_size=1, max_size=3).map(tuple))
answers = st.builds(
    Answer,
    tokens=st.lists(texts, max_size=5).map(tuple),
    logprob=st.floats(-20, 0),
    tools=st.lists(tools, max_size=3).map(tuple),
    thoughts=st.lists(texts, max_size=3).map(tuple),
    finish=st.sampled_from(["stop", "length", "tool_calls", "content_filter"]),
    prompt=st.integers(1, 1000),
)


def gathered(*pieces: bytes) -> bytes:
    gathering = Gathering()
    for piece in pieces:
        gathering.feed(piece)
    return gathering.body()


def chunk(index: int = 0, **delta: object) -> bytes:
    choice = {"index": index, "delta": delta, "finish_reason": None}
    return b"data: %b\n\n" % json.dumps({"id": "x", "model": "m", "choices": [choice]}).encode()


def message(*pieces: bytes) -> dict[str, Any]:
    return decoded(gathered(*pieces))["choices"][0]["message"]


@given(answers, st.integers(1, 3), st.booleans())
def test_a_gathered_stream_is_the_whole_answer_that_the_server_would_have_given(
    answer: Answer, choices: int, logprobs: bool
):
    asked = {"model": "m", "n": choices, "logprobs": logprobs, "stream_options": {"include_usage": True}}
    found = decoded(gathered(stream(answer, asked)))
    expected = decoded(whole(answer, asked))
    for choice in (*found["choices"], *expected["choices"]):
        # A stream begins with an empty text, where a whole answer without text says null.
        choice["message"]["content"] = choice["message"]["content"] or None
    assert found == expected


def test_the_sdk_accepts_what_was_gathered():
    answer = Answer(tools=(Tool("call_1", "weather", ('{"city":', '"Rome"}')),), finish="tool_calls")
    read = completion(gathered(stream(answer, {"model": "m", "logprobs": True})))
    assert read.object == "chat.completion"
    assert read.choices[0].finish_reason == "tool_calls"
    assert read.choices[0].logprobs is not None
    (call,) = read.choices[0].message.tool_calls or ()
    assert call.type == "function"
    assert call.function.arguments == '{"city":"Rome"}'


def test_usage_and_the_last_word_on_everything_outside_the_choices_are_kept():
    tail = b'data: {"id":"y","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}\n\n'
    body = decoded(gathered(chunk(content="a"), tail, b"data: [DONE]\n\n"))
    assert (body["id"], body["model"], body["usage"]["total_tokens"]) == ("y", "m", 3)


def test_tool_calls_grow_by_their_index_and_stand_in_its_order():
    body = message(
        chunk(tool_calls=[{"index": 1, "id": "b", "type": "function", "function": {"name": "g", "arguments": "{"}}]),
        chunk(tool_calls=[{"index": 0, "id": "a", "type": "function", "function": {"name": "f", "arguments": ""}}]),
        chunk(tool_calls=[{"index": 1, "function": {"arguments": "}"}}, {"index": 0, "function": {"arguments": "[]"}}]),
    )
    assert [(call["id"], call["function"]) for call in body["tool_calls"]] == [
        ("a", {"name": "f", "arguments": "[]"}),
        ("b", {"name": "g", "arguments": "{}"}),
    ]


def test_ids_names_types_and_roles_that_are_told_again_do_not_grow():
    call = {"index": 0, "id": "a", "type": "function", "function": {"name": "f", "arguments": "x"}}
    body = message(chunk(role="assistant", tool_calls=[call]), chunk(role="assistant", tool_calls=[call]))
    assert body["role"] == "assistant"
    assert body["tool_calls"] == [{"id": "a", "type": "function", "function": {"name": "f", "arguments": "xx"}}]


def test_null_adds_nothing():
    assert message(chunk(content="a"), chunk(content=None), chunk(content="b"))["content"] == "ab"


def test_the_client_asked_for_a_whole_answer_and_the_upstream_is_asked_for_a_stream():
    request = ask(temperature=0.5)
    asked = streamed(request)
    assert asked.stream
    assert asked.wire.include_usage
    assert bytes(asked.wire.fields["stream"]) == b"true"
    assert bytes(asked.wire.fields["temperature"]) == b"0.5"
    assert not request.stream
    assert "stream" not in request.wire.fields


@pytest.mark.parametrize("pieces", [(), (b"data: [DONE]\n\n",), (b'data: {"choices": []}\n\n',)])
def test_a_stream_without_choices_is_garbage(pieces: tuple[bytes, ...]):
    with pytest.raises(UpstreamError) as caught:
        gathered(*pieces)
    assert caught.value.code == "upstream_garbage"


@pytest.mark.parametrize(
    "odd",
    [
        b'data: {"choices": null, "usage": null}\n\n',
        b'data: {"choices": [{"index": null, "delta": null}]}\n\n',
        b'data: {"choices": [{"index": "zero", "delta": {}, "logprobs": "none"}]}\n\n',
        b'data: {"choices": [{"delta": {"tool_calls": null}}]}\n\n',
    ],
)
def test_odd_chunks_add_nothing(odd: bytes):
    assert message(chunk(content="a"), odd, chunk(content="b")) == {"role": "assistant", "content": "ab"}


def test_an_index_that_makes_no_sense_counts_as_the_first():
    call = {"index": None, "id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    more = {"index": 0, "function": {"arguments": " "}}
    (found,) = message(chunk(tool_calls=[call]), chunk(tool_calls=[more]))["tool_calls"]
    assert found == {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{} "}}


def test_a_chunk_that_cannot_be_read_is_garbage():
    with pytest.raises(UpstreamError) as caught:
        gathered(chunk(content="a"), b'data: {"id": "\xff", "choices": []}\n\n')
    assert caught.value.code == "upstream_garbage"
