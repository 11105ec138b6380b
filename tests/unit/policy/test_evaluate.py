from collections.abc import Iterable

import pytest

from meritorder.policy.evaluate import applying, forbidding
from meritorder.types.caller import PRIVACY_CLASSES, PrivacyClass
from meritorder.types.pool import Zone
from meritorder.types.workload import Intent
from tests.builders import a_rule, a_workload, an_endpoint

ENDPOINT = an_endpoint("small", "here", zone="cloud")


def applies(
    *,
    privacy_at_least: PrivacyClass = "public",
    intents: Iterable[Intent] = (),
    keys: Iterable[str] = (),
    privacy: PrivacyClass = "public",
    intent: Intent = "answer",
    principal: str = "ada",
) -> bool:
    rule = a_rule(privacy_at_least=privacy_at_least, intents=intents, keys=keys)
    return applying([rule], a_workload(privacy=privacy, intent=intent), principal) == (rule,)


def forbidden(*, zones: Iterable[Zone] = (), models: Iterable[str] = (), endpoints: Iterable[str] = ()) -> bool:
    return forbidding([a_rule(zones=zones, models=models, endpoints=endpoints)], ENDPOINT) is not None


def test_a_rule_without_a_condition_always_applies():
    assert applies()


@pytest.mark.parametrize("least", PRIVACY_CLASSES)
@pytest.mark.parametrize("privacy", PRIVACY_CLASSES)
def test_a_rule_for_private_work_applies_to_that_class_and_those_above(least: PrivacyClass, privacy: PrivacyClass):
    expected = PRIVACY_CLASSES.index(privacy) >= PRIVACY_CLASSES.index(least)
    assert applies(privacy_at_least=least, privacy=privacy) is expected


def test_a_rule_for_tasks_applies_to_those_only():
    assert applies(intents=("code", "maths"), intent="code")
    assert not applies(intents=("code", "maths"), intent="plan")


def test_a_rule_for_keys_applies_to_those_only():
    assert applies(keys=("ada", "bob"), principal="bob")
    assert not applies(keys=("ada", "bob"), principal="eve")


def test_every_part_of_a_condition_must_hold():
    assert applies(privacy_at_least="personal", intents=("code",), keys=("ada",), privacy="secret", intent="code")
    assert not applies(privacy_at_least="personal", intents=("code",), keys=("ada",), privacy="public", intent="code")
    assert not applies(privacy_at_least="personal", intents=("code",), keys=("ada",), privacy="secret", intent="plan")
    assert not applies(privacy_at_least="personal", intents=("code",), keys=("bob",), privacy="secret", intent="code")


def test_the_rules_that_apply_keep_their_order():
    rules = [a_rule("a"), a_rule("b", intents=("plan",)), a_rule("c")]
    assert [rule.name for rule in applying(rules, a_workload(), "ada")] == ["a", "c"]


def test_a_rule_without_a_scope_forbids_nothing():
    assert not forbidden()


def test_a_rule_forbids_what_any_part_of_its_scope_matches():
    assert forbidden(zones=("cloud",))
    assert forbidden(models=("small",))
    assert forbidden(endpoints=("here",))
    assert forbidden(zones=("device",), models=("big",), endpoints=("here",))


def test_a_rule_leaves_alone_what_no_part_of_its_scope_matches():
    assert not forbidden(zones=("device", "site"), models=("here",), endpoints=("small",))


def test_the_first_rule_that_forbids_is_named():
    rules = [a_rule("a", zones=("device",)), a_rule("b", zones=("cloud",)), a_rule("c", models=("small",))]
    found = forbidding(rules, ENDPOINT)
    assert found is not None
    assert found.name == "b"
    assert forbidding([], ENDPOINT) is None
