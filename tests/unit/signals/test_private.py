import pytest

from meritorder.signals.private import LEVELS, iban, luhn, privacy, spans
from meritorder.types.caller import PRIVACY_CLASSES
from meritorder.types.workload import Privacy, PrivateSpan


def found(text: str) -> Privacy:
    return privacy(text.encode())


def kinds(text: str) -> dict[str, int]:
    return {span.kind: span.count for span in found(text).spans}


CARD, ACCOUNT, PHONE, SSN = "payment_card", "iban", "phone", "national_id"

PLANTED = [
    ("ada@example.com", "email"),
    ("ada.lovelace+work@mail.example.co.uk", "email"),
    ("jörg@example.org", "email"),
    ("4111 1111 1111 1111", CARD),
    ("4111-1111-1111-1111", CARD),
    ("4111111111111111", CARD),
    ("378282246310005", CARD),
    ("6011000990139424", CARD),
    ("DE89 3704 0044 0532 0130 00", ACCOUNT),
    ("GB29NWBK60161331926819", ACCOUNT),
    ("NO9386011117947", ACCOUNT),
    ("MT84MALT011000012345MTLCAST001S", ACCOUNT),
    ("219-09-9999", SSN),
    ("+44 20 7946 0958", PHONE),
    ("+1 (415) 555-0132", PHONE),
    ("(415) 555-0132", PHONE),
    ("415-555-0132", PHONE),
    ("sk-proj-abcdefghijklmnopqrst", "credential"),
    ("sk-ant-api03-abcdefghijklmnopqrstuvwx", "credential"),
    ("AKIAIOSFODNN7EXAMPLE", "credential"),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "credential"),
    ("github_pat_abcdefghijklmnopqrstuvwxyz_0123456789", "credential"),
    ("xoxb-123456789012-abcdefghijkl", "credential"),
    ("AIzaSyA-abcdefghijklmnopqrstuvwxyz01234", "credential"),
    ("glpat-abcdefghij0123456789", "credential"),
    ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2ln", "credential"),
    ("-----BEGIN PRIVATE KEY-----", "private_key"),
    ("-----BEGIN OPENSSH PRIVATE KEY-----", "private_key"),
]


@pytest.mark.parametrize(("text", "kind"), PLANTED)
@pytest.mark.parametrize("around", ["{}", "see {}, thanks", "({})", "\n{}\n", "x: {}."])
def test_private_text_is_found_between_ordinary_text(text: str, kind: str, around: str):
    assert kinds(around.format(text)) == {kind: 1}


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "an @ sign, a@b, @decorator, name@host",
        "4111 1111 1111 1112",
        "4111111111111112",
        "DE88 3704 0044 0532 0130 00",
        "000-12-3456 666-12-3456 912-12-3456 123-00-4567 123-45-0000",
        "1123-45-6789",
        "123-45-67890",
        "1-123-45-6789",
        "123-45-6789-1",
        "version 1.2.3, 2026-09-21, 10:45:00, 3.14159, 1,000,000",
        "192.168.100.200 and 10.0.0.1",
        "an_identifier_that_is_longer_than_twenty_characters",
        "sk-short and AKIA and ghp_",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----",
        "你好，世界",
        "",
    ],
)
def test_what_only_looks_private_is_left_alone(text: str):
    assert found(text) == Privacy("public", ())


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111 12/27",
        "4111111111111111 123",
        "4111 1111 1111 1111 12 27",
    ],
)
def test_a_card_is_found_together_with_its_expiry_date_or_code(text: str):
    assert CARD in kinds(text)


@pytest.mark.parametrize(
    "text", ["AT611904300234573201 EUR", "BE68 5390 0754 7034 BBRUBEBB", "BE68539007547034 SWIFT X"]
)
def test_a_bank_account_is_found_before_other_words_in_capitals(text: str):
    assert kinds(text) == {ACCOUNT: 1}


def test_every_place_counts():
    assert kinds("a@example.com b@example.com and 219-09-9999") == {"email": 2, SSN: 1}
    far = "a@example.com" + " lorem ipsum" * 1_000 + " b@example.com"
    assert kinds(far) == {"email": 2}


