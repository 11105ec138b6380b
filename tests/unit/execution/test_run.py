from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from meritorder.errors import UpstreamError
from meritorder.execution.purse import Purse
from meritorder.execution.run import Assignment, Run
from meritorder.ledger.ledger import Hold
from meritorder.providers.client import Target
from meritorder.providers.recognisers import shipped
from meritorder.routing.decide import decide
from meritorder.signals.profile import profile
from meritorder.types.decision import Decision
from meritorder.types.pool import IDLE, EndpointState
from meritorder.types.request import Request
from tests.fakes import faults
from tests.fakes.answers import Answer, Tool, says, sending, talks_on, whole
from tests.fakes.faults import midway, refuses
from tests.fakes.upstream import Exchange, Upstream
from tests.fakes.world import World, cascade, running, single
from tests.unit.providers.dialects.chat import decoded

Change = Callable[[Target], Target]


def unchanged(target: Target) -> Target:
    return target


def gathering(target: Target) -> Target:
    """As an embedded model is spoken to."""
    return replace(target, connection=replace(target.connection, gather=True))


class Stage(Struct):
    """An upstream, an engine around it, and runs without the engine's own doing."""

    upstream: Upstream
    world: World

    def run(self, request: Request, change: Change = unchanged) -> Run:
        engine = self.world.engine
        state = engine.state
        workload = profile(request, shipped())
        snapshot = state.snapshot(request.principal, frozenset())
        decision = decide(workload, snapshot)
        assert isinstance(decision, Decision)
        hold = state.ledger.reserve(decision.id, request.principal.accounts, decision.chosen.use.hold, state.clock())
        assert isinstance(hold, Hold)
        targets = {label: change(target) for label, target in state.targets.items()}
        assignment = Assignment(request, workload, decision.chosen, snapshot.generation, targets)
        return Run(assignment, engine._means, Purse(state.ledger, hold, decision.chosen.use.money_bound, state.clock))

    def pool(self, label: str = "m@only") -> EndpointState:
        return self.world.engine.state.tracker.states([label]).get(label, IDLE)


@asynccontextmanager
async def staged(folder: Path, document: Callable[[str], str] = single) -> AsyncIterator[Stage]:
    async with Upstream() as upstream, running(folder, document(upstream.url), upstream) as world:
        yield Stage(upstream, world)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path) as found:
        found.upstream.does("good", says(Answer()))
        yield found


@pytest.fixture
async def cascading(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path, cascade) as found:
        found.upstream.does("draft", says(Answer(logprob=-5.0)))
        found.upstream.does("strong", says(Answer()))
        yield found


async def test_a_whole_answer_is_here_when_it_is_open(stage: Stage):
    run = stage.run(stage.world.request())
    await run.open()
    assert run.complete
    assert run.body == whole(Answer(), stage.upstream.seen[0].body)
    assert (run.latest, run.answered_by) == ("m@only", "m@only")
    (report,) = run.close()
    assert (report.endpoint, report.fault, report.confidence) == ("m@only", "", -1.0)
    assert report.money == run.money() == 12 * 1_000 + 6 * 4_000
    assert stage.pool().in_flight == 0


async def test_a_stream_is_open_at_its_first_content_and_not_before(stage: Stage):
    async def hesitates(exchange: Exchange) -> None:
        exchange.begin()
        async for tokens in sending(exchange, Answer()):
            await exchange.pause(0.01)
            if tokens == 2:
                await exchange.say_nothing()

    stage.upstream.does("good", hesitates)
    run = stage.run(stage.world.request(stream=True))
    await run.open()
    assert b'"role":"assistant"' in run.body
    assert run.body.count(b'"content":"Clause"') == 1
    assert b"seven" not in run.body
    assert not run.complete
    assert stage.pool().in_flight == 1
    run.close()


async def test_the_events_are_the_stream_in_order_and_then_it_is_complete(stage: Stage):
    stage.upstream.does("good", says(Answer(pace=0.001)))
    run = stage.run(stage.world.request(stream=True))
    await run.open()
    pieces = [piece async for piece in run.events()]
    assert len(pieces) > 3
    text = b"".join(pieces)
    assert [text.index(token) for token in (b"Clause", b"seven", b"unusual", b"[DONE]")] == sorted(
        text.index(token) for token in (b"Clause", b"seven", b"unusual", b"[DONE]")
    )
    assert run.complete
    (report,) = run.close()
    assert report.first_token <= report.duration
    assert report.usage.basis == "reported"


async def test_closing_a_stream_leaves_the_upstream_at_once_and_may_be_done_twice(stage: Stage):
    stage.upstream.does("good", talks_on(pace=0.001))
    run = stage.run(stage.world.request(stream=True))
    await run.open()
    first = run.close()
    assert run.close() == first
    assert stage.pool() == replace(IDLE, in_flight=0)
    await stage.upstream.quiet()
    assert first[0].money > 0
    assert first[0].fault == ""


