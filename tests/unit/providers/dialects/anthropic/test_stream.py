import json
from itertools import pairwise

import pytest
from anthropic.types import RawMessageStreamEvent
from hypothesis import given
from hypothesis import strategies as st
from openai.types.chat import ChatCompletionChunk
from pydantic import TypeAdapter

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.anthropic.stream import Reader
from meritorder.providers.dialects.protocol import Event
from meritorder.types.outcome import Usage

from .asking import ask, chunks

_KNOWN: TypeAdapter[RawMessageStreamEvent] = TypeAdapter(RawMessageStreamEvent)

PING = b'event: ping\ndata: {"type": "ping"}\n\n'
OVERLOADED = b'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n'


def event(kind: str, **fields: object) -> bytes:
    """A server-sent event that Anthropic's own SDK reads."""
    _KNOWN.validate_python({"type": kind, **fields})
    return raw({"type": kind, **fields})


def raw(payload: object) -> bytes:
    kind = payload["type"] if isinstance(payload, dict) and "type" in payload else "x"
    return f"event: {kind}\ndata: {json.dumps(payload, ensure_ascii=False)}\n\n".encode()


def start(**usage: int) -> bytes:
    message = {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": "claude-x",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 10, "cache_read_input_tokens": 90, "output_tokens": 1, **usage},
    }
    return event("message_start", message=message)


def opened(index: int, **block: object) -> bytes:
    return event("content_block_start", index=index, content_block=block)


def delta(index: int, kind: str, **part: object) -> bytes:
    return event("content_block_delta", index=index, delta={"type": kind, **part})


def closed(index: int) -> bytes:
    return event("content_block_stop", index=index)


def words(index: int, *texts: str) -> bytes:
    spoken = b"".join(delta(index, "text_delta", text=text) for text in texts)
    return opened(index, type="text", text="") + spoken + closed(index)


def tool(index: int, given: str, *fragments: str, **begun: object) -> bytes:
    told = b"".join(delta(index, "input_json_delta", partial_json=fragment) for fragment in fragments)
    return opened(index, type="tool_use", id=given, name="look", input=begun) + told + closed(index)


def ending(reason: str = "end_turn", **usage: int) -> bytes:
    about = event(
        "message_delta",
        delta={"stop_reason": reason, "stop_sequence": None},
        usage={"output_tokens": 7, **usage},
    )
    return about + event("message_stop")


def run(*reads: bytes, include_usage: bool = False) -> tuple[list[ChatCompletionChunk], Event]:
    """What a client gets, and the events of all reads in one."""
    reader = Reader(ask(stream=True, include_usage=include_usage))
    got = [reader.feed(data) for data in reads]
    whole = Event(
        data=b"".join(one.data for one in got),
        content=any(one.content for one in got),
        tokens=sum(one.tokens for one in got),
        usage=next((one.usage for one in reversed(got) if one.usage), None),
        logprobs=tuple(logprob for one in got for logprob in one.logprobs),
        done=got[-1].done,
    )
    reader.end()
    return chunks(whole.data), whole


def fault(*reads: bytes) -> UpstreamError:
    with pytest.raises(UpstreamError) as caught:
        run(*reads)
    return caught.value


def test_text_arrives_as_openai_chunks():
    got, whole = run(start() + PING + words(0, "Hé", "llo") + ending())
    assert [chunk.choices[0].delta.content for chunk in got] == ["", "Hé", "llo", None]
    assert [chunk.choices[0].delta.role for chunk in got] == ["assistant", None, None, None]
    assert [chunk.choices[0].finish_reason for chunk in got] == [None, None, None, "stop"]
    assert {(chunk.id, chunk.model, chunk.created) for chunk in got} == {("chatcmpl-01", "claude-x", 1_760_000_123)}
    assert whole.data.endswith(b"data: [DONE]\n\n")
    assert (whole.content, whole.tokens, whole.done, whole.logprobs) == (True, 2, True, ())


def test_nothing_is_content_until_a_part_of_the_answer_has_come():
    reader = Reader(ask(stream=True))
    assert not reader.feed(start()).content
    assert not reader.feed(PING + opened(0, type="text", text="")).content
    assert not reader.feed(delta(0, "text_delta", text="")).content
    assert reader.feed(delta(0, "text_delta", text="a")).content


def test_usage_is_cumulative_and_the_last_word_counts():
    first = event("message_delta", delta={"stop_reason": None, "stop_sequence": None}, usage={"output_tokens": 3})
    _, whole = run(start() + words(0, "a") + first + ending())
    assert whole.usage == Usage(prompt=100, cached=90, output=7, basis="reported")


