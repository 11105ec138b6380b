import pytest

from tests.unit.signals.privacy.finding import found, of

ACCOUNTS = [
    "DE89 3704 0044 0532 0130 00",
    "GB29NWBK60161331926819",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "IT19 C 03069 09606 100082206770",
    "de89 3704 0044 0532 0130 00",
    "LC14 BOSL 1234 5678 9012 3456 7890 1234",
]
CARDS = [
    "213176828496175",
    "1800 160704 20458",
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111111111111111",
    "378282246310005",
    "3714-669037-75504",
    "6011000990139424",
    "2221804530752918",
    "6222 0202 8810 7250",
    "4000 0000 0000 0002",
    "4222222222222",
]
AROUND = ["{}", "see {}, thanks", "({})", "\n{}\n", "x: {}.", '"{}"']


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("around", AROUND)
def test_a_bank_account_is_found(account: str, around: str):
    assert found(around.format(account)) == [("iban", account)]


@pytest.mark.parametrize(
    "text", ["AT611904300234573201 EUR", "BE68 5390 0754 7034 BBRUBEBB", "BE68539007547034 SWIFT X"]
)
def test_a_bank_account_is_found_before_other_words_in_capitals(text: str):
    assert [kind for kind, _ in found(text)] == ["iban"]


@pytest.mark.parametrize(
    "text",
    ["DE88 3704 0044 0532 0130 00", "ZZ89370400440532013000", "DE89 3704 0044 0532 0130 007", "GB00TEST00000000000000"],
)
def test_what_is_not_in_the_registry_or_has_wrong_check_digits_is_none(text: str):
    assert of("iban", text) == []


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("around", AROUND)
def test_a_card_is_found(card: str, around: str):
    assert found(around.format(card)) == [("payment_card", card)]


@pytest.mark.parametrize("card", ["630427373398", "6304 2737 3398"])
def test_a_card_of_twelve_digits_is_one_after_a_word_for_it(card: str):
    assert of("payment_card", f"my card {card} is lost") == [card]
    assert of("payment_card", f"my parcel {card} is lost") == []


@pytest.mark.parametrize("text", ["4111111111111111 123", "4111 1111 1111 1111 12/27", "4111 1111 1111 1111 12 27"])
def test_a_card_is_found_together_with_its_expiry_date_or_code(text: str):
    assert [kind for kind, _ in found(text)] == ["payment_card"]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "4111111111111112",
        "EAN 4006381333931, 5901234123457",
        "EAN code on the back 4222222222222",
        "order 4111111111111111",
        "1718291441123 1111 2222 3333 4444",
    ],
)
def test_other_long_numbers_are_no_cards(text: str):
    assert of("payment_card", text) == []


def test_a_number_is_claimed_by_one_kind_only():
    assert found("DE95 4111 1111 1111 1111 00") == [("iban", "DE95 4111 1111 1111 1111 00")]
