"""What kind of semantic work a request is: signals, each with confidence and evidence."""

from typing import Generic, Literal, TypeAlias, TypeVar, get_args

from msgspec import Struct

from meritorder.types.caller import Hints, PrivacyClass
from meritorder.types.request import Ability
from meritorder.types.units import Tokens

Intent: TypeAlias = Literal[
    "answer",
    "reason",
    "maths",
    "code",
    "fix",
    "explain",
    "extract",
    "classify",
    "summarise",
    "translate",
    "rewrite",
    "create",
    "plan",
    "converse",
    "act",
    "retrieve",
    "unknown",
]
"""What is asked for. `code` writes it, `fix` repairs it, `explain` says what it does; `act` works through tools,
`retrieve` answers from documents."""
INTENTS: tuple[Intent, ...] = get_args(Intent)

Domain: TypeAlias = Literal[
    "biology",
    "business",
    "chemistry",
    "computer science",
    "economics",
    "engineering",
    "health",
    "history",
    "law",
    "maths",
    "philosophy",
    "physics",
    "psychology",
    "other",
    "unknown",
]
DOMAINS: tuple[Domain, ...] = get_args(Domain)

Level: TypeAlias = Literal["low", "medium", "high"]
LEVELS: tuple[Level, ...] = get_args(Level)

OutputKind: TypeAlias = Literal["text", "code", "json", "tool_call"]

T = TypeVar("T")


class Reading(Struct, Generic[T], frozen=True, omit_defaults=True):
    """One signal: what was read, how sure it is (0 to 1), and from what a person could see it too.

    `rival` is what it may well be instead, where that is nearly as likely.
    """

    value: T
    confidence: float
    evidence: str
    rival: T | None = None


class Language(Struct, frozen=True):
    """The language (ISO 639-1, or `unknown`) and the script (ISO 15924) that most of its letters belong to."""

    value: str
    confidence: float
    evidence: str
    script: str


class PromptTokens(Struct, frozen=True):
    """Prompt length: the estimate, and a bound for prose and code; dense text may exceed it."""

    expected: Tokens
    bound: Tokens


class Output(Struct, frozen=True):
    """What the answer will look like; lengths in tokens, the median and the 90 % quantile."""

    kind: OutputKind
    median: Tokens
    p90: Tokens


class PrivateSpan(Struct, frozen=True):
    """A kind of private text that was found and how often; the text itself is never kept."""

    kind: str
    count: int


class Privacy(Struct, frozen=True):
    """How private the text is, and what in it says so."""

    level: PrivacyClass
    spans: tuple[PrivateSpan, ...]


class Ambiguity(Struct, frozen=True):
    """P(one question would be worth more than a guess), and the question; empty where there is none to ask."""

    value: float
    confidence: float
    evidence: str
    question: str


class Safety(Struct, frozen=True):
    """P(an attack on the assistant) and P(a harmful request), with what the harm would be and where it was read."""

    injection: float
    harm: float
    harm_kind: str
    evidence: str


class FailureCost(Struct, frozen=True):
    """What a wrong answer may do. `reversible` is whether it could be undone."""

    value: Level
    confidence: float
    evidence: str
    reversible: bool


class Structure(Struct, frozen=True, omit_defaults=True):
    """How the request is built: questions put, steps listed, constraints set; code or formulae in it."""

    questions: int = 0
    steps: int = 0
    constraints: int = 0
    code: bool = False
    maths: bool = False


class Session(Struct, frozen=True, omit_defaults=True):
    """Where in a conversation the request stands.

    `turns` counts the user's; `tool_loop` is whether a tool's result is being answered; `asked_again` whether the
    user repeats what the last answer did not settle; `shifted` whether the subject changed. `client` names an
    agent that is known by its marks, and `key` its session; both empty where there is none.
    """

    turns: int
    tool_loop: bool = False
    asked_again: bool = False
    shifted: bool = False
    client: str = ""
    key: str = ""


class Ask(Struct, frozen=True):
    """What the client fixed and a path has to honour."""

    model: str
    max_output_tokens: Tokens
    choices: int
    stream: bool
    needs: frozenset[Ability]


UNREAD = "not read"
"""The evidence of a signal that nothing in force makes use of."""

NO_DOMAIN: Reading[Domain] = Reading("unknown", 0.0, UNREAD)
NO_DIFFICULTY: Reading[float] = Reading(0.0, 0.0, UNREAD)
NO_AMBIGUITY = Ambiguity(0.0, 0.0, UNREAD, "")
NO_SAFETY = Safety(0.0, 0.0, "", UNREAD)
NO_FAILURE_COST = FailureCost("low", 0.0, UNREAD, reversible=True)
NO_HINTS = Hints()


class Workload(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One request, read as work: nothing in it quotes the request at length. `tools` counts those that are offered.

    What was not read is not stored either.
    """

    ask: Ask
    intent: Reading[Intent]
    domain: Reading[Domain] = NO_DOMAIN
    difficulty: Reading[float] = NO_DIFFICULTY
    ambiguity: Ambiguity = NO_AMBIGUITY
    privacy: Privacy
    safety: Safety = NO_SAFETY
    failure_cost: FailureCost = NO_FAILURE_COST
    language: Language
    prompt: PromptTokens
    output: Output
    structure: Structure
    session: Session
    hints: Hints = NO_HINTS
    tools: int = 0
