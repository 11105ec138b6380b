"""Chat requests as bytes: what is read, what is refused and with which field, what is left alone."""

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.errors import RequestError
from meritorder.gateway import wire
from meritorder.types.request import Limits, Message, Principal, Request

ADA = Principal("ada", ("gateway",))
USER = {"role": "user", "content": "Hello!"}
READ = [
    "model",
    "messages",
    "stream",
    "stream_options",
    "max_tokens",
    "max_completion_tokens",
    "n",
    "temperature",
    "top_p",
    "logprobs",
    "top_logprobs",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "logit_bias",
    "response_format",
    "tools",
    "stop",
]


def read(body: bytes) -> Request:
    return wire.read(body, request_id="req_1", principal=ADA, received_at=1_790_000_000_000)


def asked(**fields: Any) -> Request:
    return read(json.dumps({"model": "auto", "messages": [USER], **fields}).encode())


def outcome(body: bytes) -> Request | RequestError:
    try:
        return read(body)
    except RequestError as error:
        return error


def refusal(body: bytes) -> RequestError:
    with pytest.raises(RequestError) as caught:
        read(body)
    assert caught.value.status == 400
    return caught.value


def refused(**fields: Any) -> RequestError:
    return refusal(json.dumps({"model": "auto", "messages": [USER], **fields}).encode())


def said(*messages: dict[str, Any]) -> Request:
    return asked(messages=list(messages))


def test_the_smallest_request_is_read_with_what_it_leaves_open():
    request = asked()
    assert (request.id, request.principal, request.dialect, request.model) == ("req_1", ADA, "openai", "auto")
    assert request.messages == (Message("user", "Hello!"),)
    assert request.limits == Limits(0, 1)
    assert (request.needs, request.tools, request.images, request.stream) == (frozenset(), (), 0, False)
    assert request.received_at == 1_790_000_000_000
    assert not request.wire.include_usage


def test_the_size_is_that_of_the_body():
    body = json.dumps({"model": "auto", "messages": [USER]}).encode() + b"   "
    assert read(body).wire.size == len(body)


def test_every_role_is_read_in_order():
    roles = ["system", "developer", "user", "assistant", "tool", "function"]
    request = said(*({"role": role, "content": role.upper()} for role in roles))
    assert request.messages == tuple(Message(role, role.upper()) for role in roles)


def test_the_text_of_a_message_in_parts_is_that_of_its_text_parts():
    parts = [{"type": "text", "text": "one"}, {"type": "image_url", "image_url": {"url": "x"}}]
    request = said({"role": "user", "content": [*parts, {"type": "text", "text": "two"}]})
    assert request.messages == (Message("user", "one\ntwo"),)
    assert request.images == 1


def test_an_assistant_turn_that_only_called_tools_has_no_text():
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    request = said(USER, {"role": "assistant", "tool_calls": [call]}, {"role": "tool", "content": "4"})
    assert [message.text for message in request.messages] == ["Hello!", "", "4"]


@pytest.mark.parametrize(
    ("fields", "limits"),
    [
        ({"max_tokens": 7}, Limits(7, 1)),
        ({"max_completion_tokens": 8}, Limits(8, 1)),
        ({"max_tokens": 7, "max_completion_tokens": 8}, Limits(8, 1)),
        ({"max_tokens": 7, "max_completion_tokens": None}, Limits(7, 1)),
        ({"n": 3}, Limits(0, 3)),
        ({"n": None, "max_tokens": None}, Limits(0, 1)),
    ],
)
def test_the_limits_are_those_of_the_client(fields: dict[str, Any], limits: Limits):
    assert asked(**fields).limits == limits


