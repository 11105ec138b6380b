import pytest

from tests.unit.signals.privacy.finding import of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I was diagnosed with lupus.", "was diagnosed with lupus"),
        ("my mom has breast cancer", "has breast cancer"),
        ("She takes sertraline 50 mg", "takes sertraline 50 mg"),
        ("Diagnosis: chronic kidney disease\nNext", "chronic kidney disease"),
        ('"diagnosis": "type 2 diabetes"', "type 2 diabetes"),
        ("Mein Sohn hat Asthma, darf er", "hat Asthma"),
        ("mon père souffre d'Alzheimer, quelles", "souffre d'Alzheimer"),
        ("tengo hipertensión.", "tengo hipertensión"),
        ("mijn vader slikt metformine.", "slikt metformine"),
    ],
)
def test_what_somebody_has_or_takes_is_found(text: str, said: str):
    assert of("health", text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "What is diabetes and how is it treated?",
        "Patients with hypertension should reduce salt",
        "List common side effects of metformin and of insulin.",
        "How many people have asthma worldwide?",
        "depression-era prices",
        "Diagnosis: ____",
        "condition: bool",
        "the archives exist, utente=cassa2",
    ],
)
def test_health_in_general_is_left_alone(text: str):
    assert of("health", text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("My salary is $92,400.", "salary is $92,400"),
        ("she earns €68,500, proposal", "earns €68,500"),
        ("Net pay: £2,941.17", "Net pay: £2,941.17"),
        ("Ich verdiene 3.900 € brutto, wie", "verdiene 3.900 € brutto"),
        ("mon frère gagne 3 200 € par mois", "gagne 3 200 € par mois"),
    ],
)
def test_somebodys_pay_is_found(text: str, said: str):
    assert of("payroll", text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "What is the average salary of a nurse? I read €70,000.",
        "The salary range for this position is $80,000–$100,000 plus bonus.",
        "Quel est le salaire moyen en France, environ 2 600 € ?",
        "Acme earned $4,200,000 in revenue",
        "The payroll module rounds salaries wrongly",
        "no imprime 500 € de papel",
    ],
)
def test_pay_in_general_is_left_alone(text: str):
    assert of("payroll", text) == []
