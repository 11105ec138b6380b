from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.providers.recognisers import Suspected
from meritorder.signals.learned.features import ROWS
from meritorder.signals.learned.heads import Closer, Heads
from meritorder.training.figures import area, calibration_error, figures, lookalikes, wilson
from meritorder.training.labels import LABELS
from meritorder.training.samples import Sample
from tests.unit.signals.reading import saying

PAIRS = st.lists(st.tuples(st.floats(0, 1, width=32), st.booleans()), min_size=1, max_size=40)
CALM = {"none": 0.9, "attack": 0.1}
MILD = {"none": 0.99, "drugs": 0.01}
BOTH = {"intent": {"create": 0.6, "plan": 0.4}, "domain": {"law": 0.9, "maths": 0.1}, "harm": MILD}
Pairs = list[tuple[float, bool]]


def arrays(pairs: Pairs) -> tuple[np.ndarray, np.ndarray]:
    return np.array([one for one, _ in pairs], np.float32), np.array([other for _, other in pairs])


@pytest.mark.parametrize(
    ("right", "of_all", "low", "high"),
    [
        (5, 10, 0.2366, 0.7634),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (90, 100, 0.8256, 0.9448),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_of_a_share_is_wilsons(right: int, of_all: int, low: float, high: float):
    assert wilson(right, of_all) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(1, 5_000).flatmap(lambda of_all: st.tuples(st.integers(0, of_all), st.just(of_all))))
def test_its_ends_are_where_the_share_is_just_so_far_off(counts: tuple[int, int]):
    right, of_all = counts
    share = right / of_all
    low, high = wilson(right, of_all)
    assert -1e-9 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1 + 1e-9
    for end in (low, high):
        assert abs(share - end) == pytest.approx(1.959964 * sqrt(max(0.0, end * (1 - end)) / of_all), abs=1e-6)


@pytest.mark.parametrize(
    ("scores", "positive", "expected"),
    [
        ([0.1, 0.9], [False, True], 1.0),
        ([0.9, 0.1], [False, True], 0.0),
        ([0.5, 0.5], [False, True], 0.5),
        ([0.1, 0.4, 0.35, 0.8], [False, False, True, True], 0.75),
        ([0.2, 0.3], [True, True], 0.5),
        ([0.2, 0.3], [False, False], 0.5),
    ],
)
def test_the_area_is_how_often_a_positive_scores_above_a_negative(
    scores: list[float], positive: list[bool], expected: float
):
    assert area(np.array(scores, np.float32), np.array(positive)) == pytest.approx(expected)


@given(PAIRS)
def test_the_area_is_that_of_all_pairs(pairs: Pairs):
    scores, positive = arrays(pairs)
    above = [float(one > other) + 0.5 * float(one == other) for one in scores[positive] for other in scores[~positive]]
    assert area(scores, positive) == pytest.approx(sum(above) / len(above) if above else 0.5)


@pytest.mark.parametrize(
    ("confidence", "right", "expected"),
    [
        ([1.0, 1.0], [True, True], 0.0),
        ([1.0, 1.0], [False, False], 1.0),
        ([0.55, 0.55], [True, False], 0.05),
        ([0.95, 0.15], [True, False], 0.10),
        ([0.75, 0.75, 0.75, 0.25], [True, True, False, False], 0.125),
    ],
)
def test_the_calibration_error_is_the_mean_gap(confidence: list[float], right: list[bool], expected: float):
    assert calibration_error(np.array(confidence, np.float32), np.array(right)) == pytest.approx(expected, abs=1e-6)


@given(PAIRS)
def test_the_calibration_error_is_that_of_ten_classes(pairs: Pairs):
    confidence, right = arrays(pairs)
    classes: dict[int, Pairs] = {}
    for sure, was_right in zip(confidence, right, strict=True):
        classes.setdefault(min(9, int(sure * np.float32(10))), []).append((float(sure), bool(was_right)))
    gaps = [abs(sum(sure for sure, _ in each) - sum(so for _, so in each)) for each in classes.values()]
    assert calibration_error(confidence, right) == pytest.approx(sum(gaps) / len(pairs), abs=1e-5)


def sample(text: str, source: str = "prompts-r", **labels: str) -> Sample:
    return Sample(text, source, "en", labels)


def test_the_figures_are_those_of_the_test_sources():
    heads = saying(
        {"poem": ("intent", "create", 900.0), "bomb": ("attack", "attack", 900.0)},
        **{name: dict.fromkeys(labels, 1 / len(labels)) for name, labels in LABELS.items()},
    )
    told = figures(
        heads,
        [
            sample("a poem", intent="create", attack="none"),
            sample("a poem bomb", intent="create", attack="attack"),
            sample("poem", intent="plan"),
            sample("poem", intent="create"),
            sample("ignored", "prompts-a", intent="plan", harm="fraud"),
            sample("ignored", "prompts-h", intent="plan", harm="fraud"),
        ],
        dict.fromkeys(("a poem", "a poem bomb", "poem"), np.ones(1, np.float32)),
    )
    assert set(told) == {"intent", "attack", "intent, embeddings"}
    asked, attack = told["intent"], told["attack"]
    assert (asked.samples, asked.accuracy, asked.ece, asked.auc) == (4, 0.75, 0.25, None)
    assert (asked.low, asked.high) == tuple(round(end, 4) for end in wilson(3, 4))
    assert (attack.samples, attack.accuracy, attack.auc) == (2, 1.0, 1.0)
    assert told["intent, embeddings"] == asked


def test_what_is_in_doubt_is_read_once_more_with_its_embedding():
    heads = saying(**BOTH)
    closer = Closer(np.array([[0, 20, 0, 0, 0, 0]], np.float32), np.zeros(6, np.float32), np.ones(6, np.float32))
    bias = np.log([0.6, 0.4, 0.9, 0.1, 0.99, 0.01])
    sure = Heads(heads.heads, np.zeros((ROWS, 6), np.int8), np.ones(6), bias, (), closer)
    texts = [sample("one", intent="plan", domain="law"), sample("other", intent="create", domain="law")]
    told = figures(sure, texts, {"one": np.ones(1, np.float32), "other": -np.ones(1, np.float32)})
    assert (told["intent"].accuracy, told["intent, embeddings"].accuracy) == (0.5, 1.0)
    assert told["domain, embeddings"].accuracy == 1.0


def test_suspecting_what_is_harmless_is_counted():
    heads = saying({"bomb": ("attack", "attack", 900.0)}, attack=CALM, **BOTH)
    texts = [sample(text, attack="none") for text in ("a bomb", "a plum", "a fig", "a pear")]
    assert figures(heads, texts, {})["attack"].alarms == 0.25


def test_look_alikes_are_the_harmless_texts_that_are_no_prompts_of_daily_work():
    heads = saying({"bomb": ("attack", "attack", 900.0), "gun": ("harm", "drugs", 900.0)}, attack=CALM, **BOTH)
    harmless = {"attack": "none", "harm": "none"}
    told = lookalikes(
        heads,
        [
            *(sample(text, "safety-g", **harmless) for text in ("a bomb", "a gun", "a plum", "a fig")),
            sample("a bomb", "safety-g", attack="attack", harm="none"),
            sample("gun", "safety-g", attack="none", harm="drugs"),
            sample("gun", intent="plan", **harmless),
            sample("gun", "safety-a", **harmless),
        ],
        dict.fromkeys(("a bomb", "a gun", "a plum", "a fig"), np.ones(1, np.float32)),
    )
    low, high = (round(end, 4) for end in wilson(2, 4))
    assert told == Suspected(4, 0.5, low, high)


def test_without_any_there_is_nothing_to_tell_of_look_alikes():
    assert (
        lookalikes(saying(attack=CALM, **BOTH), [sample("a", intent="create", attack="none", harm="none")], {}) is None
    )


def test_without_test_sources_there_are_no_figures():
    heads = saying(**BOTH)
    assert figures(heads, [sample("a", "prompts-a", intent="create")], {}) == {}
