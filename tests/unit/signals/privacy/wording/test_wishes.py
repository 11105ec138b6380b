import pytest

from meritorder.signals.privacy.find import spans
from tests.unit.signals.privacy.finding import of

WISHES = [
    ("en", "Figures for the board, strictly confidential. Next slide.", "strictly confidential"),
    ("en", "Please do not forward this outside the team.", "do not forward this outside the team"),
    ("en", "She is leaving in May, keep this between us.", "keep this between us"),
    ("de", "Das Angebot ist streng vertraulich.", "streng vertraulich"),
    ("fr", "Note : strictement confidentiel.", "strictement confidentiel"),
    ("es", "Este informe es estrictamente confidencial.", "estrictamente confidencial"),
    ("it", "Documento strettamente riservato.", "strettamente riservato"),
    ("nl", "Dit stuk is strikt vertrouwelijk.", "strikt vertrouwelijk"),
]


@pytest.mark.parametrize(("language", "text", "wish"), WISHES, ids=lambda each: each[:30])
def test_a_wish_is_found_as_it_is_cut_from_its_sentence(language: str, text: str, wish: str):
    assert of("confidential", text) == [wish], language


@pytest.mark.parametrize(
    "text",
    [
        "What does strictly confidential mean in a contract?",
        "Explain the difference between confidential and secret.",
        "Was bedeutet streng vertraulich?",
        "Our confidentiality clause is two pages long.",
        "The confidential computing team ships on Monday.",
        "Never share your password with anybody.",
    ],
)
def test_to_speak_of_confidence_is_no_wish(text: str):
    assert of("confidential", text) == []


def test_a_marking_is_found_in_texts_that_are_not_read_closely():
    assert [span.kind for span in spans(b"STRICTLY CONFIDENTIAL\nThe plan", closely=False)] == ["confidential"]


@pytest.mark.parametrize("end", ["\n", ".", " and so on", ""])
def test_a_wish_ends_where_its_clause_does(end: str):
    (wish,) = of("confidential", f"Budget 2031 - strictly confidential{end}")
    assert wish.startswith("strictly confidential")
    assert "\n" not in wish
