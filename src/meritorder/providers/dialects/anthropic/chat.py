"""OpenAI's chat completion and its chunks, as far as a translated answer needs them."""

from typing import Literal, TypeAlias

from msgspec import UNSET, Raw, Struct, UnsetType

from meritorder.providers.dialects.anthropic.usage import ClientUsage

FinishReason: TypeAlias = Literal["stop", "length", "tool_calls", "content_filter"]

_FINISH: dict[str, FinishReason] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "pause_turn": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "refusal": "content_filter",
}


class Function(Struct, frozen=True):
    """A function's name, and its arguments as JSON text; a fragment of them in a stream."""

    arguments: str
    name: str | UnsetType = UNSET


class ToolCall(Struct, frozen=True):
    """A call of a tool; in a stream `index` says which, and `id` and `type` come once."""

    function: Function
    index: int | UnsetType = UNSET
    id: str | UnsetType = UNSET
    type: Literal["function"] | UnsetType = UNSET


class Message(Struct, frozen=True):
    """The assistant's whole turn."""

    content: str | None
    reasoning_content: str | UnsetType = UNSET
    tool_calls: tuple[ToolCall, ...] | UnsetType = UNSET
    role: Literal["assistant"] = "assistant"
    refusal: None = None


class Choice(Struct, frozen=True):
    """The only choice of a completion."""

    message: Message
    finish_reason: FinishReason
    index: int = 0
    logprobs: None = None


class Completion(Struct, frozen=True):
    """A whole answer."""

    id: str
    created: int
    model: str
    choices: tuple[Choice, ...]
    usage: ClientUsage | UnsetType = UNSET
    object: Literal["chat.completion"] = "chat.completion"


class Delta(Struct, frozen=True):
    """What a chunk adds to the assistant's turn."""

    role: Literal["assistant"] | UnsetType = UNSET
    content: str | UnsetType = UNSET
    reasoning_content: str | UnsetType = UNSET
    tool_calls: tuple[ToolCall, ...] | UnsetType = UNSET


class ChunkChoice(Struct, frozen=True):
    """The only choice of a chunk."""

    delta: Delta
    finish_reason: FinishReason | None = None
    index: int = 0
    logprobs: None = None


class Chunk(Struct, frozen=True):
    """One event of a streamed answer."""

    id: str
    created: int
    model: str
    choices: tuple[ChunkChoice, ...]
    usage: ClientUsage | UnsetType = UNSET
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"


def finish_reason(stop_reason: str | None) -> FinishReason:
    """Why the answer ended, in OpenAI's words; a reason not known yet ended it all the same."""
    return _FINISH.get(stop_reason or "", "stop")


def completion_id(upstream: str, request: str) -> str:
    """An id in OpenAI's form: the upstream's, or the request's where the upstream gave none."""
    return f"chatcmpl-{upstream.removeprefix('msg_').removeprefix('chatcmpl-') or request}"


def json_text(value: Raw) -> str:
    """A tool's input as text, just as the upstream wrote it: numbers and the order of keys survive."""
    return bytes(memoryview(value)).decode(errors="replace")
