"""Which rules apply to a piece of work, and what they forbid."""

from collections.abc import Sequence

from meritorder.types.caller import PRIVACY_CLASSES
from meritorder.types.policy import Condition, Rule, Scope
from meritorder.types.pool import Endpoint
from meritorder.types.workload import Workload


def applying(rules: Sequence[Rule], workload: Workload, principal: str) -> tuple[Rule, ...]:
    """The rules whose condition holds for this work and this principal."""
    return tuple(rule for rule in rules if _holds(rule.when, workload, principal))


def forbidding(rules: Sequence[Rule], endpoint: Endpoint) -> Rule | None:
    """The first of the applying `rules` that forbids `endpoint`."""
    return next((rule for rule in rules if _covers(rule.forbid, endpoint)), None)


def _holds(when: Condition, workload: Workload, principal: str) -> bool:
    return (
        PRIVACY_CLASSES.index(workload.privacy.level) >= PRIVACY_CLASSES.index(when.privacy_at_least)
        and (not when.intents or workload.intent.value in when.intents)
        and (not when.keys or principal in when.keys)
    )


def _covers(scope: Scope, endpoint: Endpoint) -> bool:
    return endpoint.zone in scope.zones or endpoint.model in scope.models or endpoint.name in scope.endpoints
