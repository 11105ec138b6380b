import pytest

from meritorder.config.findings import Findings
from meritorder.config.locate import Located, locate
from meritorder.config.source import Source, Span, Unreadable


def located(text: str) -> Located:
    source = Source("x.yaml", text.encode())
    return locate(source, Findings(source))


def refused(text: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        located(text)
    return caught.value


def test_every_key_and_value_has_its_place():
    found = located("models:\n  tiny: {quality: 0.5, tags: [a, bc]}\n")
    assert found.data == {"models": {"tiny": {"quality": 0.5, "tags": ["a", "bc"]}}}
    assert found.key(("models", "tiny", "quality")) == Span(2, 10, 7)
    assert found.value(("models", "tiny", "quality")) == Span(2, 19, 3)
    assert found.value(("models", "tiny", "tags", 1)) == Span(2, 34, 2)


def test_what_is_not_written_has_the_place_of_what_is_around_it():
    found = located("models:\n  tiny: {quality: 0.5}\n")
    assert found.key(("models", "tiny", "context")) == Span(2, 3, 4)
    assert found.value(("endpoints",)) == Span(0, 0, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("-3", -3),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("", None),
        ("~", None),
        ("on", "on"),
        ("no", "no"),
        ("1:30", "1:30"),
        ("0x10", "0x10"),
        ("2025-08-07", "2025-08-07"),
        ("$0.25", "$0.25"),
        ("'5'", "5"),
        ("1" * 40, "1" * 40),
    ],
)
def test_plain_values_mean_what_they_look_like(text: str, value: object):
    assert located(f"a: {text}").data == {"a": value}


def test_a_key_is_always_a_name():
    assert located("1: a\ntrue: b\n0.5: c").data == {"1": "a", "true": "b", "0.5": "c"}


def test_a_key_that_is_given_twice_counts_once_and_is_reported():
    source = Source("x.yaml", b"a: 1\nb: 2\na: 3\n")
    findings = Findings(source)
    assert locate(source, findings).data == {"a": 1, "b": 2}
    (found,) = findings.diagnostics()
    assert (found.code, found.line, found.help) == ("C-005", 3, "it is first given in line 1; keep one of them")


def test_an_alias_repeats_what_its_anchor_holds():
    assert located("a: &price {input: $1}\nb: *price").data == {"a": {"input": "$1"}, "b": {"input": "$1"}}


def test_aliases_that_multiply_are_stopped():
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n"
    found = refused(bomb)
    assert found.code == "C-007"
    assert "aliases written out" in found.message


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "C-006", "the document is empty"),
        ("# nothing\n", "C-006", "the document is empty"),
        ("---\n", "C-006", "the document is empty"),
        ("hello", "C-004", "the document must consist of settings, like `version: 1`"),
        ("- a", "C-004", "the document must consist of settings, like `version: 1`"),
        ("a: 1\n---\nb: 2", "C-004", "there is a second document in the file"),
        (
            "a: !!python/object:os.system {}",
            "C-007",
            "tags like `!!python/object:os.system` are not part of the document",
        ),
        ("a: *b", "C-007", "unknown anchor `b`"),
        ("a: &b [*b]", "C-007", "`*b` stands inside what it repeats"),
        ("[a]: 1", "C-004", "a key must be a name, not a list or settings"),
        ("{a: 1}: 1", "C-004", "a key must be a name, not a list or settings"),
        ("a: &k [1]\n*k : 2", "C-004", "a key must be a name, not a list or settings"),
        ("a: " + "[" * 40 + "]" * 40, "C-007", "the document is nested more than 32 levels deep"),
        ("a:\n\t- b", "C-004", "a tab is used where only spaces may indent"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(text: str, code: str, message: str):
    found = refused(text)
    assert (found.code, found.message) == (code, message)


def test_a_list_that_is_never_closed_is_pointed_at():
    found = refused("a: [1, 2\nb: 3\n")
    assert (found.code, found.span.line) == ("C-004", 2)
    assert found.mend == "it belongs to what begins in line 1"


@pytest.mark.parametrize("text", ['a: "\\', "a: 'x", "%YAML 9.9\n---\na: 1", "a: |\nb", "&", "a: @", "a: `x`", "}"])
def test_broken_text_is_refused_and_nothing_worse(text: str):
    assert refused(text).code in {"C-004", "C-006", "C-007"}
