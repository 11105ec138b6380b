"""Every way in which an upstream fails, against what the client is told, what is recorded, and what is charged."""

import asyncio
import json
from pathlib import Path

import pytest
from msgspec import Struct

from meritorder.errors import Refused, UpstreamError
from meritorder.types.outcome import Completed, Failed
from tests.fakes import faults
from tests.fakes.answers import TOKENS, Answer, says, talks_on
from tests.fakes.faults import midway, refuses, says_error
from tests.fakes.upstream import Behaviour, ClosedPort, Upstream
from tests.fakes.world import World, consistent, pair, running, single


class Fault(Struct, frozen=True):
    """One way to fail: its codes where the answer is whole and where it is streamed, and what it means.

    A fault that is `billed` may have cost the upstream something; one that is not said itself that it did
    not answer. `elsewhere` is false for what no other endpoint could do better.
    """

    behaviour: Behaviour
    whole: str
    stream: str = ""
    billed: bool = True
    elsewhere: bool = True

    def code(self, *, stream: bool) -> str:
        return self.stream if stream and self.stream else self.whole


def declines(behaviour: Behaviour, code: str, *, elsewhere: bool = True) -> Fault:
    return Fault(behaviour, code, billed=False, elsewhere=elsewhere)


def garbage(behaviour: Behaviour) -> Fault:
    return Fault(behaviour, "upstream_garbage")


TOO_LONG = {"message": "maximum context length is 8192 tokens", "code": "context_length_exceeded"}
DIED = {"message": "the engine died", "type": "server_error", "code": None}
BUSY = {"message": "Overloaded", "type": "overloaded_error"}

EARLY = {
    "closes before any header": Fault(faults.slams, "upstream_cut"),
    "resets before any header": Fault(faults.resets, "upstream_cut"),
    "says nothing": Fault(faults.is_mute, "upstream_timeout"),
    "says nothing after its headers": Fault(faults.stalls_after_the_head, "upstream_timeout"),
    "status 400": declines(refuses(400, {"message": "bad tool"}), "upstream_rejected", elsewhere=False),
    "status 400, too long": declines(refuses(400, TOO_LONG), "context_length_exceeded"),
    "status 401": declines(refuses(401, {"message": "Incorrect API key"}), "upstream_auth"),
    "status 404": declines(refuses(404, {"message": "no such model"}), "upstream_model_not_found"),
    "status 429": declines(refuses(429, {"message": "slow down"}, retry_after="7"), "upstream_rate_limited"),
    "status 429, no quota": declines(refuses(429, {"message": "-", "code": "insufficient_quota"}), "upstream_auth"),
    "status 500": declines(refuses(500, DIED), "upstream_error"),
    "status 503": declines(refuses(503, {"message": "loading"}), "upstream_error"),
    "status 529": declines(refuses(529, BUSY), "upstream_overloaded"),
    "a page of HTML": garbage(faults.sends_html),
    "broken JSON": garbage(faults.sends_broken_json),
    "text that is not text": garbage(faults.sends_invalid_utf8),
    "far too much": garbage(faults.sends_far_too_much),
    "an error inside a 200": declines(says_error(DIED), "upstream_error"),
    "an overload inside a 200": declines(says_error(BUSY), "upstream_overloaded"),
    "a body shorter than promised": Fault(faults.promises_too_much, "upstream_cut"),
}

MIDWAY = {
    "falls silent": Fault(midway(faults.then_silence), "upstream_timeout"),
    "closes between events": Fault(midway(faults.then_close), "upstream_cut"),
    "closes between events, not chunked": Fault(midway(faults.then_close, chunked=False), "upstream_cut"),
    "closes inside an event": Fault(midway(faults.then_close_inside_an_event), "upstream_cut"),
    "closes inside an event, not chunked": Fault(
        midway(faults.then_close_inside_an_event, chunked=False), "upstream_cut"
    ),
    "resets": Fault(midway(faults.then_reset), "upstream_cut"),
    "says an error": Fault(
        midway(faults.then_say(json.dumps({"error": DIED}).encode())), "upstream_cut", "upstream_error"
    ),
    "says it is overloaded": Fault(
        midway(faults.then_say(json.dumps({"error": BUSY}).encode())), "upstream_cut", "upstream_overloaded"
    ),
    "says nonsense": Fault(midway(faults.then_say(b"{oops")), "upstream_cut", "upstream_garbage"),
    "says what is not text": Fault(midway(faults.then_say(b'{"x":"\xff\xfe')), "upstream_cut", "upstream_garbage"),
}

