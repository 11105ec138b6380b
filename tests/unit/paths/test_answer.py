from meritorder.paths.answer import answer
from meritorder.paths.steps import Generate, Kept
from tests.unit.paths.script import played, said


def test_whatever_the_endpoint_says_is_the_reply_and_may_be_forwarded_at_once():
    script = [(Generate("small@here", evidence=False, forward=True), said("small@here"))]
    assert played(answer("small@here"), script) == Kept(0)


def test_a_direct_answer_is_not_judged():
    script = [(Generate("small@here", evidence=False, forward=True), said("small@here", -9.0))]
    assert played(answer("small@here"), script).confidence == -1
