import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meritorder.config.configuration import Configuration
from meritorder.config.diagnose import ConfigurationInvalid, Diagnostic, render
from meritorder.config.load import load, parse
from meritorder.config.secret import Secrets
from meritorder.config.source import LARGEST, Source
from tests.unit.config.documents import ENVIRON, SMALL, codes, diagnostics, only

NOWHERE = Secrets({}, Path("no-such-folder"))
WORDS = st.sampled_from(
    [
        "version",
        "models",
        "endpoints",
        "policies",
        "keys",
        "budget",
        "quality",
        "serves",
        "key",
        "embedded",
        "price",
        "1",
        "0.5",
        "$1",
        "5s",
        "env:X",
        "auto",
        "smollm2-135m",
        "day",
        "cloud",
        "<<",
        "~",
        "on",
        "é",
        "\x1b[0m",
    ]
)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=20
)


def outcome(raw: bytes) -> tuple[Diagnostic, ...]:
    try:
        return parse(raw, "x.yaml", NOWHERE).diagnostics
    except ConfigurationInvalid as invalid:
        found = invalid.diagnostics
    assert any(each.severity == "error" for each in found)
    return found


def assert_in_the_file(raw: bytes, found: tuple[Diagnostic, ...]) -> None:
    lines = Source("x.yaml", raw)._lines
    for each in found:
        if each.line:
            assert 1 <= each.line <= len(lines)
            assert 1 <= each.column <= len(lines[each.line - 1]) + 1
            assert 0 <= each.length <= len(lines[each.line - 1]) + 1 - each.column or each.length == 1
    render(found, "nothing was put in force")


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"a: \xe2\x80\xa8- \xc2\x85\tb")
@example(b"%TAG ! \xc3\xa9\n--- !x a")
def test_any_bytes_give_a_configuration_or_diagnostics_inside_the_file(raw: bytes):
    assert_in_the_file(raw, outcome(raw))


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%@`#,? \n\t$1."), max_size=200))
def test_any_yaml_like_text_gives_diagnostics_inside_the_file(text: str):
    assert_in_the_file(text.encode(), outcome(text.encode()))


@given(st.dictionaries(WORDS, VALUES, max_size=6))
@settings(max_examples=200)
def test_any_settings_give_diagnostics_inside_the_file(data: dict[str, object]):
    raw = repr(data).encode()
    assert_in_the_file(raw, outcome(raw))


@given(st.data())
def test_a_document_with_any_part_cut_out_is_read_to_the_end(data: st.DataObject):
    start = data.draw(st.integers(0, len(SMALL)))
    raw = (SMALL[:start] + SMALL[start + data.draw(st.integers(0, 40)) :]).encode()
    assert_in_the_file(raw, outcome(raw))


@pytest.mark.parametrize(
    "text",
    [
        "[" * LARGEST,
        "a: " * (LARGEST // 3),
        "- " * (LARGEST // 2),
        "a: 1\n" * (LARGEST // 5),
        "{a: " + "b" * (LARGEST - 10) + "}",
        "models:\n" + "".join(f"  m{n}: {{}}\n" for n in range(60_000)),
        "policies: [" + "{}," * 300_000 + "]",
        "models: {m: {quality: 1, context: 1}}\nendpoints: {e: {serves: [" + "m," * 90_000 + "]}}",
        "key: " + "a-" * 500_000,
        "a: &a [x]\nb: [" + "*a," * 300_000 + "]",
    ],
    ids=["brackets", "colons", "dashes", "twice", "long", "models", "rules", "serves", "masks", "aliases"],
)
def test_a_large_hostile_document_is_refused_in_bounded_time(text: str):
    begin = time.process_time()
    assert outcome(text.encode()[:LARGEST])
    assert time.process_time() - begin < 20


def test_a_file_is_loaded(tmp_path: Path):
    file = tmp_path / "meritorder.yaml"
    file.write_text(SMALL)
    configuration = load(file, ENVIRON)
    assert isinstance(configuration, Configuration)
    assert configuration.connections["large@far"].key == "sk-of-openai"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.yaml", "the file cannot be read: no such file or directory"),
        (".", "the file cannot be read: is a directory"),
        ("a\0b", "the file cannot be read: not a path"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_diagnostic(name: str, message: str, tmp_path: Path):
    with pytest.raises(ConfigurationInvalid) as caught:
        load(tmp_path / name, {})
    (found,) = caught.value.diagnostics
    assert (found.code, found.line, found.message) == ("C-001", 0, message)


def test_warnings_come_with_the_configuration():
    (found,) = diagnostics(SMALL.replace("  tiny:", "  spare: {quality: 1, context: 1}\n  tiny:"))
    assert (found.severity, found.message) == ("warning", "no endpoint serves model `spare`")


def test_a_variable_that_is_not_set_is_an_error_where_it_is_named():
    (found,) = diagnostics(SMALL, environ={})
    assert (found.code, found.message) == ("C-035", "the variable `OPENAI_API_KEY` is not set")


def test_two_keys_cannot_have_the_same_secret():
    text = SMALL + "keys:\n  alice: {secret: env:ALICE_KEY}\n  bob: {secret: env:ALICE_KEY}\n"
    found = only(text)
    assert (found.code, found.message) == ("C-036", "keys `alice` and `bob` have the same secret")
    assert "alices-own" not in found.help


def test_endpoints_may_share_a_key():
    second = '  more: {url: "https://b.example.com", zone: cloud, key: env:OPENAI_API_KEY, serves: [large]}\n'
    assert codes(SMALL + second) == []


@pytest.mark.parametrize(
    "line",
    [
        "  far: {url: https://x.example, key: hunter2hunter2, zone: clout, serves: [large]}",
        "  far:\n    url: https://x.example\n    zone: cloud\n    serves: [large]\n    key: >-\n      hunter2hunter2",
        "keys:\n  alice: {secret: hunter2hunter2, budgett: 3}",
        "keys:\n  alice: hunter2hunter2",
        "keys: {alice: hunter2hunter2",
        "keys:\n  alice: {secret: [hunter2hunter2]}",
        "keys:\n  alice: {secret: {hunter2hunter2: 1}}",
    ],
)
def test_a_secret_that_was_written_down_is_in_no_diagnostic(line: str):
    shown = render(diagnostics(SMALL.rsplit("  far", 1)[0] + line + "\n"), "x")
    assert "hunter2" not in shown
