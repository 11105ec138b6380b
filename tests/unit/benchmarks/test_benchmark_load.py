"""The load generator against the upstream: what is counted is what was sent."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import msgspec
import pytest

from benchmarks.load import EventCount, Job, LoadFailed, measure
from benchmarks.prompts import chat_body, prompt
from benchmarks.upstream import Answers, Upstream, answers

STREAM = b'data: {"a": 1}\n\ndata: {"b": 2}\n\ndata: [DONE]\n\n'


@pytest.mark.parametrize("size", [1, 2, 3, 7, 13, 14, 15, 1000])
def test_events_are_counted_wherever_the_body_is_cut(size: int) -> None:
    count = EventCount()
    for start in range(0, len(STREAM), size):
        assert not count.complete
        count.feed(STREAM[start : start + size])
    assert count.events == 3
    assert count.complete


@pytest.mark.parametrize("size", [60, 1_000, 64_000])
def test_prompts_have_the_size_that_was_asked_for(size: int) -> None:
    assert len(prompt(size).encode()) == size
    for body in (chat_body(size), chat_body(size, chunks=3, paced=True)):
        assert len(msgspec.json.decode(body)["messages"][0]["content"]) == size


@pytest.fixture
async def listen() -> AsyncIterator[Callable[..., Any]]:
    servers: list[asyncio.Server] = []

    async def start(protocol: Callable[[], asyncio.Protocol]) -> str:
        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
        servers.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


def job(url: str, **changes: Any) -> Job:
    return Job(**{"url": url, "connections": 3, "prompt_bytes": 500, "seconds": 0.02, "warm_seconds": 0.0} | changes)


class Counting(Upstream):
    """An upstream that says how often it was asked."""

    requests = 0

    def on_message_complete(self) -> None:
        type(self).requests += 1
        super().on_message_complete()


async def test_every_request_counted_was_answered(listen: Callable[..., Any]) -> None:
    Counting.requests = 0
    seen = await measure(job(await listen(partial(Counting, answers(5)))))
    # The warm stretch sends one request on each connection even when it has no time.
    assert seen.requests == Counting.requests - 3
    assert 0 < seen.latency_p50 <= seen.latency_p99


@pytest.mark.parametrize("paced", [False, True])
async def test_streams_are_read_to_their_end(listen: Callable[..., Any], paced: bool) -> None:
    seen = await measure(job(await listen(partial(Upstream, answers(50))), chunks=20, paced=paced))
    assert seen.requests >= 3
    assert 0 < seen.first_p50 <= seen.latency_p99


async def test_a_stream_that_lost_chunks_is_not_counted(listen: Callable[..., Any]) -> None:
    with pytest.raises(LoadFailed, match="a stream of 5 events"):
        await measure(job(await listen(partial(Upstream, answers(3))), chunks=20))


async def test_an_answer_that_is_no_success_stops_the_load(listen: Callable[..., Any]) -> None:
    refusal = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 9\r\n\r\nno chance"
    refusing = Answers(plain=refusal, models=b"", stream=(), usage=b"", done=b"")
    with pytest.raises(LoadFailed, match=r"status 503 .*no chance"):
        await measure(job(await listen(partial(Upstream, refusing))))


async def test_a_closed_connection_stops_the_load(listen: Callable[..., Any]) -> None:
    class Closing(Upstream):
        def on_message_complete(self) -> None:
            self._transport.close()

    with pytest.raises(LoadFailed, match="closed"):
        await measure(job(await listen(partial(Closing, answers(1)))))


async def test_nobody_listening_stops_the_load() -> None:
    with pytest.raises(LoadFailed):
        await measure(job("http://127.0.0.1:9"))


async def ask(url: str, body: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body))
    seen = await reader.readuntil(b"0\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    return seen.decode()


async def test_the_upstream_streams_what_was_asked_for(listen: Callable[..., Any]) -> None:
    url = await listen(partial(Upstream, answers(9)))
    bare = await ask(url, b'{"stream": true}')
    assert bare.count('"delta"') == 9
    assert '"choices":[]' not in bare
    short = await ask(url, b'{"stream":true,"max_completion_tokens":4,"stream_options":{"include_usage":true}}')
    assert short.count('"delta"') == 4
    assert short.count('"finish_reason":"stop"') == 1
    assert short.index('"finish_reason":"stop"') < short.index('"choices":[]') < short.index("data: [DONE]")
