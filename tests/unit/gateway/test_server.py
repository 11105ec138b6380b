"""The server: addresses that can be had, and what signals do to it."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from meritorder.engine.assemble import Places, assemble
from meritorder.errors import ConfigError
from meritorder.gateway.app import Gateway
from meritorder.gateway.server import listen, serve
from tests.recorded import install
from tests.recorder import Recorder

SLOW = {
    "model": "slow",
    "stream": True,
    "max_tokens": 10,
    "messages": [{"role": "user", "content": "Count."}],
}


@pytest.fixture
async def app(tmp_path: Path, recorder: Recorder) -> AsyncIterator[Gateway]:
    file = install(tmp_path, recorder.base_url, keys=False)
    places = Places(file, tmp_path / "records.sqlite", tmp_path / "cache")
    async with assemble(places, {}) as assembly:
        yield Gateway(assembly.engine)


def address(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


async def status(client: aiohttp.ClientSession, url: str) -> int:
    async with client.get(url) as response:
        return response.status


def last(body: bytes) -> dict[str, Any]:
    """The last event of a stream."""
    return json.loads(body.removesuffix(b"\n\n").rpartition(b"data: ")[2])


async def test_a_whole_answer_that_is_cut_is_told_as_an_error(app: Gateway):
    listening = listen("127.0.0.1", 0)
    serving = asyncio.create_task(serve(app, listening, grace=0.2, on_hangup=lambda: None))
    async with aiohttp.ClientSession() as client:
        asking = asyncio.create_task(
            client.post(f"{address(listening)}/v1/chat/completions", json={**SLOW, "model": "held", "stream": False})
        )
        async with asyncio.timeout(5):
            while not app.in_flight:
                await asyncio.sleep(0.02)
        os.kill(os.getpid(), signal.SIGTERM)
        async with await asking as response:
            assert response.status == 503
            assert (await response.json())["error"]["code"] == "draining"
    async with asyncio.timeout(10):
        await serving


def test_port_0_is_any_that_is_free():
    with listen("127.0.0.1", 0) as one, listen("127.0.0.1", 0) as other:
        assert one.getsockname()[1] != other.getsockname()[1]


def test_a_port_that_is_taken_is_named_with_what_to_do():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError) as caught:
            listen("127.0.0.1", port)
    assert caught.value.code == "address_unavailable"
    assert str(caught.value) == (
        f"127.0.0.1:{port} cannot be listened on: address already in use; choose another with --port"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_a_host_that_is_not_here_cannot_be_listened_on(host: str):
    with pytest.raises(ConfigError, match=f"^{host}:0 cannot be listened on: .*; choose another with --host$"):
        listen(host, 0)


async def test_the_first_signal_drains_and_lets_a_stream_finish(app: Gateway):
    listening = listen("127.0.0.1", 0)
    url = address(listening)
    serving = asyncio.create_task(serve(app, listening, grace=10, on_hangup=lambda: None))
    async with aiohttp.ClientSession() as client:
        async with client.post(f"{url}/v1/chat/completions", json=SLOW) as response:
            await response.content.readline()
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0.05)
            assert await status(client, f"{url}/health/ready") == 503
            assert await status(client, f"{url}/health/live") == 200
            assert (await response.read()).endswith(b"data: [DONE]\n\n")
        async with asyncio.timeout(10):
            await serving


async def test_grace_is_the_longest_that_is_waited(app: Gateway):
    listening = listen("127.0.0.1", 0)
    url = address(listening)
    serving = asyncio.create_task(serve(app, listening, grace=0.2, on_hangup=lambda: None))
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{url}/v1/chat/completions", json={**SLOW, "max_tokens": 400}) as response,
    ):
        await response.content.readline()
        os.kill(os.getpid(), signal.SIGTERM)
        assert last(await response.read())["error"]["code"] == "draining"
        async with asyncio.timeout(10):
            await serving


async def test_the_second_signal_ends_at_once(app: Gateway):
    listening = listen("127.0.0.1", 0)
    url = address(listening)
    serving = asyncio.create_task(serve(app, listening, grace=60, on_hangup=lambda: None))
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{url}/v1/chat/completions", json={**SLOW, "max_tokens": 400}) as response,
    ):
        await response.content.readline()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)
        assert last(await response.read())["error"]["code"] == "draining"
        async with asyncio.timeout(10):
            await serving


async def test_a_hangup_is_passed_on(app: Gateway):
    heard = asyncio.Event()
    listening = listen("127.0.0.1", 0)
    url = address(listening)
    serving = asyncio.create_task(serve(app, listening, grace=1, on_hangup=heard.set))
    async with aiohttp.ClientSession() as client:
        assert await status(client, f"{url}/health/live") == 200
        os.kill(os.getpid(), signal.SIGHUP)
        async with asyncio.timeout(5):
            await heard.wait()
        assert await status(client, f"{url}/health/live") == 200
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(10):
        await serving
