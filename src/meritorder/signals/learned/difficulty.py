"""How hard the request is, and whether a question would be worth more than a guess."""

from collections.abc import Mapping

from meritorder.signals.learned.heads import Answers
from meritorder.types.workload import Ambiguity, Reading

_STEPS: Mapping[str, float] = {"low": 0.0, "medium": 0.5, "high": 1.0}

_QUESTIONS: Mapping[str, str] = {
    "object": "Could you send the text, code or file that this is about?",
    "referent": "What exactly do you mean here: which one?",
    "target": "Into which language, format, platform or version?",
    "audience": "Who is it for, and in which tone?",
    "place-time": "Where is this, and for when?",
    "goal": "What is it for, and what matters most?",
}
"""What to ask, by what is missing."""

_WORTH_ASKING = 0.5


def difficulty(answers: Answers) -> Reading[float]:
    """From 0 (a child can) to 1 (an expert needs an hour): the mean over three steps."""
    steps = answers.of("difficulty")
    mean = sum(_STEPS[step] * share for step, share in steps.items())
    label, probability = answers.best("difficulty")
    return Reading(round(mean, 2), round(probability, 2), f"the wording, most like what is of {label} difficulty")


def ambiguity(answers: Answers) -> Ambiguity:
    """P(something is missing without which an answer is a guess), and what to ask for where that is likely."""
    missing = answers.of("missing")
    clear = missing.pop("-")
    kind = max(missing, key=lambda each: missing[each])
    value = round(1 - clear, 2)
    if value < _WORTH_ASKING:
        return Ambiguity(value, round(clear, 2), "nothing seems to be missing", "")
    return Ambiguity(value, value, f"most likely missing: {kind.replace('-', ' or ')}", _QUESTIONS[kind])
