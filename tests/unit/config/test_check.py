import pytest

from tests.unit.config.documents import SMALL, codes, diagnostics, only, pointed_at

LOCAL = """\
version: 1
models:
  smollm2-135m: {quality: 0.35, context: 8192}
endpoints:
  local: {embedded: smollm2-135m}
"""


def test_a_small_document_is_in_order():
    assert diagnostics(SMALL) == ()
    assert diagnostics(LOCAL) == ()


@pytest.mark.parametrize(
    ("addition", "code", "message", "at"),
    [
        ("virtual_models: {fast: {models: [tinny]}}", "C-011", "unknown model `tinny`", "tinny"),
        ("virtual_models: {tiny: {}}", "C-032", "`tiny` is a model already", "tiny"),
        ("policies: [{name: x, forbid: {models: [larg]}}]", "C-011", "unknown model `larg`", "larg"),
        ("policies: [{name: x, forbid: {endpoints: [fra]}}]", "C-012", "unknown endpoint `fra`", "fra"),
        ("policies: [{name: x, when: {keys: [bob]}, forbid: {zones: [cloud]}}]", "C-013", "unknown key `bob`", "bob"),
        ("policies: [{name: x, forbid: {}}]", "C-040", "rule `x` forbids nothing", "forbid"),
        ("policies: [{name: x, forbid: {zones: [cloud]}}, {name: x, forbid: {zones: [site]}}]", "C-036",
         "two rules are named `x`", "x"),
        ("policies: [{name: x, forbid: {zones: [cloud, device]}}]", "C-041",
         "rule `x` can never permit anything", "forbid"),
        ("policies: [{name: x, forbid: {zones: [cloud]}}, {name: y, forbid: {models: [tiny]}}]", "C-041",
         "rules `x`, `y` can never permit anything", "forbid"),
        ("keys: {anyone: {secret: env:ALICE_KEY}}", "C-032", "`anyone` cannot be the name of a key", "anyone"),
    ],
)  # fmt: skip
def test_what_sections_say_of_each_other_must_hold(addition: str, code: str, message: str, at: str):
    text = f"{SMALL}{addition}\n"
    found = only(text)
    assert (found.code, found.message) == (code, message)
    assert pointed_at(text, found) == at


def test_a_rule_for_some_work_may_forbid_every_endpoint():
    rule = "{name: x, when: {privacy_at_least: secret}, forbid: {zones: [cloud, device]}}"
    assert diagnostics(f"{SMALL}policies: [{rule}]\n") == ()


def test_an_always_applying_rule_may_be_spelled_with_every_key():
    rule = "{name: x, when: {keys: [alice]}, forbid: {zones: [cloud, device]}}"
    assert codes(f"{SMALL}keys: {{alice: {{secret: env:ALICE_KEY}}}}\npolicies: [{rule}]\n") == ["C-041"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("serves: [large]", "serves: [lage]", ["C-011"]),
        ("price: {input: $1.25, output: $10}", "max_output: 10", ["C-034"]),
        ("context: 8192", "context: 8192, max_output: 9000", ["C-022"]),
        ("zone: cloud, ", "", ["C-020"]),
        (", serves: [large]", "", ["C-020"]),
        ('url: "https://api.example.com/v1", ', "", ["C-020"]),
        ("serves: [large]", "serves: [large, large]", ["C-036"]),
        ("zone: cloud", "zone: cloud, speed: {tokens_per_second: 50, fastest: 20}", ["C-022"]),
        ("https://api", "http://api", ["C-202"]),
        ("  tiny:", "  auto: {quality: 1, context: 1}\n  tiny:", ["C-032"]),
        ("  tiny:", "  spare: {quality: 1, context: 1}\n  tiny:", ["C-201"]),
        ("  tiny:", "  a b: {quality: 1, context: 1}\n  tiny:", ["C-030"]),
    ],
)
def test_an_endpoint_or_model_that_cannot_work_is_refused(old: str, new: str, found: list[str]):
    assert old in SMALL
    assert codes(SMALL.replace(old, new, 1)) == found


def test_a_missing_price_says_how_to_write_that_there_is_none():
    found = only(SMALL.replace(", price: {input: $1.25, output: $10}", ""))
    assert found.message == "no price is known for `large` at endpoint `far`"
    assert "`price: {input: $0, output: $0}`" in found.help


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("embedded: smollm2", ["C-014"]),
        ("embedded: smollm2-135m, url: 'http://x'", ["C-031"]),
        ("embedded: smollm2-135m, key: env:ALICE_KEY", ["C-031"]),
        ("embedded: smollm2-135m, dialect: openai", ["C-031"]),
        ("embedded: smollm2-135m, zone: cloud", ["C-031"]),
        ("embedded: smollm2-135m, serves: [{model: smollm2-135m, as: x}]", ["C-031"]),
        ("embedded: smollm2-135m, zone: device", []),
    ],
)
def test_the_embedded_model_has_no_address(settings: str, found: list[str]):
    text = LOCAL.replace("embedded: smollm2-135m", settings)
    assert codes(text) == found


def test_the_embedded_model_must_be_among_the_models():
    assert codes(LOCAL.replace("  smollm2-135m: {", "  other: {")) == ["C-011"]


def test_a_document_without_endpoints_serves_nobody():
    assert codes("version: 1\n") == ["C-033"]
