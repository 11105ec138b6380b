"""The questions that the learned signals answer, and how the head of each is fitted."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from meritorder.errors import ConfigError
from meritorder.training.samples import LENGTHS, Sample, of
from meritorder.types.workload import DOMAINS, INTENTS, LEVELS

LABELS: Mapping[str, tuple[str, ...]] = {
    "intent": tuple(each for each in INTENTS if each != "unknown"),
    "domain": tuple(each for each in DOMAINS if each != "unknown"),
    "difficulty": LEVELS,
    "stakes": LEVELS,
    "missing": ("-", "object", "referent", "target", "audience", "place-time", "goal"),
    "length": tuple(str(end) for end in LENGTHS),
    "attack": ("none", "attack"),
    "harm": (
        "none",
        "violence",
        "weapons",
        "self-harm",
        "sexual",
        "hate",
        "cyber",
        "fraud",
        "drugs",
        "privacy",
        "disinformation",
        "illegal-other",
    ),
}
"""The heads and their labels, in the order of the columns."""


class Recipe(Struct, frozen=True):
    """How one head is fitted; all was chosen on calibration sources.

    `strength` is the inverse of the regularisation, scikit-learn's C. Rare features count for more by the power
    `rarity` of their inverse document frequency: rare words tell what a text is about, common ones what is asked for.
    `balanced` weighs labels by how rare they are, where writers have more of some than the world has. Weights are
    stored in whole steps of `step` times their quadratic mean.
    """

    strength: float
    rarity: float
    balanced: bool
    step: float


RECIPES: Mapping[str, Recipe] = {
    "intent": Recipe(20, 1.0, balanced=True, step=2.0),
    "domain": Recipe(10, 2.5, balanced=True, step=1.5),
    "difficulty": Recipe(2, 1.0, balanced=False, step=3.0),
    "stakes": Recipe(60, 1.0, balanced=False, step=3.0),
    "missing": Recipe(20, 0.0, balanced=True, step=4.0),
    "length": Recipe(4, 0.5, balanced=False, step=2.0),
    "attack": Recipe(60, 0.5, balanced=False, step=1.5),
    "harm": Recipe(60, 0.5, balanced=False, step=2.0),
}


def check(samples: Sequence[Sample]) -> None:
    """Raise ConfigError where a label is none, or a head has too few to learn from."""
    for sample in samples:
        for name, label in sample.labels.items():
            if label not in LABELS[name]:
                told = f"{sample.source}.tsv: `{label}` is no label of {name}; there is {', '.join(LABELS[name])}"
                raise ConfigError(told, code="malformed_sample")
    for name in LABELS:
        if len({each.labels[name] for each in of(samples, "train", name)}) < 2:
            raise ConfigError(f"the training samples do not have two labels of {name}", code="no_samples")
