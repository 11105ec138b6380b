import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from msgspec.structs import replace

from meritorder.errors import UpstreamError
from meritorder.providers.client import Client, EventStream, Target
from meritorder.providers.connection import Connection
from tests.builders import an_endpoint
from tests.fakes import faults
from tests.fakes.answers import TOKENS, Answer, says, stream, talks_on, whole
from tests.fakes.upstream import Behaviour, ClosedPort, Exchange, Upstream
from tests.unit.providers.dialects.chat import ask

NOWHERE = "http://127.0.0.1:1/v1"


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with Upstream() as running:
        running.does("small", says(Answer()))
        yield running


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with Client(lambda name: NOWHERE) as opened:
        yield opened


def target(url: str, *, key: str = "", embedded: str = "", gather: bool = False, **patience: int) -> Target:
    limits = {"connect": 200, "first_token": 200, "idle": 200, "total": 500} | patience
    return Target(an_endpoint(), Connection(url, key, embedded, **limits, gather=gather))


async def read_all(opened: EventStream, patience: int = 500) -> bytes:
    data = b""
    try:
        while (event := await opened.read(patience)) is not None:
            data += event.data
    finally:
        opened.close()
    return data


async def test_a_whole_answer_comes_back(client: Client, upstream: Upstream):
    answer = await client.whole(target(upstream.url), ask(), evidence=False)
    assert answer.body == whole(Answer(), {"model": "small"})


async def test_the_upstream_gets_the_key_and_nothing_of_the_clients_headers(client: Client, upstream: Upstream):
    await client.whole(target(upstream.url, key="sk-1"), ask(), evidence=False)
    headers = upstream.seen[0].headers
    assert headers["authorization"] == "Bearer sk-1"
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"] == "meritorder"
    assert headers["accept-encoding"] == "identity"
    assert "cookie" not in headers


async def test_a_stream_comes_back_in_order_and_ends_with_none(client: Client, upstream: Upstream):
    asked = {"model": "small", "stream_options": {"include_usage": True}}
    request = ask(stream=True, stream_options={"include_usage": True})
    opened = await client.stream(target(upstream.url), request, evidence=False)
    assert await read_all(opened) == stream(Answer(), asked)


async def test_a_connection_is_used_again_after_answers_that_were_read_to_their_end(client: Client, upstream: Upstream):
    for _ in range(3):
        await client.whole(target(upstream.url), ask(), evidence=False)
        await read_all(await client.stream(target(upstream.url), ask(stream=True), evidence=False))
    assert upstream.connections == 1


async def test_a_server_that_must_see_its_client_leave_gets_a_connection_for_each_call(
    client: Client, upstream: Upstream
):
    for _ in range(2):
        await read_all(await client.stream(target(upstream.url, gather=True), ask(stream=True), evidence=False))
    assert upstream.connections == 2
    assert upstream.seen[0].headers["connection"] == "close"


async def test_leaving_a_stream_stops_the_upstream_at_once(client: Client, upstream: Upstream):
    upstream.does("small", talks_on(pace=0.001))
    opened = await client.stream(target(upstream.url), ask(stream=True), evidence=False)
    await opened.read(200)
    opened.close()
    opened.close()
    await upstream.quiet()
    assert upstream.seen[0].left


@pytest.mark.parametrize("streaming", [False, True])
async def test_a_cancelled_call_leaves_the_upstream(client: Client, upstream: Upstream, streaming: bool):
    upstream.does("small", faults.is_mute)
    patient = target(upstream.url, first_token=10_000, total=10_000)
    call = client.stream if streaming else client.whole
    calling = asyncio.create_task(call(patient, ask(stream=streaming), evidence=False))
    while not upstream.seen:
        await asyncio.sleep(0.001)
    calling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await calling
    await upstream.quiet()
    assert upstream.seen[0].left


async def test_a_port_where_nobody_listens_is_unreachable(client: Client):
    with ClosedPort() as url, pytest.raises(UpstreamError) as caught:
        await client.whole(target(url), ask(), evidence=False)
    assert caught.value.code == "upstream_unreachable"
    assert str(caught.value).startswith("small@here cannot be reached: ")


async def test_a_name_that_does_not_resolve_is_unreachable(client: Client):
    with pytest.raises(UpstreamError) as caught:
        await client.whole(target("http://no.such.host.invalid/v1"), ask(), evidence=False)
    assert caught.value.code in {"upstream_unreachable", "upstream_timeout"}


@pytest.mark.parametrize("streaming", [False, True])
async def test_patience_ends(client: Client, upstream: Upstream, streaming: bool):
    upstream.does("small", faults.is_mute)
    call = client.stream if streaming else client.whole
    patience = {"first_token" if streaming else "total": 50}
    with pytest.raises(UpstreamError) as caught:
        await call(target(upstream.url, **patience), ask(stream=streaming), evidence=False)
    assert (caught.value.code, caught.value.status) == ("upstream_timeout", 504)
    waited = "sent nothing for 50 ms" if streaming else "took longer than 50 ms"
    assert str(caught.value) == f"small@here {waited}"
    await upstream.quiet()


async def test_a_stream_that_falls_silent_is_left(client: Client, upstream: Upstream):
    upstream.does("small", faults.stalls_after_the_head)
    opened = await client.stream(target(upstream.url), ask(stream=True), evidence=False)
    with pytest.raises(UpstreamError) as caught:
        await opened.read(50)
    opened.close()
    assert caught.value.code == "upstream_timeout"
    assert str(caught.value) == "small@here sent nothing for 50 ms"
    await upstream.quiet()