def test_a_later_count_of_the_prompt_replaces_the_first():
    _, whole = run(start() + ending(input_tokens=2, cache_creation_input_tokens=5, cache_read_input_tokens=0))
    assert whole.usage == Usage(prompt=7, cached=0, output=7, basis="reported")


def test_no_usage_is_told_before_the_answers_tokens_have_been_counted():
    reader = Reader(ask(stream=True))
    assert reader.feed(start() + words(0, "a", "b")).usage is None


def test_a_usage_that_cannot_be_is_none_and_the_client_gets_none():
    got, whole = run(start(input_tokens=-1) + words(0, "a") + ending(), include_usage=True)
    assert whole.usage is None
    assert all(chunk.choices for chunk in got)


def test_a_client_that_asked_for_usage_gets_it_last_and_without_choices():
    got, _ = run(start() + words(0, "a") + ending(), include_usage=True)
    assert got[-1].choices == []
    assert got[-1].usage is not None
    assert (got[-1].usage.prompt_tokens, got[-1].usage.completion_tokens) == (100, 7)
    assert all(chunk.usage is None for chunk in got[:-1])


def test_a_client_that_did_not_ask_for_usage_gets_none():
    got, _ = run(start() + words(0, "a") + ending())
    assert all(chunk.choices and chunk.usage is None for chunk in got)


def calls(got: list[ChatCompletionChunk]) -> list[tuple[int, str | None, str | None, str | None]]:
    return [
        (call.index, call.id, call.function and call.function.name, call.function and call.function.arguments)
        for chunk in got
        for choice in chunk.choices
        for call in choice.delta.tool_calls or ()
    ]


def test_tool_calls_are_numbered_among_themselves_and_named_once():
    got, whole = run(
        start()
        + words(0, "Let me see.")
        + tool(1, "toolu_1", "", '{"ci', 'ty":1}')
        + tool(2, "toolu_2", "{}")
        + ending("tool_use")
    )
    assert calls(got) == [
        (0, "toolu_1", "look", ""),
        (0, None, None, '{"ci'),
        (0, None, None, 'ty":1}'),
        (1, "toolu_2", "look", ""),
        (1, None, None, "{}"),
    ]
    assert got[-1].choices[0].finish_reason == "tool_calls"
    assert whole.tokens == 6


def test_calls_whose_fragments_are_mixed_keep_their_own_numbers():
    got, _ = run(
        start()
        + opened(3, type="tool_use", id="a", name="look", input={})
        + opened(5, type="tool_use", id="b", name="look", input={})
        + delta(5, "input_json_delta", partial_json="{}")
        + delta(3, "input_json_delta", partial_json="[]")
        + ending("tool_use")
    )
    assert [(index, arguments) for index, _, _, arguments in calls(got)] == [
        (0, ""),
        (1, ""),
        (1, "{}"),
        (0, "[]"),
    ]


def test_a_call_without_fragments_still_has_arguments_that_parse():
    got, _ = run(start() + tool(0, "a", "") + tool(1, "b", at=1) + ending("tool_use"))
    assert [arguments for *_, arguments in calls(got)] == ["", "{}", "", '{"at": 1}']


def test_a_call_that_was_never_closed_is_closed_with_the_message():
    got, _ = run(start() + opened(0, type="tool_use", id="a", name="look", input={}) + ending("tool_use"))
    assert [arguments for *_, arguments in calls(got)] == ["", "{}"]


def test_thinking_is_kept_apart_and_its_signature_is_not_for_the_client():
    got, whole = run(
        start()
        + opened(0, type="thinking", thinking="", signature="")
        + delta(0, "thinking_delta", thinking="Hm.")
        + delta(0, "signature_delta", signature="xyz")
        + closed(0)
        + words(1, "Hi")
        + ending()
    )
    deltas = [chunk.choices[0].delta.model_dump(exclude_unset=True) for chunk in got]
    assert deltas[1:3] == [{"reasoning_content": "Hm."}, {"content": "Hi"}]
    assert b"xyz" not in whole.data


def test_blocks_and_deltas_of_other_kinds_are_left_out():
    got, _ = run(
        start()
        + opened(0, type="server_tool_use", id="s", name="web_search", input={})
        + delta(0, "input_json_delta", partial_json='{"q":1}')
        + closed(0)
        + raw({"type": "content_block_start", "index": 1, "content_block": {"type": "new_kind", "data": 5}})
        + raw({"type": "content_block_delta", "index": 1, "delta": {"type": "new_delta"}})
        + raw({"type": "new_event", "message": 7, "index": "x"})
        + words(2, "Hi")
        + ending()
    )
    assert [chunk.choices[0].delta.content for chunk in got] == ["", "Hi", None]


