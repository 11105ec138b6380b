import pytest

from tests.unit.signals.privacy.reading import of

STATED = [
    "her salary is €72,000",
    "My salary is $92,400",
    "Net pay: £2,941.17",
    "he earns €68,500",
    "she makes $120k",
    "bonus of 12,500 EUR",
    "severance of $24,000",
    "Current salary: £61,000",
    "a $95,000 salary",
    "Mein Gehalt beträgt 4.200 €",
    "Ich verdiene 3.900 € brutto",
    "Auszahlungsbetrag: 2.764,31 €",
    "Gehaltsabrechnung: 3.100,00 €",
    "Net à payer : 1 984,22 €",
    "elle gagne 3 200 €",
    "mi sueldo es de 1.300 euros",
    "Líquido a percibir: 1.742,60 €",
    "guadagno 1.850 euro",
    "meu salário é R$ 4.200",
    "Nettoloon: € 2.318,77",
    "mijn collega verdient 3.400 euro",
]


@pytest.mark.parametrize("around", ["{}", "ok, {}. And now?", "\n{}\n", '{{"note": "{}"}}'])
@pytest.mark.parametrize("pay", STATED)
def test_somebodys_pay_is_found(pay: str, around: str):
    assert len(of("payroll", around.format(pay))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "What is the average salary of an engineer, €70,000?",
        "The salary range is $80,000–$100,000.",
        "Minimum wage in Spain is 1,134 euros.",
        "Das Durchschnittsgehalt liegt bei 54.000 Euro.",
        "le salaire moyen est de 2 600 €",
        "Quanto guadagna in media un insegnante, 1.600 euro?",
        "gemiddeld salaris van 3.500 euro",
        "Acme Corp earned revenue of $12.4 million",
        "the salary field is required",
        "Pay between £29,000 and £34,000",
        "pay the invoice of 300 €",
        "a bonus level in the game",
        "the ticket costs €72,000",
        "salary: number",
        "erklär mir den Unterschied zwischen Brutto und Netto",
        "median wage: $56,000",
    ],
)
def test_pay_that_is_nobodys_is_left_alone(text: str):
    assert of("payroll", text) == []
