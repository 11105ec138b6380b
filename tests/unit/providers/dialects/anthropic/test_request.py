from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.errors import RequestError
from meritorder.providers.dialects.anthropic.request import CARRIED, DEFAULT_MAX_TOKENS, body

from .asking import HELLO, accepted, ask

TOOL = {
    "type": "function",
    "function": {"name": "look", "parameters": {"type": "object", "properties": {"at": {"type": "string"}}}},
}
CALL = {"id": "call_1", "type": "function", "function": {"name": "look", "arguments": '{"at": "it"}'}}


def sent(*, stream: bool = False, **fields: object) -> dict[str, object]:
    return accepted(body(ask(stream=stream, **fields), "claude-x"))


def test_the_least_request_has_a_model_a_limit_and_a_turn():
    assert sent() == {
        "model": "claude-x",
        "max_tokens": DEFAULT_MAX_TOKENS,
        "messages": [{"role": "user", "content": [{"type": "text", "text": "Hello"}]}],
    }


def test_everything_that_is_carried_arrives_in_a_form_that_anthropics_own_types_accept():
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk="}}
    made = sent(
        stream=True,
        messages=[
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "text": "What is it?"}, image]},
            {"role": "assistant", "content": None, "tool_calls": [CALL]},
            {"role": "tool", "tool_call_id": "call_1", "content": "a cat"},
        ],
        tools=[TOOL],
        tool_choice={"type": "function", "function": {"name": "look"}},
        parallel_tool_calls=False,
        max_tokens=7,
        temperature=0.5,
        top_p=0.9,
        stop=["a", "b"],
        user="ada",
        stream_options={"include_usage": True},
        n=1,
        logprobs=False,
        top_logprobs=None,
        presence_penalty=0,
        frequency_penalty=0.0,
        response_format={"type": "text"},
    )
    assert set(made) == {
        *("model", "max_tokens", "messages", "system", "tools", "tool_choice", "temperature", "top_p"),
        *("stop_sequences", "metadata", "stream"),
    }
    assert made["stream"] is True
    assert made["metadata"] == {"user_id": "ada"}
    assert made["system"] == [{"type": "text", "text": "Be brief."}]


def test_the_newer_name_for_the_limit_wins():
    assert sent(max_tokens=5)["max_tokens"] == 5
    assert sent(max_completion_tokens=6, max_tokens=5)["max_tokens"] == 6
    assert sent(max_completion_tokens=None, max_tokens=5)["max_tokens"] == 5


def test_one_stop_sequence_or_several_become_a_list():
    assert sent(stop="x")["stop_sequences"] == ["x"]
    assert sent(stop=["x", "y"])["stop_sequences"] == ["x", "y"]
    assert "stop_sequences" not in sent(stop=[])


def test_a_field_that_is_null_is_as_good_as_absent():
    assert sent(**dict.fromkeys([*(CARRIED - {"messages"}), "seed", "anything"])) == sent()


@pytest.mark.parametrize("temperature", [0, 0.7, 1])
def test_temperatures_up_to_one_are_sent_on(temperature: float):
    assert sent(temperature=temperature)["temperature"] == temperature


def test_a_temperature_that_anthropic_does_not_have_is_refused_and_not_lowered():
    with pytest.raises(RequestError) as caught:
        sent(temperature=1.2)
    assert (caught.value.param, caught.value.status) == ("temperature", 400)


@pytest.mark.parametrize("name", ["seed", "logit_bias", "reasoning_effort", "some_extension"])
def test_a_field_that_is_not_carried_is_refused_and_not_dropped(name: str):
    assert name not in CARRIED
    with pytest.raises(RequestError) as caught:
        sent(**{name: 1})
    assert (caught.value.param, caught.value.code) == (name, "unsupported_parameter")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 2),
        ("logprobs", True),
        ("top_logprobs", 3),
        ("presence_penalty", 0.1),
        ("frequency_penalty", -1),
        ("response_format", {"type": "json_object"}),
    ],
)
def test_a_feature_that_anthropic_lacks_is_refused_when_it_is_asked_for(name: str, value: object):
    with pytest.raises(RequestError) as caught:
        sent(**{name: value})
    assert caught.value.param == name


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_tokens", "7"), ("temperature", "hot"), ("top_p", []), ("stop", 5), ("user", {}), ("messages", {})],
)
def test_a_value_of_the_wrong_type_is_named(name: str, value: object):
    with pytest.raises(RequestError) as caught:
        sent(**{name: value})
    assert caught.value.param == name


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
messages = st.one_of(
    st.fixed_dictionaries({"role": st.sampled_from(["system", "developer", "user"]), "content": texts}),
    st.fixed_dictionaries(
        {"role": st.just("user"), "content": st.lists(st.builds(lambda t: {"type": "text", "text": t}, texts))}
    ),
    st.fixed_dictionaries(
        {"role": st.just("assistant"), "content": st.none() | texts},
        optional={"tool_calls": st.lists(st.just(CALL), max_size=2), "refusal": texts},
    ),
    st.fixed_dictionaries({"role": st.just("tool"), "tool_call_id": texts, "content": texts}),
)


@given(st.lists(messages, max_size=8))
def test_any_conversation_becomes_one_that_alternates_and_has_no_empty_turn(said: list[dict[str, object]]):
    made = sent(messages=[*HELLO, *said])
    roles = [turn["role"] for turn in made["messages"]]
    assert all(one != other for one, other in pairwise(roles))
    assert roles[0] == "user"
    assert all(turn["content"] for turn in made["messages"])
