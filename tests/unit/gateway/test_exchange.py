"""One exchange: bodies up to a limit, replies, and clients that leave."""

import asyncio

import pytest

from meritorder.errors import RequestError
from meritorder.gateway.exchange import LARGEST_BODY, ClientLeft, Lookout
from tests.unit.gateway.asgi import Client, exchange

MIB = 1024 * 1024


async def test_a_body_comes_whole_however_it_is_cut():
    assert await exchange(Client([b"ab", b"", b"c", b"d"])).body() == b"abcd"


async def test_a_body_of_the_largest_size_is_taken():
    parts = [bytes(MIB)] * (LARGEST_BODY // MIB)
    assert len(await exchange(Client(parts), {"content-length": str(LARGEST_BODY)}).body()) == LARGEST_BODY


async def test_a_body_that_is_declared_too_large_is_refused_unread():
    client = Client([b"x"])
    with pytest.raises(RequestError) as caught:
        await exchange(client, {"content-length": str(LARGEST_BODY + 1)}).body()
    assert (caught.value.code, caught.value.status) == ("request_too_large", 413)
    assert client.read == 0


@pytest.mark.parametrize("declared", [{}, {"content-length": "1"}, {"content-length": "-1"}, {"content-length": "x"}])
async def test_a_body_that_is_too_large_is_refused_whatever_it_declared_and_read_no_further(declared: dict[str, str]):
    client = Client([bytes(MIB)] * 64)
    with pytest.raises(RequestError, match="larger than 16 MiB"):
        await exchange(client, declared).body()
    assert client.read == LARGEST_BODY // MIB + 1


async def test_a_client_that_breaks_off_its_body_has_left():
    with pytest.raises(ClientLeft):
        await exchange(Client([b"half"], breaks_off=True)).body()


async def test_a_header_that_was_not_sent_is_empty():
    asked = exchange(Client(), {"authorization": "Bearer \xe9"})
    assert asked.header(b"authorization") == "Bearer \xe9"
    assert asked.header(b"x-api-key") == ""


async def test_a_whole_reply_has_its_length_and_its_headers():
    client = Client()
    asked = exchange(client)
    assert not asked.started
    await asked.reply(201, b'{"a":1}', [(b"x-request-id", b"req_1")])
    assert asked.started
    assert client.status == 201
    assert client.headers == {"content-type": "application/json", "content-length": "7", "x-request-id": "req_1"}
    assert client.body == b'{"a":1}'
    assert client.ended


async def test_a_stream_begins_with_its_headers_and_ends_when_it_is_said():
    client = Client()
    asked = exchange(client)
    await asked.begin([(b"x-request-id", b"req_1")])
    await asked.send(b"data: 1\n\n", more=True)
    assert not client.ended
    await asked.send(b"", more=False)
    assert client.status == 200
    assert client.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert client.headers["cache-control"] == "no-cache"
    assert "content-length" not in client.headers
    assert client.body == b"data: 1\n\n"
    assert client.ended


async def test_work_that_ends_before_the_client_leaves_is_done():
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0.12)  # longer than it takes to begin to look
        done.append("done")

    await exchange(Client(())).unless_client_leaves(work(), Lookout())
    assert done == ["done"]
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


@pytest.mark.parametrize("after", [0.0, 0.15])
async def test_work_is_cancelled_when_the_client_leaves(after: float):
    ended: list[str] = []
    client = Client(())

    async def work() -> None:
        try:
            await asyncio.sleep(30)
        finally:
            ended.append("ended")

    asyncio.get_running_loop().call_later(after, client.leave)
    with pytest.raises(ClientLeft):
        await exchange(client).unless_client_leaves(work(), Lookout())
    assert ended == ["ended"]
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_an_exchange_that_is_cancelled_from_elsewhere_is_no_client_that_left():
    running = asyncio.create_task(exchange(Client(())).unless_client_leaves(asyncio.sleep(30), Lookout()))
    await asyncio.sleep(0.12)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_an_error_in_the_work_is_passed_on():
    async def work() -> None:
        raise RequestError("no", code="x")

    with pytest.raises(RequestError):
        await exchange(Client(())).unless_client_leaves(work(), Lookout())


async def test_clients_of_one_lookout_leave_each_for_themselves():
    lookout, clients = Lookout(), [Client(()), Client(())]
    running = [
        asyncio.create_task(exchange(client).unless_client_leaves(asyncio.sleep(0.3), lookout)) for client in clients
    ]
    await asyncio.sleep(0.12)
    clients[0].leave()
    with pytest.raises(ClientLeft):
        await running[0]
    assert not running[1].done()
    await running[1]
