"""Probabilities made honest: one number a head, or two, fitted on samples that the weights have not seen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from meritorder.training.linear import library

_COOLEST, _HOTTEST = 0.2, 5.0


def temperature(logits: NDArray[np.float32], truth: NDArray[np.intp]) -> float:
    """The temperature at which `truth` (label numbers) is likeliest under `logits` (samples × labels); 1 where there
    are none (Guo et al., On Calibration of Modern Neural Networks, 2017).
    """
    if not len(truth):
        return 1.0

    def at(log_temperature: float) -> float:
        return surprise(logits / np.exp(log_temperature), truth)

    found: Any = library("scipy.optimize").minimize_scalar(
        at, bounds=(np.log(_COOLEST), np.log(_HOTTEST)), method="bounded"
    )
    return float(np.exp(found.x))


def shares(some: NDArray[np.float32], others: NDArray[np.float32], truth: NDArray[np.intp]) -> tuple[float, float]:
    """How much each of two heads' logits (samples × labels) counts in the sum under which `truth` is likeliest: their
    product of experts (Hinton, Training Products of Experts, 2002), each with a temperature of its own.
    """
    if not len(truth):
        return 0.5, 0.5

    def at(logs: NDArray[np.float64]) -> float:
        first, second = np.exp(logs)
        return surprise(first * some + second * others, truth)

    found: Any = library("scipy.optimize").minimize(at, [-0.7, -0.7], method="Nelder-Mead", options={"maxiter": 200})
    first, second = np.exp(found.x)
    return float(first), float(second)


def surprise(logits: NDArray[Any], truth: NDArray[np.intp]) -> float:
    """The mean of -log P(truth) under softmax(`logits`), in nats."""
    above = logits - logits.max(axis=1, keepdims=True)
    totals = np.log(np.exp(above).sum(axis=1))
    return float((totals - above[np.arange(len(truth)), truth]).mean())
