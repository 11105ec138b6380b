import pytest

from meritorder.paths.confidence import p_right
from meritorder.paths.programs import start
from meritorder.paths.steps import Generate, Kept
from meritorder.types.snapshot import Generation
from tests.builders import CALIBRATION, a_generation, a_model, a_quote, an_endpoint
from tests.unit.paths.script import played, said

DRAFT = Generate("small@here", evidence=True, forward=False)
STRONG = Generate("big@here", evidence=False, forward=True)


def a_pool(*, calibrated: bool = True) -> Generation:
    small = a_model(
        "small", quality=0.6, by_intent={"code": 0.2, "plan": 0.9}, calibration=CALIBRATION if calibrated else None
    )
    return a_generation([small, a_model("big", quality=0.9)], [an_endpoint("small"), an_endpoint("big")])


def test_a_direct_path_answers():
    script = [(Generate("big@here", evidence=False, forward=True), said("big@here"))]
    assert played(start(a_quote("big@here"), "answer", a_pool()), script) == Kept(0)


def test_a_cascade_keeps_the_draft_where_it_is_as_sure_as_the_quote_asks():
    confidence = p_right(CALIBRATION, 0.6, (-0.1,))
    program = start(a_quote("small@here", strong="big@here", stop_at=confidence), "answer", a_pool())
    assert played(program, [(DRAFT, said("small@here", -0.1))]) == Kept(0, pytest.approx(confidence))


def test_a_cascade_asks_on_where_the_draft_is_less_sure_than_the_quote_asks():
    confidence = p_right(CALIBRATION, 0.6, (-0.1,))
    program = start(a_quote("small@here", strong="big@here", stop_at=confidence + 0.01), "answer", a_pool())
    script = [(DRAFT, said("small@here", -0.1)), (STRONG, said("big@here"))]
    assert played(program, script) == Kept(1, pytest.approx(confidence))


def test_the_same_answer_convinces_on_a_task_at_which_the_model_is_good():
    quote = a_quote("small@here", strong="big@here", stop_at=0.6)
    drafted = (DRAFT, said("small@here", -0.1))
    assert played(start(quote, "plan", a_pool()), [drafted]).step == 0
    assert played(start(quote, "code", a_pool()), [drafted, (STRONG, said("big@here"))]).step == 1


def test_a_draft_that_shows_no_evidence_is_as_sure_as_its_model_is_good():
    program = start(a_quote("small@here", strong="big@here", stop_at=0.6), "answer", a_pool())
    assert played(program, [(DRAFT, said("small@here"))]) == Kept(0, 0.6)


def test_a_model_without_calibration_is_as_sure_as_it_is_good():
    program = start(a_quote("small@here", strong="big@here", stop_at=0.6), "answer", a_pool(calibrated=False))
    assert played(program, [(DRAFT, said("small@here", -9.0))]) == Kept(0, 0.6)
