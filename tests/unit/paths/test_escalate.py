import math

import pytest

from meritorder.paths.escalate import escalate
from meritorder.paths.steps import Generate, Generated, Kept, Program
from tests.unit.paths.script import played, said

DRAFT = Generate("small@here", evidence=True, forward=False)
STRONG = Generate("big@here", evidence=False, forward=True)


def sure(drafted: Generated) -> float:
    """Confidence is the probability of the draft's first token, none without one."""
    return math.exp(drafted.logprobs[0]) if drafted.logprobs else 0.0


def a_cascade(stop_at: float) -> Program:
    return escalate("small@here", "big@here", stop_at, sure)


def test_a_draft_that_is_sure_enough_is_kept():
    assert played(a_cascade(0.8), [(DRAFT, said("small@here", math.log(0.9)))]) == Kept(0, pytest.approx(0.9))


def test_a_draft_that_is_not_sure_enough_is_replaced():
    script = [(DRAFT, said("small@here", math.log(0.7))), (STRONG, said("big@here"))]
    assert played(a_cascade(0.8), script) == Kept(1, pytest.approx(0.7))


def test_just_as_sure_as_needed_is_enough():
    assert played(a_cascade(1.0), [(DRAFT, said("small@here", 0.0))]) == Kept(0, 1.0)


def test_without_evidence_the_stronger_model_is_asked():
    script = [(DRAFT, said("small@here")), (STRONG, said("big@here"))]
    assert played(a_cascade(0.8), script) == Kept(1, 0.0)


def test_a_cascade_that_need_not_be_sure_keeps_every_draft():
    assert played(a_cascade(0.0), [(DRAFT, said("small@here"))]) == Kept(0, 0.0)


def test_the_stronger_models_own_confidence_is_not_asked():
    script = [(DRAFT, said("small@here", -2.0)), (STRONG, said("big@here", 0.0))]
    assert played(a_cascade(0.8), script) == Kept(1, pytest.approx(math.exp(-2)))
