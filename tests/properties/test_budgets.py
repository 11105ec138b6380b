"""Budgets that stop: what is posted and held together never exceeds a limit, whatever runs at once."""

import asyncio
import json
from pathlib import Path

import pytest

from meritorder.errors import Refused, UpstreamError
from meritorder.execution.purse import BudgetExhausted
from meritorder.routing.quote import SLICE
from meritorder.types.outcome import Completed, Failed, NotRun
from tests.fakes.answers import Answer, says, talks_on
from tests.fakes.upstream import Upstream
from tests.fakes.world import PATIENT, consistent, running, single, within_limits

OUTPUT = 4_000
"""Nano-dollars of one output token here; a prompt token costs a fourth of it."""


def limited(url: str, *, gateway: str = "$100", key: str = "$50") -> str:
    document = single(url, timeouts=PATIENT)
    return document.replace("money: $100,", f"money: {gateway},").replace("money: $50,", f"money: {key},")


@pytest.mark.parametrize(
    ("limits", "account"),
    [({"gateway": "$0.005"}, "gateway"), ({"key": "$0.005"}, "key:ada")],
    ids=["of the gateway", "of the key"],
)
async def test_a_stream_ends_where_its_budget_does_and_what_it_used_is_charged(
    tmp_path: Path, limits: dict[str, str], account: str
):
    async with Upstream() as upstream:
        upstream.does("good", talks_on())
        async with running(tmp_path, limited(upstream.url, **limits), upstream) as world:
            got: list[bytes] = []
            with pytest.raises(BudgetExhausted) as caught:
                await world.take(world.request(stream=True, max_tokens=4000), got)
            assert f"`{account}`" in str(caught.value)
            await upstream.quiet()
        consistent(world)
        within_limits(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Failed)
    assert record.outcome.fault == "budget_exhausted"
    assert record.outcome.settlement.overrun == 0
    pieces = b"".join(got).count(b" and")
    used = record.outcome.steps[0].usage
    assert pieces <= used.output
    assert world.posted == record.workload.prompt.bound * 1_000 + used.output * OUTPUT
    assert world.posted > 5_000_000 - SLICE * OUTPUT


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_without_money_for_a_first_slice_nothing_runs(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        async with running(tmp_path, limited(upstream.url, key="$0.00001"), upstream) as world:
            with pytest.raises(Refused) as caught:
                await world.ask(world.request(stream=stream))
            assert caught.value.refusal.gate == "budget"
        consistent(world)
    assert not upstream.seen
    (record,) = world.records()
    assert isinstance(record.outcome, NotRun)


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_of_many_at_once_only_so_many_are_admitted_as_the_budget_can_pay(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(tokens=("a",) * 40, pace=0.002)))
        async with running(tmp_path, limited(upstream.url, key="$0.005"), upstream) as world:
            requests = [world.request(stream=stream) for _ in range(40)]
            asking = [asyncio.create_task(world.ask(request)) for request in requests]
            while not all(task.done() for task in asking):
                within_limits(world)
                await asyncio.sleep(0.001)
            ended = await asyncio.gather(*asking, return_exceptions=True)
        consistent(world)
        within_limits(world)
    answered = [each for each in ended if isinstance(each, bytes)]
    refused = [each for each in ended if isinstance(each, Refused)]
    assert answered
    assert refused
    assert len(answered) + len(refused) == 40
    kinds = [type(record.outcome) for record in world.records()]
    assert (kinds.count(Completed), kinds.count(NotRun)) == (len(answered), len(refused))


async def test_streams_that_compete_end_within_the_budget_and_spend_most_of_it(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", talks_on())
        async with running(tmp_path, limited(upstream.url, key="$0.02"), upstream) as world:
            requests = [world.request(stream=True, max_tokens=8000) for _ in range(6)]
            ended = await asyncio.gather(*(world.take(each, []) for each in requests), return_exceptions=True)
            within_limits(world)
            await upstream.quiet()
        consistent(world)
    assert {type(each) for each in ended} <= {BudgetExhausted, Refused}
    assert world.posted > 0.8 * 20_000_000


async def test_what_an_upstream_bills_beyond_the_hold_is_posted_and_told_as_overrun(tmp_path: Path):
    usage = {"prompt_tokens": 10, "completion_tokens": 9_000, "total_tokens": 9_010}
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(usage=usage)))
        async with running(tmp_path, limited(upstream.url), upstream) as world:
            await world.ask(world.request(max_tokens=100))
        consistent(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Completed)
    settlement = record.outcome.settlement
    assert settlement.posted == 10 * 1_000 + 9_000 * OUTPUT
    assert settlement.overrun == settlement.posted - settlement.held > 0


async def test_a_budget_that_was_overrun_admits_nothing_more(tmp_path: Path):
    usage = {"prompt_tokens": 10, "completion_tokens": 9_000, "total_tokens": 9_010}
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(usage=usage)))
        async with running(tmp_path, limited(upstream.url, key="$0.002"), upstream) as world:
            await world.ask(world.request(max_tokens=100))
            with pytest.raises(Refused):
                await world.ask(world.request(max_tokens=1))
        consistent(world)


async def test_the_upstreams_price_is_charged_exactly(tmp_path: Path):
    """The ledger is the sum of what the upstream would invoice, to the nano-dollar."""
    usages = [(1, 1), (16, 7), (333, 50), (12, 400)]
    invoice = sum(prompt * 1_000 + output * OUTPUT for prompt, output in usages)
    answers = [says(Answer(usage={"prompt_tokens": prompt, "completion_tokens": output})) for prompt, output in usages]
    async with Upstream() as upstream:
        upstream.does("good", *answers)
        async with running(tmp_path, limited(upstream.url), upstream) as world:
            for number in range(len(usages)):
                await world.ask(world.request(stream=bool(number % 2)))
        consistent(world)
    assert world.posted == invoice


async def test_a_failed_request_leaves_the_budget_for_the_next(tmp_path: Path):
    async with Upstream() as upstream:
        async with running(tmp_path, limited(upstream.url, key="$0.0025"), upstream) as world:
            for _ in range(5):
                world.engine.state.tracker.recovered("m@only")
                with pytest.raises(UpstreamError):
                    await world.ask(world.request())
            assert (world.posted, world.held) == (0, 0)
            world.engine.state.tracker.recovered("m@only")
            upstream.does("good", says(Answer()))
            assert json.loads(await world.ask(world.request()))["choices"]
        consistent(world)
