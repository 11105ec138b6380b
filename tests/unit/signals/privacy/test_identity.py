import pytest

from meritorder.signals.privacy import identity
from tests.unit.signals.privacy.reading import AROUND, found, of

PLAIN = [
    "219-09-9999",
    "912-73-4456",
    "AB 12 34 56 C",
    "AB123456C",
    "943 476 5919",
    "86 095 742 719",
    "2 95 10 99 126 111 93",
    "295109912611193",
    "12345678Z",
    "54362315-K",
    "X2482300W",
    "RSSMRA85T10A562S",
    "1112.22.333",
    "2341 2341 2346",
    "BNZPM2501F",
    "11010519491231002X",
    "390.533.447-05",
    "756.9217.0769.85",
    "880320-0016",
    "131052-308T",
    "85.07.30-033.28",
    "710319/2745",
    "12.531.909-2",
    "971013-9019902",
    "BOXW310820HNERXN09",
]
CUED = [
    ("SSN: ", "219099999"),
    ("social security number ", "219 09 9999"),
    ("my ITIN is ", "912734456"),
    ("NHS number: ", "9434765919"),
    ("Steuer-ID ", "86095742719"),
    ("Meine Steueridentifikationsnummer lautet ", "86095742719"),
    ("Personalausweis: ", "T220001293"),
    ("Ausweisnummer ", "T22000129"),
    ("BSN ", "111222333"),
    ("burgerservicenummer: ", "111222333"),
    ("Aadhaar no ", "234123412346"),
    ("CPF ", "39053344705"),
    ("PESEL: ", "44051401359"),
    ("SIN ", "629 047 754"),
    ("TFN: ", "123 456 782"),
    ("NIF ", "501442600"),
    ("PPS number ", "6433435F"),
    ("TC kimlik no ", "17291716060"),
    ("CNP: ", "1630615123457"),
    ("fødselsnummer ", "15108695088"),
    ("CPR-nummer ", "211062-5629"),
]
PASSPORTS = [
    ("Passport: ", "C01X00T47"),
    ("passport number is ", "X1234567"),
    ("Passport No. ", "533401372"),
    ("my passport (", "L8982736"),
    ("PASSPORT ", "AB1234567"),
    ("Reisepass-Nr. ", "C4J7XK21M"),
    ("Reisepass ", "L01X00T47"),
    ("Passeport n° ", "12AB34567"),
    ("numéro de passeport : ", "20FV18273"),
    ("Pasaporte: ", "XDB482913"),
    ("número de pasaporte ", "AAA123456"),
    ("Passaporto ", "YA4820173"),
    ("passaporte nº ", "FZ481902"),
    ("Paspoort: ", "NW1234567"),
    ("паспорт ", "750123456"),
    ("护照号码：", "E12345678"),
    ("passport_no=", "94827156"),
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("number", PLAIN)
def test_a_number_that_is_known_by_its_form_is_found(number: str, around: str):
    assert found(around.format(number)) == [("national_id", number)]


@pytest.mark.parametrize(("cue", "number"), CUED)
def test_a_number_that_is_weakly_checked_is_found_after_a_cue(cue: str, number: str):
    assert of("national_id", f"Hello. {cue}{number}, as you asked.") == [number]


@pytest.mark.parametrize(
    "number",
    [
        "219099999",
        "9434765919",
        "86095742719",
        "111222333",
        "234123412346",
        "39053344705",
        "44051401359",
        "629 047 754",
    ],
)
def test_without_a_cue_it_is_a_number_like_others(number: str):
    assert of("national_id", f"The total is {number} or so.") == []


@pytest.mark.parametrize(
    "text",
    [
        "000-12-3456 666-12-3456 912-12-3456 123-00-4567 123-45-0000",
        "1123-45-6789",
        "123-45-67890",
        "1-123-45-6789",
        "123-45-6789-1",
        "AB 12 34 56 E",
        "BG123456A",
        "943 476 5918",
        "12345678A",
        "X2482300A",
        "RSSMRA85T10A562T",
        "2341 2341 2341",
        "110105194912310021",
        "390.533.447-06",
        "756.9217.0769.84",
        "SSN: 219099998888",
        "BSN 111222334",
        "Personalausweis: T220001294",
        "4111 1111 1111 1112",
        "SSN NNN-NN-NNNN",
    ],
)
def test_a_number_that_fails_its_check_is_none(text: str):
    assert of("national_id", text) == []


@pytest.mark.parametrize(("cue", "number"), PASSPORTS)
def test_a_passport_is_found_after_the_word(cue: str, number: str):
    assert of("passport", f"Hello, {cue}{number}) is right.") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "C01X00T47",
        "passport photographs are taken here",
        "my passport expires in 2031",
        "the passport office of Glasgow",
        "Reisepass beantragen",
        "passport control at gate B42",
        "a passport costs 82.50",
        "passport number",
        "passport.js v0.7.0",
        "import passport from 'passport-google'",
        "passport size 35x45 mm",
        "passaporte brasileiro",
        "passeport européen valable 10 ans",
        "passport\nC01X00T47",
        "passport applications rose by 12 percent in the year before it was C01X00T47",
    ],
)
def test_the_word_alone_is_no_passport(text: str):
    assert of("passport", text) == []


def test_a_number_is_found_among_other_numbers():
    assert of("national_id", "born 1980 219-09-9999 and 12345678Z 7") == ["219-09-9999", "12345678Z"]


def test_the_check_digit_of_an_identity_card_may_be_left_out():
    assert identity.id_card("T220001293")
    assert identity.id_card("T22000129")
    assert not identity.id_card("T220001290")
    assert not identity.id_card("TTTTTTTTT")
