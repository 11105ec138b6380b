import pytest

from meritorder.signals.privacy.find import LEVELS, Span, privacy, spans
from meritorder.types.caller import PRIVACY_CLASSES, Privacy, PrivateSpan
from tests.unit.signals.privacy.reading import found

NONE = Privacy("public", ())


def kinds(text: str) -> dict[str, int]:
    return {span.kind: span.count for span in privacy(text.encode()).spans}


@pytest.mark.parametrize("text", ["", "What is the capital of France?", "你好，世界", "x" * 10_000, "\\u12", "\x00"])
def test_ordinary_text_is_public(text: str):
    assert privacy(text.encode()) == NONE
    assert spans(text.encode()) == []


def test_spans_are_in_bytes_and_ascend():
    text = "é ada@example.com ü 219-09-9999"
    assert spans(text.encode()) == [Span("email", 3, 18), Span("national_id", 22, 33)]


def test_every_place_counts():
    assert kinds("a@example.com b@example.com and 219-09-9999") == {"email": 2, "national_id": 1}
    assert kinds("a@example.com" + " lorem ipsum" * 1_000 + " b@example.com") == {"email": 2}


def test_the_more_private_claims_a_place_then_the_longer():
    assert found("+1 219-09-9999") == [("national_id", "219-09-9999")]
    assert found("DE95 4111 1111 1111 1111 00") == [("iban", "DE95 4111 1111 1111 1111 00")]
    assert [kind for kind, _ in found("postgres://ada:s3cr3tPw@db.example.com/x")] == ["credential"]


def test_the_most_private_span_gives_the_level():
    assert privacy(b"for internal use only").level == "internal"
    assert privacy(b"a@example.com").level == "personal"
    assert privacy(b"a@example.com 219-09-9999").level == "sensitive"
    assert privacy(b"a@example.com 219-09-9999 AKIAIOSFODNN7EXAMPLE").level == "secret"


def test_kinds_are_in_the_order_of_their_names():
    read = privacy(b"219-09-9999 AKIAIOSFODNN7EXAMPLE a@example.com")
    assert read.spans == (PrivateSpan("credential", 1), PrivateSpan("email", 1), PrivateSpan("national_id", 1))


def test_letters_that_json_escapes_are_read():
    assert kinds('{"content":"Ich hei\\u00dfe G\\u00fclay Y\\u0131ld\\u0131z"}') == {"name": 1}
    assert kinds('{"content":"\\u6211\\u53eb\\u738b\\u5c0f\\u660e"}') == {"name": 1}
    assert kinds('{"content":"\\ud83d\\ude00 \\ud83d a@example.com"}') == {"email": 1}


def test_the_found_text_is_not_kept():
    assert "ada" not in repr(privacy(b"ada@example.com"))


@pytest.mark.parametrize("level", LEVELS.values())
def test_nothing_that_is_found_is_public(level: str):
    assert level in PRIVACY_CLASSES[1:]


def test_text_that_cannot_be_read_whole_is_taken_for_secret():
    read = privacy(b"a@b " * 300_000)
    assert read.level == "secret"
    assert "more than can be checked" in {span.kind for span in read.spans}


LONG = [
    ("@", "ada@" + "d" * 40 + ".engineering", "email"),
    ("00", "MT84 MALT 0110 0001 2345 MTLC AST0 01S", "iban"),
    ("00", "LC14 BOSL 1234 5678 9012 3456 7890 1234", "iban"),
    ("00", "+12 (345) 678 90 12 34", "phone"),
    ("00", "6212-3456-7890-0000-003", "payment_card"),
    ("a" * 20, "AIza" + "x-" * 17 + "y", "credential"),
    ("a" * 20, "eyJ" + "h" * 120 + ".eyJ" + "p" * 200, "credential"),
    ("-----BEGIN ", "-----BEGIN VERY LONG OLD ENCRYPTED PRIVATE KEY-----", "private_key"),
]
"""What an anchor looks like, and after it the longest that its patterns have to find."""


@pytest.mark.parametrize(("anchor", "text", "kind"), LONG)
def test_a_long_match_is_found_at_every_distance_from_a_false_start(anchor: str, text: str, kind: str):
    for apart in range(120):
        assert kinds(f"{anchor}\n{'.' * apart}\n{text}\n").get(kind, 0) == 1, apart
