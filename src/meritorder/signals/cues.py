"""What is asked for, from cue words alone: what is read where nothing in force makes use of more.

A cue word votes for an intent, once; a vote near the start counts double, for people begin with what they want.
"""

from collections.abc import Mapping, Sequence

from meritorder.types.units import Tokens
from meritorder.types.workload import Intent, Reading

_HEAD, _TAIL = 280, 140
"""Characters of the beginning and of the end that are read."""

_SIGNS = "\"'.,;:!?()[]{}<>|*"
_PUNCTUATION = bytes(32 if chr(byte) in _SIGNS else byte for byte in range(256))
_MORE_PUNCTUATION = str.maketrans(dict.fromkeys("“”‘’¿¡«»\u00a0\u3000", " "))

_OPENING = 12
"""Words from the start within which a cue counts double."""

_FEW = 4
"""Words; a request with fewer and without a cue is small talk."""

_CUES: Mapping[Intent, str] = {
    "summarise": "summarise summarize summary tldr recap condense abstract gist zusammenfassen résume resume resumir",
    "translate": "translate translation übersetze übersetzen traduis traduire traduce traducir traduci vertaal",
    "code": "function code script implement program sql regex api bug debug refactor compile exception stacktrace "
    "traceback unittest python javascript typescript java rust golang c++ bash html css dockerfile class method",
    "maths": "solve calculate compute integral derivative equation prove theorem probability matrix polynomial "
    "percent sum multiply divide square root berechne calcule calcula",
    "extract": "extract list find fields parse names dates entities pull extrahiere extrais extrae",
    "classify": "classify categorise categorize label sentiment spam positive negative category klassifiziere",
    "rewrite": "rewrite rephrase paraphrase proofread grammar shorten polish reword improve correct formulate "
    "umformulieren reformule reescribe",
    "create": "story poem essay write haiku song lyrics slogan blog novel fiction draft email letter "
    "schreibe écris escribe gedicht",
    "plan": "plan schedule itinerary roadmap steps strategy organise organize agenda milestones",
    "reason": "why explain compare analyse analyze evaluate reason argue implications consequences difference "
    "warum pourquoi porqué erkläre",
    "answer": "what who when where which how many much capital is are does was wer was wann wo quel quelle qué quién",
    "converse": "hi hello hey thanks thank bye morning hallo bonjour hola danke merci gracias",
}
_WEIGHTS: Mapping[Intent, float] = {"answer": 0.5, "create": 0.8, "reason": 0.9, "extract": 0.8}
"""Of a vote, where it is not 1: for cues that are common in requests of every kind."""

_VOTES: Mapping[bytes, tuple[Intent, float]] = {
    word.encode(): (kind, _WEIGHTS.get(kind, 1.0)) for kind, words in _CUES.items() for word in words.split()
}
_VOTING = frozenset(_VOTES)


def intent(text: str, tools: Sequence[str], *, code: bool, maths: bool) -> Reading[Intent]:
    """The kind of task with most votes; `act` where the request offers tools and the words say nothing else."""
    scores: dict[Intent, float] = {}
    first: dict[Intent, str] = {}
    ends = text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]} {text[-_TAIL:]}"
    if not ends.isascii():
        ends = ends.translate(_MORE_PUNCTUATION)
    words = ends.lower().encode(errors="ignore").translate(_PUNCTUATION).split()  # A third of the time of text.
    for place, cue in sorted((words.index(cue), cue) for cue in _VOTING & frozenset(words)):
        kind, weight = _VOTES[cue]
        scores[kind] = scores.get(kind, 0.0) + (2 * weight if place < _OPENING else weight)
        first.setdefault(kind, cue.decode())
    if code:
        scores["code"] = scores.get("code", 0.0) + 2.0
        first.setdefault("code", "code in the text")
    if maths:
        scores["maths"] = scores.get("maths", 0.0) + 2.0
        first.setdefault("maths", "a formula in the text")
    if tools:
        scores["act"] = scores.get("act", 0.0) + 1.5
        first.setdefault("act", f"{len(tools)} tools offered")
    if not scores:
        return Reading("converse" if len(words) < _FEW else "answer", 0.2, "no cue in the wording")
    best, *others = sorted(scores, key=lambda kind: (-scores[kind], kind))
    rival = scores[others[0]] if others else 0.0
    return Reading(best, round(scores[best] / (scores[best] + rival + 1.0), 2), f"“{first[best]}”")


def usual(asked: Intent) -> tuple[Tokens, Tokens]:
    """Median and 90 % quantile of the answers to requests of one intent."""
    return _ANSWER_TOKENS.get(asked, _ANSWER_TOKENS["answer"])


_ANSWER_TOKENS: Mapping[Intent, tuple[Tokens, Tokens]] = {
    "answer": (90, 350),
    "reason": (350, 900),
    "maths": (200, 700),
    "code": (350, 1_200),
    "extract": (80, 350),
    "classify": (8, 60),
    "summarise": (160, 450),
    "translate": (120, 600),
    "rewrite": (150, 600),
    "create": (450, 1_300),
    "plan": (450, 1_200),
    "converse": (40, 200),
    "act": (80, 400),
}
"""Declared, until outcomes show better."""
