import pytest

from tests.unit.signals.privacy.reading import of

STATED = [
    ("She was ", "diagnosed with type 2 diabetes", " last year"),
    ("He ", "takes sertraline 50 mg", " in the morning"),
    ("My ", "HbA1c is 8.1 %", ", is that bad?"),
    ("my mom ", "has breast cancer", "."),
    ("I ", "suffer from depression", " and anxiety"),
    ("My son ", "has ADHD", "; what now?"),
    ("I ", "tested positive for chlamydia", " in May"),
    ("Diagnosis: ", "chronic kidney disease", "\nnext"),
    ("Diagnose: ", "Morbus Crohn", "\nweiter"),
    ("Medication: ", "ramipril 5 mg", "; stable"),
    ("Ich ", "habe Diabetes", " und esse gern"),
    ("Mein Sohn ", "hat Asthma", ", darf er tauchen?"),
    ("mon père ", "souffre d'Alzheimer", " depuis mai"),
    ("", "tengo hipertensión", " y dolor"),
    ("mio marito ", "ha il Parkinson", " da anni"),
    ("minha mãe ", "tem diabetes", " há anos"),
    ("ik ", "heb epilepsie", ", mag ik rijden?"),
    ("your son ", "is allergic to peanuts", " he says"),
    ("Sabine ", "hat Brustkrebs", "."),
    ("mijn vader ", "slikt metformine", " al jaren"),
]


@pytest.mark.parametrize(("before", "health", "after"), STATED)
def test_the_health_of_somebody_is_found(before: str, health: str, after: str):
    spans = of("health", before + health + after)
    assert len(spans) == 1
    assert spans[0] in health or health in spans[0]
    assert 2 * min(len(spans[0]), len(health)) > max(len(spans[0]), len(health))


@pytest.mark.parametrize(
    "text",
    [
        "What is diabetes and how is it treated?",
        "Was ist Diabetes?",
        "Qu'est-ce que le diabète de type 2 ?",
        "¿Qué es la hipertensión?",
        "Is sertraline addictive in general?",
        "List common side effects of metformin and of insulin.",
        "Patients with hypertension should reduce salt.",
        "What are the symptoms of multiple sclerosis in adults?",
        "Write a leaflet about asthma inhalers for children.",
        "the Great Depression of 1929",
        "a cancer research institute",
        "How many people have asthma worldwide?",
        "People who have epilepsy may drive after a year.",
        "add this to my list",
        "diagnosis: null",
        "the diagnosis code is a string",
        "My cat has fleas",
        "blood pressure monitors compared",
        "Covid changed the way offices work",
    ],
)
def test_health_in_general_is_nobodys(text: str):
    assert of("health", text) == []
