import pytest

from tests.unit.signals.privacy.finding import of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I was diagnosed with lupus.", "lupus"),
        ("my mom has breast cancer", "breast cancer"),
        ("She takes sertraline 50 mg", "sertraline 50 mg"),
        ("Diagnosis: chronic kidney disease\nNext", "chronic kidney disease"),
        ('"diagnosis": "type 2 diabetes"', "type 2 diabetes"),
        ("Mein Sohn hat Asthma, darf er", "Asthma"),
        ("mon père souffre d'Alzheimer, quelles", "Alzheimer"),
        ("tengo hipertensión.", "hipertensión"),
        ("mijn vader slikt metformine.", "metformine"),
        ("Our lodger Abigail was signed off sick with shingles, tell nobody", "signed off sick with shingles"),
        ("My aunt tested positive for hepatitis B.", "tested positive for hepatitis B"),
        ("Meine Tante liegt mit Lungenentzündung im Bett", "Lungenentzündung im Bett"),
        ("Mio zio ha avuto un infarto, cosa posso fare?", "infarto"),
        ("Meu irmão tem esquizofrenia.", "esquizofrenia"),
        ("Moja córka ma padaczkę, co robić?", "padaczkę"),
        ("我爸爸有高血压，怎么办", "高血压"),
        ("母が脳梗塞で倒れました", "脳梗塞"),
        ("Mr Oduya: severe sciatica, review in May", "severe sciatica"),
    ],
)
def test_what_somebody_has_or_takes_is_found(text: str, said: str):
    assert of("health", text) == [said]


def test_what_ends_like_an_illness_or_a_medicine_is_found():
    assert of("health", "My wife has tenosynovitis.") == ["tenosynovitis"]
    assert of("health", "My wife takes olmesartan.") == ["olmesartan"]
    assert of("health", "My wife comes in April.") == []


def test_items_after_a_label_are_apart():
    found = of("health", "Patient: Ada Quist\nDiagnosen: chronische Bronchitis, arterielle Hypertonie\n")
    assert found == ["chronische Bronchitis", "arterielle Hypertonie"]


def test_whom_a_record_names_the_next_sentences_are_about():
    assert of("health", "Mrs Penhale, seen at home. Bilateral cataracts. Sleeps badly.") == ["Bilateral cataracts"]


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
        "Write a short story about a baker who hides her epilepsy from her son.",
        "My cat has diabetes, my cat hates the needle",
        "A 54-year-old man has chest pain. He takes ramipril. What comes first?",
        "Welche Medikamente helfen bei Migräne?",
        "¿Qué es la esclerosis múltiple?",
        "condition:\n  - condition: sun\n",
        "Set stroke to red and the fracture density to 0.4",
    ],
)
def test_health_in_general_is_left_alone(text: str):
    assert of("health", text) == []