either_way = pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])


async def serves_normally(world: World, model: str) -> None:
    """Whatever happened before: the next request is answered, once the endpoint is not resting any more."""
    world.upstream.does(model, says(Answer()))
    world.engine.state.tracker.recovered("m@only")
    for stream in (False, True):
        assert b"unusual" in await world.ask(world.request(stream=stream))


@either_way
@pytest.mark.parametrize("name", [*EARLY, *MIDWAY])
async def test_the_only_endpoint_fails_and_the_client_is_told(tmp_path: Path, name: str, stream: bool):
    fault = (EARLY | MIDWAY)[name]
    async with Upstream() as upstream:
        upstream.does("good", fault.behaviour)
        async with running(tmp_path, single(upstream.url), upstream) as world:
            request = world.request(stream=stream)
            with pytest.raises(UpstreamError) as caught:
                await world.ask(request)
            assert caught.value.code == fault.code(stream=stream)
            assert caught.value.status in {400, 502, 504}
            assert world.held == 0
            charged = world.posted
            await serves_normally(world, "good")
        consistent(world)
    outcome = world.records(request)[0].outcome
    assert isinstance(outcome, Failed)
    assert (outcome.fault, outcome.steps[0].fault) == (fault.code(stream=stream),) * 2
    assert (outcome.settlement.posted > 0) == fault.billed
    assert outcome.settlement.posted == charged


@either_way
@pytest.mark.parametrize("name", EARLY)
async def test_before_anything_was_forwarded_another_endpoint_answers(tmp_path: Path, name: str, stream: bool):
    fault = EARLY[name]
    async with Upstream() as upstream:
        upstream.does("faulty", fault.behaviour)
        upstream.does("good", says(Answer()))
        async with running(tmp_path, pair(upstream.url, upstream.url, "faulty"), upstream) as world:
            request = world.request(stream=stream)
            if fault.elsewhere:
                assert "".join(TOKENS) in told(await world.ask(request), stream=stream)
            else:
                with pytest.raises(UpstreamError):
                    await world.ask(request)
                assert not upstream.asked("good")
        consistent(world)
    first, *others = world.records(request)
    assert isinstance(first.outcome, Failed)
    assert (first.attempt, first.outcome.fault) == (1, fault.code(stream=stream))
    assert (first.outcome.settlement.posted > 0) == fault.billed
    if fault.elsewhere:
        (second,) = others
        assert isinstance(second.outcome, Completed)
        assert (second.attempt, second.outcome.answered_by) == (2, "m@well")
        assert second.outcome.settlement.posted > 0
    assert len(others) == fault.elsewhere


@pytest.mark.parametrize("name", MIDWAY)
async def test_once_content_was_forwarded_nobody_else_answers(tmp_path: Path, name: str):
    fault = MIDWAY[name]
    async with Upstream() as upstream:
        upstream.does("faulty", fault.behaviour)
        upstream.does("good", says(Answer()))
        async with running(tmp_path, pair(upstream.url, upstream.url, "faulty"), upstream) as world:
            request = world.request(stream=True)
            got: list[bytes] = []
            with pytest.raises(UpstreamError) as caught:
                await world.take(request, got)
            assert caught.value.code == fault.code(stream=True)
        consistent(world)
    assert not upstream.asked("good")
    text = told(b"".join(got), stream=True)
    assert text == "".join(faults.ANSWER.tokens[: faults.HALF])
    (record,) = world.records(request)
    assert isinstance(record.outcome, Failed)
    assert record.outcome.steps[0].usage.output >= faults.HALF


@pytest.mark.parametrize("name", MIDWAY)
async def test_half_a_whole_answer_is_nothing_and_another_endpoint_answers(tmp_path: Path, name: str):
    async with Upstream() as upstream:
        upstream.does("faulty", MIDWAY[name].behaviour)
        upstream.does("good", says(Answer()))
        async with running(tmp_path, pair(upstream.url, upstream.url, "faulty"), upstream) as world:
            request = world.request()
            assert "".join(TOKENS) in told(await world.ask(request), stream=False)
        consistent(world)
    assert [type(record.outcome) for record in world.records(request)] == [Failed, Completed]