def test_a_number_is_claimed_by_one_kind_only():
    assert kinds("4111 1111 1111 1111") == {CARD: 1}
    assert kinds("DE89 3704 0044 0532 0130 00, then 4111 1111 1111 1111") == {ACCOUNT: 1, CARD: 1}


def test_a_number_is_not_read_again_as_a_lesser_one():
    assert kinds("+1 219-09-9999") == {SSN: 1}
    assert kinds("DE95 4111 1111 1111 1111 00") == {ACCOUNT: 1}


LONG = [
    ("@", "ada@" + "d" * 40 + ".engineering", "email"),
    ("00", "MT84 MALT 0110 0001 2345 MTLC AST0 01S", ACCOUNT),
    ("00", "LC14 BOSL 1234 5678 9012 3456 7890 1234", ACCOUNT),
    ("00", "+123 (4567) 8901 2345 6789 0123", PHONE),
    ("00", "6212-3456-7890-0000-003", CARD),
    ("a" * 20, "AIza" + "x-" * 17 + "y", "credential"),
    ("a" * 20, "eyJ" + "h" * 120 + ".eyJ" + "p" * 200, "credential"),
    ("-----BEGIN ", "-----BEGIN VERY LONG OLD ENCRYPTED PRIVATE KEY-----", "private_key"),
]
"""What an anchor looks like, and after it the longest that its patterns have to find."""


@pytest.mark.parametrize(("anchor", "text", "kind"), LONG)
def test_a_long_match_is_found_at_every_distance_from_a_false_start(anchor: str, text: str, kind: str):
    for apart in range(120):
        assert count_of(kind, f"{anchor}\n{'.' * apart}\n{text}\n") == 1, apart


def count_of(kind: str, text: str) -> int:
    return kinds(text).get(kind, 0)


def test_the_most_private_span_gives_the_level():
    assert found("a@example.com").level == "personal"
    assert found("a@example.com 219-09-9999").level == "sensitive"
    assert found("a@example.com 219-09-9999 AKIAIOSFODNN7EXAMPLE").level == "secret"


def test_spans_are_in_the_order_of_their_names():
    spans = found("219-09-9999 AKIAIOSFODNN7EXAMPLE a@example.com").spans
    assert [span.kind for span in spans] == ["credential", "email", SSN]


@pytest.mark.parametrize("wish", ["Confidential.", "streng VERTRAULICH", "under NDA", "please do not forward this"])
def test_a_wish_for_confidence_is_heard_anywhere(wish: str):
    assert found("text " * 9_000 + wish + " text" * 9_000) == Privacy("sensitive", (PrivateSpan("confidential", 1),))


@pytest.mark.parametrize(
    "text", ["the duty of confidentiality", "Confidential Information means all", "unvertraulicher"]
)
def test_speaking_of_confidence_is_no_wish_for_it(text: str):
    assert found(text) == Privacy("public", ())


def test_spans_say_from_where_to_where_they_go():
    text = "é write to ada@example.com or 4111 1111 1111 1111."
    places = [(span.kind, text.encode()[span.start : span.end].decode()) for span in spans(text.encode())]
    assert places == [("email", "ada@example.com"), (CARD, "4111 1111 1111 1111")]


def test_the_found_text_is_not_kept():
    assert "ada" not in repr(found("ada@example.com"))


@pytest.mark.parametrize("level", LEVELS.values())
def test_nothing_that_is_found_is_public(level: str):
    assert level in PRIVACY_CLASSES[1:]


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (b"4111111111111111", True),
        (b"4111 1111 1111 1111", True),
        (b"4111111111111112", False),
        (b"4222222222222", True),
        (b"0" * 12, False),
        (b"0" * 13, True),
        (b"0" * 19, True),
        (b"0" * 20, False),
    ],
)
def test_luhn_knows_cards_of_13_to_19_digits(number: bytes, valid: bool):
    assert luhn(number) is valid


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (b"NO9386011117947", True),
        (b"DE89 3704 0044 0532 0130 00", True),
        (b"DE98 3704 0044 0532 0130 00", False),
        (b"LC14BOSL123456789012345678901234", True),
        (b"NO938601111794", False),
        (b"DE89" + b"0" * 31, False),
    ],
)
def test_a_bank_account_has_15_to_34_characters_and_check_digits(number: bytes, valid: bool):
    assert iban(number) is valid
