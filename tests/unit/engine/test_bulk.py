from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.engine.bulk import Document, profiled
from meritorder.providers.recognisers import shipped
from meritorder.types.workload import DOMAINS, INTENTS, LEVELS
from tests.unit.signals.reading import ANY_TEXT

KEYS = {
    "intent": {"value", "confidence", "evidence"},
    "domain": {"value", "confidence", "evidence"},
    "difficulty": {"value", "confidence"},
    "ambiguity": {"value", "confidence", "question"},
    "privacy": {"class", "spans"},
    "safety": {"injection", "harm", "harm_kind", "evidence"},
    "failure_cost": {"value", "confidence", "reversible", "evidence"},
    "language": {"value", "confidence", "script"},
    "output": {"kind", "tokens_p50", "tokens_p90"},
    "structure": {"questions", "steps", "constraints", "code", "maths"},
    "session": {"turns", "tool_loop", "asked_again", "shifted", "client", "key"},
}
ANY_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(("role", "content", "text", "type", "name", "function", "image_url")) | ANY_TEXT,
            inner,
            max_size=4,
        )
    ),
)


def told(entry: dict[str, Any]) -> Document:
    """The document of `entry`, which has every key and is JSON."""
    document = profiled(entry, shipped())
    assert set(document) == {*KEYS, "tokens", "abilities"}
    for name, keys in KEYS.items():
        assert set(document[name]) == keys, name
    assert document["intent"]["value"] in INTENTS
    assert document["domain"]["value"] in DOMAINS
    assert document["failure_cost"]["value"] in LEVELS
    assert msgspec.json.decode(msgspec.json.encode(document)) == document
    return document


def asked(*contents: Any, **fields: Any) -> Document:
    return told({"messages": [{"role": "user", "content": each} for each in contents], **fields})


def nested(depth: int, inside: Any = "hello") -> Any:
    for level in range(depth):
        inside = [inside] if level % 2 else {"type": "text", "content": inside}
    return inside


def test_a_prompt_is_read():
    document = told({"prompt": "Translate this into German: good morning", "id": 7})
    assert document["intent"]["value"] == "translate"
    assert document["language"]["value"] == "en"
    assert document["session"]["turns"] == 1
    assert document["abilities"] == []


def test_a_prompt_is_read_like_a_single_message():
    assert told({"prompt": "What is the capital of France?"}) == asked("What is the capital of France?")


def test_messages_go_before_a_prompt():
    assert asked("hello there", prompt="Translate this into German") == asked("hello there")


def test_a_conversation_is_read_by_its_roles():
    turns = [("system", "You are Codex"), ("user", "hi"), ("assistant", "yes"), ("user", "no, again"), ("tool", "x")]
    document = told({"messages": [{"role": role, "content": text} for role, text in turns]})
    assert document["session"] == {
        "turns": 2,
        "tool_loop": True,
        "asked_again": True,
        "shifted": False,
        "client": "Codex",
        "key": "",
    }


def test_the_texts_of_parts_are_read():
    parts = [{"type": "text", "text": "Translate this"}, {"type": "text", "text": "into German: good morning"}]
    assert asked(parts) == asked("Translate this\ninto German: good morning")
    assert asked(["Translate this", {"content": "into German: good morning"}]) == asked(parts)


@pytest.mark.parametrize(
    ("tools", "abilities", "kind"),
    [
        ([], [], "text"),
        ([{"type": "function", "function": {"name": "search"}}], ["tools"], "tool_call"),
        ([{"name": "search", "input_schema": {}}], ["tools"], "tool_call"),
        ([None, 3, "search", {}, {"function": None}, {"name": 5}], ["tools"], "tool_call"),
        ({"name": "search"}, [], "text"),
        ("search", [], "text"),
    ],
)
def test_tools_that_are_offered_are_counted_in_either_form(tools: Any, abilities: list[str], kind: str):
    document = asked("hello", tools=tools)
    assert (document["abilities"], document["output"]["kind"]) == (abilities, kind)


@pytest.mark.parametrize("tool", [{"function": {"name": "delete_file"}}, {"name": "delete_file"}])
def test_a_tool_whose_work_stays_done_raises_the_stakes(tool: Any):
    assert asked("hello there", tools=[tool])["failure_cost"]["value"] != "low"


