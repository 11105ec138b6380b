import json
import sqlite3
from pathlib import Path

import pytest

from meritorder.engine.engine import ATTEMPTS
from meritorder.errors import Refused, StoreError, UpstreamError
from meritorder.routing.decide import decide
from meritorder.types.outcome import Abandoned, Completed, Failed, NotRun
from meritorder.types.snapshot import Snapshot
from tests.fakes import faults
from tests.fakes.answers import Answer, says, talks_on
from tests.fakes.faults import refuses
from tests.fakes.upstream import Upstream
from tests.fakes.world import HEADER, ONE, SECRET, cascade, consistent, endpoint, pair, running, single

TOO_LONG = {"message": "maximum context length is 8192 tokens", "code": "context_length_exceeded"}


def several(url: str, count: int) -> str:
    """One model at so many endpoints, `m1` the cheapest."""
    lines = [
        endpoint(f"e{number}", url, f"m{number}", price=f"{{input: ${number}, output: ${number}}}")
        for number in range(1, count + 1)
    ]
    return f"{HEADER}{ONE}endpoints:\n{''.join(lines)}"


async def test_a_whole_answer_is_in_the_body_with_what_it_cost(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(prompt=16)))
        async with (
            running(tmp_path, single(upstream.url), upstream) as world,
            world.engine.serve(world.request()) as reply,
        ):
            assert json.loads(reply.body)["choices"]
            assert (reply.settled, reply.money, reply.model) == (True, 16_000 + 6 * 4_000, "m")
            assert reply.decision.chosen.path.name == "answer:m@only"
            assert world.held > 0
        consistent(world)
        assert world.posted == 40_000


async def test_a_stream_is_quoted_first_and_settled_afterwards(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(prompt=16)))
        async with (
            running(tmp_path, single(upstream.url), upstream) as world,
            world.engine.serve(world.request(stream=True)) as reply,
        ):
            assert (reply.settled, reply.body) == (False, b"")
            assert reply.money == reply.decision.chosen.use.money
            assert [data async for data in reply.events()]
        consistent(world)
        assert world.posted == 40_000


