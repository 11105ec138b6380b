from meritorder.types.request import Principal
from tests.unit.config.documents import SMALL, compiled


def test_without_keys_anyone_may_ask():
    configuration = compiled(SMALL)
    assert configuration.is_open
    assert configuration.admit("") == Principal("anyone", ("gateway",))


def test_whoever_asks_at_an_open_gateway_spends_its_budget():
    assert compiled(SMALL + "budget: {money: $1, per: total}\n").admit("x") == Principal("anyone", ("gateway",))


def test_with_keys_a_stranger_is_nobody():
    configuration = compiled(SMALL + "keys: {alice: {secret: env:ALICE_KEY}}\n")
    assert configuration.admit("alices-own") == Principal("alice", ("gateway", "key:alice"))
    assert configuration.admit("guess") is None
    assert configuration.admit("\ud800") is None
