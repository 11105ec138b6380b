import json
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.openai import OpenAIDialect
from meritorder.types.outcome import Usage
from tests.fakes.answers import TOKENS, Answer, Tool, stream, whole
from tests.unit.providers.dialects.chat import HELLO, ask, chunks, completion, decoded, fed, joined, payloads, sent

DIALECT = OpenAIDialect()
WEATHER = Tool("call_1", "weather", ('{"city"', ': "Rome"', "}"))
TIME = Tool("call_2", "time", ("{}",))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def asked(**fields: object) -> dict[str, object]:
    """What an upstream is asked, with usage and log-probabilities."""
    return {"model": "m", "stream_options": {"include_usage": True}, "logprobs": True, **fields}


def test_the_model_becomes_the_one_that_the_upstream_knows():
    call = DIALECT.call(ask(), "org/model-7b", "", evidence=False)
    assert decoded(call.body) == {"model": "org/model-7b", "messages": HELLO}


def test_the_call_goes_to_chat_completions_as_json_with_the_key_as_bearer():
    call = DIALECT.call(ask(), "m", "sk-1", evidence=False)
    assert call.path == "/chat/completions"
    assert call.headers == {"content-type": "application/json", "authorization": "Bearer sk-1"}


def test_no_key_is_no_authorization():
    assert "authorization" not in DIALECT.call(ask(), "m", "", evidence=False).headers


def test_fields_that_nobody_knows_go_out_in_the_very_bytes_they_came_in():
    odd = b'{"a": [1.50,  2E3, 12345678901234567890123], "\\u00e9": "\\u2028" }'
    body = b'{"zeta": %b, "model": "auto", "messages": [ {"role":"user","content":"h\\u0069"} ]}' % odd
    out = DIALECT.call(sent(body), "m", "", evidence=False).body
    assert odd in out
    assert b'[ {"role":"user","content":"h\\u0069"} ]' in out


@given(st.dictionaries(st.text(min_size=1, max_size=8).map("x_{}".format), json_values, max_size=4))
def test_whatever_a_client_adds_reaches_the_upstream_unchanged(extra: dict[str, object]):
    request = ask(**extra)
    call = DIALECT.call(request, "m", "", evidence=True)
    out = decoded(call.body)
    assert {name: out[name] for name in extra} == extra
    for name, raw in request.wire.fields.items():
        if name != "model":
            assert bytes(raw) in call.body


@pytest.mark.parametrize(
    "options", [{}, {"stream_options": None}, {"stream_options": {"include_usage": False}}, {"stream_options": {}}]
)
def test_usage_is_always_asked_for_when_streaming(options: dict[str, object]):
    call = DIALECT.call(ask(stream=True, **options), "m", "", evidence=False)
    assert decoded(call.body)["stream_options"] == {"include_usage": True}


def test_other_stream_options_stay():
    call = DIALECT.call(ask(stream=True, stream_options={"include_obfuscation": False}), "m", "", evidence=False)
    assert decoded(call.body)["stream_options"] == {"include_obfuscation": False, "include_usage": True}


def test_a_request_that_does_not_stream_gets_no_stream_options():
    assert "stream_options" not in decoded(DIALECT.call(ask(), "m", "", evidence=False).body)


def test_evidence_asks_for_log_probabilities_with_one_alternative():
    out = decoded(DIALECT.call(ask(), "m", "", evidence=True).body)
    assert (out["logprobs"], out["top_logprobs"]) == (True, 1)


def test_evidence_leaves_the_number_of_alternatives_that_the_client_asked_for():
    out = decoded(DIALECT.call(ask(logprobs=True, top_logprobs=5), "m", "", evidence=True).body)
    assert out["top_logprobs"] == 5


def test_without_evidence_nobody_asks_for_log_probabilities():
    assert "logprobs" not in decoded(DIALECT.call(ask(), "m", "", evidence=False).body)