@pytest.mark.parametrize(("reason", "finish"), [("max_tokens", "length"), ("refusal", "content_filter")])
def test_the_reason_to_stop_is_told_in_openais_words(reason: str, finish: str):
    got, _ = run(start() + ending(reason))
    assert got[-1].choices[0].finish_reason == finish


def test_a_server_that_skips_the_start_is_understood():
    got, _ = run(words(0, "Hi") + event("message_stop"))
    assert [chunk.choices[0].delta.role for chunk in got] == ["assistant", None, None]
    assert {(chunk.id, chunk.model) for chunk in got} == {("chatcmpl-req-1", "auto")}


def test_what_comes_after_the_end_is_ignored():
    got, whole = run(start() + ending() + words(0, "late") + OVERLOADED, b"garbage\n\n" + OVERLOADED)
    assert len(got) == 2
    assert whole.data.count(b"[DONE]") == 1


def test_a_stream_that_ends_before_its_message_does_was_cut():
    for reads in (start(), start() + words(0, "a"), ending()[:-1], b""):
        assert fault(reads).code == "upstream_cut"


def test_an_overload_inside_the_stream_is_raised_at_once_if_nothing_came_before_it():
    reader = Reader(ask(stream=True))
    reader.feed(start())
    with pytest.raises(UpstreamError) as caught:
        reader.feed(OVERLOADED)
    assert (caught.value.code, caught.value.elsewhere) == ("upstream_overloaded", True)
    with pytest.raises(UpstreamError):
        reader.feed(words(0, "a"))


def test_what_came_before_an_error_is_given_out_and_then_the_error_is_raised():
    for go_on in (lambda reader: reader.feed(b""), lambda reader: reader.end()):
        reader = Reader(ask(stream=True))
        assert reader.feed(start() + words(0, "a") + OVERLOADED).tokens == 1
        with pytest.raises(UpstreamError, match="overloaded"):
            go_on(reader)


@pytest.mark.parametrize(
    "data",
    [
        b"data: nonsense\n\n",
        b"data: []\n\n",
        b'data: {"type":7}\n\n',
        b'data: {"type":"message_start"}\n\n',
        b'data: {"type":"content_block_delta","index":0}\n\n',
        b'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\xff"}}\n\n',
        b'data: {"type":' + b"[" * 100_000 + b"\n\n",
    ],
)
def test_an_event_that_cannot_be_read_is_garbage(data: bytes):
    assert fault(data).code == "upstream_garbage"


def test_an_error_without_a_type_is_an_error():
    assert fault(raw({"error": {"message": "no", "code": 500}})).code == "upstream_error"


SAMPLES = (
    start() + PING + words(0, "Hé", "ll€", "o 😀") + tool(1, "t", "", '{"a":', "1}") + ending("tool_use"),
    (start() + words(0, "a\n\nb") + ending()).replace(b"\n", b"\r\n"),
    start() + words(0, "a", "b") + OVERLOADED + words(1, "c"),
    start() + words(0, "a") + b"data: nonsense\n\n",
    start() + words(0, "a", "b"),
)


def outcome(reads: list[bytes]) -> tuple[bytes, bool, int, Usage | None, bool, str]:
    reader = Reader(ask(stream=True, include_usage=True))
    data, content, tokens, usage, done, code = b"", False, 0, None, False, ""
    try:
        for one in (reader.feed(read) for read in reads):
            data += one.data
            content, tokens = content or one.content, tokens + one.tokens
            usage, done = one.usage or usage, one.done
        reader.end()
    except UpstreamError as error:
        code = error.code
    return data, content, tokens, usage, done, code


@given(st.sampled_from(SAMPLES), st.lists(st.integers(0, 5000), max_size=30))
def test_splitting_the_stream_anywhere_changes_neither_the_data_nor_the_totals(sample: bytes, cuts: list[int]):
    edges = [0, *sorted(cut % len(sample) for cut in cuts), len(sample)]
    reads = [sample[begin:end] for begin, end in pairwise(edges)]
    assert outcome(reads) == outcome([sample])


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_stream_that_comes_byte_by_byte_reads_the_same(sample: bytes):
    assert outcome([bytes([byte]) for byte in sample]) == outcome([sample])


@given(st.lists(st.sampled_from(SAMPLES[0].split(b"\n\n")), max_size=20))
def test_events_in_any_order_raise_nothing_but_upstream_errors_and_give_valid_chunks(events: list[bytes]):
    data, *_ = outcome([b"\n\n".join(events) + b"\n\n"])
    chunks(data)
