"""Cascades on real models: a draft that is kept or not, and an upstream that speaks Anthropic's dialect."""

from collections.abc import Iterator
from typing import Any

import pytest
from openai import OpenAI

from tests.gateway import Gateway, started

# One server, five names. `certain` and `doubtful` differ only in what their log-probabilities are taken to mean, so
# that one draft is always kept and the other never; what the embedded model's mean was measured and ships with it.
DOCUMENT = """\
version: 1
objective: {{value: $0.06}}
models:
  smollm2-135m: {{quality: 0.35, context: 2048}}
  certain: {{quality: 0.35, context: 2048, price: {free}, confidence: {{intercept: 50, slope: 0.001}}}}
  doubtful: {{quality: 0.35, context: 2048, price: {free}, confidence: {{intercept: -50, slope: 0.001}}}}
  strong: {{quality: 0.9, context: 2048, price: {{input: $1000, output: $1000}}}}
  claude: {{quality: 0.9, context: 2048, price: {{input: $3, output: $15}}}}
endpoints:
  local: {{embedded: smollm2-135m}}
  near: {{url: "{llama}/v1", zone: device, serves: [certain, doubtful, strong]}}
  away: {{url: "{llama}/v1", zone: device, dialect: anthropic, serves: [claude]}}
virtual_models:
  sure: {{models: [certain, strong]}}
  unsure: {{models: [doubtful, strong]}}
{shipped}"""
WORTHS = {f"shipped-{cents}": f"${cents / 1000:.3f}" for cents in range(40, 120)}
"""Names that differ in what an answer is worth: at some of these worths a draft pays, whatever was measured."""
QUESTION: list[Any] = [{"role": "user", "content": "What is the capital of France?"}]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory, llama: str) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("cascade")
    shipped = "".join(
        f"  {name}: {{models: [smollm2-135m, strong], objective: {{value: {worth}}}}}\n"
        for name, worth in WORTHS.items()
    )
    text = DOCUMENT.format(llama=llama, free="{input: $0, output: $0}", shipped=shipped)
    (folder / "meritorder.yaml").write_text(text)
    with started(folder) as running:
        yield running


@pytest.fixture
def client(gateway: Gateway) -> Iterator[OpenAI]:
    with OpenAI(base_url=gateway.base_url, api_key="any", max_retries=0, timeout=60) as opened:
        yield opened


def answered(client: OpenAI, model: str, *, stream: bool, **fields: Any) -> tuple[str, dict[str, str]]:
    """The text of an answer, however it came, and the headers of ours that came with it."""
    asked: dict[str, Any] = {"model": model, "messages": QUESTION, "max_tokens": 16, "temperature": 0, **fields}
    raw = client.chat.completions.with_raw_response.create(**asked, stream=stream)
    headers = dict(raw.headers.items())
    if not stream:
        return raw.parse().choices[0].message.content, headers
    with raw.parse() as chunks:
        text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    return text, headers


@pytest.mark.parametrize("stream", [False, True])
def test_a_draft_that_is_sure_enough_is_the_answer(client: OpenAI, gateway: Gateway, stream: bool):
    text, headers = answered(client, "sure", stream=stream)
    assert "Paris" in text
    assert headers["x-meritorder-path"] == "escalate:certain@near>strong@near"
    assert headers["x-meritorder-model"] == "certain"
    outcome = gateway.record(headers["x-meritorder-decision"])["outcome"]
    assert [step["endpoint"] for step in outcome["steps"]] == ["certain@near"]
    assert outcome["steps"][0]["confidence"] == 1
    assert outcome["answered_by"] == "certain@near"
    assert outcome["settlement"]["posted"] == 0
    if not stream:
        assert headers["x-meritorder-cost"] == "0.00"


