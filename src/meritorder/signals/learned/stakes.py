"""What a wrong answer may cost, from the wording and from the tools that are offered."""

import re
from collections.abc import Mapping, Sequence

from meritorder.signals.anchors import Anchors
from meritorder.signals.learned.heads import Answers
from meritorder.types.workload import LEVELS, FailureCost, Level

_LEVELS: Mapping[str, Level] = {each: each for each in LEVELS}

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LASTING = re.compile(
    r"(?:delet|drop|remov|destroy|purg|wip|transfer|refund|charg|send|publish|deploy|merg|terminat|shutdown"
    r"|execut|shell|bash|writ|updat|cancel|revok)[a-z]*|(?:pay|post)(?:s|ing|ments?|outs?)?"
)
"""A word in the name of a tool: what it does stays done."""

_UNDONE_BY_NOBODY = Anchors(
    [
        ("dropping data", b"(?i)drop (?:table|database)|truncate table|rm -rf"),
        ("rewriting what others have", b"(?i)force.push|git push -f"),
        ("deleting", b"(?i)format the (?:disk|drive)|delete (?:all|every|the) "),
        ("deleting", "(?i)lösche |supprimer? |supprimez |eliminar? |borrar? ".encode()),
        ("moving money", b"(?i)(?:wire|transfer) (?:the )?(?:money|funds)"),
        ("work in production", b"(?i)in production|on prod "),
    ]
)
"""What is asked for cannot be taken back."""


def failure_cost(answers: Answers, text: str, tools: Sequence[str]) -> FailureCost:
    """The stakes as read from the wording, raised by tools and words whose work cannot be undone."""
    level, probability = answers.best("stakes")
    lasting = any(_LASTING.fullmatch(word.lower()) for tool in tools for word in _WORDS.findall(tool))
    deeds = _UNDONE_BY_NOBODY.places(text.encode(errors="ignore"))
    if deeds:
        return FailureCost("high", 0.8, f"speaks of {next(iter(deeds))}", reversible=False)
    if lasting:
        raised: Level = "high" if level == "high" else "medium"
        return FailureCost(raised, 0.7, "a tool that is offered does what stays done", reversible=False)
    value = _LEVELS[level]
    return FailureCost(value, round(probability, 2), "the wording as a whole", reversible=value != LEVELS[-1])
