"""All of one training: embeddings, heads, the spread of lengths, and how they do on sources not seen."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from meritorder.providers.recognisers import Coverage, Figure, Suspected
from meritorder.signals.learned.length import Lengths, Spread
from meritorder.training.embeddings import Vectors, embedded, wanted
from meritorder.training.figures import figures, lookalikes
from meritorder.training.labels import LABELS, check
from meritorder.training.lengths import coverage, spread
from meritorder.training.samples import LENGTHS, Sample, answered
from meritorder.training.signals import Trained, fit

Show: TypeAlias = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows how far a step is: takes its name and how much there is to do, and gives what to tell when so much is done."""


class Learned(Struct, frozen=True):
    """What one training gave: weights, the spread of the answers' lengths, and how both do on test sources."""

    trained: Trained
    spread: Spread
    figures: dict[str, Figure]
    coverage: Coverage | None
    lookalikes: Suspected | None


def learn(samples: Sequence[Sample], data: Path, vectors: Vectors, show: Show) -> Learned:
    """Train on `samples` and on the measured answers in `data`; raises ConfigError where either will not do."""
    check(samples)
    texts = wanted(samples)
    with show("embedding", len(texts)) as done:
        found = embedded(texts, vectors, done)
    with show("training", len(LABELS)) as done:
        trained = fit(samples, found, lambda _: done(1))
    heads = trained.usable
    measured = spread(heads, answered(data, "calibrate"))
    tests = answered(data, "test")
    covered = coverage(heads, Lengths(measured, LENGTHS), tests) if tests else None
    told = figures(heads, samples, found)
    return Learned(trained, measured, told, covered, lookalikes(heads, samples, found))