@pytest.mark.parametrize("stream", [False, True])
def test_a_draft_that_is_in_doubt_is_followed_by_the_stronger_model(client: OpenAI, gateway: Gateway, stream: bool):
    text, headers = answered(client, "unsure", stream=stream)
    assert "Paris" in text
    assert headers["x-meritorder-path"] == "escalate:doubtful@near>strong@near"
    assert headers["x-meritorder-model"] == "strong"
    outcome = gateway.record(headers["x-meritorder-decision"])["outcome"]
    draft, strong = outcome["steps"]
    assert (draft["endpoint"], strong["endpoint"]) == ("doubtful@near", "strong@near")
    assert (draft["confidence"], strong["confidence"]) == (0, -1)
    assert draft["usage"]["output"] > 0
    assert outcome["answered_by"] == "strong@near"
    assert outcome["settlement"]["posted"] == draft["money"] + strong["money"] > 0
    if not stream:
        assert float(headers["x-meritorder-cost"]) == outcome["settlement"]["posted"] / 1e9


def _drafted(client: OpenAI) -> tuple[str, dict[str, str]]:
    """The first answer, among those worth ever more, for which it paid to have the embedded model draft."""
    for name in WORTHS:
        text, headers = answered(client, name, stream=False)
        if headers["x-meritorder-path"].startswith("escalate:"):
            return text, headers
    raise AssertionError("a draft pays at no worth")


def test_the_embedded_model_drafts_by_what_was_measured_of_it(client: OpenAI, gateway: Gateway):
    text, headers = _drafted(client)
    assert text
    assert headers["x-meritorder-path"] == "escalate:smollm2-135m@local>strong@near"
    record = gateway.record(headers["x-meritorder-decision"])
    draft, *others = record["outcome"]["steps"]
    assert draft["endpoint"] == "smollm2-135m@local"
    assert 0 < draft["confidence"] < 1
    kept = draft["confidence"] >= record["decision"]["chosen"]["stop_at"]
    assert len(others) == (0 if kept else 1)
    assert headers["x-meritorder-model"] == ("smollm2-135m" if kept else "strong")


def test_a_client_sees_no_log_probabilities_that_it_did_not_ask_for(client: OpenAI):
    for model in ("sure", "unsure"):
        answer = client.chat.completions.create(model=model, messages=QUESTION, max_tokens=4)
        assert answer.choices[0].logprobs is None
        with client.chat.completions.create(model=model, messages=QUESTION, max_tokens=4, stream=True) as chunks:
            assert all(choice.logprobs is None for chunk in chunks for choice in chunk.choices)


def test_log_probabilities_that_it_asked_for_are_those_of_the_answer(client: OpenAI):
    answer = client.chat.completions.create(
        model="sure", messages=QUESTION, max_tokens=4, logprobs=True, top_logprobs=2
    )
    logprobs = answer.choices[0].logprobs
    assert logprobs is not None
    assert logprobs.content is not None
    assert [len(token.top_logprobs) for token in logprobs.content] == [2, 2, 2, 2]


def test_a_model_asked_for_by_its_name_is_not_preceded_by_a_draft(client: OpenAI, gateway: Gateway):
    _, headers = answered(client, "strong", stream=False)
    assert headers["x-meritorder-path"] == "answer:strong@near"
    assert len(gateway.record(headers["x-meritorder-decision"])["outcome"]["steps"]) == 1


@pytest.mark.parametrize("stream", [False, True])
def test_an_upstream_that_speaks_anthropics_dialect_answers_openais_client(
    client: OpenAI, gateway: Gateway, stream: bool
):
    text, headers = answered(client, "claude", stream=stream)
    assert "Paris" in text
    assert headers["x-meritorder-path"] == "answer:claude@away"
    step = gateway.record(headers["x-meritorder-decision"])["outcome"]["steps"][0]
    assert step["usage"]["basis"] == "reported"
    assert step["usage"]["output"] > 2
    assert step["money"] > 0


def test_what_anthropics_dialect_cannot_say_is_refused_and_not_dropped(client: OpenAI):
    for field in ({"seed": 1}, {"logprobs": True}, {"response_format": {"type": "json_object"}}, {"temperature": 1.5}):
        asked: dict[str, Any] = {"model": "claude", "messages": QUESTION, **field}
        raised = pytest.raises(Exception, match="claude@away lacks ")
        with raised as caught:
            client.chat.completions.create(**asked)
        assert getattr(caught.value, "code", "") == "unsupported_parameter"
