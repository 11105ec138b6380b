import pytest

from tests.unit.signals.privacy.finding import found, of

ALONE = [
    "219-09-9999",
    "912-86-1457",
    "JK 41 28 07 B",
    "JK412807B",
    "47 934 501 869",
    "2 79 11 69 249 130 31",
    "182051304608714",
    "12375070-N",
    "37103642L",
    "Y3327985Z",
    "X-0062788-K",
    "TFLGRC86S20F839X",
    "hxhrbn79h14z100k",
    "5252.89.057",
    "9810 9650 2121",
    "ORSPL2568K",
    "44030619920817127X",
    "110108199006034758",
    "484.781.092-93",
    "756.9449.5942.19",
    "19870623-3197",
    "740503-1860",
    "080784-197U",
    "93.07.21-026.85",
    "880917-2167711",
    "XIRG900512MVZGPT47",
    "10.817.890-6",
    "S8735480F",
    "Z765382(5)",
    "65 140883 M 027",
]
TOLD = [
    ("SSN", "267954633"),
    ("NHS number", "476 870 3070"),
    ("NHS", "5408477320"),
    ("Steuer-ID", "45803371295"),
    ("Personalausweis:", "T14Y20H553"),
    ("BSN", "256343676"),
    ("PESEL:", "97061736207"),
    ("SIN", "590-388-815"),
    ("TFN", "123 456 782"),
    ("NIF:", "270636048"),
    ("CPF", "38383395922"),
    ("SVNR:", "3991 230491"),
    ("CPR:", "140276-5101"),
    ("マイナンバー:", "3087 5190 7375"),
    ('"ssn": "', "267954633"),
]


@pytest.mark.parametrize("number", ALONE)
@pytest.mark.parametrize("around", ["{}", "it is {}, thanks", "({})", "\n{}\n", "x: {}."])
def test_a_number_in_the_form_of_one_scheme_is_found(number: str, around: str):
    assert found(around.format(number)) == [("national_id", number)]


@pytest.mark.parametrize(("word", "number"), TOLD)
def test_a_number_that_could_be_anything_is_found_after_a_word_that_tells_it(word: str, number: str):
    assert found(f"{word} {number}") == [("national_id", number)]
    assert of("national_id", f"order {number} of them") == []


@pytest.mark.parametrize(
    "text",
    [
        "000-12-3456 666-12-3456 123-00-4567 123-45-0000",
        "1123-45-6789",
        "123-45-67890",
        "1-123-45-6789",
        "123-45-6789-1",
        "Order 2026-558-1204, part no. 4471-2209-33",
        "1718291441 1718200060 20260411",
        "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "sha1 a3ee2bd7e83fc89d3232e562c4f11baa5bc69165",
        "2026-04-11 08:12:55,104 worker 1204 rows",
        "47.3769, 8.5417; 46.5586 7.8920",
        "ISBN 978-3-16-148410-0",
    ],
)
def test_other_numbers_are_left_alone(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("my passport number is 533401827.", "533401827"),
        ("Reisepass-Nr. C4J7XK21M", "C4J7XK21M"),
        ("Passeport n° 12AB34567, titulaire", "12AB34567"),
        ("Pasaporte: XDB482913", "XDB482913"),
        ('"passportNumber": "A03419024"', "A03419024"),
        ("护照号码:E63160320", "E63160320"),
    ],
)
def test_a_passport_is_found_after_the_word(text: str, number: str):
    assert found(text) == [("passport", number)]


def test_a_second_passport_in_the_sentence_is_found_too():
    text = "my passport is 533401827 and my husband's is C7T93K2LM"
    assert of("passport", text) == ["533401827", "C7T93K2LM"]


def test_the_zone_that_machines_read_is_found():
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    assert found(f"decode {zone} please") == [("passport", zone)]


@pytest.mark.parametrize(
    "text",
    ["a passport office in Glasgow", "passport valid until 20310217", "Passport no.: ______", "passport rules of 2024"],
)
def test_speaking_of_passports_is_none(text: str):
    assert found(text) == []