@pytest.mark.parametrize(
    ("form", "abilities", "kind"),
    [
        ({"type": "json_object"}, ["json_object"], "json"),
        ({"type": "json_schema", "json_schema": {}}, ["json_schema"], "json"),
        ({"type": "text"}, [], "text"),
        ({"type": []}, [], "text"),
        ("json_object", [], "text"),
    ],
)
def test_a_form_of_the_answer_is_an_ability(form: Any, abilities: list[str], kind: str):
    document = asked("hello", response_format=form)
    assert (document["abilities"], document["output"]["kind"]) == (abilities, kind)


@pytest.mark.parametrize(
    ("part", "abilities", "images"),
    [
        ({"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}, ["vision"], 1),
        ({"type": "image", "source": {"data": "AAAA"}}, ["vision"], 1),
        ({"type": "input_audio", "input_audio": {"data": "AAAA"}}, ["audio"], 0),
        ({"type": "video"}, [], 0),
        ({"type": ["image"]}, [], 0),
    ],
)
def test_where_there_are_only_media_nothing_is_known_of_the_words(part: Any, abilities: list[str], images: int):
    document = asked([part])
    assert document["abilities"] == abilities
    assert (document["intent"]["value"], document["domain"]["value"]) == ("unknown", "unknown")
    assert document["language"]["value"] == "unknown"
    assert document["tokens"] == asked([])["tokens"] + 1_600 * images


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"prompt": None},
        {"prompt": 5},
        {"prompt": ""},
        {"prompt": float("nan")},
        {"prompt": b"bytes"},
        {"messages": []},
        {"messages": None},
        {"messages": "hello"},
        {"messages": [None, 3, "hello", []]},
        {"messages": [{}]},
        {"messages": [{"role": None, "content": None}]},
        {"messages": [{"role": "user", "content": 7}]},
    ],
)
def test_of_what_is_no_text_the_values_are_unknown(entry: dict[str, Any]):
    document = told(entry)
    assert (document["intent"]["value"], document["domain"]["value"]) == ("unknown", "unknown")
    assert document["privacy"] == {"class": "public", "spans": []}


@given(st.dictionaries(st.sampled_from(("prompt", "messages", "tools", "response_format")), ANY_JSON))
def test_whatever_the_entry_there_is_a_document(entry: dict[str, Any]):
    told(entry)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_whatever_the_text_there_is_a_document(role: str, text: str, tool: str):
    told({"messages": [{"role": role, "content": text}], "tools": [{"name": tool}]})


def test_lone_surrogates_are_no_text():
    assert told({"prompt": "caf\udce9 noir"}) == told({"prompt": "caf? noir"})


@pytest.mark.parametrize("depth", [1, 8, 9, 50, 400])
def test_parts_inside_each_other_are_followed_so_far_and_no_further(depth: int):
    assert (asked(nested(depth))["intent"]["value"] == "converse") == (depth <= 8)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit",
    ["a b c ", "\n", "ada@example.com ", "system prompt ", "<system-reminder>", "<open_files>a</open_files>", "会"],
)
def test_ten_megabytes_are_read(unit: str):
    told({"prompt": unit * (10_000_000 // len(unit.encode()))})


@pytest.mark.timeout(20)
def test_thousands_of_messages_are_read():
    assert asked(*(f"hello number {number}" for number in range(5_000)))["session"]["turns"] == 5_000


def test_private_text_gives_its_class():
    assert told({"prompt": "write to ada@example.com"})["privacy"]["class"] == "personal"


def test_spans_are_told_in_the_characters_of_their_message():
    texts = ["grüße an ada@example.com", "nothing", "é🙂\n会议 🍑 ada@example.com, bob@lake.org 🍑 ada@example.com"]
    found = asked(*texts[:2], ["é🙂", {"text": texts[2].split("\n")[1]}])["privacy"]["spans"]
    assert [(each["type"], each["message"]) for each in found] == [("email", 0), *[("email", 2)] * 3]
    assert [texts[each["message"]][each["start"] : each["end"]] for each in found] == [
        "ada@example.com",
        "ada@example.com",
        "bob@lake.org",
        "ada@example.com",
    ]


@pytest.mark.timeout(5)
def test_thousands_of_spans_are_told_at_once():
    assert len(told({"prompt": "é ada@example.com " * 20_000})["privacy"]["spans"]) == 20_000


@given(ANY_TEXT, ANY_TEXT)
def test_every_span_stands_within_its_message(before: str, after: str):
    prompt = f"{before} ada@example.com {after}"
    for span in told({"prompt": prompt})["privacy"]["spans"]:
        assert 0 <= span["start"] < span["end"] <= len(prompt)
        assert span["message"] == 0
