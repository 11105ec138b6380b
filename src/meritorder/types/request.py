"""What was asked, by whom, through which surface, with which limits."""

from typing import Literal, TypeAlias

from msgspec import Raw, Struct

from meritorder.types.caller import Caller
from meritorder.types.units import Milliseconds, Tokens

Dialect: TypeAlias = Literal["openai", "anthropic"]

Ability: TypeAlias = Literal[
    "tools",
    "vision",
    "audio",
    "json_object",
    "json_schema",
    "logprobs",
    "seed",
    "several_choices",
    "penalties",
    "other_fields",
]
"""What an endpoint can be asked to do beyond plain chat. `other_fields`: request fields that Meritorder
does not know and that only a server of the same dialect can be handed unchanged."""

ABILITIES: tuple[Ability, ...] = (
    "tools",
    "vision",
    "audio",
    "json_object",
    "json_schema",
    "logprobs",
    "seed",
    "several_choices",
    "penalties",
    "other_fields",
)


class Principal(Struct, frozen=True):
    """Who asks. `accounts` are those that pay, from the gateway down to the key; only those with a cap are kept."""

    name: str
    accounts: tuple[str, ...]


class Message(Struct, frozen=True):
    """One turn: its role and all of its text; images and other parts are left to the wire form."""

    role: str
    text: str


class Limits(Struct, frozen=True):
    """What the client fixed. `max_output_tokens` is 0 where it set none."""

    max_output_tokens: Tokens = 0
    choices: int = 1


class Wire(Struct, frozen=True):
    """The request as it came: top-level fields, each still in the bytes that were sent.

    An upstream of the same dialect is handed these bytes; nothing that we do not know is lost.
    """

    fields: dict[str, Raw]
    size: int
    include_usage: bool


class Request(Struct, frozen=True):
    """One request at the door. `model` is what was asked for: `auto`, a virtual or a physical model."""

    id: str
    principal: Principal
    dialect: Dialect
    model: str
    messages: tuple[Message, ...]
    needs: frozenset[Ability]
    tools: tuple[str, ...]
    images: int
    limits: Limits
    stream: bool
    wire: Wire
    received_at: Milliseconds
    caller: Caller = Caller()


class RequestSummary(Struct, frozen=True):
    """What a Record keeps of a request: never its text."""

    id: str
    principal: str
    dialect: Dialect
    model: str
    stream: bool
    size: int
    received_at: Milliseconds


def summary(request: Request) -> RequestSummary:
    """The part of `request` that may be written down."""
    return RequestSummary(
        request.id,
        request.principal.name,
        request.dialect,
        request.model,
        request.stream,
        request.wire.size,
        request.received_at,
    )