@pytest.mark.parametrize(
    ("fields", "stream", "usage"),
    [
        ({"stream": True}, True, False),
        ({"stream": True, "stream_options": {"include_usage": True}}, True, True),
        ({"stream": True, "stream_options": {"include_usage": False}}, True, False),
        ({"stream": True, "stream_options": {"include_usage": None}}, True, False),
        ({"stream": True, "stream_options": {}}, True, False),
        ({"stream": True, "stream_options": None}, True, False),
        ({"stream": None, "stream_options": None}, False, False),
    ],
)
def test_a_stream_is_one_where_it_is_asked_for_and_has_usage_where_that_is_too(
    fields: dict[str, Any], stream: bool, usage: bool
):
    request = asked(**fields)
    assert (request.stream, request.wire.include_usage) == (stream, usage)


def test_tools_are_named_by_their_function_or_else_by_their_kind():
    tools = [{"type": "function", "function": {"name": "weather"}}, {"type": "web_search"}]
    assert asked(tools=tools).tools == ("weather", "web_search")


TOOL = {"type": "function", "function": {"name": "f"}}


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({"tools": [TOOL]}, {"tools"}),
        ({"tools": []}, set()),
        ({"tools": None}, set()),
        ({"response_format": {"type": "text"}}, set()),
        ({"response_format": {"type": "json_object"}}, {"json_object"}),
        ({"response_format": {"type": "json_schema", "json_schema": {}}}, {"json_schema"}),
        ({"response_format": {"type": "grammar"}}, {"other_fields"}),
        ({"logprobs": True}, {"logprobs"}),
        ({"logprobs": True, "top_logprobs": 3}, {"logprobs"}),
        ({"logprobs": False}, set()),
        ({"seed": 0}, {"seed"}),
        ({"seed": None}, set()),
        ({"n": 2}, {"several_choices"}),
        ({"n": 1}, set()),
        ({"presence_penalty": 0.5}, {"penalties"}),
        ({"frequency_penalty": -0.5}, {"penalties"}),
        ({"presence_penalty": 0, "frequency_penalty": 0.0, "logit_bias": {}}, set()),
        ({"logit_bias": {"50256": -100}}, {"penalties"}),
        ({"temperature": 1.0}, set()),
        ({"temperature": 1.01}, {"other_fields"}),
        ({"top_p": 0.5, "stop": ["a"], "max_tokens": 3}, set()),
        ({"user": "u", "tool_choice": "auto", "parallel_tool_calls": False}, set()),
        ({"reasoning_effort": "low"}, {"other_fields"}),
        ({"reasoning_effort": None}, set()),
        ({"top_k": 40, "seed": 1}, {"other_fields", "seed"}),
    ],
)
def test_what_an_endpoint_must_be_able_to_do_follows_from_the_fields(fields: dict[str, Any], needs: set[str]):
    assert asked(**fields).needs == needs


