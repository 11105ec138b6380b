from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from meritorder.errors import ConfigError
from meritorder.providers.minilm import MiniLM, installed
from meritorder.training.labels import LABELS
from meritorder.training.learn import learn
from meritorder.training.samples import Sample

steps: list[tuple[str, int, int]] = []


@contextmanager
def noted(name: str, length: int) -> Generator[Callable[[int], None]]:
    counts: list[int] = []
    yield counts.append
    steps.append((name, length, sum(counts)))


@pytest.mark.skipif(not installed(), reason="training needs a model of meaning: meritorder[embeddings]")
def test_every_step_is_shown_and_what_was_learned_has_its_figures(samples: list[Sample], data: Path):
    pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install 'meritorder[train]'")
    steps.clear()
    learned = learn(samples, data, MiniLM().vectors, noted)
    assert [name for name, _, _ in steps] == ["embedding", "training"]
    assert all(length == done > 0 for _, length, done in steps)
    assert learned.figures.keys() == {*LABELS, "intent, embeddings", "domain, embeddings", "harm, embeddings"}
    assert learned.coverage is not None
    assert learned.coverage.samples == 5
    assert learned.lookalikes is not None
    assert learned.lookalikes.samples > 0


def test_samples_that_will_not_do_are_refused_before_anything_is_embedded(samples: list[Sample], data: Path):
    steps.clear()
    with pytest.raises(ConfigError, match="do not have two labels of "):
        learn(samples[:1], data, MiniLM().vectors, noted)
    assert steps == []
