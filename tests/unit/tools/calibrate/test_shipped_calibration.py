"""The calibration that ships follows from the outcomes that are kept, and the product can read it."""

import hashlib
from collections import defaultdict

import msgspec
import pytest

from meritorder.config.calibration import measured
from meritorder.paths.confidence import expected_spread, p_right
from meritorder.types.workload import INTENTS
from tools.calibrate import ask, questions, report


@pytest.fixture(scope="module")
def asked():
    return questions.load()


@pytest.fixture(scope="module")
def outcomes():
    return ask.load()


def test_fitting_again_gives_the_file_that_ships(asked, outcomes):
    assert report.write(report.shipped(asked, outcomes)) == report.SHIPPED.read_bytes()


def test_the_file_names_the_outcomes_it_was_made_from():
    content = msgspec.json.decode(report.SHIPPED.read_bytes())
    assert content["sha256_of_outcomes"] == hashlib.sha256(ask.OUTCOMES.read_bytes()).hexdigest()


def test_the_questions_are_those_that_their_families_make(asked):
    assert questions.dump(questions.write()) == questions.QUESTIONS.read_bytes()
    assert len(questions.QUESTIONS.read_bytes()) < 150_000


def test_every_question_is_asked_once_and_differs_from_the_others(asked, outcomes):
    assert [each.id for each in outcomes] == [each.id for each in asked]
    assert len({each.id for each in asked}) == len(asked)
    assert len({each.prompt for each in asked}) == len(asked)


def test_no_two_splits_share_a_source_and_every_kind_is_in_all_of_them(asked):
    sources, kinds = defaultdict(set), defaultdict(set)
    split = questions.splits(asked)
    for each in asked:
        sources[split[each.source]].add(each.source)
        kinds[split[each.source]].add(each.kind)
    assert set(sources) == set(questions.SPLITS)
    assert not sources["train"] & sources["calibration"]
    assert not sources["train"] & sources["test"]
    assert not sources["calibration"] & sources["test"]
    assert kinds["train"] == kinds["calibration"] == kinds["test"]
    assert len(sources["train"]) == pytest.approx(len(split) / 2, abs=1)


def test_a_source_has_questions_of_one_kind_only(asked):
    kinds = defaultdict(set)
    for each in asked:
        kinds[each.source].add(each.kind)
    assert {len(found) for found in kinds.values()} == {1}


def test_the_product_reads_it_and_probabilities_stay_within_zero_and_one():
    calibration = measured("smollm2-135m")
    assert calibration is not None
    assert len(calibration.spread) == 16
    assert list(calibration.spread) == sorted(calibration.spread)
    assert 0 < p_right(calibration, 0.3, (-3.0,)) <= p_right(calibration, 0.3, (-0.1,)) < 1
    assert list(expected_spread(calibration, 0.3)) == sorted(expected_spread(calibration, 0.3))


def test_the_qualities_are_those_of_kinds_the_product_knows():
    content = msgspec.json.decode(report.SHIPPED.read_bytes())
    assert set(content["quality_by_intent"]) <= set(INTENTS)
    assert all(0 < value < 1 for value in [content["quality"], *content["quality_by_intent"].values()])
