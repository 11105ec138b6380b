"""What kind of semantic work a request is: signals, each with confidence and evidence."""

from typing import Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct

from meritorder.types.request import Ability
from meritorder.types.units import Tokens

Intent: TypeAlias = Literal[
    "answer",
    "reason",
    "maths",
    "code",
    "extract",
    "classify",
    "summarise",
    "translate",
    "rewrite",
    "create",
    "plan",
    "converse",
    "act",
]
INTENTS: tuple[Intent, ...] = (
    "answer",
    "reason",
    "maths",
    "code",
    "extract",
    "classify",
    "summarise",
    "translate",
    "rewrite",
    "create",
    "plan",
    "converse",
    "act",
)

PrivacyClass: TypeAlias = Literal["public", "internal", "personal", "sensitive", "secret"]
PRIVACY_CLASSES: tuple[PrivacyClass, ...] = ("public", "internal", "personal", "sensitive", "secret")
"""From least to most private."""

OutputKind: TypeAlias = Literal["text", "code", "json", "tool_call"]

T = TypeVar("T")


class Reading(Struct, Generic[T], frozen=True):
    """One signal: what was read, how sure it is (0 to 1), and from what a person could see it too."""

    value: T
    confidence: float
    evidence: str


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


class Ask(Struct, frozen=True):
    """What the client fixed and a path has to honour."""

    model: str
    max_output_tokens: Tokens
    choices: int
    stream: bool
    needs: frozenset[Ability]


class Workload(Struct, frozen=True):
    """One request, read as work: nothing in it quotes the request. `tools` counts those that are offered."""

    ask: Ask
    intent: Reading[Intent]
    language: Reading[str]
    code: Reading[bool]
    maths: Reading[bool]
    privacy: Privacy
    prompt: PromptTokens
    output: Output
    tools: int