@pytest.mark.parametrize(
    ("message", "needs"),
    [
        ({"role": "tool", "content": "4", "tool_call_id": "c"}, {"tools"}),
        ({"role": "function", "content": "4", "name": "f"}, {"tools", "other_fields"}),
        ({"role": "assistant", "content": None, "tool_calls": [{}]}, {"tools"}),
        ({"role": "assistant", "content": "x", "tool_calls": []}, set()),
        ({"role": "user", "content": "x", "name": "Ada"}, {"other_fields"}),
        ({"role": "assistant", "content": "x", "reasoning_content": "y"}, {"other_fields"}),
        ({"role": "assistant", "content": "x", "reasoning_content": None}, set()),
        ({"role": "user", "content": [{"type": "text", "text": "x"}]}, set()),
        ({"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}, {"vision"}),
        ({"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]}, {"audio"}),
        ({"role": "user", "content": [{"type": "file", "file": {}}]}, {"other_fields"}),
    ],
)
def test_what_an_endpoint_must_be_able_to_do_follows_from_the_messages(message: dict[str, Any], needs: set[str]):
    assert said(USER, message).needs == needs


def test_images_are_counted_over_all_messages():
    image = {"type": "image_url", "image_url": {"url": "x"}}
    assert said({"role": "user", "content": [image, image]}, {"role": "user", "content": [image]}).images == 3


def test_fields_stay_in_the_bytes_they_came_in():
    fields = {
        "model": b'"a\\u0075to"',
        "messages": b'[ {"role" : "user","content":"\\u00e9 \xc3\xa9"} ]',
        "temperature": b"1.0e-1",
        "metadata": b'{ "order": [1,2,  3], "order": 1E2 }',
        "top_k": b"40",
    }
    body = b"{" + b", ".join(b'"%b" :%b' % (name.encode(), raw) for name, raw in fields.items()) + b"}"
    kept = read(body).wire.fields
    assert list(kept) == list(fields)
    assert {name: bytes(raw) for name, raw in kept.items()} == fields


WRONG: list[tuple[str, Any, str]] = [
    ("model", 3, "model"),
    ("model", None, "model"),
    ("model", "", "model"),
    ("model", "m" * 201, "model"),
    ("messages", "hi", "messages"),
    ("messages", None, "messages"),
    ("messages", [], "messages"),
    ("messages", ["hi"], "messages[0]"),
    ("messages", [USER, {"content": "x"}], "messages[1]"),
    ("messages", [{"role": "robot", "content": "x"}], "messages[0].role"),
    ("messages", [{"role": 1, "content": "x"}], "messages[0].role"),
    ("messages", [{"role": "user", "content": 1}], "messages[0].content"),
    ("messages", [{"role": "user", "content": ["x"]}], "messages[0].content[0]"),
    ("messages", [{"role": "user", "content": [{"text": "x"}]}], "messages[0].content[0]"),
    ("messages", [{"role": "user", "content": [{"type": 1}]}], "messages[0].content[0].type"),
    ("messages", [{"role": "user", "content": [{"type": "text", "text": 1}]}], "messages[0].content[0].text"),
    ("messages", [{"role": "user"}], "messages[0].content"),
    ("messages", [USER, {"role": "system", "content": None}], "messages[1].content"),
    ("messages", [{"role": "developer"}], "messages[0].content"),
    ("messages", [{"role": "user", "content": "x", "name": 1}], "messages[0].name"),
    ("messages", [{"role": "assistant", "tool_calls": {}}], "messages[0].tool_calls"),
    ("stream", "yes", "stream"),
    ("stream", 1, "stream"),
    ("stream_options", [], "stream_options"),
    ("stream_options", {"include_usage": "x"}, "stream_options.include_usage"),
    ("stream_options", {"include_usage": True}, "stream_options"),
    ("max_tokens", 0, "max_tokens"),
    ("max_tokens", -1, "max_tokens"),
    ("max_tokens", 1.5, "max_tokens"),
    ("max_tokens", "10", "max_tokens"),
    ("max_tokens", True, "max_tokens"),
    ("max_completion_tokens", 0, "max_completion_tokens"),
    ("max_completion_tokens", "10", "max_completion_tokens"),
    ("n", 0, "n"),
    ("n", 129, "n"),
    ("n", "2", "n"),
    ("temperature", -0.1, "temperature"),
    ("temperature", 2.1, "temperature"),
    ("temperature", "hot", "temperature"),
    ("top_p", 1.1, "top_p"),
    ("top_p", -0.1, "top_p"),
    ("top_p", [], "top_p"),
    ("logprobs", 3, "logprobs"),
    ("top_logprobs", 21, "top_logprobs"),
    ("top_logprobs", -1, "top_logprobs"),
    ("top_logprobs", "3", "top_logprobs"),
    ("top_logprobs", 3, "top_logprobs"),
    ("seed", 1.5, "seed"),
    ("seed", "1", "seed"),
    ("presence_penalty", 2.1, "presence_penalty"),
    ("presence_penalty", "x", "presence_penalty"),
    ("frequency_penalty", -2.1, "frequency_penalty"),
    ("frequency_penalty", "x", "frequency_penalty"),
    ("logit_bias", [], "logit_bias"),
    ("logit_bias", {"1": "x"}, "logit_bias[...]"),
    ("response_format", "json", "response_format"),
    ("response_format", {}, "response_format"),
    ("response_format", {"type": 1}, "response_format.type"),
    ("tools", {}, "tools"),
    ("tools", ["x"], "tools[0]"),
    ("tools", [{}], "tools[0]"),
    ("tools", [{"type": 1}], "tools[0].type"),
    ("tools", [TOOL, {"type": "function", "function": {"name": 1}}], "tools[1].function.name"),
    ("stop", 1, "stop"),
    ("stop", [1], "stop[0]"),
]


@pytest.mark.parametrize(("field", "value", "param"), WRONG, ids=[f"{f}={str(v)[:40]}" for f, v, _ in WRONG])
def test_a_wrong_value_is_refused_with_the_name_of_its_field(field: str, value: Any, param: str):
    error = refused(**{field: value})
    assert (error.code, error.param) == ("invalid_value", param)
    assert param in str(error)


def test_every_field_that_is_read_is_also_refused_where_it_is_wrong():
    assert {field for field, _, _ in WRONG} == set(READ)


@pytest.mark.parametrize("missing", ["model", "messages"])
def test_a_field_that_must_be_there_is_named_where_it_is_missing(missing: str):
    fields = {"model": "auto", "messages": [USER]}
    del fields[missing]
    error = refusal(json.dumps(fields).encode())
    assert (error.code, error.param) == ("invalid_value", missing)
    assert missing in str(error)


@pytest.mark.parametrize("body", [b"[]", b"null", b'"hi"', b"3"])
def test_a_body_that_is_no_object_is_refused(body: bytes):
    error = refusal(body)
    assert (error.code, error.param) == ("invalid_value", None)
    assert "the body" in str(error)


@pytest.mark.parametrize(
    "body",
    [b" ", b"{", b'{"model": "auto",}', b"hello", b"{}{}", b"\xef\xbb\xbf{}", b'{"a": ' * 20_000, b'{"a": \x00}'],
)
def test_a_body_that_is_no_json_is_refused(body: bytes):
    error = refusal(body)
    assert (error.code, error.param) == ("invalid_json", None)
    assert str(error).startswith("the body is not valid JSON: ")


def test_a_body_that_is_empty_is_said_to_be():
    error = refusal(b"")
    assert (error.code, str(error)) == ("invalid_json", "the body is empty")


def test_a_byte_that_is_no_utf8_is_refused_with_its_place():
    error = refusal(b'{"model": "\xe9"}')
    assert error.code == "invalid_json"
    assert str(error) == "the body is not valid UTF-8: byte 11 is 0xe9"


@given(st.binary(max_size=200))
def test_whatever_the_bytes_the_answer_is_a_request_or_a_request_error(body: bytes):
    found = outcome(body)
    assert isinstance(found, Request) or found.code in {"invalid_json", "invalid_value"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(string.printable, max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(string.printable, max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
PART = st.fixed_dictionaries({}, optional={"type": st.sampled_from(["text", "image_url", "file"]) | JSON, "text": JSON})
MESSAGE = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(["user", "assistant", "tool"]) | JSON,
        "content": st.text(max_size=8) | st.lists(PART, max_size=2) | JSON,
        "tool_calls": JSON,
        "reasoning_content": JSON,
    },
)
BODY = st.fixed_dictionaries(
    {"model": st.just("auto") | JSON, "messages": st.lists(MESSAGE, max_size=3) | JSON},
    optional={name: JSON for name in [*READ, "tool_choice", "top_k"] if name not in {"model", "messages"}},
)


@given(BODY)
def test_whatever_the_fields_hold_the_answer_is_a_request_or_a_request_error(fields: dict[str, Any]):
    body = json.dumps(fields).encode()
    found = outcome(body)
    if isinstance(found, Request):
        assert {name: json.loads(bytes(raw)) for name, raw in found.wire.fields.items()} == fields
    else:
        assert str(found)
