from meritorder.paths.enumerate import bindings, can_draft
from meritorder.types.pool import Calibration, Endpoint, Model, Price

KNOWN = Calibration(1.0, 2.0, (0.5,), "declared")


def model(name: str, quality: float, calibration: Calibration | None = KNOWN) -> Model:
    return Model(name, 1000, 1000, quality, {}, "declared", calibration)


def endpoint(model: str, place: str, *, logprobs: bool = True) -> Endpoint:
    abilities = frozenset({"logprobs"}) if logprobs else frozenset[str]()
    price = Price(0, 0, 0)
    return Endpoint(f"{model}@{place}", place, model, model, "openai", "site", price, abilities, 1, 1.0, 1.0)


MODELS = {"small": model("small", 0.4), "large": model("large", 0.9), "mute": model("mute", 0.5, None)}
PLACES = [endpoint("small", "a"), endpoint("small", "b", logprobs=False), endpoint("large", "a"), endpoint("mute", "a")]
ENDPOINTS = {each.label: each for each in PLACES}


def test_every_endpoint_can_answer():
    assert [path.name for path in bindings(ENDPOINTS, MODELS, ["answer"])] == [
        "answer:small@a",
        "answer:small@b",
        "answer:large@a",
        "answer:mute@a",
    ]


def test_a_draft_escalates_to_every_better_model_and_to_no_other():
    paths = list(bindings(ENDPOINTS, MODELS, ["escalate"]))
    assert [path.name for path in paths] == ["escalate:small@a>large@a", "escalate:small@a>mute@a"]
    assert paths[0].endpoints == ("small@a", "large@a")


def test_a_draft_must_show_how_sure_it_is_and_that_must_be_known():
    assert can_draft(ENDPOINTS["small@a"], MODELS["small"])
    assert not can_draft(ENDPOINTS["small@b"], MODELS["small"])
    assert not can_draft(ENDPOINTS["mute@a"], MODELS["mute"])


def test_the_same_model_elsewhere_is_not_an_escalation():
    places = {each.label: each for each in (endpoint("small", "a"), endpoint("small", "b"))}
    assert list(bindings(places, MODELS, ["escalate"])) == []


def test_a_model_that_is_merely_as_good_is_not_escalated_to():
    equals = {"small": model("small", 0.4), "other": model("other", 0.4)}
    places = {each.label: each for each in (endpoint("small", "a"), endpoint("other", "a"))}
    assert list(bindings(places, equals, ["escalate"])) == []


def test_names_are_unique():
    names = [path.name for path in bindings(ENDPOINTS, MODELS, ["answer", "escalate"])]
    assert len(names) == len(set(names))
