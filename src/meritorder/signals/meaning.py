"""What the words of a request mean, read as closely as is of use.

The learned heads read everything, in a tenth of a millisecond. Where nothing in force makes use of more than the
rough intent, cue words give that for a twentieth of the price, and the rest is left unread, and says so.
"""

from collections.abc import Sequence

from msgspec import Struct

from meritorder.signals import cues
from meritorder.signals.learned.difficulty import ambiguity, difficulty
from meritorder.signals.learned.features import features
from meritorder.signals.learned.heads import Answers, Embedding, Heads
from meritorder.signals.learned.intent import domain, intent
from meritorder.signals.learned.safety import safety
from meritorder.signals.learned.stakes import failure_cost
from meritorder.signals.recognisers import Recognisers
from meritorder.signals.structure import has_code, has_maths, structure
from meritorder.signals.turns import Turns
from meritorder.signals.window import cut
from meritorder.types.units import Tokens
from meritorder.types.workload import (
    NO_AMBIGUITY,
    NO_DIFFICULTY,
    NO_DOMAIN,
    NO_FAILURE_COST,
    NO_SAFETY,
    Ambiguity,
    Domain,
    FailureCost,
    Intent,
    Reading,
    Safety,
    Structure,
)

_LEANS_ON_THE_LAST = 80
"""Characters below which a turn is read with the one before it to tell its subject ("and in winter?")."""


class Meaning(Struct, frozen=True):
    """The signals that are read from the wording; `median` and `p90` are those of the answer's length."""

    intent: Reading[Intent]
    domain: Reading[Domain]
    difficulty: Reading[float]
    ambiguity: Ambiguity
    safety: Safety
    failure_cost: FailureCost
    structure: Structure
    median: Tokens
    p90: Tokens


def by_heads(
    words: str, parted: Turns, tools: Sequence[str], recognisers: Recognisers, embedding: Embedding | None = None
) -> Meaning:
    """Read by the learned heads: `words` is the bounded part of the user's turn, `embedding` that of them, where it was
    made.
    """
    heads = recognisers.heads
    answers = heads.read(features(words), embedding)
    # The system prompt is the operator's: what it tells the assistant is no attack.
    text = "\n".join((*parted.users, *parted.inserted)).encode(errors="ignore")
    median, p90 = recognisers.lengths.median_and_p90(answers)
    return Meaning(
        intent(answers, tools),
        domain(_in_context(parted, answers, heads)),
        difficulty(answers),
        ambiguity(answers),
        safety(answers, heads, words, parted.inserted, text),
        failure_cost(answers, words, tools),
        structure(words),
        median,
        p90,
    )


def by_cues(words: str, tools: Sequence[str]) -> Meaning:
    """Read by cue words: the intent, and the length that its answers usually have."""
    code, maths = has_code(words), has_maths(words)
    asked = cues.intent(words, tools, code=code, maths=maths)
    built = Structure(code=code, maths=maths)
    return Meaning(
        asked, NO_DOMAIN, NO_DIFFICULTY, NO_AMBIGUITY, NO_SAFETY, NO_FAILURE_COST, built, *cues.usual(asked.value)
    )


def _in_context(parted: Turns, answers: Answers, heads: Heads) -> Answers:
    users = parted.users
    if len(users) < 2 or len(users[-1]) >= _LEANS_ON_THE_LAST:
        return answers
    return heads.read(features(cut("\n".join(users[-2:]))))
