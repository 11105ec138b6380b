"""Logistic regression, fitted by scikit-learn."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from meritorder.errors import ConfigError

Linear: TypeAlias = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Weights (features × labels) and biases (labels)."""


def logistic(
    texts: Any, given: Sequence[str], labels: Sequence[str], *, strength: float, balanced: bool, steps: int
) -> Linear:
    """Fit `given` labels to the rows of `texts` (texts × features), in at most `steps`; `labels` are all there are.

    Two labels are fitted as one and its opposite.
    """
    weigh = "balanced" if balanced else None
    model: Any = library("sklearn.linear_model").LogisticRegression(C=strength, max_iter=steps, class_weight=weigh)
    model.fit(texts, given)
    weights = np.zeros((texts.shape[1], len(labels)), np.float32)
    bias = np.full(len(labels), _NEVER, np.float32)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.stack([-coefficients[0], coefficients[0]]) / 2
        intercepts = np.array([-intercepts[0], intercepts[0]]) / 2
    for place, label in enumerate(model.classes_):
        weights[:, labels.index(label)] = coefficients[place]
        bias[labels.index(label)] = intercepts[place]
    return weights, bias


_NEVER = -20.0
"""Bias of a label that no sample has."""


def library(name: str) -> Any:
    """A module of scikit-learn or SciPy, which only training needs."""
    try:
        return import_module(name)
    except ImportError as error:
        told = "training needs scikit-learn: pip install 'meritorder[train]'"
        raise ConfigError(told, code="extra_missing") from error
