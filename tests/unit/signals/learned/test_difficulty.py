import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.providers.recognisers import shipped
from meritorder.signals.learned.difficulty import ambiguity, difficulty
from meritorder.signals.learned.features import features
from meritorder.signals.learned.heads import Answers
from meritorder.types.workload import Ambiguity
from tests.unit.signals.reading import ANY_TEXT, answers

KINDS = ("object", "referent", "target", "audience", "place-time", "goal")


def shipped_of(text: str) -> Answers:
    return shipped().heads.read(features(text))


def missing(clear: float, kind: str) -> Ambiguity:
    others = dict.fromkeys(KINDS, 0.0)
    return ambiguity(answers(missing={"-": clear, **others, kind: 1 - clear}))


@pytest.mark.parametrize(
    ("low", "medium", "high", "value"),
    [(1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 1.0, 1.0), (0.0, 1.0, 0.0, 0.5), (0.2, 0.4, 0.4, 0.6), (0.7, 0.2, 0.1, 0.2)],
)
def test_difficulty_is_the_mean_over_three_steps(low: float, medium: float, high: float, value: float):
    assert difficulty(answers(difficulty={"low": low, "medium": medium, "high": high})).value == pytest.approx(value)


def test_the_likeliest_step_gives_confidence_and_evidence():
    reading = difficulty(answers(difficulty={"low": 0.1, "medium": 0.3, "high": 0.6}))
    assert reading.confidence == pytest.approx(0.6)
    assert reading.evidence == "the wording, most like what is of high difficulty"


@given(ANY_TEXT)
def test_any_text_has_a_difficulty_and_an_ambiguity(text: str):
    read = shipped_of(text)
    hard, unclear = difficulty(read), ambiguity(read)
    assert 0 <= hard.value <= 1
    assert 0 <= hard.confidence <= 1
    assert 0 <= unclear.value <= 1
    assert 0 <= unclear.confidence <= 1
    assert (unclear.question != "") == (unclear.value >= 0.5)


def test_an_expert_task_is_harder_than_a_childs():
    hard = "Prove that the Riemann zeta function has no zeros on the line with real part one, with a full argument."
    assert difficulty(shipped_of(hard)).value > difficulty(shipped_of("What colour is the sky?")).value + 0.2


def test_where_nothing_is_missing_there_is_no_question():
    reading = missing(0.9, "goal")
    assert (reading.value, reading.confidence) == (pytest.approx(0.1), pytest.approx(0.9))
    assert (reading.evidence, reading.question) == ("nothing seems to be missing", "")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_most_likely_missing_is_asked_for(kind: str):
    reading = missing(0.2, kind)
    assert reading.value == reading.confidence == pytest.approx(0.8)
    assert reading.evidence == f"most likely missing: {kind.replace('-', ' or ')}"
    assert reading.question.endswith("?")


def test_each_kind_has_a_question_of_its_own():
    assert len({missing(0.2, kind).question for kind in KINDS}) == len(KINDS)


@given(st.floats(0, 1))
def test_a_question_is_asked_from_one_half_on(clear: float):
    reading = missing(clear, "referent")
    assert (reading.question != "") == (reading.value >= 0.5)


@pytest.mark.parametrize(
    ("unclear", "clear"), [("Fix it", "What is the capital of France?"), ("Translate it", "2 + 2")]
)
def test_what_leaves_something_out_is_less_clear_than_what_does_not(unclear: str, clear: str):
    assert ambiguity(shipped_of(unclear)).value > ambiguity(shipped_of(clear)).value