async def test_a_recorded_decision_can_be_made_again(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("faulty", faults.slams)
        upstream.does("good", says(Answer()))
        async with running(tmp_path, pair(upstream.url, upstream.url, "faulty"), upstream) as world:
            await world.ask(world.request())
    generation = world.engine.state.configuration.generation
    for record in world.records():
        assert record.decision.generation == generation.digest
        assert decide(record.workload, Snapshot(generation, record.view)) == record.decision


async def test_a_refusal_is_told_recorded_and_costs_nothing(tmp_path: Path):
    async with Upstream() as upstream:
        async with running(tmp_path, single(upstream.url), upstream) as world:
            world.engine.state.tracker.unavailable("m@only", "it is being moved")
            with pytest.raises(Refused) as caught:
                await world.ask(world.request())
        consistent(world)
    (record,) = world.records()
    assert record.decision == caught.value.refusal
    assert isinstance(record.outcome, NotRun)
    assert "it is being moved" in str(caught.value)


async def test_a_request_is_put_to_a_few_endpoints_in_turn_and_then_its_last_failure_is_told(tmp_path: Path):
    async with Upstream() as upstream:
        for number in range(1, 6):
            upstream.does(f"m{number}", refuses(500 + number, {"message": "no"}))
        async with running(tmp_path, several(upstream.url, 5), upstream) as world:
            with pytest.raises(UpstreamError) as caught:
                await world.ask(world.request())
            assert "503" in str(caught.value)
        consistent(world)
    assert [seen.model for seen in upstream.seen] == [f"m{number}" for number in range(1, ATTEMPTS + 1)]
    assert [record.attempt for record in world.records()] == list(range(1, ATTEMPTS + 1))
    assert len({record.request.id for record in world.records()}) == 1


async def test_the_failure_is_told_and_not_that_nothing_was_left_after_it(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("m1", refuses(529, {"message": "busy"}))
        upstream.does("m2", refuses(429, {"message": "slow"}))
        async with running(tmp_path, several(upstream.url, 2), upstream) as world:
            with pytest.raises(UpstreamError) as caught:
                await world.ask(world.request())
            assert caught.value.code == "upstream_rate_limited"
        consistent(world)
    assert [type(record.outcome) for record in world.records()] == [Failed, Failed, NotRun]


async def test_a_rejected_request_is_not_put_to_anybody_else_and_says_nothing_about_the_endpoint(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("m1", refuses(400, {"message": "`tools[0]` is odd", "param": "tools"}))
        async with running(tmp_path, several(upstream.url, 2), upstream) as world:
            with pytest.raises(UpstreamError) as caught:
                await world.ask(world.request())
            assert caught.value.status == 400
            assert b"`tools[0]` is odd" in caught.value.body
            assert world.engine.state.tracker.states(["m@e1"])["m@e1"].failures == 0
        consistent(world)
    assert len(upstream.seen) == 1


async def test_a_prompt_that_is_too_long_for_one_endpoint_is_put_to_another(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("m1", refuses(400, TOO_LONG))
        upstream.does("m2", says(Answer()))
        async with running(tmp_path, several(upstream.url, 2), upstream) as world:
            await world.ask(world.request())
            assert world.engine.state.tracker.states(["m@e1"])["m@e1"].failures == 0
        consistent(world)
    assert [type(record.outcome) for record in world.records()] == [Failed, Completed]


async def test_an_endpoint_that_failed_twice_rests_and_others_are_asked_first(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("m1", faults.slams)
        upstream.does("m2", says(Answer()))
        async with running(tmp_path, several(upstream.url, 2), upstream) as world:
            for _ in range(4):
                await world.ask(world.request())
        consistent(world)
    # The second time on the connection that `m2` had answered on: a kept one may be old, so one more is tried.
    assert len(upstream.asked("m1")) == 3
    assert len(upstream.asked("m2")) == 4


async def test_an_endpoint_learns_how_fast_it_is_from_its_answers(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(tokens=("word ",) * 10)))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            for _ in range(3):
                await world.ask(world.request(stream=True))
            state = world.engine.state.tracker.states(["m@only"])["m@only"]
            assert (state.observed, state.failures, state.in_flight) == (3, 0, 0)
            async with world.engine.serve(world.request()) as reply:
                assert reply.decision.chosen.use.latency_basis == "learned"


async def test_without_a_journal_nothing_is_served(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            await world.ask(world.request())
            world.engine._journal._failing = "the disk is full"
            with pytest.raises(StoreError) as caught:
                await world.ask(world.request())
            assert caught.value.code == "journal_unavailable"
            assert world.engine.trouble == "the disk is full"
            world.engine._journal._failing = ""
            await world.ask(world.request())
        consistent(world)
    assert len(upstream.seen) == len(world.records()) == 2


async def test_no_secret_and_no_text_of_anybody_is_recorded(tmp_path: Path):
    said = "the vault opens with xyzzy"
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(tokens=("never", " plugh"))))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            await world.ask(world.request(content=said))
            await world.ask(world.request(content=said, stream=True))
    with sqlite3.connect(world.journal) as database:
        stored = b"".join(
            content
            for table in ("records", "generations")
            for (content,) in database.execute(f"select content from {table}")
        )
    database.close()
    for private in ("xyzzy", "plugh", SECRET, "sk-of-the-upstream"):
        assert private.encode() not in stored


async def test_a_stream_that_ends_in_time_is_completed_and_one_that_is_left_abandoned(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()), talks_on(pace=0.001))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            await world.ask(world.request(stream=True))
            async with world.engine.serve(world.request(stream=True)) as reply:
                await anext(reply.events())
        consistent(world)
    assert [type(record.outcome) for record in world.records()] == [Completed, Abandoned]


@pytest.mark.parametrize("sure", [-0.001, -5.0], ids=["kept", "escalated"])
async def test_the_model_that_is_named_is_the_one_that_answers(tmp_path: Path, sure: float):
    async with Upstream() as upstream:
        upstream.does("draft", says(Answer(logprob=sure)))
        upstream.does("strong", says(Answer()))
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            for stream in (False, True):
                async with world.engine.serve(world.request(stream=stream)) as reply:
                    assert reply.model == ("small" if sure > -1 else "large")
                    assert [data async for data in reply.events()]
