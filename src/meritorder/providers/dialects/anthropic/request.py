"""A chat completions request, put as an Anthropic messages request."""

from collections.abc import Mapping

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from meritorder.errors import RequestError
from meritorder.providers.dialects.anthropic.fields import is_set, read, unsupported
from meritorder.providers.dialects.anthropic.tools import Choice, Tool, toolbox
from meritorder.providers.dialects.anthropic.turns import Text, Turn, conversation
from meritorder.types.request import Request

DEFAULT_MAX_TOKENS = 4096
"""Anthropic has to be told a limit for the answer; this one stands where the client set none."""

# Fields that clients send along with the value that asks for nothing; any other value is refused.
_NEUTRAL: dict[str, tuple[object, ...]] = {
    "n": (1,),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "presence_penalty": (0,),
    "frequency_penalty": (0,),
    "response_format": ({"type": "text"},),
}

CARRIED: frozenset[str] = frozenset(
    {
        "model",
        "messages",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "max_tokens",
        "max_completion_tokens",
        "temperature",
        "top_p",
        "stop",
        "user",
        "stream",
        "stream_options",
        *_NEUTRAL,
    }
)
"""The fields that an Anthropic endpoint can be asked for. A request with any other has to go elsewhere."""


class _Metadata(Struct, frozen=True):
    user_id: str


class _Body(Struct, frozen=True):
    model: str
    max_tokens: int
    messages: tuple[Turn, ...]
    system: tuple[Text, ...] | UnsetType
    tools: tuple[Tool, ...] | UnsetType
    tool_choice: Choice | UnsetType
    temperature: float | UnsetType
    top_p: float | UnsetType
    stop_sequences: list[str] | UnsetType
    metadata: _Metadata | UnsetType
    stream: bool | UnsetType


def body(request: Request, upstream_model: str) -> bytes:
    """The body of the call. Raises RequestError for what Anthropic cannot be asked: nothing is dropped."""
    fields = request.wire.fields
    _refuse_the_rest(fields)
    talk, box = conversation(fields), toolbox(fields)
    user: str | None = read(fields, "user", str)
    asked = _Body(
        model=upstream_model,
        max_tokens=_max_tokens(fields),
        messages=talk.turns,
        system=talk.system or UNSET,
        tools=box.tools or UNSET,
        tool_choice=box.choice,
        temperature=_temperature(fields),
        top_p=_or_unset(read(fields, "top_p", float)),
        stop_sequences=_stop(fields),
        metadata=_Metadata(user) if user else UNSET,
        stream=request.stream or UNSET,
    )
    return msgspec.json.encode(asked)


def _refuse_the_rest(fields: Mapping[str, Raw]) -> None:
    for name in fields:
        if name not in CARRIED and is_set(fields, name):
            message = "a field of this request cannot be put to an Anthropic endpoint"
            raise RequestError(message, code="unsupported_parameter", param=name)
    for name, neutral in _NEUTRAL.items():
        if is_set(fields, name) and read(fields, name, object) not in neutral:
            raise unsupported(name, "it has no such feature")


def _max_tokens(fields: Mapping[str, Raw]) -> int:
    newer: int | None = read(fields, "max_completion_tokens", int)
    older: int | None = read(fields, "max_tokens", int)
    given = older if newer is None else newer
    return DEFAULT_MAX_TOKENS if given is None else given


def _temperature(fields: Mapping[str, Raw]) -> float | UnsetType:
    temperature: float | None = read(fields, "temperature", float)
    if temperature is not None and temperature > 1:
        # Lowering it would be another request than the one that was made.
        raise unsupported("temperature", "the highest it takes is 1")
    return _or_unset(temperature)


def _stop(fields: Mapping[str, Raw]) -> list[str] | UnsetType:
    stop: str | list[str] | None = read(fields, "stop", str | list[str])
    return [stop] if isinstance(stop, str) else stop or UNSET


def _or_unset(value: float | None) -> float | UnsetType:
    return UNSET if value is None else value
