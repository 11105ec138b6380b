import pytest

from tests.unit.signals.privacy.finding import of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("we wrote to Mrs. Achterberg-Quist", "Achterberg-Quist"),
        ("Herr Dr. Zwickelhuber kommt", "Zwickelhuber"),
        ("la señora Etxeberrigaray llama", "Etxeberrigaray"),
        ("Mme Quéméner est là", "Quéméner"),
        ("Dear Ottolinda,\nthanks", "Ottolinda"),
        ("Liebe Qendresa, wie geht", "Qendresa"),
        ("hi priya, quick one", "priya"),
        ("See you.\n\nBest regards,\nQendresa Vullnetari", "Qendresa Vullnetari"),
        ("Bis bald!\nLG Hinnerkus", "Hinnerkus"),
        ("my name is Qendresa Vullnetari and", "Qendresa Vullnetari"),
        ("ich heiße Qendresa und", "Qendresa"),
        ("my name is priya", "priya"),
        ("Patient: Qendresa Vullnetari\n", "Qendresa Vullnetari"),
        ("Name ........ Leilani Kahananui", "Leilani Kahananui"),
        ("Surname: Quistberg\n", "Quistberg"),
        ('{"first_name": "Qendresa"}', "Qendresa"),
        ('{"customerName": "Qendresa Vullnetari"}', "Qendresa Vullnetari"),
        ("Cardholder: ROBERTO A FUENTES", "ROBERTO A FUENTES"),
        ("Kundin Qendresa Vullnetari meldet", "Qendresa Vullnetari"),
        ("my manager Quistberg said", "Quistberg"),
        ("From: Qendresa Vullnetari <x>", "Qendresa Vullnetari"),
        ("姓名：欧阳雪琴，女", "欧阳雪琴"),
    ],
)
def test_names_of_every_origin_are_found_after_what_announces_them(text: str, name: str):
    assert of("name", text) == [name]


def test_the_names_of_a_list_are_found():
    text = "Attendees: Qendresa Vullnetari, Tomer Quist, Mbali Zwide."
    assert of("name", text) == ["Qendresa Vullnetari", "Tomer Quist", "Mbali Zwide"]


def test_a_name_right_before_somebodys_number_is_found():
    assert of("name", "Mbali Zwide, SSN 219-09-9999") == ["Mbali Zwide"]
    assert of("name", "Social Security 219-09-9999") == []


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir or Madam, Dear all, Hi team, Hello World!",
        "Best regards, the Events Team",
        "I am Happy, I'm from Berlin",
        '{"name": "left-pad", "version": "1.3.0"}',
        "host name: Backup Server, file name: Quarterly Report",
        "class Person:\n    name: str\n    customer: Customer",
        "Name: ____________\nSignature: ____",
        "Type: Budget Planning\nOwner: Finance Department\nStatus: Open",
        "kind: Secret",
        "name = value",
    ],
)
def test_what_is_no_person_is_left_alone(text: str):
    assert of("name", text) == []
