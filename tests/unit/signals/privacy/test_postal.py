import pytest

from tests.unit.signals.privacy.reading import of

ADDRESSES = [
    "14 Maple Street, Springfield, IL 62704",
    "48 Rosewood Avenue, Leeds LS7 3QT",
    "2217 Birch Street, Apt 4B, Portland, OR 97205",
    "9 Harbour Road",
    "805 Oak Hill Drive, Austin, TX 78704",
    "221 W. 42nd Street",
    "Lindenstraße 27, 50674 Köln",
    "Goethestr. 41, 60313 Frankfurt",
    "Berliner Allee 12a",
    "Am Alten Markt 5, 14467 Potsdam",
    "Hafenweg 3, 24103 Kiel",
    "14 rue des Lilas, 69003 Lyon",
    "8 avenue Victor Hugo, 31000 Toulouse",
    "12 bis boulevard Voltaire",
    "Calle Mayor 18, 28013 Madrid",
    "Avenida de la Constitución 32, 41001 Sevilla",
    "Plaza de España, 4",
    "Via Garibaldi 15, 16124 Genova",
    "Rua das Flores 123, 4050-262 Porto",
    "Keizersgracht 118, 1015 CX Amsterdam",
    "Storgatan 14, 411 38 Göteborg",
    "P.O. Box 1204",
    "Postfach 12 34",
    "中山北路120号",
]


@pytest.mark.parametrize("around", ["{}", "I live at {}", "home: {}; thanks", "\n{}\n", '{{"a": "{}"}}'])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_found(address: str, around: str):
    assert of("address", around.format(address)) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Plan a walk from Baker Street to Hyde Park",
        "10 Downing Street",
        "1600 Pennsylvania Avenue",
        "our team is on Platz 3",
        "Parkplatz 12 ist frei",
        "Sitzplatz 14",
        "Spring 2025",
        "String 5",
        "the road to 2030",
        "Engineering 101",
        "3 ways to get a street named",
        "Wall Street fell by 300 points",
        "via 5 servers",
        "he is on his way, 5 minutes",
        "en la calle hay 30 personas",
        "50 % of Main Street",
        "Am 3. Mai",
        "2 places at the court",
        "box 1204",
    ],
)
def test_other_words_for_ways_and_places_are_no_address(text: str):
    assert of("address", text) == []
