"""A client that leaves, at every point at which it can leave.

Whatever the point: nothing stays held or in flight, what the upstream may bill is posted and recorded, there
is one record, and the upstream sees its client go within a second.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import pytest
from msgspec import Struct

from meritorder.types.outcome import Abandoned, Completed, Failed
from meritorder.types.record import Record
from meritorder.types.request import Request
from tests.fakes.answers import Answer, says, talks_on
from tests.fakes.faults import is_mute, stalls_after_the_head
from tests.fakes.upstream import Behaviour, Upstream
from tests.fakes.world import PATIENT, World, cascade, consistent, running, single

SHORT = Answer(tokens=("One", " two", " three"))
SURE = Answer(tokens=("One", " two"), logprob=-0.001)
UNSURE = Answer(tokens=("Perhaps", " two"), logprob=-4.0)
FOREVER = 10_000

Leaving = Callable[[World, "Client", int], Awaitable[bool]]
"""Has the client leave after so many steps; False once it had everything before that."""


class Client(Struct):
    """Takes all that it gets, one turn of the event loop for each piece."""

    world: World
    request: Request
    arrived: bool = False
    got: int = 0
    served: bool = False

    async def run(self) -> None:
        self.arrived = True
        async with self.world.engine.serve(self.request) as reply:
            if self.request.stream:
                async for _ in reply.events():
                    self.got += 1
                    await asyncio.sleep(0)
            self.served = True


class Left(Struct):
    """What was so when a client had left, to be compared with what was recorded."""

    request: str
    arrived: bool
    served: bool
    posted: int


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def by_task(world: World, client: Client, steps: int) -> bool:
    """Cancelled after so many turns of the event loop."""
    task = asyncio.create_task(client.run())
    await turns(steps)
    early = task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return early


async def by_scope(world: World, client: Client, steps: int) -> bool:
    """Cancelled by a scope, which cancels again and again until its task has gone."""
    async with anyio.create_task_group() as group:
        group.start_soon(client.run)
        await turns(steps)
        group.cancel_scope.cancel()
    return not client.served


async def by_two_cancellations(world: World, client: Client, steps: int) -> bool:
    """Cancelled twice: the second time while the first is being dealt with."""
    task = asyncio.create_task(client.run())
    await turns(steps)
    early = task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return early


async def leave_everywhere(world: World, leaving: Leaving, *, stream: bool, most: int = FOREVER) -> list[Left]:
    """Have clients leave after 0, 1, 2 … steps, until one has everything before it could leave."""
    found: list[Left] = []
    for steps in range(most):
        client = Client(world, world.request(stream=stream))
        before = world.posted
        early = await leaving(world, client, steps)
        assert world.held == 0
        assert world.in_flight == 0
        await world.upstream.quiet(within=1.0)
        found.append(Left(client.request.id, client.arrived, client.served, world.posted - before))
        if not early:
            return found
    return found


def reached(world: World, one: Left) -> int:
    """How many models were asked on behalf of a client, some perhaps only after it had left."""
    return sum(seen.body["user"] == one.request for seen in world.upstream.seen)


def accounted(world: World, left: list[Left]) -> dict[str, Record]:
    """Compare what was posted when each client had left with the one record of it; the records by request."""
    by_request: dict[str, list[Record]] = {}
    for record in world.records():
        by_request.setdefault(record.request.id, []).append(record)
    for one in left:
        if not one.arrived:
            assert one.request not in by_request
            assert one.posted == 0
            continue
        (record,) = by_request[one.request]
        outcome = record.outcome
        # An answer whose end has come is complete, whether or not its client was still there to have it.
        assert isinstance(outcome, Completed if one.served else Abandoned | Completed), (one, outcome)
        assert outcome.settlement.posted == sum(step.money for step in outcome.steps) == one.posted
        assert one.posted > 0 or not reached(world, one)
        assert len(outcome.steps) >= reached(world, one)
    consistent(world)
    return {name: records[0] for name, records in by_request.items()}


@pytest.mark.parametrize("leaving", [by_task, by_scope, by_two_cancellations])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("gather", ["false", "true"], ids=["as asked", "gathered"])
async def test_a_client_may_leave_a_direct_answer_at_every_step(
    tmp_path: Path, leaving: Leaving, stream: bool, gather: str
):
    async with Upstream() as upstream:
        upstream.does("good", says(SHORT))
        document = single(upstream.url, timeouts=PATIENT).replace("zone: site", f"zone: site, gather: {gather}")
        async with running(tmp_path, document, upstream) as world:
            left = await leave_everywhere(world, leaving, stream=stream)
        accounted(world, left)
    assert len(left) > 10
    assert [one.served for one in left].count(True) >= 1
    assert any(reached(world, one) and not one.served for one in left)


@pytest.mark.parametrize("leaving", [by_task, by_scope])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("draft", [SURE, UNSURE], ids=["kept", "escalated"])
async def test_a_client_may_leave_a_cascade_at_every_step(
    tmp_path: Path, leaving: Leaving, stream: bool, draft: Answer
):
    async with Upstream() as upstream:
        upstream.does("draft", says(draft))
        upstream.does("strong", says(SHORT))
        async with running(tmp_path, cascade(upstream.url, timeouts=PATIENT), upstream) as world:
            left = await leave_everywhere(world, leaving, stream=stream)
        records = accounted(world, left)
    last = records[left[-1].request].outcome
    assert isinstance(last, Completed)
    assert [step.endpoint for step in last.steps] == ["small@near", "large@far"][: 1 if draft is SURE else 2]
    counts = {reached(world, one) for one in left if not one.served}
    assert counts == ({0, 1} if draft is SURE else {0, 1, 2})


@pytest.mark.parametrize("behaviour", [is_mute, stalls_after_the_head, talks_on(pace=0.001)])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_a_client_may_leave_while_nothing_comes_or_too_much(tmp_path: Path, behaviour: Behaviour, stream: bool):
    async with Upstream() as upstream:
        upstream.does("good", behaviour)
        async with running(tmp_path, single(upstream.url, timeouts=PATIENT), upstream) as world:
            left = await leave_everywhere(world, by_task, stream=stream, most=60)
        accounted(world, left)
    assert not any(one.served for one in left)
    assert reached(world, left[-1]) == 1


@pytest.mark.parametrize("pieces", range(9))
async def test_a_client_may_stop_iterating_after_every_piece(tmp_path: Path, pieces: int):
    async with Upstream() as upstream:
        upstream.does("good", says(SHORT))
        async with running(tmp_path, single(upstream.url, timeouts=PATIENT), upstream) as world:
            got = 0
            async with world.engine.serve(world.request(stream=True)) as reply:
                events = reply.events()
                while got < pieces and await anext(events, None) is not None:
                    got += 1
                await events.aclose()
            assert world.held == 0
            await upstream.quiet(within=1.0)
        consistent(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Completed if got < pieces else Abandoned | Completed)
    assert record.outcome.settlement.posted > 0


async def test_a_client_may_leave_a_stream_that_it_never_began_to_read(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", talks_on(pace=0.001))
        async with running(tmp_path, single(upstream.url, timeouts=PATIENT), upstream) as world:
            async with world.engine.serve(world.request(stream=True)):
                pass
            await upstream.quiet(within=1.0)
        consistent(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Abandoned)
    assert record.outcome.settlement.posted > 0


async def breaks(world: World) -> None:
    async with world.engine.serve(world.request(stream=True)) as reply:
        async for _ in reply.events():
            raise ZeroDivisionError


async def test_what_fails_in_the_gateway_itself_is_settled_like_a_client_that_leaves(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", talks_on(pace=0.001))
        async with running(tmp_path, single(upstream.url, timeouts=PATIENT), upstream) as world:
            with pytest.raises(ZeroDivisionError):
                await breaks(world)
            await upstream.quiet(within=1.0)
        consistent(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Failed)
    assert record.outcome.fault == "internal_error"


async def test_a_client_that_stops_reading_stops_the_upstream_and_pays_for_no_more_than_it_took(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", talks_on(text="x" * 4_000))
        async with running(tmp_path, single(upstream.url, timeouts=PATIENT), upstream) as world:
            got = asyncio.Event()

            async def reads_a_little() -> None:
                async with world.engine.serve(world.request(stream=True, max_tokens=8000)) as reply:
                    async for _ in reply.events():
                        got.set()
                        await asyncio.Event().wait()

            task = asyncio.create_task(reads_a_little())
            await got.wait()
            before = -1
            while upstream.seen[0].tokens != before:
                before = upstream.seen[0].tokens
                await asyncio.sleep(0.05)
            assert before * 4_000 < 16 * 2**20
            assert world.held > 0
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            assert world.held == 0
            await upstream.quiet(within=1.0)
        consistent(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Abandoned)
    assert 0 < record.outcome.steps[0].usage.output <= before * 1_000


async def test_many_clients_that_leave_at_once_leave_nothing(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", talks_on(pace=0.002))
        async with running(tmp_path, single(upstream.url, timeouts=PATIENT), upstream) as world:
            clients = [Client(world, world.request(stream=bool(number % 2))) for number in range(40)]
            tasks = [asyncio.create_task(client.run()) for client in clients]
            while len(upstream.seen) < len(clients):
                await asyncio.sleep(0.002)
            assert world.in_flight == len(clients)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            assert (world.held, world.in_flight) == (0, 0)
            await upstream.quiet(within=1.0)
        consistent(world)
    records = world.records()
    assert len(records) == len(clients)
    assert all(isinstance(record.outcome, Abandoned) for record in records)
