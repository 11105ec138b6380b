"""What counts as a right answer, and what only looks like one."""

import pytest

from tools.calibrate.grade import normalise, right, statement
from tools.calibrate.questions import Question


def asking(kind="answer", prompt="Which city do you mean?", accept=("Paris",), options=()) -> Question:
    return Question("q-1", kind, "q", prompt, accept, options)


@pytest.mark.parametrize(
    "text",
    [
        "Paris",
        "**Paris**.",
        "The capital of France is Paris.",
        'The answer is "paris", as everybody knows.',
        "Sure! It is Paris.",
        "Here is the answer:\n\nParis",
        "1. Paris",
        "```\nParis\n```",
        "Which city do you mean? Paris.",
        "Paris, the city of light, of course.",
    ],
)
def test_a_right_answer_is_found_in_the_first_sentence(text: str):
    assert right(asking(), text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lyon.",
        "I do not know. Maybe Paris.",
        "Lyon, Nice, Paris, Metz",
        "Lyon or Paris",
        "Paris or Lyon",
        "Paris, Lyon, Nice",
        "Paris, Lyon, and Nice.",
        "Lyon/Paris",
        "It is Lyon, but Paris is larger.",
        "It is not Paris.",
        "It is Parisian cooking.",
        "It is " + "very " * 20 + "Paris.",
    ],
)
def test_the_word_alone_is_not_enough(text: str):
    assert not right(asking(), text)


def test_of_options_the_first_named_is_the_answer():
    question = asking("classify", accept=("positive",), options=("positive", "negative"))
    assert right(question, "The review is positive, not negative.")
    assert not right(question, "Negative rather than positive.")
    assert not right(question, "Positive or negative.")
    assert not right(question, "positive/negative")
    assert right(question, "Not negative, so positive.")
    assert not right(question, "A matter of taste.")


def test_a_longer_option_is_taken_before_the_one_it_contains():
    question = asking("classify", accept=("not spam",), options=("spam", "not spam"))
    assert right(question, "This is not spam.")
    assert not right(question, "This is spam.")


def test_of_numbers_the_last_that_was_not_given_is_the_answer():
    question = asking("maths", "What is 17 + 25?", ("42",))
    assert right(question, "17 + 25 = 42")
    assert right(question, "42 is the sum of 17 and 25.")
    assert right(question, "17 + 25 = 17 + 20 + 5 = 42.")
    assert not right(question, "17 + 25 = 42 + 1 = 43")
    assert not right(question, "The sum is 142.")


def test_a_number_that_was_given_can_be_the_answer():
    question = asking("maths", "What is 14 - 7?", ("7",))
    assert right(question, "14 - 7 = 7")
    assert not right(question, "14 - 7 = 8")


def test_number_words_and_thousands_are_numbers():
    assert right(asking("answer", "How many days?", ("7",)), "There are seven days in a week.")
    assert right(asking("maths", "Add.", ("1390",)), "The sum is 1,390.")


def test_what_is_worked_up_to_counts_where_answers_are_worked_out():
    text = "We add the tens first. Then the ones. The answer is 42."
    assert right(asking("maths", accept=("42",)), text)
    assert not right(asking("answer", accept=("42",)), text)


def test_extracting_wants_the_thing_and_not_the_text_again():
    text = "Our team signed the new contract in Paris on 4 May 2021 after long talks with the owners."
    question = asking("extract", f"Find the date.\n\n{text}", ("4 May 2021",))
    assert right(question, "4 May 2021")
    assert right(question, "The date in this text is 4 May 2021.")
    assert not right(question, text)
    assert not right(question, f"As I read it here, {text}")


def test_a_pattern_minds_upper_and_lower_case():
    question = asking("rewrite", accept=r"^\W*HELLO WORLD\b")
    assert right(question, '"HELLO WORLD"')
    assert not right(question, "Hello World")


def test_accents_do_not_matter():
    assert right(asking("translate", accept=("cómo estás",)), "¿Como estas?")
    assert normalise("Ça  «va», ‘Élan’") == "ca va, 'elan'"


def test_sentences_that_repeat_the_prompt_are_passed_over_and_short_ones_are_not():
    question = asking(prompt="Monday comes before Tuesday. Which day is first?")
    assert statement(question, "Monday comes before Tuesday. It is Monday.") == "It is Monday."
    assert statement(question, "Monday.") == "Monday."
    assert statement(question, "Which day is first?") == ""
