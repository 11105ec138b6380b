import pytest

from meritorder.providers.recognisers import shipped
from meritorder.signals.learned.features import features
from meritorder.signals.learned.intent import domain, intent
from meritorder.types.workload import Domain, Intent, Reading
from tests.unit.signals.reading import answers, saying

TWO = {"translate": 0.7, "code": 0.3}
MANY = {f"kind {number}": 0.1 for number in range(10)}


def read(text: str, *tools: str) -> Reading[Intent]:
    return intent(shipped().heads.read(features(text)), tools)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Summarise this article in three sentences.", "summarise"),
        ("Translate this into German: good morning", "translate"),
        ("Write a Python function that sorts a list of dictionaries by a key.", "code"),
        ("Solve x^2 - 5x + 6 = 0", "maths"),
        ("Extract all names and dates from the text below as a list.", "extract"),
        ("Write a short poem about rain", "create"),
        ("Plan a three day trip to Rome", "plan"),
        ("What is the capital of France?", "answer"),
        ("hello there", "converse"),
        ("Übersetze diesen Satz bitte ins Englische: Guten Morgen", "translate"),
    ],
)
def test_what_is_asked_for_in_plain_words_is_read(text: str, expected: Intent):
    reading = read(text)
    assert reading.value == expected
    assert reading.confidence > 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How does mRNA differ from tRNA in protein synthesis?", "biology"),
        ("Fix this Python function: it raises a KeyError on an empty dict", "computer science"),
        ("Is a verbal contract binding under tort law?", "law"),
        ("What is the derivative of x^3 * sin(x)?", "maths"),
    ],
)
def test_the_subject_is_read(text: str, expected: Domain):
    assert domain(shipped().heads.read(features(text))).value == expected


def test_the_likeliest_intent_is_told_with_its_probability():
    assert intent(answers(intent=TWO), ()) == Reading("translate", 0.7, "the wording as a whole")


def test_the_likeliest_subject_is_told_with_its_probability():
    assert domain(answers(domain={"law": 0.2, "maths": 0.8})) == Reading("maths", 0.8, "the wording as a whole")


def test_the_evidence_is_the_word_that_speaks_most_for_it():
    heads = saying(
        {"translate": ("intent", "translate", 1.0), "law": ("domain", "law", 9.0)},
        intent=TWO,
        domain={"law": 0.9, "maths": 0.1},
    )
    read_both = heads.read(features("Translate this Law"))
    assert intent(read_both, ()).evidence == "“translate” and the wording as a whole"
    assert domain(read_both).evidence == "“law” and the wording as a whole"


def test_where_nothing_stands_out_it_is_unknown():
    assert intent(answers(intent=MANY), ()) == Reading("unknown", 0.9, "no intent stands out")
    assert domain(answers(domain=MANY)) == Reading("unknown", 0.9, "no subject stands out")


@pytest.mark.parametrize(
    ("share", "tools", "expected"),
    [
        (0.34, ("book", "search"), "act"),
        (0.36, ("book", "search"), "code"),
        (0.34, (), "code"),
        (0.1, ("book",), "act"),
    ],
)
def test_offered_tools_mean_acting_where_the_words_say_nothing_clear(
    share: float, tools: tuple[str, ...], expected: Intent
):
    others = {f"kind {number}": (1 - share) / 20 for number in range(20)}
    assert intent(answers(intent={"code": share, **others}), tools).value == expected


def test_offered_tools_are_the_evidence_of_acting():
    assert intent(answers(intent=MANY), ("book", "search")) == Reading("act", 0.5, "2 tools offered")


@pytest.mark.parametrize("text", ["", " \n\t", "\ud800"])
def test_of_what_is_no_text_nothing_is_known(text: str):
    assert read(text) == Reading("unknown", 1.0, "there is no text")
    assert domain(shipped().heads.read(features(text))) == Reading("unknown", 1.0, "there is no text")
    assert read(text, "book").value == "act"
