import pytest

from tests.unit.signals.privacy.finding import found, of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("please send it to Samantha Reyes before noon", "Samantha Reyes"),
        ("the file of Jean-Pierre Kerbrat is missing", "Jean-Pierre Kerbrat"),
        ("Oluwaseun Adeyemi joins on Monday", "Oluwaseun Adeyemi"),
        ("call back Priya R. Venkataraman", "Priya R. Venkataraman"),
        ("wir haben Wolfgang von der Heide gefragt", "Wolfgang von der Heide"),
        ("1. Kowalczyk, Irena", "Kowalczyk, Irena"),
        ("Wantabe Kowalczyk is here", "Wantabe Kowalczyk"),
    ],
)
def test_a_given_name_and_a_family_name_are_found(text: str, name: str):
    assert of("name", text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "hello Priya, the numbers are in",
        "lunch with Priya on Tuesday",
        "my wife Priya and I",
        "Priya, your invoice is late",
        "I asked Priya for it",
        "Priya told me so",
        "see you\nPriya",
    ],
)
def test_a_given_name_alone_is_found_where_somebody_is_addressed_or_told_of(text: str):
    assert of("name", text) == ["Priya"]


def test_a_given_name_alone_is_found_near_what_is_somebodys():
    assert of("name", "Give the box to Gulnara, on +48 22 555 01 83") == ["Gulnara"]
    assert of("name", "Gulnara and Priya have five apples") == []


def test_the_parts_of_a_name_are_found_where_they_stand_alone():
    assert of("name", "We met Priya Nair. Later on, Priya went home.") == ["Priya Nair", "Priya"]


def test_a_name_before_its_mailbox_is_found():
    assert found("Qendresa Vullnetari <q.vullnetari@lake.org>") == [
        ("name", "Qendresa Vullnetari"),
        ("email", "q.vullnetari@lake.org"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Who was Ada Lovelace and what did she write?",
        "Compare Angela Merkel and Gerhard Schröder.",
        "the novels of Sylvia Townsend",
        "Florence Nightingale and Mary Seacole",
        "Tell me about Austin, Texas",
        "Mount Victoria and Lake Charlotte",
        "Victoria Street, Jordan River, May Day, Grace Hospital",
        "I will grant you three wishes; mark my words, may I have hope",
        "Alice has 5 apples and Bob has 7.",
        "Claude Opus or Claude Sonnet",
        "class MarkdownParser: pass  # Carlton",
        "Johnson & Johnson and Wells Fargo",
        "What happened to Oliver Quist?",
    ],
)
def test_public_figures_places_and_words_are_left_alone(text: str):
    assert of("name", text) == []
