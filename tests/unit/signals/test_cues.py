import pytest

from meritorder.signals.cues import intent, usual
from meritorder.types.workload import INTENTS, Intent, Reading


def kind(text: str, *, tools: tuple[str, ...] = (), code: bool = False, maths: bool = False) -> Reading[Intent]:
    return intent(text, tools, code=code, maths=maths)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Summarise the report below.", "summarise"),
        ("Translate this into German.", "translate"),
        ("Implement a python function that sorts.", "code"),
        ("Calculate the integral.", "maths"),
        ("Extract the names and dates.", "extract"),
        ("Classify the sentiment.", "classify"),
        ("Rephrase and proofread this.", "rewrite"),
        ("A haiku and a poem about rain", "create"),
        ("Plan my agenda and schedule", "plan"),
        ("Explain why the sky looks blue", "reason"),
        ("Who won in 1998?", "answer"),
        ("Hello, thanks!", "converse"),
        ("Übersetze das bitte", "translate"),
    ],
)
def test_a_cue_word_names_the_kind(text: str, expected: Intent):
    assert kind(text).value == expected


def test_the_evidence_is_the_first_cue_word_of_the_kind():
    assert kind("Please extract and list the names").evidence == "“extract”"


def test_two_kinds_that_are_equally_likely_halve_the_confidence():
    alone, torn = kind("summarise"), kind("summarise translate")
    assert torn.confidence < alone.confidence
    assert torn.confidence == pytest.approx(2 / 5)
    assert torn.value == "summarise"


def test_a_cue_that_is_repeated_votes_once():
    assert kind("translate summarise summarise") == kind("translate summarise")


def test_a_cue_in_the_opening_counts_double():
    filler = "word " * 12
    assert kind(f"translate {filler} summarise").value == "translate"
    assert kind(f"summarise {filler} translate").value == "summarise"
    assert kind(f"translate {filler} summarise summary recap").value == "summarise"


def test_the_opening_is_a_dozen_words():
    assert kind("word " * 11 + "translate").confidence == pytest.approx(0.67)
    assert kind("word " * 12 + "translate").confidence == pytest.approx(0.5)


def test_a_word_that_many_requests_have_weighs_less():
    assert kind("what translate").value == "translate"
    assert kind("what translate").confidence == pytest.approx(0.5)


def test_code_in_the_text_votes_for_code():
    reading = kind("please look at it", code=True)
    assert (reading.value, reading.evidence) == ("code", "“code in the text”")


def test_a_formula_votes_for_maths():
    reading = kind("please look at it", maths=True)
    assert (reading.value, reading.evidence) == ("maths", "“a formula in the text”")


def test_offered_tools_mean_acting_where_the_words_say_nothing_else():
    reading = kind("book me a table in Lyon", tools=("book", "search"))
    assert (reading.value, reading.evidence) == ("act", "“2 tools offered”")
    assert kind("translate this", tools=("book",)).value == "translate"


def test_without_a_cue_a_few_words_are_small_talk_and_more_are_a_question():
    assert kind("good evening sir").value == "converse"
    assert kind("good evening dear sir").value == "answer"
    assert kind("good evening dear sir").confidence == pytest.approx(0.2)


def test_the_text_itself_is_not_in_the_evidence():
    assert "zebra" not in kind("zebra zebra zebra zebra").evidence


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_a_usual_length(intent: Intent):
    median, p90 = usual(intent)
    assert 0 < median < p90


def test_an_essay_is_longer_than_a_class():
    assert usual("create")[0] > usual("classify")[1]
