import pytest

from meritorder.signals.privacy.forms import checks

VALID = [
    (checks.ssn, "219099999"),
    (checks.itin, "912861457"),
    (checks.nino, "JK412807B"),
    (checks.nhs, "9434765919"),
    (checks.idnr, "36574261809"),
    (checks.pension, "15070649C103"),
    (checks.document, "T22000129"),
    (checks.document, "L01X00T471"),
    (checks.nir, "295109912611193"),
    (checks.dni, "54362315K"),
    (checks.nie, "X2482300W"),
    (checks.codice_fiscale, "RCCMNL83S18D969H"),
    (checks.bsn, "111222333"),
    (checks.aadhaar, "234123412346"),
    (checks.pan, "ACUPA7085R"),
    (checks.resident, "11010519491231002X"),
    (checks.cpf, "39053344705"),
    (checks.pesel, "44051401359"),
    (checks.sin, "123456782"),
    (checks.tfn, "123456782"),
    (checks.nif, "501964843"),
    (checks.belgian, "85073003328"),
    (checks.ahv, "7569217076985"),
    (checks.austrian, "1237010180"),
    (checks.personnummer, "8803200016"),
    (checks.personnummer, "198803200016"),
    (checks.norwegian, "15108695088"),
    (checks.hetu, "131052308T"),
    (checks.pps, "6433435F"),
    (checks.pps, "6433435FT"),
    (checks.cnp, "1630615123457"),
    (checks.egn, "7523169263"),
    (checks.amka, "01013099997"),
    (checks.israeli, "039337423"),
    (checks.south_african, "7503305044089"),
    (checks.korean, "9710139019902"[:6] + "1019902"),
    (checks.curp, "BOXW310820HNERXN09"),
    (checks.rut, "125319092"),
    (checks.thai, "1234545678781"),
    (checks.turkish, "17291716060"),
    (checks.nric, "S8735480F"),
    (checks.hkid, "Z7653825"),
    (checks.hkid, "AB9876543"),
    (checks.my_number, "308751907375"),
    (checks.czech, "7103192745"),
]


def one_off(number: str, place: int) -> str:
    """The number with another character of the same kind in one place."""
    char = number[place]
    other = str((int(char) + 1) % 10) if char.isdigit() else chr(65 + (ord(char) - 64) % 26)
    return number[:place] + other + number[place + 1 :]


@pytest.mark.parametrize(("valid", "number"), VALID)
def test_numbers_that_issuers_give_as_examples_are_valid(valid, number: str):
    assert valid(number)


@pytest.mark.parametrize(("valid", "number"), VALID)
def test_most_numbers_that_are_one_character_off_are_not(valid, number: str):
    if valid in {checks.ssn, checks.itin, checks.nino, checks.pan, checks.korean, checks.curp}:
        pytest.skip("has no check digit")
    if valid is checks.document and len(number) == 9:
        pytest.skip("is told without its check digit")
    wrong = [one_off(number, place) for place in range(len(number))]
    assert sum(not valid(each) for each in wrong) >= len(number) * 3 // 4


@pytest.mark.parametrize("number", ["000123456", "666123456", "912345678", "123004567", "123450000"])
def test_social_security_numbers_that_are_never_given_are_none(number: str):
    assert not checks.ssn(number)


@pytest.mark.parametrize("prefix", ["BG", "GB", "NK", "ZZ", "DA", "AO"])
def test_insurance_numbers_do_not_begin_with_prefixes_that_are_not_used(prefix: str):
    assert not checks.nino(f"{prefix}123456A")


def test_one_digit_over_and_over_is_no_number():
    assert not checks.nhs("0" * 10)
    assert not checks.cpf("1" * 11)
    assert not checks.idnr("1" * 11)
    assert not checks.bsn("0" * 9)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (b"4111111111111111", True),
        (b"4111 1111 1111 1111", True),
        (b"4111111111111112", False),
        (b"4222222222222", True),
        (b"0" * 11, False),
        (b"0" * 12, True),
        (b"0" * 19, True),
        (b"0" * 20, False),
    ],
)
def test_luhn_knows_cards_of_12_to_19_digits(number: bytes, valid: bool):
    assert checks.luhn(number) is valid


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (b"NO9386011117947", True),
        (b"no93 8601 1117 947", True),
        (b"DE89 3704 0044 0532 0130 00", True),
        (b"DE98 3704 0044 0532 0130 00", False),
        (b"LC14BOSL123456789012345678901234", True),
        (b"NO938601111794", False),
        (b"DE89" + b"0" * 31, False),
    ],
)
def test_a_bank_account_has_15_to_34_characters_and_check_digits(number: bytes, valid: bool):
    assert checks.iban(number) is valid