async def test_closing_what_was_never_opened_reports_nothing(stage: Stage):
    run = stage.run(stage.world.request())
    assert run.close() == ()
    assert run.money() == 0


@pytest.mark.parametrize("answer", [Answer(), Answer(tools=(Tool("call_1", "weather", ("{", "}")),), tokens=())])
async def test_an_answer_that_is_gathered_is_the_one_that_was_asked_for(stage: Stage, answer: Answer):
    stage.upstream.does("good", says(answer))
    request = stage.world.request()
    run = stage.run(request, gathering)
    await run.open()
    asked = stage.upstream.seen[0].body
    assert asked["stream"] is True
    assert asked["stream_options"] == {"include_usage": True}
    found, expected = decoded(run.body), decoded(whole(answer, asked))
    for body in (found, expected):
        body["choices"][0]["message"]["content"] = body["choices"][0]["message"]["content"] or None
    assert found == expected
    assert run.complete
    assert run.close()[0].usage.basis == "reported"


async def test_a_gathered_answer_that_is_given_up_stops_the_upstream(stage: Stage):
    stage.upstream.does("good", talks_on(pace=0.001))
    run = stage.run(stage.world.request(), gathering)
    with pytest.raises(UpstreamError):
        await run.open()
    await stage.upstream.quiet()
    assert stage.pool().in_flight == 0
    run.close()


@pytest.mark.parametrize("stream", [False, True])
async def test_a_failure_is_counted_against_the_endpoint_and_reported(stage: Stage, stream: bool):
    stage.upstream.does("good", refuses(503, {"message": "loading"}, retry_after="3"))
    run = stage.run(stage.world.request(stream=stream))
    with pytest.raises(UpstreamError):
        await run.open()
    state = stage.pool()
    assert (state.failures, state.in_flight) == (1, 0)
    assert 0 < state.resting_until - stage.world.engine.state.clock() <= 3_000
    (report,) = run.close()
    assert (report.fault, report.money) == ("upstream_error", 0)


async def test_a_request_that_was_at_fault_is_not_counted_against_the_endpoint(stage: Stage):
    stage.upstream.does("good", refuses(400, {"message": "no"}))
    run = stage.run(stage.world.request())
    with pytest.raises(UpstreamError):
        await run.open()
    assert stage.pool() == replace(IDLE, in_flight=0)
    run.close()


async def test_a_failure_in_the_middle_is_raised_where_the_events_are_read(stage: Stage):
    stage.upstream.does("good", midway(faults.then_reset))
    run = stage.run(stage.world.request(stream=True))
    await run.open()
    with pytest.raises(UpstreamError):
        await drained(run)
    assert not run.complete
    assert stage.pool().failures == 1
    assert run.close()[0].fault == "upstream_cut"


async def test_what_a_cascade_drafts_waits_until_it_may_be_shown(cascading: Stage):
    run = cascading.run(cascading.world.request(stream=True))
    await run.open()
    assert run.latest == "large@far"
    assert [seen.model for seen in cascading.upstream.seen] == ["draft", "strong"]
    body = b"".join([piece async for piece in run.events()])
    assert b'"model":"strong"' in body
    assert b'"model":"draft"' not in body
    assert run.answered_by == "large@far"
    draft, strong = run.close()
    assert (draft.endpoint, strong.endpoint) == ("small@near", "large@far")
    assert 0 <= draft.confidence < 0.1
    assert strong.confidence == -1.0
    assert run.money() == draft.money + strong.money


async def test_a_draft_that_is_kept_is_complete_before_its_first_piece_goes_out(cascading: Stage):
    cascading.upstream.does("draft", says(Answer(logprob=-0.001)))
    run = cascading.run(cascading.world.request(stream=True))
    await run.open()
    assert run.complete
    (piece,) = [piece async for piece in run.events()]
    assert piece.endswith(b"data: [DONE]\n\n")
    assert piece == run.body
    assert run.answered_by == "small@near"
    run.close()


async def test_a_hold_grows_while_a_stream_goes_on(stage: Stage):
    stage.upstream.does("good", talks_on())
    ledger = stage.world.engine.state.ledger
    run = stage.run(stage.world.request(stream=True, max_tokens=8000))
    await run.open()
    before = stage.world.held
    async for _ in run.events():
        if run.money() * 2 > before:
            break
    assert stage.world.held > before
    assert run.money() < stage.world.held
    run.close()
    assert ledger.balances(("gateway",), 0)[0].posted == 0


async def drained(run: Run) -> bytes:
    return b"".join([piece async for piece in run.events()])
