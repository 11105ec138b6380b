"""OpenAI's own Python client through a gateway to an upstream that is recorded: what passes, and what fails how."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from openai import AsyncOpenAI, AsyncStream, OpenAI
from openai.types.chat import ChatCompletionChunk

from tests.gateway import Gateway, ask, started
from tests.recorded import ADA, POOR, UPSTREAM_KEY, install
from tests.recorder import TOOL_CALL, Recorder

QUESTION: list[Any] = [{"role": "user", "content": "Is all well?"}]
TOOLS = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {}}}}]


def opened(gateway: Gateway, key: str = ADA, *, retries: int = 0) -> OpenAI:
    return OpenAI(base_url=gateway.base_url, api_key=key, max_retries=retries, timeout=30)


@pytest.fixture
def client(recorded_gateway: Gateway) -> Iterator[OpenAI]:
    with opened(recorded_gateway) as made:
        yield made


def test_tools_reach_an_upstream_that_takes_them_and_their_calls_come_back(client: OpenAI, recorder: Recorder):
    tools: Any = TOOLS
    answer = client.chat.completions.create(model="echo", messages=QUESTION, tools=tools, tool_choice="required")
    calls = answer.choices[0].message.tool_calls
    assert calls is not None
    assert calls[0].model_dump() == TOOL_CALL
    assert answer.choices[0].finish_reason == "tool_calls"
    sent = recorder.calls[-1].json()
    assert (sent["tools"], sent["tool_choice"]) == (TOOLS, "required")


def test_what_the_gateway_does_not_know_reaches_the_upstream_in_the_bytes_that_were_sent(
    recorded_gateway: Gateway, recorder: Recorder
):
    fields = {
        "messages": b'[ {"role":"user", "content":"caf\\u00e9 \xc3\xa9\\/"} ]',
        "tools": b'[{"type": "function","function" :{"name":"f","parameters":{"b":1,"a":1.0e2}}}]',
        "tool_choice": b'{"type":"function",  "function":{"name":"f"}}',
        "top_k": b"40.0",
        "metadata": b'{"z":1,"a":null,  "n":123456789012345678901234567890}',
        "temperature": b"0.70",
    }
    body = b"{" + b",\n".join(b'"%b": %b' % (name.encode(), raw) for name, raw in fields.items())
    body += b',"model":"echo"}'
    headers = {"authorization": f"Bearer {ADA}", "content-type": "application/json"}
    assert ask(f"{recorded_gateway.base_url}/chat/completions", "POST", body, headers).status == 200
    arrived = recorder.calls[-1].body
    for name, raw in fields.items():
        assert b'"%b":%b' % (name.encode(), raw) in arrived, name
    assert list(json.loads(arrived)) == [*fields, "model"]


def test_the_upstream_gets_its_own_key_and_nothing_else_of_the_clients(client: OpenAI, recorder: Recorder):
    client.chat.completions.create(
        model="cloudy", messages=QUESTION, extra_headers={"cookie": "mine", "x-forwarded-for": "10.0.0.1"}
    )
    call = recorder.calls[-1]
    assert call.path == "/v1/chat/completions"
    assert call.json()["model"] == "echo"
    assert "authorization" not in call.headers
    assert not {"cookie", "x-forwarded-for", "x-stainless-lang"} & set(call.headers)
    client.chat.completions.create(model="echo", messages=QUESTION)
    assert recorder.calls[-1].headers["authorization"] == f"Bearer {UPSTREAM_KEY}"


def test_usage_is_asked_for_upstream_and_kept_from_a_client_that_did_not_ask(client: OpenAI, recorder: Recorder):
    with client.chat.completions.create(model="echo", messages=QUESTION, stream=True) as stream:
        chunks = list(stream)
    assert recorder.calls[-1].json()["stream_options"] == {"include_usage": True}
    assert all(chunk.usage is None and chunk.choices for chunk in chunks)


def test_a_whole_answer_is_settled_at_what_the_upstream_reported(client: OpenAI, recorded_gateway: Gateway):
    raw = client.chat.completions.with_raw_response.create(model="echo", messages=QUESTION)
    assert raw.headers["x-meritorder-cost"] == "0.000018"  # 12 tokens at $1 and 3 at $2 a million
    assert raw.headers["x-meritorder-cost-basis"] == "settled"
    record = recorded_gateway.record(raw.headers["x-meritorder-decision"])
    assert record["outcome"]["settlement"]["posted"] == 18_000


FAULTS: list[tuple[dict[str, Any], type[openai.APIStatusError], int, str]] = [
    ({"temperature": 3}, openai.BadRequestError, 400, "invalid_value"),
    ({"messages": []}, openai.BadRequestError, 400, "invalid_value"),
    ({"model": "plain", "tools": TOOLS}, openai.BadRequestError, 400, "unsupported_parameter"),
    ({"model": "rejects"}, openai.BadRequestError, 400, "upstream_rejected"),
    ({"model": "long"}, openai.BadRequestError, 400, "context_length_exceeded"),
    ({"model": "gpt-9"}, openai.NotFoundError, 404, "model_not_found"),
    ({"model": "thrifty"}, openai.APIStatusError, 402, "not_worth_its_price"),
    ({"model": "broken"}, openai.InternalServerError, 502, "upstream_error"),
    ({"model": "cut"}, openai.InternalServerError, 502, "upstream_cut"),
    (
        {"model": "cloudy", "messages": [{"role": "user", "content": "I am ada@example.com"}]},
        openai.PermissionDeniedError,
        403,
        "policy_forbids",
    ),
]


@pytest.mark.parametrize(
    ("stream", "fields", "kind", "status", "code"),
    [(stream, *fault) for fault in FAULTS for stream in (False, True) if not (stream and fault[0] == {"model": "cut"})],
)
def test_an_error_is_raised_as_the_clients_own(
    client: OpenAI, stream: bool, fields: dict[str, Any], kind: type[openai.APIStatusError], status: int, code: str
):
    asked: dict[str, Any] = {"model": "echo", "messages": QUESTION, "stream": stream, **fields}
    with pytest.raises(kind) as caught:
        client.chat.completions.create(**asked)
    error = caught.value
    assert (error.status_code, error.code) == (status, code)
    assert error.request_id is not None
    assert error.request_id.startswith("req_")
    assert isinstance(error.body, dict)
    assert set(error.body) == {"message", "type", "param", "code"}


def test_a_key_that_is_unknown_is_an_authentication_error(recorded_gateway: Gateway):
    with opened(recorded_gateway, "sk-unknown") as client, pytest.raises(openai.AuthenticationError) as caught:
        client.chat.completions.create(model="echo", messages=QUESTION)
    assert caught.value.code == "invalid_api_key"


def test_a_budget_that_is_spent_is_a_payment_that_is_required(recorded_gateway: Gateway):
    with opened(recorded_gateway, POOR) as client, pytest.raises(openai.APIStatusError) as caught:
        client.chat.completions.create(model="echo", messages=QUESTION)
    assert (caught.value.status_code, caught.value.code) == (402, "budget_exhausted")
    assert caught.value.type == "insufficient_quota"


async def listen(stream: AsyncStream[ChatCompletionChunk], said: list[str]) -> None:
    async for chunk in stream:
        said += [choice.delta.content or "" for choice in chunk.choices]


@pytest.mark.parametrize(("model", "code"), [("error", "upstream_error"), ("cut", "upstream_cut")])
async def test_what_breaks_in_a_stream_is_raised_where_it_breaks(recorded_gateway: Gateway, model: str, code: str):
    async with AsyncOpenAI(base_url=recorded_gateway.base_url, api_key=ADA, max_retries=0) as client:
        stream = await client.chat.completions.create(model=model, messages=QUESTION, stream=True)
        said: list[str] = []
        with pytest.raises(openai.APIError) as caught:
            await listen(stream, said)
    assert "".join(said) == "All is well"
    assert caught.value.code == code


def test_a_stream_that_was_read_to_its_last_event_is_complete(client: OpenAI, recorded_gateway: Gateway):
    raw = client.chat.completions.with_raw_response.create(model="lingers", messages=QUESTION, stream=True)
    with raw.parse() as stream:
        assert len(list(stream)) > 1
    record = recorded_gateway.record(raw.headers["x-meritorder-decision"])
    assert record["outcome"]["type"] == "completed"


def test_a_budget_that_is_just_enough_is_enough(tmp_path: Path, recorder: Recorder):
    install(tmp_path, recorder.base_url)
    file = tmp_path / "meritorder.yaml"
    # The prompt can be 51 tokens at $1 a million, and the answer 3 at $2.
    file.write_text(file.read_text().replace("money: $100,", "money: $0.000057,"))
    asked: dict[str, Any] = {"model": "echo", "messages": QUESTION, "max_tokens": 3, "stream": True}
    with started(tmp_path) as gateway, opened(gateway) as client, client.chat.completions.create(**asked) as stream:
        assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == "All is well"


def test_nobody_there_is_a_connection_error():
    with (
        OpenAI(base_url="http://127.0.0.1:9/v1", api_key="any", max_retries=0) as client,
        pytest.raises(openai.APIConnectionError),
    ):
        client.models.list()


def counted(gateway: Gateway, key: str, **asked: Any) -> tuple[int, openai.APIStatusError]:
    """How often a client with its usual retries asks before it raises, and what."""
    sent: list[httpx2.Request] = []
    http = httpx2.Client(event_hooks={"request": [sent.append]}, trust_env=False)
    with (
        OpenAI(base_url=gateway.base_url, api_key=key, max_retries=2, http_client=http) as client,
        pytest.raises(openai.APIStatusError) as caught,
    ):
        client.chat.completions.create(**{"model": "echo", "messages": QUESTION, **asked})
    return len(sent), caught.value


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        (POOR, {}),
        (ADA, {"model": "thrifty"}),
        (ADA, {"model": "plain", "tools": TOOLS}),
        (ADA, {"model": "cloudy", "messages": [{"role": "user", "content": "I am ada@example.com"}]}),
    ],
    ids=["budget", "worth", "ability", "policy"],
)
def test_a_refusal_is_asked_for_once(recorded_gateway: Gateway, key: str, asked: dict[str, Any]):
    count, error = counted(recorded_gateway, key, **asked)
    assert count == 1
    assert error.response.headers["x-should-retry"] == "false"
    assert error.response.headers["x-meritorder-decision"].startswith("dec_")


def test_a_pool_that_is_unwell_is_tried_again_when_it_said(tmp_path: Path, recorder: Recorder):
    install(tmp_path, recorder.base_url)
    with started(tmp_path) as gateway:
        with opened(gateway) as client:
            for _ in range(3):
                with pytest.raises(openai.InternalServerError) as caught:
                    client.chat.completions.create(model="dead", messages=QUESTION)
        assert caught.value.code == "no_endpoint_available"
        assert 0 < int(caught.value.response.headers["retry-after-ms"]) <= 60_000
        count, _ = counted(gateway, ADA, model="dead")
        assert count == 3
