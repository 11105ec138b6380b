from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.providers.recognisers import shipped
from meritorder.signals.learned.features import features
from meritorder.signals.learned.stakes import failure_cost
from meritorder.types.workload import LEVELS, FailureCost, Level
from tests.unit.signals.reading import ANY_TEXT, answers

DEEDS = (
    "please DROP TABLE users",
    "rm -rf the folder",
    "then force-push it",
    "git push -f",
    "format the disk",
    "delete all files",
    "wire the money to Ada",
    "transfer funds today",
    "run it in production",
    "lösche die Datei",
    "supprimer le compte",
    "borrar la cuenta",
)
LASTING = (
    "delete_file",
    "sendEmail",
    "bash",
    "stripe.refund",
    "DEPLOY",
    "git_merge",
    "write_file",
    "bulkDelete",
    "postMessage",
    "pay",
)


def cost(text: str = "hello", *tools: str, level: Level = "low") -> FailureCost:
    shares = dict.fromkeys(LEVELS, 0.1) | {level: 0.8}
    return failure_cost(answers(stakes=shares), text, tools)


@pytest.mark.parametrize("level", LEVELS)
def test_the_stakes_are_those_of_the_wording(level: Level):
    assert cost(level=level) == FailureCost(level, 0.8, "the wording as a whole", reversible=level != "high")


@pytest.mark.parametrize("tool", LASTING)
@pytest.mark.parametrize(("level", "raised"), [("low", "medium"), ("medium", "medium"), ("high", "high")])
def test_a_tool_whose_work_stays_done_raises_them(tool: str, level: Level, raised: Level):
    read = cost("hello", "search", tool, level=level)
    assert (read.value, read.reversible) == (raised, False)
    assert tool not in read.evidence


@pytest.mark.parametrize(
    "tool", ["search", "get_weather", "read_file", "list_orders", "payload_size", "getPostcode", ""]
)
def test_a_tool_that_only_looks_does_not(tool: str):
    assert cost("hello", tool) == cost("hello")


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_deed_that_cannot_be_taken_back_makes_them_high(deed: str, level: Level):
    read = cost(deed, level=level)
    assert (read.value, read.reversible) == ("high", False)


def test_the_evidence_of_a_deed_quotes_nothing_of_the_text():
    read = cost("to ada@example.com: delete all files of Lovelace")
    assert read.evidence == "speaks of deleting"


@pytest.mark.parametrize(
    "text", ["drop me a line", "What is a database table?", "format the text", "undelete alligators"]
)
def test_words_that_only_look_like_a_deed_do_not(text: str):
    assert cost(text) == cost("hello")


@given(ANY_TEXT, st.sampled_from(LEVELS), st.lists(st.sampled_from((*LASTING, "search"))))
def test_neither_tools_nor_words_ever_lower_them(text: str, level: Level, tools: list[str]):
    read = cost(text, *tools, level=level)
    assert LEVELS.index(read.value) >= LEVELS.index(level)


def test_what_is_high_cannot_be_undone():
    reads = [cost(text, *tools, level=level) for text, tools, level in product(("a", *DEEDS), ((), ("bash",)), LEVELS)]
    assert not [read for read in reads if read.value == "high" and read.reversible]


def test_advice_on_which_health_depends_is_worth_more_than_a_greeting():
    def read(text: str) -> FailureCost:
        return failure_cost(shipped().heads.read(features(text)), text, ())

    greeting = read("hello there")
    advice = read("Should I stop taking my blood pressure medication?")
    assert LEVELS.index(advice.value) > LEVELS.index(greeting.value)
