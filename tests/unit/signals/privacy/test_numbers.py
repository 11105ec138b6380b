import pytest

from meritorder.signals.privacy.numbers import card, iban, luhn
from tests.unit.signals.privacy.reading import AROUND, found, of

CARDS = [
    "4111 1111 1111 1111",
    "4111-1111-1111-1111",
    "4111111111111111",
    "378282246310005",
    "3782 822463 10005",
    "3714-496353-98431",
    "6011000990139424",
    "5555555555554444",
    "5105 1051 0510 5100",
    "2223003122003222",
    "3530111333300000",
    "30569309025904",
    "3056 930902 5904",
    "4222222222222",
    "6212-3456-7890-0000-003",
    "6304000000000000",
]
ACCOUNTS = [
    "DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "GB29 NWBK 6016 1331 9268 19",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "AT611904300234573201",
    "BE68539007547034",
    "CH9300762011623852957",
    "ES9121000418450200051332",
    "FR1420041010050500013M02606",
    "IT60X0542811101000000123456",
    "NL91ABNA0417164300",
    "PL61109010140000071219812874",
    "PT50000201231234567890154",
    "SE4550000000058398257466",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("number", CARDS)
def test_a_card_is_found(number: str, around: str):
    assert found(around.format(number)) == [("payment_card", number)]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("number", ACCOUNTS)
def test_a_bank_account_is_found(number: str, around: str):
    assert found(around.format(number)) == [("iban", number)]


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "4111111111111112",
        "0.4111111111111111",
        "1111111111111117",
        "9999999999999995",
        "a4111111111111111",
        "4111111111111111f",
        "20260411081255",
        "5018 7777 7777 778",
        "7000000000000005",
        "order 4111-1111",
        "2101000000000007",
        "1Z999AA10123456784",
        "978-3-16-148410-0",
        "3f2504e0-4f89-4111-9111-111111111111",
    ],
)
def test_what_only_looks_like_a_card_is_none(text: str):
    assert of("payment_card", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "DE88 3704 0044 0532 0130 00",
        "DE89370400440532013001",
        "GB29NWBK60161331926818",
        "NO9386011117946",
        "AB12 3456",
        "XDE89370400440532013000",
        "DE893704004405320130001",
        "de89370400440532013000",
        "FR14 2004 1010 0505 0001 3M02 607",
        "NL91ABNA0417164301",
        "AT611904300234573202",
        "ISO 9001 2015 2016 2017 2018",
        "AA00 0000 0000 0000",
        "SHA1 DEAD BEEF DEAD BEEF 0000",
        "ES9121000418450200051333",
    ],
)
def test_what_only_looks_like_an_account_is_none(text: str):
    assert of("iban", text) == []


@pytest.mark.parametrize("text", ["4111 1111 1111 1111 12/27", "4111111111111111 123", "4111 1111 1111 1111 12 27"])
def test_a_card_is_found_together_with_its_expiry_date_or_code(text: str):
    assert [number.replace(" ", "")[:16] for number in of("payment_card", text)] == ["4111111111111111"]


@pytest.mark.parametrize(
    "text", ["AT611904300234573201 EUR", "BE68 5390 0754 7034 BBRUBEBB", "BE68539007547034 SWIFT X"]
)
def test_a_bank_account_is_found_before_other_words_in_capitals(text: str):
    assert [text.startswith(number) for number in of("iban", text)] == [True]


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
def test_luhn_knows_numbers_of_13_to_19_digits(number: bytes, valid: bool):
    assert luhn(number) is valid


@pytest.mark.parametrize(("number", "valid"), [(b"4111111111111111", True), (b"0000000000000", False)])
def test_a_card_begins_as_a_network_has_it(number: bytes, valid: bool):
    assert card(number) is valid


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
