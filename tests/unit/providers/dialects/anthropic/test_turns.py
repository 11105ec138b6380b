import json

import msgspec
import pytest

from meritorder.errors import RequestError
from meritorder.providers.dialects.anthropic.turns import conversation

from .asking import ask


def told(*messages: dict[str, object]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    talk = conversation(ask(messages=list(messages)).wire.fields)
    return json.loads(msgspec.json.encode(talk.system)), json.loads(msgspec.json.encode(talk.turns))


def fault(*messages: dict[str, object]) -> RequestError:
    with pytest.raises(RequestError) as caught:
        told(*messages)
    return caught.value


def user(content: object) -> dict[str, object]:
    return {"role": "user", "content": content}


def call(arguments: str, name: str = "look", given: str = "call_1") -> dict[str, object]:
    function = {"name": name, "arguments": arguments}
    return {"role": "assistant", "tool_calls": [{"id": given, "type": "function", "function": function}]}


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


def test_a_users_text_is_a_turn_with_one_block():
    assert told(user("Hello")) == ([], [{"role": "user", "content": [text("Hello")]}])


def test_system_and_developer_messages_are_gathered_in_front_wherever_they_stood():
    system, turns = told(
        {"role": "system", "content": "a"},
        user("b"),
        {"role": "developer", "content": [text("c"), text("d")]},
    )
    assert system == [text("a"), text("c"), text("d")]
    assert turns == [{"role": "user", "content": [text("b")]}]


def test_turns_of_the_same_side_in_a_row_become_one():
    _, turns = told(
        user("a"),
        user("b"),
        {"role": "assistant", "content": "c"},
        {"role": "assistant", "content": "d"},
        {"role": "system", "content": "between"},
        user("e"),
    )
    assert [(turn["role"], len(turn["content"])) for turn in turns] == [
        ("user", 2),
        ("assistant", 2),
        ("user", 1),
    ]


def test_a_tool_call_and_its_result_become_blocks_and_the_result_is_the_users():
    _, turns = told(
        user("Where?"),
        {**call('{"of": "me", "n": 1.50}'), "content": "Let me see."},
        {"role": "tool", "tool_call_id": "call_1", "content": "here"},
        user("Thanks"),
    )
    assert turns[1] == {
        "role": "assistant",
        "content": [
            text("Let me see."),
            {"type": "tool_use", "id": "call_1", "name": "look", "input": {"of": "me", "n": 1.5}},
        ],
    }
    result = {"type": "tool_result", "tool_use_id": "call_1", "content": [text("here")]}
    assert turns[2] == {"role": "user", "content": [result, text("Thanks")]}


def test_a_tools_input_is_sent_on_as_it_was_written():
    talk = conversation(ask(messages=[user("a"), call(' {"b":1.50,"a":1e2} ')]).wire.fields)
    assert b'"input":{"b":1.50,"a":1e2}' in msgspec.json.encode(talk.turns)


def test_a_call_without_arguments_has_an_empty_input():
    _, turns = told(user("a"), call(""))
    assert turns[1]["content"][0]["input"] == {}


@pytest.mark.parametrize("arguments", ["{", "[]", "null", '"x"', "{'a': 1}", "[" * 100_000])
def test_arguments_that_are_no_json_object_are_named(arguments: str):
    error = fault(user("a"), call(arguments))
    assert error.param == "messages[1].tool_calls[0].function.arguments"


def test_ids_that_anthropic_would_not_take_are_changed_alike_in_call_and_result():
    _, turns = told(
        user("a"),
        call("{}", given="functions.look:0"),
        {"role": "tool", "tool_call_id": "functions.look:0", "content": "x"},
    )
    assert turns[1]["content"][0]["id"] == turns[2]["content"][0]["tool_use_id"] == "functions_look_0"


def test_a_result_without_the_id_of_its_call_is_refused():
    assert fault(user("a"), {"role": "tool", "content": "x"}).param == "messages[1].tool_call_id"


def test_a_result_that_is_empty_has_no_content():
    _, turns = told(user("a"), call("{}"), {"role": "tool", "tool_call_id": "call_1", "content": ""})
    assert turns[2]["content"] == [{"type": "tool_result", "tool_use_id": "call_1"}]


def image(url: str) -> dict[str, object]:
    return {"type": "image_url", "image_url": {"url": url, "detail": "low"}}


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("data:image/png;base64,aGk=", {"type": "base64", "media_type": "image/png", "data": "aGk="}),
        ("DATA:image/JPG;x=y;base64,aGk=", {"type": "base64", "media_type": "image/jpeg", "data": "aGk="}),
        ("https://example.com/a.png", {"type": "url", "url": "https://example.com/a.png"}),
        ("http://example.com/a.png", {"type": "url", "url": "http://example.com/a.png"}),
    ],
)
def test_images_are_taken_from_data_urls_and_addresses(url: str, source: dict[str, str]):
    _, turns = told(user([text("What is it?"), image(url)]))
    assert turns[0]["content"] == [text("What is it?"), {"type": "image", "source": source}]


@pytest.mark.parametrize("url", ["data:image/png,raw", "file:///etc/passwd", "ftp://a/b", "", "aGk="])
def test_images_from_anywhere_else_are_refused(url: str):
    assert fault(user([text("a"), image(url)])).param == "messages[0].content[1].image_url.url"


def test_a_tool_may_give_back_an_image():
    shown = image("data:image/png;base64,aGk=")
    _, turns = told(user("a"), call("{}"), {"role": "tool", "tool_call_id": "call_1", "content": [shown]})
    assert turns[2]["content"][0]["content"][0]["type"] == "image"


def test_a_system_prompt_has_no_images():
    error = fault({"role": "system", "content": [image("https://example.com/a.png")]}, user("a"))
    assert error.param == "messages[0].content"


def test_marks_for_the_prompt_cache_stay_where_they_are():
    mark = {"cache_control": {"type": "ephemeral"}}
    shown = {**image("https://example.com/a.png"), **mark}
    system, turns = told({"role": "system", "content": [{**text("a"), **mark}]}, user([shown]))
    assert system == [{**text("a"), **mark}]
    assert turns[0]["content"][0]["cache_control"] == {"type": "ephemeral"}


def test_text_that_is_empty_makes_no_block_and_no_turn():
    _, turns = told(user("a"), {"role": "assistant", "content": " \n"}, user([text(""), text("b")]))
    assert turns == [{"role": "user", "content": [text("a"), text("b")]}]


def test_a_refusal_is_what_the_assistant_said():
    _, turns = told(
        user("a"),
        {"role": "assistant", "content": None, "refusal": "No."},
        user("b"),
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "Never."}]},
    )
    assert [turns[1]["content"], turns[3]["content"]] == [[text("No.")], [text("Never.")]]


@pytest.mark.parametrize("messages", [[], [{"role": "system", "content": "a"}], [user("")]])
def test_a_conversation_in_which_nobody_speaks_is_refused(messages: list[dict[str, object]]):
    assert fault(*messages).param == "messages"


@pytest.mark.parametrize(
    ("message", "param"),
    [
        ({"role": "function", "name": "f", "content": "x"}, "messages[0].role"),
        (user([{"type": "input_audio", "input_audio": {}}]), "messages[0].content[0].type"),
        (user(7), "messages[0].content"),
        ({"content": "a"}, "messages[0]"),
        (
            {"role": "assistant", "tool_calls": [{"id": "a", "type": "custom", "custom": {}}]},
            "messages[0].tool_calls[0].type",
        ),
    ],
)
def test_what_anthropic_has_no_form_for_is_named(message: dict[str, object], param: str):
    assert fault(message).param == param
