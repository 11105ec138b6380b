import pytest

from tests.unit.config.documents import SMALL, codes, diagnostics, only, pointed_at


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "mend", "at"),
    [
        ("quality: 0.9", "qualty: 0.9, quality: 0.9", "C-010", "unknown setting `qualty` in model `large`",
         "did you mean `quality`?", "qualty"),
        ("version: 1", "version: 1\npolices: []", "C-010", "unknown setting `polices`",
         "did you mean `policies`?", "polices"),
        ("quality: 0.9, ", "", "C-020", "model `large` has no `quality`",
         "a share of right answers, from 0 to 1: `quality: 0.8`", "large"),
        ("output: $10", "cached_input: $1", "C-020", "`price` of model `large` has no `output`",
         "per million tokens: `output: $2.00`", "price"),
        ("version: 1\n", "", "C-020", "the document has no `version`", "add `version: 1`", None),
        ("version: 1", "version: 2", "C-026", "`version` cannot be `2`", "it can be `1`", "2"),
        ("quality: 0.9", "quality: 1.2", "C-022", "`quality` of model `large` must be at most 1, not `1.2`",
         "a share of right answers, from 0 to 1: `quality: 0.8`", "1.2"),
        ("quality: 0.9", "quality: high", "C-021", "`quality` of model `large` must be a number, not `high`",
         "a share of right answers, from 0 to 1: `quality: 0.8`", "high"),
        ("quality: 0.9", "quality: true", "C-021", "`quality` of model `large` must be a number, not `true`",
         "a share of right answers, from 0 to 1: `quality: 0.8`", "true"),
        ("context: 8192", "context: 8192.5", "C-021",
         "`context` of model `tiny` must be a whole number, not `8192.5`",
         "the most tokens that prompt and answer have together: `context: 128000`", "8192.5"),
        ("quality: 0.9", "quality: ~", "C-021", "`quality` of model `large` has no value",
         "give it one, or take the line out", "quality"),
        ("zone: cloud", "zone: clout", "C-026", "`zone` of endpoint `far` cannot be `clout`",
         "did you mean `cloud`?", "clout"),
        ("serves: [large]", "serves: []", "C-022", "`serves` of endpoint `far` must not be empty", "", "serves"),
        ("serves: [large]", "serves: large", "C-021", "`serves` of endpoint `far` must be a list, not `large`",
         "a list of models: `serves: [gpt-5-mini]`", "large"),
        ("context: 8192", "context: 8192, quality_by_intent: {math: 0.5}", "C-026",
         "`quality_by_intent` of model `tiny` cannot be given for `math`", "did you mean `maths`?", "math"),
        ("$1.25", "1.25", "C-023", "`price.input` of model `large` needs its unit: `1.25`",
         "write `$1.25`", "1.25"),
        ("zone: cloud", "zone: cloud, timeouts: {idle: 30}", "C-024",
         "`timeouts.idle` of endpoint `far` needs its unit: `30`", "write `30s`", "30"),
        ("version: 1", "version: 1\nobjective: cheap", "C-026", "`objective` cannot be `cheap`",
         "did you mean `cheapest`?", "cheap"),
        ("version: 1", "version: 1\nobjective: {failure_cost: $1}", "C-020", "`objective` has no `value`",
         "what a right answer is worth: `value: $0.02`", "objective"),
        ("version: 1", "version: 1\npolicies: {a: b}", "C-021", "`policies` must be a list",
         "each rule begins with `- name: …`", "policies"),
        ("version: 1", "version: 1\npolicies: [{name: x, when: {intents: []}, forbid: {zones: [site]}}]", "C-022",
         "`when.intents` of rule `x` must not be empty", "", "intents"),
        ("version: 1", "version: 1\n<<: {}", "C-010", "unknown setting `<<`",
         "merging is not part of the document; write the settings out", "<<"),
    ],
)  # fmt: skip
def test_a_slip_is_named_in_the_users_words(old: str, new: str, code: str, message: str, mend: str, at: str | None):
    text = changed(old, new)
    found = only(text)
    assert (found.code, found.message, found.help) == (code, message, mend)
    assert at is None or pointed_at(text, found) == at


def test_one_wrong_number_hides_no_unknown_model_elsewhere():
    text = changed("quality: 0.9", "quality: 9").replace("serves: [large]", "serves: [large, lage]")
    assert codes(text) == ["C-022", "C-011"]


def test_a_broken_model_is_still_known_by_its_name():
    assert codes(changed("quality: 0.9", "quality: 9")) == ["C-022"]


def test_a_section_that_is_commented_out_counts_as_not_there():
    assert diagnostics(SMALL + "policies:\n#  - name: x\nkeys:\nvirtual_models:\nbudget:\n") == ()


def test_a_secret_below_keys_is_not_repeated():
    found = only(SMALL + "keys:\n  alice: hunter2\n")
    assert (found.code, found.message) == ("C-021", "key `alice` must hold settings")
    assert "hunter2" not in f"{found.message}{found.help}{found.source}"


def test_a_collection_must_hold_names():
    found = only(SMALL + "keys: [a, b]\n")
    assert found.message == "`keys` must hold a name and settings for each key"


def test_an_entry_without_settings_is_named():
    assert only(SMALL + "virtual_models:\n  fast:\n").message == "virtual model `fast` has no settings"


def test_a_rule_without_a_name_is_counted():
    messages = [each.message for each in diagnostics(SMALL + "policies:\n  - forbid: {zones: [site]}\n")]
    assert messages == ["rule 1 has no `name`"]


def test_a_number_cannot_be_infinite():
    assert codes(changed("zone: cloud", "zone: cloud, speed: {tokens_per_second: 1e999}")) == ["C-021"]


def test_the_name_of_a_rule_is_one_printable_line():
    found = only(SMALL + 'policies: [{name: "a\\nb", forbid: {zones: [site]}}]\n')
    assert (found.code, found.message) == ("C-030", "`name` of rule `a\\nb` must be one printable line: `a\\nb`")
