import pytest

from meritorder.signals import anchors
from meritorder.signals.privacy import find
from meritorder.signals.privacy.find import privacy, spans
from meritorder.signals.privacy.kinds import UNCHECKED
from meritorder.types.workload import Privacy, PrivateSpan


def found(text: str) -> Privacy:
    return privacy(text.encode())


def kinds(text: str) -> dict[str, int]:
    return {span.kind: span.count for span in found(text).spans}


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "version 1.2.3, 2026-09-21, 10:45:00, 3.14159, 1,000,000",
        "你好，世界",
        "",
    ],
)
def test_ordinary_text_is_public(text: str):
    assert found(text) == Privacy("public", ())


def test_every_place_counts():
    assert kinds("a@example.com b@example.com and 219-09-9999") == {"email": 2, "national_id": 1}
    far = "a@example.com" + " lorem ipsum" * 1_000 + " b@example.com"
    assert kinds(far) == {"email": 2}


def test_the_most_private_span_gives_the_level():
    assert found("a@example.com").level == "personal"
    assert found("a@example.com 219-09-9999").level == "sensitive"
    assert found("a@example.com 219-09-9999 AKIAIOSFODNN7EXAMPLE").level == "secret"


def test_kinds_are_in_the_order_of_their_names():
    told = found("219-09-9999 AKIAIOSFODNN7EXAMPLE a@example.com").spans
    assert [span.kind for span in told] == ["credential", "email", "national_id"]


def test_spans_say_from_where_to_where_they_go():
    text = "é write to ada@example.com or 4111 1111 1111 1111."
    places = [(span.kind, text.encode()[span.start : span.end].decode()) for span in spans(text.encode())]
    assert places == [("email", "ada@example.com"), ("payment_card", "4111 1111 1111 1111")]


def test_the_found_text_is_not_kept():
    assert "ada" not in repr(found("ada@example.com"))


@pytest.mark.parametrize("text", ["+1 219-09-9999", "4111 1111 1111 1111", "https://ada:x8!kLm2@lake.org/"])
def test_no_text_is_claimed_twice(text: str):
    assert len(spans(text.encode())) == 1


LONG = [
    ("@", "ada@" + "d" * 40 + ".engineering", "email"),
    ("00", "MT84 MALT 0110 0001 2345 MTLC AST0 01S", "iban"),
    ("00", "LC14 BOSL 1234 5678 9012 3456 7890 1234", "iban"),
    ("00", "+49 (4567) 8901 2345", "phone"),
    ("00", "6212-3456-7890-0000-003", "payment_card"),
    ("a" * 20, "AIza" + "x-" * 17 + "y", "credential"),
    ("a" * 20, "eyJ" + "h" * 120 + ".eyJ" + "p" * 200, "credential"),
    ("-----BEGIN ", "-----BEGIN VERY LONG OLD ENCRYPTED PRIVATE KEY-----", "private_key"),
]
"""What an anchor looks like, and after it the longest that its patterns have to find."""


@pytest.mark.parametrize("filler", ["00V00000000000000", "v 1.2.3.4\n", "order 99\n", "-----BEGIN \n", "version\n"])
@pytest.mark.parametrize("apart", [1, 60, 121, 300])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("81.174.20.33", "ip_address"),
        ("ada@example.com", "email"),
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("4111 1111 1111 1111", "payment_card"),
        ("219-09-9999", "national_id"),
        ("+44 20 7946 0958", "phone"),
        ("passport C30000000", "passport"),
        ("a4:bb:6d:1e:00:01", "mac_address"),
        ("AKIAIOSFODNN7EXAMPLE", "credential"),
        ("sk-ant-api03-abcdefghijklmnopqrstuvwx", "credential"),
    ],
)
def test_other_text_before_hides_nothing(filler: str, apart: int, text: str, kind: str):
    before = (filler * (apart // len(filler) + 1))[:apart]
    without = kinds(f"{before}\n\n").get(kind, 0)
    assert kinds(f"{before}\n{text}\n")[kind] == without + 1


def test_keys_of_several_anchors_are_all_found():
    assert kinds("sk-ant-api03-abcdefghijklmnopqrstuvwx AKIAIOSFODNN7EXAMPLE") == {"credential": 2}


@pytest.mark.parametrize(("anchor", "text", "kind"), LONG)
def test_a_long_match_is_found_at_every_distance_from_a_false_start(anchor: str, text: str, kind: str):
    for apart in range(120):
        assert kinds(f"{anchor}\n{'.' * apart}\n{text}\n").get(kind, 0) == 1, apart


def test_a_text_with_more_anchors_than_are_gathered_is_taken_to_be_secret(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(anchors, "_MOST", 3)
    assert privacy(b"a@lake.org " * 5).level == "secret"
    assert PrivateSpan(UNCHECKED, 1) in privacy(b"a@lake.org " * 5).spans


def test_reading_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(find.contact, "_MOST_READ", 1_000)
    assert kinds("a@lake.org " * 20) == {"email": 20}
    assert UNCHECKED in kinds(("a@lake.org " + "." * 300) * 20)


STRUCTURED = "ada@example.com 219-09-9999 AKIAIOSFODNN7EXAMPLE passport C30000000 81.174.20.33 5.6.7.8:80 2a02::5b3e"


def test_not_closely_what_has_a_form_is_found_all_the_same():
    text = STRUCTURED.encode() + b", please do not forward this, -----BEGIN PRIVATE KEY-----"
    assert spans(text, closely=False) == [span for span in spans(text) if span.kind != "name"]
    assert privacy(text, closely=False).level == "secret"


@pytest.mark.parametrize(
    "text",
    [
        "My name is Anna Kowalczyk.",
        "I live at 12 Orchard Lane.",
        "I was diagnosed with diabetes last year.",
        "My salary is 4,200 EUR a month.",
        "Proprietary code of Acme Ltd. All rights reserved.",
    ],
)
def test_not_closely_wording_is_not_read(text: str):
    assert spans(text.encode()) != []
    assert spans(text.encode(), closely=False) == []
