import json

import msgspec
import pytest

from meritorder.errors import RequestError
from meritorder.providers.dialects.anthropic.tools import toolbox

from .asking import ask

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = {"type": "function", "function": {"name": "weather", "description": "d", "parameters": SCHEMA}}
ONE = {"type": "function", "function": {"name": "weather"}}


def box(**fields: object) -> dict[str, object]:
    return json.loads(msgspec.json.encode(toolbox(ask(**fields).wire.fields)))


def test_a_function_becomes_a_tool_with_its_schema():
    assert box(tools=[WEATHER]) == {"tools": [{"name": "weather", "description": "d", "input_schema": SCHEMA}]}


@pytest.mark.parametrize("function", [{}, {"parameters": None}, {"parameters": {}}])
def test_a_function_without_a_schema_takes_an_object(function: dict[str, object]):
    made = box(tools=[{"type": "function", "function": {"name": "now", **function}}])
    assert made["tools"] == [{"name": "now", "input_schema": {"type": "object"}}]


def test_strictness_and_marks_for_the_cache_are_kept():
    mark = {"cache_control": {"type": "ephemeral"}}
    made = box(tools=[{"type": "function", "function": {"name": "now", "strict": True}, **mark}])
    assert made["tools"] == [{"name": "now", "input_schema": {"type": "object"}, "strict": True, **mark}]


@pytest.mark.parametrize(
    ("asked", "choice"),
    [
        ("auto", {"type": "auto"}),
        ("none", {"type": "none"}),
        ("required", {"type": "any"}),
        (ONE, {"type": "tool", "name": "weather"}),
        (None, None),
    ],
)
def test_the_choice_of_tools_is_told_in_anthropics_words(asked: object, choice: object):
    assert box(tools=[WEATHER], tool_choice=asked).get("choice") == choice


@pytest.mark.parametrize(("asked", "kind"), [(None, "auto"), ("auto", "auto"), ("required", "any"), (ONE, "tool")])
def test_one_call_at_a_time_is_part_of_the_choice(asked: object, kind: str):
    choice = box(tools=[WEATHER], tool_choice=asked, parallel_tool_calls=False)["choice"]
    assert (choice["type"], choice["disable_parallel_tool_use"]) == (kind, True)


def test_one_call_at_a_time_says_nothing_where_no_call_is_allowed():
    made = box(tools=[WEATHER], tool_choice="none", parallel_tool_calls=False)
    assert made["choice"] == {"type": "none"}


def test_several_calls_at_once_are_the_default():
    assert "choice" not in box(tools=[WEATHER], parallel_tool_calls=True)


@pytest.mark.parametrize("asked", ["auto", "none", None])
def test_without_tools_there_is_no_choice(asked: object):
    assert box(tool_choice=asked, parallel_tool_calls=False) == {"tools": []}
    assert box(tools=[], tool_choice=asked) == {"tools": []}


@pytest.mark.parametrize("asked", ["required", ONE])
def test_a_call_cannot_be_required_without_tools(asked: object):
    with pytest.raises(RequestError, match="no tools"):
        box(tool_choice=asked)


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"tools": [{"type": "custom", "custom": {"name": "x"}}]}, "tools[0].type"),
        ({"tools": [{"type": "function", "function": {}}]}, "tools[0].function"),
        ({"tools": [WEATHER], "tool_choice": "sometimes"}, "tool_choice"),
        ({"tools": [WEATHER], "tool_choice": {"type": "allowed_tools"}}, "tool_choice.type"),
        ({"tools": [WEATHER], "parallel_tool_calls": "no"}, "parallel_tool_calls"),
    ],
)
def test_what_anthropic_has_no_form_for_is_named(fields: dict[str, object], param: str):
    with pytest.raises(RequestError) as caught:
        box(**fields)
    assert caught.value.param == param
