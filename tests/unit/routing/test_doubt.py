import pytest
from msgspec.structs import replace

from meritorder.routing.doubt import hangs_on_doubt
from meritorder.types.snapshot import Snapshot
from meritorder.types.units import NANO
from meritorder.types.workload import Domain, Intent, Reading, Workload
from tests.builders import a_generation, a_model, a_price, a_rule, a_snapshot, a_workload, an_endpoint, an_objective


def work(intent: Intent = "answer", rival: Intent | None = None, other_domain: Domain | None = None) -> Workload:
    return replace(
        a_workload(),
        intent=Reading(intent, 0.5, "the wording", rival),
        domain=Reading("law", 0.5, "the wording", other_domain),
    )


def world(*, forbidden: tuple[Intent, ...] = (), only_small: bool = False) -> Snapshot:
    """A small model that is bad at code, and a big one; what is `forbidden` is denied everywhere."""
    models = [a_model("small", quality=0.9, by_intent={"code": 0.1})]
    endpoints = [an_endpoint("small", "here", zone="site")]
    if not only_small:
        models.append(a_model("big", quality=0.95))
        endpoints.append(an_endpoint("big", "cloud", price=a_price(10.0, 40.0)))
    rules = [a_rule("none of it", intents=forbidden, zones=("site", "cloud"))] if forbidden else []
    return a_snapshot(a_generation(models, endpoints, objective=an_objective(value=NANO // 10), rules=rules))


@pytest.mark.parametrize(("intent", "rival"), [("answer", "code"), ("code", "answer")])
def test_a_doubt_matters_where_another_path_would_be_taken(intent: Intent, rival: Intent):
    assert hangs_on_doubt(work(intent, rival), world())


@pytest.mark.parametrize(
    "workload", [work("answer", "plan"), work("answer", other_domain="history"), work("answer"), work("code")]
)
def test_it_does_not_where_the_path_would_be_the_same(workload: Workload):
    assert not hangs_on_doubt(workload, world())


def test_it_does_not_where_there_is_one_path_only():
    assert not hangs_on_doubt(work("answer", "code"), world(only_small=True))


def test_it_matters_where_one_reading_would_be_refused():
    assert hangs_on_doubt(work("answer", "act"), world(forbidden=("act",)))
