import pytest

from meritorder.paths.steps import Generate, Generated, Kept, Program
from tests.unit.paths.script import played, said

FIRST, SECOND = Generate("a", evidence=False, forward=True), Generate("b", evidence=True, forward=False)


def twice() -> Program:
    """Asks two endpoints and keeps the answer whose log-probabilities were sent back."""
    first = yield FIRST
    second = yield SECOND
    return Kept(0 if first.logprobs else 1, sum((*first.logprobs, *second.logprobs)))


def test_a_program_that_does_not_look_has_no_confidence():
    assert Kept(0).confidence == -1


def test_a_program_receives_the_result_of_each_step():
    assert played(twice(), [(FIRST, said("a", -2.0)), (SECOND, said("b", -3.0))]) == Kept(0, -5.0)
    assert played(twice(), [(FIRST, said("a")), (SECOND, said("b"))]) == Kept(1, 0)


@pytest.mark.parametrize(
    "script",
    [
        [],
        [(FIRST, said("a"))],
        [(SECOND, said("b")), (FIRST, said("a"))],
        [(FIRST, said("a")), (SECOND, said("b")), (FIRST, said("a"))],
    ],
)
def test_a_script_that_the_program_does_not_follow_fails(script: list[tuple[Generate, Generated]]):
    with pytest.raises(AssertionError):
        played(twice(), script)
