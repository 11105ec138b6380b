from pathlib import Path

from meritorder.config.configuration import Configuration
from meritorder.config.load import load
from meritorder.engine.rehearse import rehearse
from meritorder.gateway.wire import read
from meritorder.routing.decide import decide
from meritorder.types.decision import Decision, Refusal
from meritorder.types.request import Request
from tests.builders import NOW
from tests.fakes.answers import Answer, says
from tests.fakes.upstream import Upstream
from tests.fakes.world import ENVIRON, SECRET, running, single

BODY = b'{"model": "auto", "messages": [{"role": "user", "content": "Is clause seven unusual?"}], "max_tokens": 400}'


def configured(folder: Path, text: str) -> Configuration:
    file = folder / "meritorder.yaml"
    file.write_text(text)
    return load(file, ENVIRON)


def asked(configuration: Configuration) -> Request:
    principal = configuration.admit(SECRET)
    assert principal is not None
    return read(BODY, request_id="req_1", principal=principal, received_at=NOW)


def test_what_would_be_decided_is_decided_and_nothing_is_written(tmp_path: Path):
    configuration = configured(tmp_path, single("http://127.0.0.1:1/v1"))
    journal = tmp_path / "records.db"
    workload, snapshot, decision = rehearse(asked(configuration), configuration, journal)
    assert isinstance(decision, Decision)
    assert decide(workload, snapshot) == decision
    assert snapshot.view.now == NOW
    assert [balance.posted for balance in snapshot.view.balances] == [0, 0]
    assert not journal.exists()


def test_the_same_question_gets_the_same_decision(tmp_path: Path):
    configuration = configured(tmp_path, single("http://127.0.0.1:1/v1"))
    request = asked(configuration)
    first, again = (rehearse(request, configuration, tmp_path / "records.db") for _ in range(2))
    assert first == again


async def test_budgets_stand_as_the_journal_says(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            await world.ask(world.request())
            posted = world.posted
        configuration = configured(tmp_path, single(upstream.url))
        _, snapshot, decision = rehearse(asked(configuration), configuration, world.journal)
        assert isinstance(decision, Decision)
        assert [balance.posted for balance in snapshot.view.balances] == [posted, posted]
        spent = configured(tmp_path, single(upstream.url).replace("$50", "$0.00004"))
        _, _, refusal = rehearse(asked(spent), spent, world.journal)
        assert isinstance(refusal, Refusal)
        assert refusal.gate == "budget"