def test_a_whole_answer_goes_to_the_client_byte_for_byte():
    body = whole(Answer(tools=(WEATHER, TIME), cached=3), asked())
    answer = DIALECT.answer(ask(), body, evidence=False)
    assert answer.body is body
    assert answer.usage == Usage(12, 3, 10, "reported")
    assert answer.logprobs == ()
    assert answer.output_bytes >= len("".join(TOKENS)) + len('{"city": "Rome"}{}')


def test_the_sdk_accepts_a_whole_answer_whose_evidence_was_taken_out():
    body = whole(Answer(tools=(WEATHER,)), asked(n=2))
    answer = DIALECT.answer(ask(n=2), body, evidence=True)
    read = completion(answer.body)
    assert answer.logprobs == (-0.1,) * len(TOKENS)
    assert [choice.logprobs for choice in read.choices] == [None, None]
    hidden = decoded(body)
    for choice in hidden["choices"]:
        choice["logprobs"] = None
    assert decoded(answer.body) == hidden


def test_log_probabilities_that_the_client_asked_for_are_left_in_a_whole_answer():
    body = whole(Answer(), asked())
    answer = DIALECT.answer(ask(logprobs=True), body, evidence=True)
    assert answer.body is body
    assert len(answer.logprobs) == len(TOKENS)


@pytest.mark.parametrize(
    "usage",
    [
        {},
        {"prompt_tokens": "12", "completion_tokens": "a lot"},
        {"prompt_tokens": 12},
        {"prompt_tokens": 1.5, "completion_tokens": 2},
        {"prompt_tokens": 10**40, "completion_tokens": math.inf},
        {"prompt_tokens": 1, "completion_tokens": 2, "prompt_tokens_details": "none"},
    ],
)
def test_usage_that_is_not_made_of_numbers_counts_as_not_told(usage: dict[str, object]):
    said = decoded(whole(Answer(), {"model": "m"})) | {"usage": usage or None}
    body = json.dumps(said).replace("Infinity", "1e999").encode()
    assert DIALECT.answer(ask(), body, evidence=False).usage is None


def test_cached_tokens_may_be_null():
    usage = {"prompt_tokens": 4, "completion_tokens": 2, "prompt_tokens_details": {"cached_tokens": None}}
    body = whole(Answer(usage=usage), {"model": "m"})
    assert DIALECT.answer(ask(), body, evidence=False).usage == Usage(4, 0, 2, "reported")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"[]",
        b'"hello"',
        b'{"choices": [{',
        b'{"choices": []}',
        b'{"choices": null}',
        b"{}",
        b'{"choices": [{}]}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": [{"message": {"content": "\xff"}}]}',
        b"[" * 100_000,
        b'{"choices": ' + b"[" * 100_000,
    ],
)
@pytest.mark.parametrize("evidence", [True, False])
def test_what_is_no_completion_is_garbage(body: bytes, evidence: bool):
    with pytest.raises(UpstreamError) as caught:
        DIALECT.answer(ask(), body, evidence=evidence)
    assert caught.value.code == "upstream_garbage"
    assert caught.value.elsewhere


def test_an_error_inside_a_200_is_the_error_that_it_says():
    body = b'{"error": {"message": "slow down", "type": "rate_limit_error", "code": null}}'
    with pytest.raises(UpstreamError) as caught:
        DIALECT.answer(ask(), body, evidence=False)
    assert caught.value.code == "upstream_rate_limited"


def test_an_error_that_is_null_is_none():
    body = json.dumps(decoded(whole(Answer(), {"model": "m"})) | {"error": None}).encode()
    assert DIALECT.answer(ask(), body, evidence=False).body == body


def test_a_stream_goes_to_the_client_byte_for_byte_when_it_asked_for_everything():
    raw = stream(Answer(tools=(WEATHER,)), asked())
    request = ask(stream=True, stream_options={"include_usage": True}, logprobs=True)
    total = joined(fed(DIALECT.stream(request, evidence=True), raw))
    assert total.data == raw
    assert total.usage == Usage(12, 0, 9, "reported")
    assert total.done