async def test_a_stream_that_never_ends_is_left_when_the_whole_call_took_too_long(client: Client, upstream: Upstream):
    upstream.does("small", talks_on(pace=0.01))
    opened = await client.stream(target(upstream.url, total=100), ask(stream=True), evidence=False)
    with pytest.raises(UpstreamError) as caught:
        await read_all(opened, patience=5_000)
    opened.close()
    assert caught.value.code == "upstream_timeout"
    assert str(caught.value) == "small@here took longer than 100 ms"
    await upstream.quiet()


@pytest.mark.parametrize("then", [faults.is_mute, faults.resets, faults.slams])
async def test_an_answer_that_is_complete_is_not_spoilt_by_what_its_connection_does_then(
    client: Client, upstream: Upstream, then: Behaviour
):
    async def answers(exchange: Exchange) -> None:
        exchange.begin()
        exchange.send(stream(Answer(), exchange.seen.body))
        await exchange.pause(0.01)
        await then(exchange)

    upstream.does("small", answers)
    opened = await client.stream(target(upstream.url), ask(stream=True), evidence=False)
    assert (await read_all(opened)).endswith(b"data: [DONE]\n\n")
    await upstream.quiet()


async def test_redirects_are_not_followed(client: Client, upstream: Upstream):
    async def redirects(exchange: Exchange) -> None:
        exchange.reply(b"", 307, location=f"{upstream.url}/chat/completions")

    upstream.does("small", redirects)
    with pytest.raises(UpstreamError) as caught:
        await client.whole(target(upstream.url, key="sk-1"), ask(), evidence=False)
    assert caught.value.code == "upstream_error"
    assert len(upstream.seen) == 1


async def test_cookies_are_not_kept(client: Client, upstream: Upstream):
    async def sets_a_cookie(exchange: Exchange) -> None:
        exchange.reply(whole(Answer(), exchange.seen.body), set_cookie="session=1; Path=/")

    upstream.does("small", sets_a_cookie)
    for _ in range(2):
        await client.whole(target(upstream.url), ask(), evidence=False)
    assert "cookie" not in upstream.seen[1].headers


@pytest.mark.parametrize("streaming", [False, True])
async def test_a_reply_without_end_is_garbage_and_is_not_read_to_its_end(
    client: Client, upstream: Upstream, streaming: bool
):
    upstream.does("small", faults.sends_far_too_much)
    patient = target(upstream.url, total=20_000, first_token=20_000)

    async def call() -> None:
        if streaming:
            await read_all(await client.stream(patient, ask(stream=True), evidence=False))
        else:
            await client.whole(patient, ask(), evidence=False)

    with pytest.raises(UpstreamError) as caught:
        await call()
    assert caught.value.code == "upstream_garbage"


async def test_bytes_left_over_from_one_reply_are_not_taken_for_the_next(client: Client, upstream: Upstream):
    async def answers_twice(exchange: Exchange) -> None:
        exchange.reply(whole(Answer(), exchange.seen.body))
        exchange.reply(whole(Answer(tokens=("smuggled",)), exchange.seen.body))

    upstream.does("small", answers_twice)
    for _ in range(2):
        with contextlib.suppress(UpstreamError):
            answer = await client.whole(target(upstream.url), ask(), evidence=False)
            assert b"smuggled" not in answer.body
        await asyncio.sleep(0.01)


async def test_the_upstreams_wait_is_told(client: Client, upstream: Upstream):
    upstream.does("small", faults.refuses(429, {"message": "slow"}, **{"Retry-After": "7"}))
    with pytest.raises(UpstreamError) as caught:
        await client.whole(target(upstream.url), ask(), evidence=False)
    assert (caught.value.code, caught.value.retry_after_ms) == ("upstream_rate_limited", 7_000)


async def test_an_error_status_whose_body_never_comes_is_a_timeout(client: Client, upstream: Upstream):
    async def starts_an_error(exchange: Exchange) -> None:
        exchange.head(500, content_length="100")
        await exchange.say_nothing()

    upstream.does("small", starts_an_error)
    with pytest.raises(UpstreamError) as caught:
        await client.stream(target(upstream.url, first_token=50), ask(stream=True), evidence=False)
    assert caught.value.code == "upstream_timeout"
    await upstream.quiet()


async def test_an_embedded_model_is_found_where_it_is_now(upstream: Upstream):
    asked: list[str] = []

    def address_of(name: str) -> str:
        asked.append(name)
        return upstream.url

    async with Client(address_of) as client:
        await client.whole(target("", embedded="smollm2-135m"), ask(), evidence=False)
    assert asked == ["smollm2-135m"]


async def test_an_embedded_model_that_is_not_ready_is_no_surprise():
    def address_of(name: str) -> str:
        raise UpstreamError(f"{name} is starting", code="upstream_unreachable", status=503)

    async with Client(address_of) as client:
        with pytest.raises(UpstreamError) as caught:
            await client.whole(target("", embedded="tiny"), ask(), evidence=False)
    assert str(caught.value) == "tiny is starting"


async def test_a_client_is_used_inside_its_context():
    with pytest.raises(RuntimeError):
        await Client(lambda name: NOWHERE).whole(target(NOWHERE), ask(), evidence=False)


async def test_the_dialect_of_the_endpoint_is_spoken(client: Client, upstream: Upstream):
    upstream.does("small", says(Answer()))
    speaks = target(upstream.url, key="k")
    other = replace(speaks, endpoint=replace(speaks.endpoint, dialect="anthropic"))
    with pytest.raises(UpstreamError):
        await client.whole(other, ask(), evidence=False)
    assert upstream.seen[0].headers["x-api-key"] == "k"


async def test_tokens_are_counted_by_the_upstream_until_its_client_leaves(client: Client, upstream: Upstream):
    await client.whole(target(upstream.url), ask(), evidence=False)
    await upstream.quiet()
    assert (upstream.seen[0].tokens, upstream.seen[0].left) == (len(TOKENS), 0.0)
