"""Answer small, ask on where the small one was not sure: from the request to the record."""

import json
from pathlib import Path

import pytest

from meritorder.errors import UpstreamError
from meritorder.types.outcome import Completed, Failed
from tests.fakes import faults
from tests.fakes.answers import Answer, says, talks_on
from tests.fakes.faults import midway
from tests.fakes.upstream import Upstream
from tests.fakes.world import World, cascade, consistent, running
from tests.unit.providers.dialects.chat import chunks, completion

DRAFT = ("It", " is", " unusual", ".")
STRONG = ("Clause", " seven", " caps", " liability", " twice", ".")
SURE, UNSURE = -0.001, -5.0
BOTH = ["small@near", "large@far"]

either_way = pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])


def scripted(upstream: Upstream, sure: float) -> None:
    upstream.does("draft", says(Answer(tokens=DRAFT, logprob=sure)))
    upstream.does("strong", says(Answer(tokens=STRONG)))


def outcome(world: World) -> Completed:
    (record,) = world.records()
    assert record.decision.chosen.path.program == "escalate"
    assert isinstance(record.outcome, Completed)
    return record.outcome


@either_way
async def test_a_draft_that_is_sure_of_itself_is_kept_and_the_strong_model_never_asked(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        scripted(upstream, SURE)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            body = await world.ask(world.request(stream=stream))
        consistent(world)
    assert text(body, stream=stream) == "".join(DRAFT)
    assert not upstream.asked("strong")
    ended = outcome(world)
    assert ended.answered_by == "small@near"
    assert [step.endpoint for step in ended.steps] == BOTH[:1]
    assert ended.steps[0].confidence > 0.9
    assert world.posted == ended.steps[0].money > 0


@either_way
async def test_a_draft_that_is_not_sure_is_never_shown_and_both_steps_are_paid(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        scripted(upstream, UNSURE)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            body = await world.ask(world.request(stream=stream))
        consistent(world)
    assert text(body, stream=stream) == "".join(STRONG)
    assert b" unusual" not in body
    ended = outcome(world)
    assert ended.answered_by == "large@far"
    assert [step.endpoint for step in ended.steps] == BOTH
    assert 0 <= ended.steps[0].confidence < 0.1
    assert ended.steps[1].confidence == -1.0
    assert all(step.money > 0 for step in ended.steps)
    assert world.posted == sum(step.money for step in ended.steps)


async def test_the_chunks_of_a_kept_draft_arrive_whole_and_in_order_without_its_log_probabilities(tmp_path: Path):
    async with Upstream() as upstream:
        scripted(upstream, SURE)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            body = await world.ask(world.request(stream=True))
    read = chunks(body)
    assert [chunk.choices[0].delta.content for chunk in read] == ["", *DRAFT, None]
    assert [chunk.choices[0].finish_reason for chunk in read] == [None] * 5 + ["stop"]
    assert all(chunk.choices[0].logprobs is None for chunk in read)
    assert upstream.seen[0].body["logprobs"] is True


async def test_a_kept_draft_that_is_whole_has_no_log_probabilities(tmp_path: Path):
    async with Upstream() as upstream:
        scripted(upstream, SURE)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            body = await world.ask(world.request())
    assert completion(body).choices[0].logprobs is None
    assert upstream.seen[0].body["logprobs"] is True


@either_way
async def test_log_probabilities_that_the_client_asked_for_are_those_of_the_answer_it_gets(
    tmp_path: Path, stream: bool
):
    async with Upstream() as upstream:
        scripted(upstream, UNSURE)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            body = await world.ask(world.request(stream=stream, logprobs=True))
    if stream:
        found = [choice.logprobs for chunk in chunks(body) for choice in chunk.choices if choice.logprobs]
        tokens = [token.token for each in found for token in each.content or ()]
    else:
        found = completion(body).choices[0].logprobs
        assert found is not None
        tokens = [token.token for token in found.content or ()]
    assert tokens == list(STRONG)


async def test_the_strong_answer_is_forwarded_as_it_comes(tmp_path: Path):
    async with Upstream() as upstream:
        scripted(upstream, UNSURE)
        upstream.does("strong", talks_on(pace=0.002))
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            async with world.engine.serve(world.request(stream=True)) as reply:
                events = reply.events()
                for _ in range(3):
                    assert b" and" in await anext(events)
                await events.aclose()
            await upstream.quiet()
        consistent(world)


@either_way
async def test_the_strong_model_is_asked_what_the_client_asked_and_not_for_evidence(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        scripted(upstream, UNSURE)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            await world.ask(world.request(stream=stream, temperature=0.25))
    draft, strong = (seen.body for seen in upstream.seen)
    assert "logprobs" not in strong
    same = strong.keys() - {"model"}
    assert {name: draft[name] for name in same} == {name: strong[name] for name in same}
    assert strong["temperature"] == 0.25


@either_way
async def test_a_draft_without_log_probabilities_is_no_evidence_and_the_prior_decides(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        scripted(upstream, SURE)
        upstream.does("draft", says(Answer(tokens=DRAFT, thoughts=("hm",))), says(Answer(tokens=(), thoughts=DRAFT)))
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            await world.ask(world.request(stream=stream))
            upstream.forget()
            await world.ask(world.request(stream=stream))
    assert [seen.model for seen in upstream.seen] == ["draft", "strong"]
    last = world.records()[-1].outcome
    assert isinstance(last, Completed)
    assert last.steps[0].confidence == pytest.approx(0.5, abs=0.2)


@either_way
async def test_when_the_draft_fails_the_strong_model_answers_and_both_attempts_are_recorded(
    tmp_path: Path, stream: bool
):
    async with Upstream() as upstream:
        scripted(upstream, SURE)
        upstream.does("draft", midway(faults.then_reset))
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            body = await world.ask(world.request(stream=stream))
        consistent(world)
    assert text(body, stream=stream) == "".join(STRONG)
    first, second = (record.outcome for record in world.records())
    assert isinstance(first, Failed)
    assert isinstance(second, Completed)
    assert first.settlement.posted > 0


@either_way
async def test_when_the_strong_model_fails_before_content_the_small_one_answers(tmp_path: Path, stream: bool):
    async with Upstream() as upstream:
        scripted(upstream, UNSURE)
        upstream.does("strong", faults.slams)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            body = await world.ask(world.request(stream=stream))
        consistent(world)
    assert text(body, stream=stream) == "".join(DRAFT)
    first, second = (record.outcome for record in world.records())
    assert isinstance(first, Failed)
    assert [step.fault for step in first.steps] == ["", "upstream_cut"]
    assert first.settlement.posted == sum(step.money for step in first.steps) > 0
    assert isinstance(second, Completed)
    assert second.answered_by == "small@near"


async def test_when_the_strong_model_fails_after_content_that_is_the_end(tmp_path: Path):
    async with Upstream() as upstream:
        scripted(upstream, UNSURE)
        upstream.does("strong", midway(faults.then_reset))
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            with pytest.raises(UpstreamError):
                await world.ask(world.request(stream=True))
        consistent(world)
    (record,) = world.records()
    assert isinstance(record.outcome, Failed)
    assert [step.fault for step in record.outcome.steps] == ["", "upstream_cut"]


async def test_a_client_that_names_a_model_gets_that_model_without_a_draft(tmp_path: Path):
    async with Upstream() as upstream:
        scripted(upstream, SURE)
        async with running(tmp_path, cascade(upstream.url), upstream) as world:
            await world.ask(world.request(model="large"))
    assert [seen.model for seen in upstream.seen] == ["strong"]


def text(body: bytes, *, stream: bool) -> str:
    if stream:
        return "".join(choice.delta.content or "" for chunk in chunks(body) for choice in chunk.choices)
    return json.loads(body)["choices"][0]["message"]["content"]