def test_usage_that_the_client_did_not_ask_for_is_taken_out_with_its_chunk():
    raw = stream(Answer(), asked())
    total = joined(fed(DIALECT.stream(ask(stream=True), evidence=False), raw))
    assert total.usage == Usage(12, 0, 6, "reported")
    assert [chunk.usage for chunk in chunks(total.data)] == [None] * 8
    assert payloads(total.data) == [one for one in payloads(raw) if b'"usage"' not in one]


def test_usage_beside_content_is_taken_out_and_the_content_stays():
    raw = (
        b'data: {"choices":[{"index":0,"delta":{"content":"x"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}\n\n'
    )
    event = DIALECT.stream(ask(stream=True), evidence=False).feed(raw)
    assert event.data == b'data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n'
    assert event.usage == Usage(1, 0, 1, "reported")


def test_of_usage_that_is_told_again_and_again_the_last_holds():
    raw = b"".join(
        b'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":%d}}\n\n' % count for count in (1, 2, 3)
    )
    assert DIALECT.stream(ask(stream=True), evidence=False).feed(raw).usage == Usage(7, 0, 3, "reported")


def test_evidence_is_hidden_from_a_client_that_did_not_ask_for_it():
    raw = stream(Answer(), asked())
    total = joined(fed(DIALECT.stream(ask(stream=True), evidence=True), raw))
    assert total.logprobs == (-0.1,) * len(TOKENS)
    read = chunks(total.data)
    assert all(choice.logprobs is None for chunk in read for choice in chunk.choices)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in read) == "".join(TOKENS)


@pytest.mark.parametrize("choices", [b"null", b"[]"])
def test_an_event_without_choices_is_no_trouble_where_evidence_is_hidden(choices: bytes):
    raw = b'data: {"choices":%b,"x":1}\n\n' % choices
    assert DIALECT.stream(ask(stream=True), evidence=True).feed(raw).data == (
        raw if choices == b"null" else b'data: {"choices":[],"x":1}\n\n'
    )


def test_each_content_event_counts_for_a_token_and_tells_its_size():
    reader = DIALECT.stream(ask(stream=True), evidence=False)
    sizes: list[int] = []

    def counted(delta: dict[str, object]) -> int:
        choice = {"choices": [{"index": 0, "delta": delta}]}
        event = reader.feed(b"data: %b\n\n" % json.dumps(choice).encode())
        sizes.append(event.size)
        return event.tokens

    assert counted({"content": "a"}) == 1
    assert counted({"content": ""}) == 0
    assert counted({"role": "assistant"}) == 0
    assert counted({"content": "a" * 41}) == 1
    assert sizes == [1, 0, 0, 41]
    assert counted({"reasoning_content": "hm"}) == 1
    assert counted({"refusal": "no"}) == 1
    assert counted({"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", "arguments": ""}}]}) == 1


def test_tool_calls_arrive_as_they_were_sent():
    raw = stream(Answer(tokens=(), tools=(WEATHER, TIME), finish="tool_calls"), asked())
    read = chunks(joined(fed(DIALECT.stream(ask(stream=True), evidence=False), raw)).data)
    calls = [call for chunk in read for choice in chunk.choices for call in choice.delta.tool_calls or ()]
    assert [(call.index, call.id) for call in calls] == [(0, "call_1"), (0, None), (0, None), (1, "call_2")]


