import pytest

from tests.unit.signals.privacy.finding import of

ADDRESSES = [
    "48 Rosewood Avenue, Leeds LS7 3QT",
    "2217 Birch Street, Apt 4B, Portland, OR 97205",
    "14 Larkspur Close, Bedminster, Bristol BS3 4QN",
    "112 Cedar Lane",
    "Lindenstraße 27, 50674 Köln",
    "Am Alten Markt 5, 14467 Potsdam",
    "Goethestr. 41, 60313 Frankfurt",
    "14 rue des Lilas, 69003 Lyon",
    "18 bis rue des Tanneurs, 35600 Redon",
    "Calle Mayor 18, 28013 Madrid",
    "Via Garibaldi 15, 16124 Genova",
    "Rua das Flores 123, 4050-262 Porto",
    "Keizersgracht 118, 1015 CX Amsterdam",
    "Storgatan 14, 411 38 Göteborg",
    "P.O. Box 4711",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "we moved to {}.", "({})", "x\n{}\ny"])
def test_an_address_is_found_in_the_order_of_its_country(address: str, around: str):
    assert of("address", around.format(address)) == [address]


def test_what_follows_the_word_for_an_address_is_one():
    assert of("address", "Address: Burnside 7, Pitlochry PH16 5BX\nOwner") == ["Burnside 7, Pitlochry PH16 5BX"]


@pytest.mark.parametrize(
    "text",
    [
        "Plan a walk from Baker Street to Hyde Park.",
        "did he live at 221B Baker Street?",
        "Unser Team liegt auf Platz 3",
        "dhcpd: lease via eth0",
        "3 Ways to Drive Traffic, 5 Court Cases",
        "address: 0x7fff, e-mail address: a@lake.org",
        "10 Downing Street",
        "bring 5, during 3 weeks",
    ],
)
def test_other_numbers_beside_streets_are_left_alone(text: str):
    assert of("address", text) == []
