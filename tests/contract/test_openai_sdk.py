"""OpenAI's own Python client against a real gateway with the real embedded model: nothing to be changed."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from openai import AsyncOpenAI, NotFoundError, OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from tests.gateway import Gateway

QUESTION: list[Any] = [{"role": "user", "content": "What is the capital of France?"}]
STORY: list[Any] = [{"role": "user", "content": "Tell me a story about a fox and a crow."}]
MODEL = "smollm2-135m"


@pytest.fixture
def client(first_gateway: Gateway) -> Iterator[OpenAI]:
    with OpenAI(base_url=first_gateway.base_url, api_key="any", max_retries=0, timeout=60) as opened:
        yield opened


@pytest.fixture
async def aclient(first_gateway: Gateway) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=first_gateway.base_url, api_key="any", max_retries=0, timeout=60) as opened:
        yield opened


def text(completion: ChatCompletion) -> str:
    content = completion.choices[0].message.content
    assert content
    return content


def joined(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)


def strict(completion: ChatCompletion) -> ChatCompletion:
    """The same, checked against the client's own types, which the client itself does not insist on."""
    return ChatCompletion.model_validate_json(completion.model_dump_json(), strict=True)


def test_a_question_is_answered(client: OpenAI):
    answer = strict(client.chat.completions.create(model="auto", messages=QUESTION, max_tokens=24, temperature=0))
    assert answer.object == "chat.completion"
    assert "Paris" in text(answer)
    assert answer.usage is not None
    assert answer.usage.prompt_tokens > 10
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


async def test_a_question_is_answered_to_the_asynchronous_client(aclient: AsyncOpenAI):
    answer = await aclient.chat.completions.create(model=MODEL, messages=QUESTION, max_tokens=24, temperature=0)
    assert "Paris" in text(answer)


def test_a_stream_says_the_same_as_the_whole_answer_and_nothing_of_usage(client: OpenAI):
    whole = client.chat.completions.create(model="auto", messages=QUESTION, max_tokens=24, temperature=0)
    with client.chat.completions.create(
        model="auto", messages=QUESTION, max_tokens=24, temperature=0, stream=True
    ) as stream:
        chunks = list(stream)
    assert joined(chunks) == text(whole)
    assert all(chunk.usage is None and len(chunk.choices) == 1 for chunk in chunks)
    assert [chunk.choices[0].finish_reason for chunk in chunks][-1] in {"stop", "length"}


async def test_a_stream_of_the_asynchronous_client_has_usage_in_its_last_chunk_where_it_was_asked_for(
    aclient: AsyncOpenAI,
):
    stream = await aclient.chat.completions.create(
        model="auto", messages=QUESTION, max_tokens=8, stream=True, stream_options={"include_usage": True}
    )
    async with stream:
        *chunks, last = [chunk async for chunk in stream]
    assert last.choices == []
    assert last.usage is not None
    assert 1 <= last.usage.completion_tokens <= 8
    assert all(chunk.usage is None and chunk.choices for chunk in chunks)


def test_a_stream_whose_options_are_null_is_a_stream(client: OpenAI):
    with client.chat.completions.create(
        model="auto", messages=QUESTION, max_tokens=4, stream=True, stream_options=None
    ) as stream:
        assert joined(list(stream))


def test_fields_that_are_null_count_as_absent(client: OpenAI):
    answer = client.chat.completions.create(
        model="auto", messages=QUESTION, max_tokens=4, temperature=None, seed=None, stop=None, n=None, logprobs=None
    )
    assert text(answer)


def test_the_same_seed_gives_the_same_answer(client: OpenAI):
    answers = {
        text(client.chat.completions.create(model="auto", messages=STORY, max_tokens=16, temperature=1, seed=7))
        for _ in range(2)
    }
    assert len(answers) == 1


def test_the_answer_ends_before_its_stop_word(client: OpenAI):
    answer = client.chat.completions.create(
        model="auto", messages=QUESTION, max_tokens=24, temperature=0, stop=["Paris"]
    )
    assert "Paris" not in text(answer)
    assert answer.choices[0].finish_reason == "stop"


def test_log_probabilities_come_as_many_as_were_asked_for(client: OpenAI):
    answer = client.chat.completions.create(
        model="auto", messages=QUESTION, max_tokens=5, temperature=0, logprobs=True, top_logprobs=3
    )
    logprobs = answer.choices[0].logprobs
    assert logprobs is not None
    assert logprobs.content is not None
    assert len(logprobs.content) == 5
    assert all(len(token.top_logprobs) == 3 and token.logprob <= 0 for token in logprobs.content)
    assert "".join(token.token for token in logprobs.content) == text(answer)


def test_no_log_probabilities_come_where_none_were_asked_for(client: OpenAI):
    answer = client.chat.completions.create(model="auto", messages=QUESTION, max_tokens=3)
    assert answer.choices[0].logprobs is None


def test_an_answer_keeps_to_the_schema_it_was_given(client: OpenAI):
    schema = {
        "type": "object",
        "properties": {"city": {"type": "string", "maxLength": 12}, "sure": {"type": "boolean"}},
        "required": ["city", "sure"],
        "additionalProperties": False,
    }
    answer = client.chat.completions.create(
        model="auto",
        messages=QUESTION,
        max_tokens=60,
        temperature=0,
        response_format={"type": "json_schema", "json_schema": {"name": "city", "strict": True, "schema": schema}},
    )
    found = json.loads(text(answer))
    assert set(found) == {"city", "sure"}
    assert isinstance(found["sure"], bool)


@pytest.mark.parametrize("limit", [{"max_tokens": 3}, {"max_completion_tokens": 3}])
def test_an_answer_is_no_longer_than_its_limit(client: OpenAI, limit: dict[str, int]):
    answer = client.chat.completions.create(model="auto", messages=STORY, **limit)
    assert answer.usage is not None
    assert answer.usage.completion_tokens == 3
    assert answer.choices[0].finish_reason == "length"


def test_a_whole_answer_tells_its_decision_in_headers(client: OpenAI, first_gateway: Gateway):
    raw = client.chat.completions.with_raw_response.create(model="auto", messages=QUESTION, max_tokens=4)
    answer = raw.parse()
    headers = raw.headers
    assert answer._request_id == headers["x-request-id"]
    assert headers["x-meritorder-path"] == f"answer:{MODEL}@local"
    assert headers["x-meritorder-model"] == MODEL
    assert headers["x-meritorder-cost"] == "0.00"
    assert headers["x-meritorder-cost-basis"] == "settled"
    assert headers["x-meritorder-receipt"].startswith("net $")
    record = first_gateway.record(headers["x-meritorder-decision"])
    assert record["request"]["id"] == headers["x-request-id"]
    assert answer.usage is not None
    assert record["outcome"]["steps"][0]["usage"]["output"] == answer.usage.completion_tokens


def test_a_stream_tells_its_decision_before_its_first_chunk_with_a_cost_that_is_quoted(client: OpenAI):
    raw = client.chat.completions.with_raw_response.create(model="auto", messages=QUESTION, max_tokens=4, stream=True)
    assert raw.headers["x-meritorder-cost-basis"] == "quoted"
    assert raw.headers["x-meritorder-decision"].startswith("dec_")
    with raw.parse() as stream:
        assert joined(list(stream))


def test_the_models_are_listed_and_one_of_them_is_found(client: OpenAI):
    assert [model.id for model in client.models.list()] == ["auto", MODEL]
    assert client.models.retrieve(MODEL).owned_by == "meritorder"
    with pytest.raises(NotFoundError):
        client.models.retrieve("gpt-9")
