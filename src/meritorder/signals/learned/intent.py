"""What is asked for, and of which subject."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from meritorder.signals.learned.heads import Answers
from meritorder.types.workload import DOMAINS, INTENTS, Domain, Intent, Reading

T = TypeVar("T")

_INTENTS: Mapping[str, Intent] = {each: each for each in INTENTS}
_DOMAINS: Mapping[str, Domain] = {each: each for each in DOMAINS}

_UNSURE = 0.15
"""Probability below which the likeliest of sixteen intents, or of fourteen domains, is no better than a guess."""

_TOOLS_SPEAK = 0.35
"""Below it, an intent that is read from the wording gives way to the tools that are offered."""

_CLEAR = 0.4
"""Margin of probability from which the likeliest value has no rival."""

_NO_TEXT = "there is no text"


def intent(answers: Answers, tools: Sequence[str]) -> Reading[Intent]:
    """The likeliest intent; `act` where tools are offered and the words say nothing clear."""
    label, probability = answers.best("intent")
    if tools and (probability < _TOOLS_SPEAK or not answers.features.words):
        return Reading("act", 0.5, f"{len(tools)} tools offered")
    if not answers.features.words:
        return Reading("unknown", 1.0, _NO_TEXT)
    if probability < _UNSURE:
        return Reading("unknown", round(1 - probability, 2), "no intent stands out")
    because = _quoted(answers, "intent", label)
    return Reading(_INTENTS[label], round(probability, 2), because, _rival(answers, "intent", probability, _INTENTS))


def domain(answers: Answers) -> Reading[Domain]:
    """The likeliest domain."""
    if not answers.features.words:
        return Reading("unknown", 1.0, _NO_TEXT)
    label, probability = answers.best("domain")
    if probability < _UNSURE:
        return Reading("unknown", round(1 - probability, 2), "no subject stands out")
    because = _quoted(answers, "domain", label)
    return Reading(_DOMAINS[label], round(probability, 2), because, _rival(answers, "domain", probability, _DOMAINS))


def _rival(answers: Answers, name: str, best: float, values: Mapping[str, T]) -> T | None:
    label, probability = answers.rival(name)
    return values.get(label) if best - probability < _CLEAR else None


def _quoted(answers: Answers, name: str, label: str) -> str:
    word = answers.because(name, label)
    return f"“{word}” and the wording as a whole" if word else "the wording as a whole"
