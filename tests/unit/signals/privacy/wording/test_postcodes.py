import pytest

from tests.unit.signals.privacy.finding import of

ADDRESSES = [
    "Willow Cottage, Church Lane, Ashford TN25 4BX",
    "14 Marlow Court, Leeds LS6 2QT",
    "742 Birchwood Ave\nApt 5\nTulsa, OK 74103",
    "Lindenweg 12, 79104 Freiburg",
    "12 rue des Tanneurs, 37000 Tours",
    "Calle de la Cruz 8, 41004 Sevilla",
    "Via dei Mille 31, 80121 Napoli",
    "Prinsengracht 210, 1016 HD Amsterdam",
    "ul. Polna 7/12, 31-120 Kraków",
    "Rua das Flores 45, 4050-262 Porto",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["Please send it to {}.", "{}", "Billing:\n{}\nThanks"])
def test_an_address_is_found_up_to_its_postcode_and_town(address: str, around: str):
    (found,) = of("address", around.format(address))
    assert found == address


@pytest.mark.parametrize(
    "text",
    [
        "In 2019, 4500 Visitors came to the fair.",
        "We counted, 4500 Visitors came to the fair.",
        "See Chapter 12, 2020 Annual Report",
        "The match ended 3-1, 12000 Fans were there.",
        "Version 4, 2018 Release",
        "ISO 27001 and SN74LS00 are no places.",
    ],
)
def test_numbers_like_postcodes_without_a_street_are_no_addresses(text: str):
    assert of("address", text) == []