@either_way
async def test_an_error_in_json_where_a_stream_was_asked_for_leads_elsewhere(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        upstream.does("faulty", faults.sends_an_error_in_a_200)
        upstream.does("good", says(Answer()))
        async with running(tmp_path, pair(upstream.url, upstream.url, "faulty"), upstream) as world:
            request = world.request(stream=stream)
            assert "".join(TOKENS) in told(await world.ask(request), stream=stream)
        consistent(world)
    assert [type(record.outcome) for record in world.records(request)] == [Failed, Completed]


@either_way
async def test_a_closed_port_is_unreachable_and_costs_nothing(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        with ClosedPort() as url:
            async with running(tmp_path, pair(url, upstream.url, "any"), upstream) as world:
                request = world.request(stream=stream)
                assert "".join(TOKENS) in told(await world.ask(request), stream=stream)
            consistent(world)
    first, second = world.records(request)
    assert isinstance(first.outcome, Failed)
    assert (first.outcome.fault, first.outcome.settlement.posted) == ("upstream_unreachable", 0)
    assert isinstance(second.outcome, Completed)


@either_way
@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": -5, "completion_tokens": 3},
        {"prompt_tokens": 5, "completion_tokens": -3},
        {"prompt_tokens": "five", "completion_tokens": "three"},
        {"prompt_tokens": 10**15, "completion_tokens": 10**15},
        {"prompt_tokens": 5, "completion_tokens": 10**40},
        {"prompt_tokens": 5, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 500}},
        {},
    ],
    ids=["negative prompt", "negative output", "words", "huge", "huger", "more cached than prompted", "not told"],
)
async def test_absurd_usage_is_not_believed_and_the_answer_is_charged_as_metered(
    tmp_path: Path, usage: dict[str, object], stream: bool
):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(usage=usage)))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            assert "".join(TOKENS) in told(await world.ask(world.request(stream=stream)), stream=stream)
        consistent(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Completed)
    used = record.outcome.steps[0].usage
    assert (used.basis, used.prompt) == ("metered", record.workload.prompt.bound)
    assert len(TOKENS) <= used.output <= len("".join(TOKENS))
    assert record.outcome.settlement.overrun == 0


async def test_cached_prompt_tokens_are_charged_once_at_their_own_price(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(prompt=16, cached=10)))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            await world.ask(world.request())
        consistent(world)
    assert world.posted == 6 * 1_000 + 10 * 500 + len(TOKENS) * 4_000


@either_way
async def test_a_rest_that_was_asked_for_is_kept(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        upstream.does("good", refuses(429, {"message": "slow down"}, retry_after="7"))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            with pytest.raises(UpstreamError) as caught:
                await world.ask(world.request(stream=stream))
            assert caught.value.retry_after_ms == 7_000
            with pytest.raises(Refused) as refused:
                await world.ask(world.request(stream=stream))
            assert refused.value.refusal.gate == "health"
            assert 0 < refused.value.refusal.retry_at - world.engine.state.clock() <= 7_000
        consistent(world)
    assert len(upstream.seen) == 1


async def test_requests_beside_a_failing_one_are_not_disturbed(tmp_path: Path):
    async with Upstream() as upstream:
        slow = says(Answer(tokens=("a",) * 30, pace=0.005))
        upstream.does("good", slow, slow, faults.resets, midway(faults.then_reset), slow)
        async with running(tmp_path, single(upstream.url), upstream) as world:
            requests = [world.request(stream=bool(number % 2)) for number in range(6)]
            ended = await asyncio.gather(*(world.ask(request) for request in requests), return_exceptions=True)
        consistent(world)
    failed = [each for each in ended if isinstance(each, BaseException)]
    assert [type(each) for each in failed] == [UpstreamError, UpstreamError]
    answers = [each for each in ended if isinstance(each, bytes)]
    assert [told(each, stream=each.startswith(b"data:")) for each in answers] == ["a" * 30] * 4


async def test_an_upstream_that_never_ends_is_ended_by_the_total(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", talks_on(pace=0.01))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            with pytest.raises(UpstreamError) as caught:
                await world.ask(world.request(stream=True))
            assert caught.value.code == "upstream_timeout"
            await upstream.quiet()
        consistent(world)


def told(body: bytes, *, stream: bool) -> str:
    """The text of an answer, whole or in events."""
    if not stream:
        return json.loads(body)["choices"][0]["message"]["content"]
    events = [event.removeprefix(b"data: ") for event in body.split(b"\n\n") if event]
    chunks = [json.loads(event) for event in events if event != b"[DONE]"]
    return "".join(choice["delta"].get("content") or "" for chunk in chunks for choice in chunk["choices"])
