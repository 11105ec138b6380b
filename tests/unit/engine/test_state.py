from pathlib import Path

import pytest

from meritorder.config.configuration import Configuration
from meritorder.engine.state import State, spending, targets
from meritorder.ledger.ledger import Hold
from meritorder.signals.profile import Closeness
from meritorder.types.pool import IDLE
from tests.builders import NOW
from tests.fakes.world import ONE, endpoint, single
from tests.unit.config.documents import compiled
from tests.unit.stores.recorded import a_record, kept

URL = "http://127.0.0.1:1/v1"
ENVIRON = {"ADA_KEY": "ada's own", "UPSTREAM_KEY": "sk-1"}


def configured(text: str = "") -> Configuration:
    return compiled(text or single(URL), ENVIRON)


class Moving:
    """A clock moved by hand, and seeds that count up."""

    def __init__(self) -> None:
        self.now = NOW
        self.seed = 0

    def clock(self) -> int:
        return self.now

    def seeds(self) -> int:
        self.seed += 1
        return self.seed


def state_of(configuration: Configuration, moving: Moving | None = None) -> State:
    moving = moving or Moving()
    return State(configuration, clock=moving.clock, seeds=moving.seeds)


def test_a_snapshot_is_the_world_as_it_is_for_one_principal():
    state = state_of(configured())
    ada = state.configuration.admit("ada's own")
    assert ada is not None
    state.tracker.started("m@only")
    seen = state.snapshot(ada, frozenset(("x@y",)))
    assert seen.generation is state.configuration.generation
    assert (seen.view.principal, seen.view.now, seen.view.seed) == ("ada", NOW, 1)
    assert seen.view.states["m@only"].in_flight == 1
    assert seen.view.tried == {"x@y"}
    assert [balance.account for balance in seen.view.balances] == ["gateway", "key:ada"]


def test_a_snapshot_does_not_move_with_the_world():
    moving = Moving()
    state = state_of(configured(), moving)
    ada = state.configuration.admit("ada's own")
    assert ada is not None
    before = state.snapshot(ada, frozenset())
    state.tracker.started("m@only")
    state.tracker.failed("m@only", NOW, "it broke", 5_000)
    state.ledger.reserve("dec_1", ada.accounts, 100, NOW)
    moving.now += 1
    assert before.view.states.get("m@only", IDLE) == IDLE
    assert [balance.held for balance in before.view.balances] == [0, 0]
    after = state.snapshot(ada, frozenset())
    assert after.view.states["m@only"].resting_until == NOW + 5_000
    assert [balance.held for balance in after.view.balances] == [100, 100]
    assert (after.view.now, after.view.seed) == (NOW + 1, 2)


def test_every_snapshot_has_a_seed_of_its_own():
    state = state_of(configured())
    ada = state.configuration.admit("ada's own")
    assert ada is not None
    assert len({state.snapshot(ada, frozenset()).view.seed for _ in range(10)}) == 10


def test_endpoints_are_joined_with_how_to_reach_them():
    joined = targets(configured())
    assert list(joined) == ["m@only"]
    assert joined["m@only"].endpoint.upstream_model == "good"
    assert joined["m@only"].connection.base_url == URL
    assert joined["m@only"].connection.key == "sk-1"
    assert "sk-1" not in repr(joined)


def test_a_new_configuration_is_taken_up_whole_and_keeps_what_was_spent_and_held():
    state = state_of(configured())
    ada = state.configuration.admit("ada's own")
    assert ada is not None
    hold = state.ledger.reserve("dec_1", ada.accounts, 100, NOW)
    assert isinstance(hold, Hold)
    state.tracker.started("m@only")
    moved = single("http://127.0.0.1:2/v1").replace("$100", "$7")
    state.take_up(configured(moved), {})
    assert state.targets["m@only"].connection.base_url == "http://127.0.0.1:2/v1"
    after = state.snapshot(ada, frozenset()).view
    assert [(balance.limit, balance.held) for balance in after.balances] == [(7 * 10**9, 100), (50 * 10**9, 100)]
    assert after.states["m@only"].in_flight == 1
    state.ledger.settle(hold, 60, NOW)
    assert [(balance.posted, balance.held) for balance in state.ledger.balances(ada.accounts, NOW)] == [(60, 0)] * 2


def test_an_endpoint_that_is_gone_is_in_no_snapshot():
    state = state_of(configured())
    state.tracker.started("m@only")
    header = single(URL).split("paths:")[0]
    state.take_up(configured(f"{header}{ONE}endpoints:\n{endpoint('other', URL, 'good')}"), {})
    ada = state.configuration.admit("ada's own")
    assert ada is not None
    assert state.snapshot(ada, frozenset()).view.states == {}
    assert list(state.targets) == ["m@other"]
    state.tracker.released("m@only")


def test_a_budget_whose_window_is_changed_is_not_refilled(tmp_path: Path):
    state = state_of(configured())
    journal = kept(tmp_path / "records.sqlite", a_record(posted=70, accounts=("gateway", "key:ada")))
    monthly = configured(single(URL).replace("per: total", "per: month"))
    state.take_up(monthly, spending(monthly, journal, NOW))
    assert [balance.posted for balance in state.ledger.balances(("gateway", "key:ada"), NOW)] == [70, 70]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", Closeness(wording=False, privacy=False)),
        ("when: {intents: [code]}", Closeness(wording=True, privacy=False)),
        ("when: {privacy_at_least: secret}", Closeness(wording=False, privacy=False)),
        ("when: {privacy_at_least: personal}", Closeness(wording=False, privacy=True)),
        ("when: {privacy_at_least: sensitive, intents: [code]}", Closeness(wording=True, privacy=True)),
    ],
)
def test_requests_are_read_as_closely_as_is_of_use(line: str, expected: Closeness):
    rule = f"policies:\n  - {{name: some, {line}, forbid: {{models: [m]}}}}\n" if line else ""
    state = state_of(configured())
    state.take_up(configured(single(URL) + rule), {})
    assert state.closeness == expected