@given(
    st.lists(st.integers(0, 4000), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
    st.integers(1, 2),
)
def test_how_the_stream_is_split_changes_nothing(
    cuts: list[int], newline: str, evidence: bool, include_usage: bool, choices: int
):
    answer = Answer(tokens=("Ünï", "cødé", " 🙂", ""), tools=(WEATHER,), thoughts=("hm",))
    raw = stream(answer, asked(n=choices)).replace(b"\n", newline.encode())
    options = {"stream_options": {"include_usage": True}} if include_usage else {}
    request = ask(stream=True, n=choices, **options)
    places = sorted({min(cut, len(raw)) for cut in cuts} | {0, len(raw)})
    pieces = [raw[start:end] for start, end in pairwise(places)]
    split = joined(fed(DIALECT.stream(request, evidence=evidence), *pieces))
    assert split == joined(fed(DIALECT.stream(request, evidence=evidence), raw))


@pytest.mark.parametrize("cut", ["together", "apart"])
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (b'data: {"error": {"message": "the engine died", "type": "server_error"}}\n\n', "upstream_error"),
        (b'data: {"error": {"message": "busy", "type": "overloaded_error"}}\n\n', "upstream_overloaded"),
        (b"data: {oops\n\n", "upstream_garbage"),
        (b"data: \xff\n\n", "upstream_garbage"),
    ],
)
def test_what_came_before_an_error_is_given_out_first_however_it_is_split(cut: str, wrong: bytes, code: str):
    good = b'data: {"choices":[{"index":0,"delta":{"content":"yes"}}]}\n\n'
    reader = DIALECT.stream(ask(stream=True), evidence=False)
    events = [reader.feed(good + wrong)] if cut == "together" else [reader.feed(good)]
    with pytest.raises(UpstreamError) as caught:
        reader.feed(b"" if cut == "together" else wrong)
    assert caught.value.code == code
    total = joined(events)
    assert (total.data, total.content, total.tokens) == (good, True, 1)


def test_an_error_that_was_kept_back_is_told_at_the_end_of_the_stream():
    reader = DIALECT.stream(ask(stream=True), evidence=False)
    reader.feed(b'data: {"choices":[{"index":0,"delta":{"content":"yes"}}]}\n\ndata: {oops\n\n')
    with pytest.raises(UpstreamError) as caught:
        reader.end()
    assert caught.value.code == "upstream_garbage"


def test_an_error_event_before_anything_is_raised_at_once():
    reader = DIALECT.stream(ask(stream=True), evidence=False)
    with pytest.raises(UpstreamError):
        reader.feed(b'data: {"error": {"message": "no", "code": 503}}\n\n')


def test_a_stream_that_ends_before_its_finish_was_cut():
    reader = DIALECT.stream(ask(stream=True), evidence=False)
    reader.feed(b'data: {"choices":[{"index":0,"delta":{"content":"y"}}]}\n\n')
    with pytest.raises(UpstreamError) as caught:
        reader.end()
    assert caught.value.code == "upstream_cut"


@pytest.mark.parametrize(
    "last", [b"data: [DONE]\n\n", b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n']
)
def test_a_finish_reason_or_done_ends_a_stream(last: bytes):
    reader = DIALECT.stream(ask(stream=True), evidence=False)
    reader.feed(b'data: {"choices":[{"index":0,"delta":{"content":"y"}}]}\n\n')
    reader.feed(last)
    reader.end()


def test_a_stream_without_choices_is_garbage():
    reader = DIALECT.stream(ask(stream=True), evidence=False)
    reader.feed(b'data: {"choices":[]}\n\n')
    with pytest.raises(UpstreamError) as caught:
        reader.feed(b"data: [DONE]\n\n")
    assert caught.value.code == "upstream_garbage"


def test_comments_and_event_names_are_dropped_and_answers_are_not():
    raw = (
        b": keep-alive\n\nevent: chunk\nid: 1\n"
        b'data:{"choices":[{"index":0,"delta":{"content":"y"}}]}\n\ndata:[DONE]\n\n'
    )
    total = joined(fed(DIALECT.stream(ask(stream=True), evidence=False), raw))
    assert total.data == b'data: {"choices":[{"index":0,"delta":{"content":"y"}}]}\n\ndata: [DONE]\n\n'


def test_an_error_status_means_what_the_body_says():
    body = b'{"error": {"message": "maximum context length is 10", "code": "context_length_exceeded"}}'
    fault = DIALECT.fault(400, {}, body)
    assert (fault.code, fault.elsewhere, fault.status) == ("context_length_exceeded", False, 400)
