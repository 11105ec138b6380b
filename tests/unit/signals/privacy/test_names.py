import pytest

from meritorder.signals.privacy import names
from tests.unit.signals.privacy.reading import of

WHOLE = [
    "Maria Lopez",
    "Juan Pérez",
    "Sabine Müller",
    "Hans-Peter Möller",
    "Oluwaseun Adeyemi",
    "Priya Raghavan",
    "Thijs van den Berg",
    "Ana de la Cruz",
    "Patrick O'Connell",
    "John F. Baker",
    "Élodie Lefèvre",
    "Łukasz Wójcik",
    "Hiroshi Yamamoto",
    "Mehmet Aydın",
    "Fatima Benali",
    "Mark Thompson",
    "Marie-Claire Dubois",
    "José Luis García Romero",
]
ANNOUNCED = [
    ("Dear Mr. ", "Okonkwo", ","),
    ("Mrs ", "Albright", " called"),
    ("Frau Dr. ", "Schneider", " sagt"),
    ("Sehr geehrter Herr ", "Öztürk", ", danke"),
    ("Mme ", "Garnier", " arrive"),
    ("la Sra. ", "Domínguez", " dijo"),
    ("Hi ", "Tom", ", quick one"),
    ("Liebe ", "Annika", ","),
    ("Bonjour ", "Camille", ","),
    ("Thanks,\n", "Maria", ""),
    ("my wife ", "Elena", " is here"),
    ("meine Kollegin ", "Petra", " sagt"),
    ("my name is ", "Nadia", " and"),
    ("My name is ", "Zorblax Quibber", ", hello"),
    ("ich heiße ", "Gülay", " und"),
    ("Customer: ", "Zyta Grobelna", "\nOrder: 5"),
    ("Name: ", "Grobelna, Anna", "\n"),
    ('"name": "', "Hannah Fischer", '"'),
    ("Kind regards,\n", "Wiebren Postma", "\n"),
    ("Signed by ", "Paula Whitfield", "."),
    ("我叫", "王小明", "，你好"),
    ("姓名：", "李雷", "\n"),
    ("Please ask ", "Derek", " about it"),
]
PUBLIC = [
    "Who was Ada Lovelace?",
    "Works of Thomas Mann",
    "When did Marie Curie die?",
    "Did Angela Merkel meet Emmanuel Macron?",
    "a song by Sabine Kalter",
    "The philosopher Martin Heidegger",
    "Harry Potter and the Goblet of Fire",
    "Charlotte Airport is large",
    "Victoria Station",
    "Florence, Italy",
    "Santiago de Chile",
    "Max Pooling layers",
    "Grant Application form",
    "Mark Tasks as done",
    "May Day",
    "Morgan Stanley rose",
    "Carnegie Mellon University",
    "Alice has 5 apples and Bob has 7",
    "Once there was a girl named Rosa.",
    "Claude Opus and Claude Sonnet",
    "Product name: Galaxy Tab",
    "Type: Budget Planning",
    "Best regards, the Events Team",
    "I am Happy",
    "Dear Customer,",
    "class Martin(Base): pass",
    "import Pandas as pd",
    "Nelson Mandela spoke",
    "Monday April 3",
    "我是学生",
]


@pytest.mark.parametrize("around", ["{}", "I met {} today", "({})", "\n{}\n", "from {}, who", '{{"a": "{}"}}'])
@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_name_is_found(name: str, around: str):
    assert of("name", around.format(name)) == [name]


@pytest.mark.parametrize(("before", "name", "after"), ANNOUNCED)
def test_a_name_that_is_announced_is_found(before: str, name: str, after: str):
    assert of("name", before + name + after) == [name]


@pytest.mark.parametrize("text", PUBLIC)
def test_what_names_no_private_person_is_left_alone(text: str):
    assert of("name", text) == []


def test_a_person_is_known_again_by_a_part_of_the_name():
    assert of("name", "Sabine Müller is here. I saw Sabine and a dog.") == ["Sabine Müller", "Sabine"]
    assert of("name", "I saw Sabine and a dog.") == []


def test_a_text_of_nothing_but_names_is_read_at_both_ends(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(names, "_MOST", 2)
    text = "; ".join(f"Priya Berg{chr(97 + place) * 3}" for place in range(9))
    assert of("name", text) == ["Priya Bergaaa", "Priya Bergbbb", "Priya Berghhh", "Priya Bergiii"]
