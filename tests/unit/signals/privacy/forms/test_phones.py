import pytest

from tests.unit.signals.privacy.finding import found, of

ALONE = [
    "+44 20 7946 0958",
    "+1 (415) 555-0132",
    "+1-415-555-0132",
    "+49176 20489913",
    "+4917620489913",
    "+33 (0)4 76 00 81 53",
    "0044 20 7946 0958",
    "(415) 555-0132",
    "(415)555-0132",
    "415-555-0132",
    "808.555.0192",
    "1-800-555-0199",
    "415-555-0132 x123",
    "06 12 55 01 43",
    "07.58.12.90.46",
    "0151 / 234 871 06",
    "06131 / 48 20 77",
    "0171 5550143",
    "020 7946 0112",
    "07700 900461",
    "06-48 21 90 37",
    "612 55 01 43",
    "(11) 98842-1376",
    "138 2206 4719",
    "090-4417-2836",
]
TOLD = [
    ("tel", "5551234567"),
    ('"phone": "', "555-0143"),
    ("mi cel es", "55 4182 0937"),
    ("mon portable :", "0612550143"),
    ("mobile", "98200 41177"),
    ("meu número é", "912 345 678"),
    ("Handy:", "01761234567"),
    ("电话", "13822064719"),
]


@pytest.mark.parametrize("number", ALONE)
@pytest.mark.parametrize("around", ["{}", "it is {}, thanks", "\n{}\n", "x: {}."])
def test_a_number_as_it_is_dialled_somewhere_is_found(number: str, around: str):
    assert found(around.format(number)) == [("phone", number)]


@pytest.mark.parametrize(("word", "number"), TOLD)
def test_a_number_in_any_groups_is_found_after_a_word_for_the_telephone(word: str, number: str):
    assert found(f"{word} {number}") == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-21, 21.09.2026, 10:45:00, 04/11/2025 12",
        "1,000,000 and 1 204 556 310 and 3.14159265358979",
        "Order 2026-558-1204, invoice 100-200-3000, part 4471-2209-33",
        "1Z999AA10123456784, 302-4471120-889",
        "123456789 * 987654321, 12345678 ns",
        "46.5586, 7.8920 or 44.4259 N 8.8889 E",
        "10.0.19045.3803",
        "ISBN 978-3-16-148410-0, EAN 4006381333931",
        "+25, +100 000",
        "scores 21-17 21-19 21-15",
    ],
)
def test_other_numbers_are_no_telephone(text: str):
    assert of("phone", text) == []
