import pytest
from hypothesis import given

from meritorder.signals.structure import structure
from tests.unit.signals.reading import ANY_TEXT


@pytest.mark.parametrize(
    ("text", "questions"), [("", 0), ("Why? Since when?", 2), ("为什么？", 1), ("لماذا؟", 1), ("Tell me.", 0)]
)
def test_questions_are_counted_in_every_script(text: str, questions: int):
    assert structure(text).questions == questions


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1. wash\n2. cut\n3) cook", 3),
        ("Do this:\n- wash\n* cut\n• cook", 3),
        ("a) wash\nb) cut", 2),
        ("\n   1. indented", 1),
        ("In 1. place we have this", 0),
        ("- only one line", 0),
        ("one\ntwo", 0),
        ("1.5 litres\n2.5 litres", 0),
    ],
)
def test_steps_are_the_lines_of_a_list(text: str, steps: int):
    assert structure(text).steps == steps


@pytest.mark.parametrize(
    ("text", "constraints"),
    [
        ("At MOST 5 words, without adjectives.", 2),
        ("Es muss kurz sein, nur ein Satz, ohne Beispiele", 3),
        ("Tell me about the mustard.", 0),
        ("", 0),
    ],
)
def test_words_that_set_a_constraint_are_counted(text: str, constraints: int):
    assert structure(text).constraints == constraints


@pytest.mark.parametrize(
    "text", ["```\nx\n```", "def f(x):\n    return x", "import os\nx = 1", "SELECT * FROM t;", "</div>", "#include <a>"]
)
def test_program_text_is_seen(text: str):
    assert structure(text).code


@pytest.mark.parametrize("text", ["\\frac{1}{2}", "$$x$$", "∑ k", "sqrt(2)", "what is 12 * 7", "3+4", "2 × (5)"])
def test_a_formula_is_seen(text: str):
    assert structure(text).maths


@pytest.mark.parametrize("text", ["What is the capital of France?", "Dear Ada, thank you for the letter.", ""])
def test_prose_is_neither_program_text_nor_a_formula(text: str):
    assert not structure(text).code
    assert not structure(text).maths


def test_words_that_set_a_constraint_count_only_near_the_start():
    assert structure("a " * 90 + "must").constraints == 1
    assert structure("a " * 500 + "must").constraints == 0


def test_an_operation_on_numbers_counts_only_near_the_start():
    assert structure("a" * 190 + " 1 + 2").maths
    assert not structure("a" * 210 + " 1 + 2").maths


@given(ANY_TEXT)
def test_any_text_has_a_structure(text: str):
    read = structure(text)
    assert min(read.questions, read.steps, read.constraints) >= 0
