"""The embedded model for real: prepared, served, asked, killed, stopped and orphaned."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import msgspec
import psutil
import pytest

from meritorder.providers.embedded.supervise import EmbeddedServer, Timing, serve_command
from meritorder.providers.embedded.weights import SMOLLM2, prepare

QUICK = Timing(probe_every=0.2, probe_within=1, hung_after=2, wait_first=0.05)
QUESTION = {
    "messages": [{"role": "user", "content": "What is the capital of France?"}],
    "temperature": 0,
    "max_tokens": 16,
}
PARENT = """
import asyncio, sys
from pathlib import Path
from meritorder.providers.embedded.supervise import EmbeddedServer, serve_command

async def main():
    server = EmbeddedServer(serve_command(Path(sys.argv[1]), context=512, slots=1))
    await server.start()
    assert await server.wait_ready(30)
    print(server.state.pid, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(tmp_path_factory.mktemp("weights"), lambda _: None)


@pytest.fixture
async def server(model: Path):
    others = set(psutil.Process().children())
    running = EmbeddedServer(serve_command(model, context=512, slots=2), timing=QUICK)
    await running.start()
    try:
        assert await running.wait_ready(30), running.state
        yield running
    finally:
        await running.stop()
        assert set(psutil.Process().children()) <= others


async def ask(server: EmbeddedServer) -> str:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/chat/completions", json=QUESTION) as answer,
    ):
        assert answer.status == 200
        return (await answer.json())["choices"][0]["message"]["content"]


async def ask_streaming(server: EmbeddedServer, **more) -> list[dict]:
    body = {**QUESTION, "stream": True, "stream_options": {"include_usage": True}, **more}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/chat/completions", json=body) as answer,
    ):
        assert answer.status == 200
        lines = (await answer.read()).decode().splitlines()
    data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    assert data.pop() == "[DONE]"
    return [msgspec.json.decode(line) for line in data]


async def busy_slots(server: EmbeddedServer) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{server.root}/slots") as answer:
        return sum(slot["is_processing"] for slot in await answer.json())


async def until_restarted(server: EmbeddedServer) -> None:
    async with asyncio.timeout(12):
        while not (server.state.restarts and server.state.status == "ready"):
            await asyncio.sleep(0.05)


def runs(pid: int) -> bool:
    # An orphan that nobody collects stays behind as a zombie, which runs no more.
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_the_weights_come_out_as_they_were_tested_and_are_kept(model):
    said: list[str] = []
    began = time.monotonic()
    assert prepare(model.parent, said.append) == model
    assert time.monotonic() - began < 2
    assert said == []
    assert SMOLLM2.result in model.with_suffix(".json").read_text()


async def test_the_model_knows_the_capital_of_france(server):
    assert "Paris" in await ask(server)


async def test_a_streamed_answer_is_the_same_and_brings_its_usage_and_probabilities(server):
    whole = await ask(server)
    *chunks, last = await ask_streaming(server, logprobs=True, top_logprobs=2)
    choices = [chunk["choices"][0] for chunk in chunks]
    assert "".join(choice["delta"].get("content") or "" for choice in choices) == whole
    assert choices[-1]["finish_reason"] in {"stop", "length"}
    assert last["choices"] == []
    assert last["usage"]["prompt_tokens"] > 20
    tokens = [token for choice in choices for token in (choice.get("logprobs") or {}).get("content", [])]
    assert tokens
    assert all(len(token["top_logprobs"]) == 2 and token["logprob"] <= 0 for token in tokens)


async def test_the_address_without_its_secret_path_answers_nothing(server):
    port = server.root.rsplit("/", 1)[0]
    async with aiohttp.ClientSession() as session:
        for path in ("/health", "/v1/models", "/props"):
            async with session.get(port + path) as answer:
                assert answer.status == 404


async def test_a_streamed_answer_stops_when_its_reader_leaves(server):
    body = {**QUESTION, "stream": True, "max_tokens": 450, "ignore_eos": True}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/chat/completions", json=body) as answer,
    ):
        await answer.content.readline()
        assert await busy_slots(server) == 1
        answer.close()
    async with asyncio.timeout(1):
        while await busy_slots(server):
            await asyncio.sleep(0.02)


async def test_a_killed_model_comes_back(server):
    os.kill(server.state.pid, signal.SIGKILL)
    await until_restarted(server)
    assert "Paris" in await ask(server)


async def test_a_model_that_hangs_comes_back(server):
    hung = server.state.pid
    os.kill(hung, signal.SIGSTOP)
    await until_restarted(server)
    assert not psutil.pid_exists(hung)
    assert "Paris" in await ask(server)


async def test_ctrl_c_in_the_terminal_does_not_end_the_model(server):
    os.kill(server.state.pid, signal.SIGINT)
    assert "Paris" in await ask(server)
    assert server.state.restarts == 0


async def test_a_file_that_is_no_model_is_reported_with_the_models_own_words(tmp_path):
    (tmp_path / "broken.gguf").write_bytes(b"hello")
    timing = Timing(wait_first=0.01, failed_after=2)
    broken = EmbeddedServer(serve_command(tmp_path / "broken.gguf", context=512, slots=1), timing=timing)
    await broken.start()
    try:
        async with asyncio.timeout(12):
            while broken.state.status != "failed":
                await asyncio.sleep(0.05)
        assert "invalid magic characters" in broken.state.detail
    finally:
        await broken.stop()


def test_the_model_vanishes_with_its_parent_even_if_that_is_killed(model):
    parent = subprocess.Popen((sys.executable, "-c", PARENT, str(model)), stdout=subprocess.PIPE, text=True)
    with parent:
        pid = int(parent.stdout.readline())
        assert runs(pid)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 8
    while runs(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not runs(pid)
