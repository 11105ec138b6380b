"""A conversation in OpenAI's messages, told in Anthropic's: a system prompt, and turns made of blocks."""

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from meritorder.providers.dialects.anthropic.fields import read, unsupported

Role: TypeAlias = Literal["user", "assistant"]


class Text(Struct, frozen=True, tag_field="type", tag="text"):
    """Text, and whether the prompt is to be cached up to here."""

    text: str
    cache_control: Raw | UnsetType = UNSET


class Inline(Struct, frozen=True, tag_field="type", tag="base64"):
    """The bytes of an image."""

    media_type: str
    data: str


class Linked(Struct, frozen=True, tag_field="type", tag="url"):
    """The address of an image."""

    url: str


class Image(Struct, frozen=True, tag_field="type", tag="image"):
    """An image."""

    source: Inline | Linked
    cache_control: Raw | UnsetType = UNSET


class ToolUse(Struct, frozen=True, tag_field="type", tag="tool_use"):
    """A call of a tool that the assistant made."""

    id: str
    name: str
    input: Raw


class ToolResult(Struct, frozen=True, tag_field="type", tag="tool_result"):
    """What a tool gave back."""

    tool_use_id: str
    content: "tuple[Text | Image, ...] | UnsetType" = UNSET


Block: TypeAlias = Text | Image | ToolUse | ToolResult


class Turn(Struct, frozen=True):
    """One side's words until the other side speaks."""

    role: Role
    content: list[Block]


class Conversation(Struct, frozen=True):
    """System prompt and turns."""

    system: tuple[Text, ...]
    turns: tuple[Turn, ...]


class _Url(Struct, frozen=True):
    url: str


class _TextPart(Struct, frozen=True, tag_field="type", tag="text"):
    text: str
    cache_control: Raw | UnsetType = UNSET


class _ImagePart(Struct, frozen=True, tag_field="type", tag="image_url"):
    image_url: _Url
    cache_control: Raw | UnsetType = UNSET


class _RefusalPart(Struct, frozen=True, tag_field="type", tag="refusal"):
    refusal: str


class _Function(Struct, frozen=True):
    name: str
    arguments: str


class _Call(Struct, frozen=True, tag_field="type", tag="function"):
    id: str
    function: _Function


class _Message(Struct, frozen=True):
    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[_TextPart | _ImagePart | _RefusalPart] | None = None
    refusal: str | None = None
    tool_calls: list[_Call] | None = None
    tool_call_id: str | None = None


_DATA_URL = re.compile(r"data:([\w.+/-]+)(?:;[^;,]*)*;base64,", re.IGNORECASE)
_NOT_IN_AN_ID = re.compile(r"[^a-zA-Z0-9_-]")


def conversation(fields: Mapping[str, Raw]) -> Conversation:
    """The conversation in `messages`. System prompts are gathered at the front, wherever they stood.

    Names of speakers, the detail asked of images and reasoning of earlier answers have no place in it.
    """
    system: list[Text] = []
    turns: list[Turn] = []
    messages: list[_Message] = read(fields, "messages", list[_Message]) or []
    for index, message in enumerate(messages):
        param = f"messages[{index}]"
        if message.role in {"system", "developer"}:
            system.extend(_texts(message, param))
            continue
        role: Role = "assistant" if message.role == "assistant" else "user"
        blocks = _blocks(message, param)
        if blocks and turns and turns[-1].role == role:
            turns[-1].content.extend(blocks)
        elif blocks:
            turns.append(Turn(role, blocks))
    if not turns:
        raise unsupported("messages", "it needs a turn of the user that says something")
    return Conversation(tuple(system), tuple(turns))


def _blocks(message: _Message, param: str) -> list[Block]:
    spoken = _spoken(message, param)
    if message.role == "tool":
        if message.tool_call_id is None:
            raise unsupported(f"{param}.tool_call_id", "it has to say whose result this is")
        return [ToolResult(_id(message.tool_call_id), tuple(spoken) or UNSET)]
    calls = message.tool_calls or [] if message.role == "assistant" else []
    used = [_tool_use(call, f"{param}.tool_calls[{index}]") for index, call in enumerate(calls)]
    return [*spoken, *used]


def _texts(message: _Message, param: str) -> list[Text]:
    texts: list[Text] = []
    for block in _spoken(message, param):
        if isinstance(block, Image):
            raise unsupported(f"{param}.content", "a system prompt has no images")
        texts.append(block)
    return texts


def _spoken(message: _Message, param: str) -> list[Text | Image]:
    content = [_TextPart(message.content)] if isinstance(message.content, str) else message.content or []
    blocks: list[Text | Image] = []
    for index, part in enumerate(content):
        if isinstance(part, _ImagePart):
            source = _source(part.image_url.url, f"{param}.content[{index}].image_url.url")
            blocks.append(Image(source, part.cache_control))
        elif isinstance(part, _RefusalPart):
            blocks.append(Text(part.refusal))
        else:
            blocks.append(Text(part.text, part.cache_control))
    if message.refusal:
        blocks.append(Text(message.refusal))
    # Anthropic refuses blocks without text; agents send them beside tool calls all the time.
    return [block for block in blocks if isinstance(block, Image) or block.text.strip()]


def _source(url: str, param: str) -> Inline | Linked:
    inline = _DATA_URL.match(url)
    if inline is not None:
        media = inline[1].lower()
        return Inline("image/jpeg" if media == "image/jpg" else media, url[inline.end() :])
    if url[:8].lower().startswith(("http://", "https://")):
        return Linked(url)
    raise unsupported(param, "it has to be an http or https address, or a data URL in base64")


def _tool_use(call: _Call, param: str) -> ToolUse:
    text = call.function.arguments.strip() or "{}"
    try:
        msgspec.json.decode(text, type=dict[str, Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise unsupported(f"{param}.function.arguments", "not the text of a JSON object") from error
    return ToolUse(_id(call.id), call.function.name, Raw(text.encode()))


def _id(given: str) -> str:
    # A conversation may have been begun by a model whose ids Anthropic would not take.
    return _NOT_IN_AN_ID.sub("_", given)
