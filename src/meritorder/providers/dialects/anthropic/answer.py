"""A whole Anthropic message, read into an OpenAI chat completion."""

import msgspec
from msgspec import UNSET, Raw, Struct

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.anthropic.chat import (
    Choice,
    Completion,
    Function,
    Message,
    ToolCall,
    completion_id,
    finish_reason,
    json_text,
)
from meritorder.providers.dialects.anthropic.usage import for_client, read, usage
from meritorder.providers.dialects.faults import inside_a_200
from meritorder.providers.dialects.protocol import Answer
from meritorder.types.request import Request


class _Kind(Struct, frozen=True):
    type: str = ""
    error: dict[str, Raw] | str | None = None


class _Block(Struct, frozen=True):
    type: str
    text: str = ""
    thinking: str = ""
    id: str = ""
    name: str = ""
    input: Raw = Raw(b"{}")


class _Reply(Struct, frozen=True):
    content: tuple[_Block, ...]
    id: str = ""
    model: str = ""
    stop_reason: str | None = None
    usage: Raw = Raw(b"null")


_KIND = msgspec.json.Decoder(_Kind)
_REPLY = msgspec.json.Decoder(_Reply)


def answer(request: Request, body: bytes) -> Answer:
    """The answer in `body`. Blocks of a kind that no OpenAI client knows are left out."""
    reply = _read(body)
    text = "".join(block.text for block in reply.content if block.type == "text")
    thinking = "".join(block.thinking for block in reply.content if block.type == "thinking")
    calls = tuple(_call(block) for block in reply.content if block.type == "tool_use")
    used = usage(read(reply.usage))
    message = Message(text or (None if calls else ""), thinking or UNSET, calls or UNSET)
    completion = Completion(
        id=completion_id(reply.id, request.id),
        created=request.received_at // 1000,
        model=reply.model or request.model,
        choices=(Choice(message, finish_reason(reply.stop_reason)),),
        usage=UNSET if used is None else for_client(used),
    )
    generated = text + thinking + "".join(call.function.arguments for call in calls)
    return Answer(msgspec.json.encode(completion), used, (), len(generated.encode()))


def _read(body: bytes) -> _Reply:
    try:
        kind = _KIND.decode(body)
        if kind.type != "error" and kind.error is None:
            return _REPLY.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        message = "the upstream's answer is not an Anthropic message"
        raise UpstreamError(message, code="upstream_garbage") from error
    raise inside_a_200(body)


def _call(block: _Block) -> ToolCall:
    return ToolCall(Function(json_text(block.input), block.name), id=block.id, type="function")
