"""How closely a gateway reads: the third step only where the decision hangs on it, and never as a queue for all."""

import asyncio
import threading

import numpy as np
import pytest

from meritorder.engine.reader import Reader
from meritorder.errors import ConfigError
from meritorder.signals.learned.features import ROWS
from meritorder.signals.learned.heads import Closer, Embedding, Head, Heads
from meritorder.signals.learned.length import Lengths, Spread
from meritorder.signals.profile import CLOSELY, Closeness
from meritorder.signals.recognisers import Recognisers
from meritorder.types.snapshot import Snapshot
from meritorder.types.units import NANO
from meritorder.types.workload import LEVELS
from tests.builders import a_generation, a_model, a_price, a_request, a_snapshot, an_endpoint, an_objective
from tests.unit.signals.reading import Identifier

LABELS = {
    "intent": ("answer", "code"),
    "domain": ("law", "other"),
    "difficulty": LEVELS,
    "stakes": LEVELS,
    "missing": ("-", "goal"),
    "length": ("16", "64"),
    "attack": ("none", "attack"),
    "harm": ("none", "weapons"),
}


def heads() -> Heads:
    """In doubt about the intent, slightly for an answer; any embedding says that it is code."""
    made: dict[str, Head] = {}
    for name, labels in LABELS.items():
        made[name] = Head(labels, sum(len(head.labels) for head in made.values()), 1.0)
    columns = sum(map(len, LABELS.values()))
    bias, closer = np.zeros(columns, np.float32), np.zeros((1, columns), np.float32)
    bias[0], bias[made["domain"].start] = 0.2, 5.0
    closer[0, 1] = 9.0
    weights = np.zeros((ROWS, columns), np.int8)
    extra = Closer(closer, np.zeros(columns, np.float32), np.ones(columns, np.float32))
    return Heads(made, weights, np.ones(columns, np.float32), bias, (), extra)


class Embedder:
    """Stands in for a model of meaning: counts, and waits where it is told to."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.asked: list[str] = []
        self.may_go = threading.Event()
        self.may_go.set()
        self._fault = fault

    def __call__(self, text: str) -> Embedding:
        self.asked.append(text)
        self.may_go.wait(10)
        if self._fault is not None:
            raise self._fault
        return np.ones(1, np.float32)


def reader(embed: Embedder | None) -> Reader:
    return Reader(Recognisers(Identifier(), heads(), Lengths(Spread(0.0, 1.0, 0.5), (16, 64)), embed))


def world(*, code: float = 0.1) -> Snapshot:
    models = [a_model("small", quality=0.9, by_intent={"code": code}), a_model("big", quality=0.95)]
    endpoints = [an_endpoint("small", "here"), an_endpoint("big", "cloud", price=a_price(10.0, 40.0))]
    return a_snapshot(a_generation(models, endpoints, objective=an_objective(value=NANO // 100)))


REQUEST = a_request("sort these cherries")


async def test_where_the_decision_hangs_on_a_doubt_the_meaning_is_read():
    embed = Embedder()
    workload = await reader(embed).read(REQUEST, lambda: CLOSELY, world)
    assert (workload.intent.value, workload.intent.rival) == ("code", None)
    assert embed.asked == ["sort these cherries"]


async def test_where_it_does_not_it_is_left_unread():
    embed = Embedder()
    workload = await reader(embed).read(REQUEST, lambda: CLOSELY, lambda: world(code=0.9))
    assert (workload.intent.value, workload.intent.rival) == ("answer", "code")
    assert embed.asked == []


async def test_without_a_model_of_meaning_the_heads_have_the_last_word():
    assert (await reader(None).read(REQUEST, lambda: CLOSELY, world)).intent.value == "answer"


async def test_what_is_read_by_cues_is_in_no_doubt():
    embed = Embedder()
    await reader(embed).read(REQUEST, lambda: Closeness(wording=False), world)
    assert embed.asked == []


async def test_those_who_would_wait_too_long_go_by_what_the_heads_say():
    embed = Embedder()
    embed.may_go.clear()
    reads = reader(embed)
    waiting = [asyncio.create_task(reads.read(REQUEST, lambda: CLOSELY, world)) for _ in range(4)]
    await asyncio.sleep(0)
    assert (await reads.read(REQUEST, lambda: CLOSELY, world)).intent.value == "answer"
    embed.may_go.set()
    assert {workload.intent.value for workload in await asyncio.gather(*waiting)} == {"code"}
    assert (await reads.read(REQUEST, lambda: CLOSELY, world)).intent.value == "code"


async def test_a_client_that_leaves_does_not_make_room_for_more_than_can_be_served():
    embed = Embedder()
    embed.may_go.clear()
    reads = reader(embed)
    for _ in range(12):
        leaving = asyncio.create_task(reads.read(REQUEST, lambda: CLOSELY, world))
        await asyncio.sleep(0.01)
        leaving.cancel()
    assert len(embed.asked) == 1
    embed.may_go.set()
    await asyncio.sleep(0.05)
    assert (await reads.read(REQUEST, lambda: CLOSELY, world)).intent.value == "code"


async def test_what_came_into_force_while_it_waited_is_read_for():
    embed = Embedder()
    embed.may_go.clear()
    closeness = [CLOSELY]
    waiting = asyncio.create_task(reader(embed).read(REQUEST, lambda: closeness[0], world))
    await asyncio.sleep(0.01)
    closeness[0] = Closeness(wording=False)
    embed.may_go.set()
    assert (await waiting).domain.evidence == "not read"


@pytest.mark.parametrize("fault", [ConfigError("the file is another"), RuntimeError("the file is another")])
async def test_a_model_that_cannot_be_used_is_told_once_and_not_asked_again(
    fault: Exception, caplog: pytest.LogCaptureFixture
):
    embed = Embedder(fault)
    reads = reader(embed)
    for _ in range(3):
        assert (await reads.read(REQUEST, lambda: CLOSELY, world)).intent.value == "answer"
    assert len(embed.asked) == 1
    assert [record.message for record in caplog.records] == [
        "requests are read without embeddings: the file is another"
    ]
