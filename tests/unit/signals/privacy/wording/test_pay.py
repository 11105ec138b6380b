import pytest

from tests.unit.signals.privacy.finding import of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("My salary is $92,400.", "salary is $92,400"),
        ("she earns €68,500, proposal", "€68,500"),
        ("Net pay: £2,941.17", "Net pay: £2,941.17"),
        ("Ich verdiene 3.900 € brutto, wie", "3.900 € brutto"),
        ("mon frère gagne 3 200 € par mois", "3 200 € par mois"),
        ("Ingrid is on 71k and does not know that I know", "71k"),
        ("Her gross annual salary of EUR 58,300 stays", "gross annual salary of EUR 58,300"),
        ("Sehr geehrter Herr Lamprecht, Ihr Bruttogehalt beträgt 4.120 €.", "Bruttogehalt beträgt 4.120 €"),
        ("Cobro 1.340 euros netos en el bar", "1.340 euros netos"),
        ("Zarabiam 6900 na rękę, czy to mało?", "6900 na rękę"),
        ("Mijn uurloon € 16,10 klopt niet", "uurloon € 16,10"),
        ('{"employee": "Ada Quist", "salary": "61500 EUR"}', "61500 EUR"),
        ("同事的月薪是19,800元，别说", "月薪是19,800元"),
        ("部長の基本給 312,000円", "基本給 312,000円"),
    ],
)
def test_somebodys_pay_is_found(text: str, said: str):
    assert of("payroll", text) == [said]


def test_a_kind_of_pay_that_is_other_money_as_well_needs_somebody():
    assert of("payroll", "Ms Adeyinka: commission 2,310.00") == ["commission 2,310.00"]
    assert of("payroll", "The broker takes a commission 2,310.00") == []


@pytest.mark.parametrize("mark", [",", ";", "\t", " | "])
def test_columns_of_pay_beside_names_are_found(mark: str):
    rows = (("name", "grade", "salary"), ("Ada Quist", "B", "4310"), ("Tom Rusk", "C", "3990"))
    table = "\n".join(mark.join(row) for row in rows)
    assert of("payroll", table) == ["4310", "3990"]


def test_columns_of_pay_without_people_are_none():
    assert of("payroll", "job;salary\nbaker;31000\ncook;29000") == []


@pytest.mark.parametrize(
    "text",
    [
        "What is the average salary of a nurse? I read €70,000.",
        "The salary range for this position is $80,000–$100,000 plus bonus.",
        "Quel est le salaire moyen en France, environ 2 600 € ?",
        "Acme earned $4,200,000 in revenue",
        "The payroll module rounds salaries wrongly",
        "no imprime 500 € de papel",
        "It feels like 2020 again, she said",
        "The gate is fixed with 12 bolts, he says",
        "平均年収は450万円です",
        "Wir suchen eine Köchin, Gehalt 2.900 €",
    ],
)
def test_pay_in_general_is_left_alone(text: str):
    assert of("payroll", text) == []
