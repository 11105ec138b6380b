import msgspec
import pytest

from meritorder.config.compile import TooManyPaths, compile_document, objective
from meritorder.config.document import Document, EndpointSection, ModelSection, ObjectiveSection, SettingsSection
from meritorder.types.ledger import Cap
from meritorder.types.pool import Price
from meritorder.types.units import NANO
from tests.unit.config.documents import ENVIRON, SMALL, compiled

FULL = (
    SMALL
    + """\
budget: {money: $10, per: day}
virtual_models:
  fast: {models: [tiny], objective: cheapest}
policies:
  - name: private-stays-here
    when: {privacy_at_least: personal, intents: [code], keys: [alice]}
    forbid: {zones: [cloud]}
keys:
  alice: {secret: env:ALICE_KEY, budget: {money: $1, per: month}}
  bob: {secret: env:BOB_KEY}
"""
)


def test_endpoints_are_labelled_by_model_and_place():
    generation = compiled(FULL).generation
    assert list(generation.endpoints) == ["tiny@near", "large@far"]
    large = generation.endpoints["large@far"]
    assert large.price == Price(1_250_000_000, 10 * NANO, 1_250_000_000)
    assert (large.first_token, large.tokens_per_second, large.fastest_tokens_per_second) == (800, 60.0, 1000.0)


def test_a_price_at_the_endpoint_comes_before_that_of_the_model():
    text = FULL.replace("serves: [large]", "serves: [{model: large, as: L-1, price: {input: $2, output: $3}}]")
    endpoint = compiled(text).generation.endpoints["large@far"]
    assert (endpoint.price.input, endpoint.upstream_model) == (2 * NANO, "L-1")


def test_cached_input_may_have_a_price_of_its_own():
    text = FULL.replace("output: $10}", "output: $10, cached_input: $0.125}")
    assert compiled(text).generation.endpoints["large@far"].price.cached_input == 125_000_000


def test_a_usual_speed_above_the_fastest_that_is_usual_raises_it():
    text = FULL.replace("zone: cloud, key", "zone: cloud, speed: {tokens_per_second: 3000}, key")
    assert compiled(text).generation.endpoints["large@far"].fastest_tokens_per_second == 3000.0


def test_an_answer_may_fill_the_context_unless_the_model_says_less():
    assert compiled(FULL).generation.models["tiny"].max_output == 8192


def test_auto_is_the_choice_among_all_models_for_the_documents_objective():
    virtual = compiled(FULL).generation.virtual
    assert virtual["auto"].models == {"tiny", "large"}
    assert virtual["auto"].objective.name == "balanced"
    assert (virtual["fast"].models, virtual["fast"].objective.name) == ({"tiny"}, "cheapest")


def test_auto_may_be_defined_anew():
    auto = compiled(SMALL + "virtual_models: {auto: {models: [tiny], objective: best}}\n").generation.virtual["auto"]
    assert (auto.models, auto.objective.name) == ({"tiny"}, "best")


def test_accounts_with_a_budget_have_a_cap_and_the_gateway_pays_first():
    configuration = compiled(FULL)
    assert configuration.generation.caps == {
        "gateway": Cap("gateway", 10 * NANO, "day"),
        "key:alice": Cap("key:alice", NANO, "month"),
    }
    by_name = {each.name: each.accounts for each in configuration.principals.values()}
    assert by_name == {"alice": ("gateway", "key:alice"), "bob": ("gateway", "key:bob")}


def test_rules_keep_their_order_and_parts():
    (rule,) = compiled(FULL).generation.rules
    assert (rule.name, rule.when.privacy_at_least, rule.when.intents) == ("private-stays-here", "personal", {"code"})
    assert (rule.when.keys, rule.forbid.zones, rule.forbid.models) == ({"alice"}, {"cloud"}, frozenset())


def test_a_dial_never_declines_and_a_stated_worth_may():
    assert not objective("best").may_decline
    stated = objective(ObjectiveSection.model_validate({"value": "$0.02", "deadline": "20s"}))
    assert (stated.value, stated.failure_cost, stated.deadline) == (NANO // 50, 0, 20_000)
    assert (stated.late_second, stated.may_decline) == (NANO // 500, True)


def test_equal_documents_have_equal_digests_whatever_the_secrets():
    one = compiled(FULL).generation.digest
    other = compiled(
        "# a comment\n" + FULL, ENVIRON | {"OPENAI_API_KEY": "rotated", "BOB_KEY": "new"}
    ).generation.digest
    assert one == other
    assert len(one) == 12


@pytest.mark.parametrize(
    ("old", "new"),
    [("quality: 0.9", "quality: 0.91"), ("$10, per: day", "$11, per: day"), ("api.example", "api2.example")],
)
def test_a_change_of_content_changes_the_digest(old: str, new: str):
    assert compiled(FULL).generation.digest != compiled(FULL.replace(old, new)).generation.digest


def test_secrets_are_in_the_connections_and_nowhere_else():
    configuration = compiled(FULL)
    assert configuration.connections["large@far"].key == "sk-of-openai"
    assert "sk-of-openai" not in repr(configuration)
    assert b"sk-of-openai" not in msgspec.json.encode(configuration.generation)


def test_a_model_with_declared_confidence_drafts_for_a_better_one():
    text = FULL.replace("context: 8192", "context: 8192, confidence: {intercept: 1.2, slope: 2.5}")
    names = [path.name for path in compiled(text).generation.paths]
    assert names == ["answer:tiny@near", "answer:large@far", "escalate:tiny@near>large@far"]
    assert [path.program for path in compiled(text + "paths: [answer]\n").generation.paths] == ["answer", "answer"]


def test_more_paths_than_can_be_compared_are_refused():
    given = {"context": 100, "price": {"input": "$1", "output": "$1"}, "confidence": {"intercept": 0, "slope": 1}}
    models = {f"m{n}": ModelSection.model_validate(given | {"quality": n / 250}) for n in range(250)}
    endpoint = EndpointSection.model_validate({"url": "http://x", "zone": "site", "serves": list(models)})
    document = Document(SettingsSection(version=1), models, {"e": endpoint}, {}, {}, {}, {})
    with pytest.raises(TooManyPaths):
        compile_document(document, {})
