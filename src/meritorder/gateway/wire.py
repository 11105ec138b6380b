"""Chat completion requests as bytes: read once, checked, and turned into a Request.

What is checked is what a decision reads and what every upstream would reject anyway. Everything else stays
in the bytes it came in and reaches the upstream unchanged.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta, Raw, Struct

from meritorder.errors import RequestError
from meritorder.gateway.hints import caller
from meritorder.types.request import Ability, Limits, Message, Principal, Request, Wire
from meritorder.types.units import Milliseconds

_Count = Annotated[int, Meta(ge=1)]


class _Part(Struct):
    type: str
    text: str = ""


_Role: TypeAlias = Literal["system", "developer", "user", "assistant", "tool", "function"]
_ROLES: tuple[str, ...] = get_args(_Role)


class _Message(Struct):
    role: _Role
    content: str | list[_Part] | None = None
    tool_calls: list[Raw] | None = None
    name: str | None = None
    reasoning_content: Raw = Raw(b"null")


class _Function(Struct):
    name: str = ""


class _Tool(Struct):
    type: str
    function: _Function | None = None


class _Format(Struct):
    type: str


class _StreamOptions(Struct):
    include_usage: bool | None = None


class _Sampling(Struct, kw_only=True):
    """How tokens are drawn."""

    temperature: Annotated[float, Meta(ge=0, le=2)] | None = None
    top_p: Annotated[float, Meta(ge=0, le=1)] | None = None
    seed: int | None = None
    presence_penalty: Annotated[float, Meta(ge=-2, le=2)] | None = None
    frequency_penalty: Annotated[float, Meta(ge=-2, le=2)] | None = None
    logit_bias: dict[str, float] | None = None


class _ChatRequest(_Sampling):
    """The fields that Meritorder reads; any others are the upstream's business."""

    model: Annotated[str, Meta(min_length=1, max_length=200)]
    messages: Annotated[list[_Message], Meta(min_length=1)]
    stream: bool | None = None
    stream_options: _StreamOptions | None = None
    max_tokens: _Count | None = None
    max_completion_tokens: _Count | None = None
    n: Annotated[int, Meta(ge=1, le=128)] | None = None
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Meta(ge=0, le=20)] | None = None
    response_format: _Format | None = None
    tools: list[_Tool] | None = None
    stop: str | list[str] | None = None


_FIELDS = msgspec.json.Decoder(dict[str, Raw])
_REQUEST = msgspec.json.Decoder(_ChatRequest)

_PLAIN = frozenset(_ChatRequest.__struct_fields__) | {"user", "tool_choice", "parallel_tool_calls"}
"""Fields that need no ability by their mere presence; a field that is not here needs `other_fields`."""

_FORMATS: dict[str, Ability] = {"json_object": "json_object", "json_schema": "json_schema"}
_PARTS: dict[str, Ability] = {"image_url": "vision", "input_audio": "audio"}
_NULL = b"null"
_COMMON = 1.0
"""Every dialect takes temperatures up to this one; OpenAI's alone goes to 2."""
_AT = re.compile(r"(.*) - at `\$\.?(.*)`$", re.DOTALL)


def read(
    body: bytes,
    *,
    request_id: str,
    principal: Principal,
    received_at: Milliseconds,
    headers: Mapping[bytes, bytes] = MappingProxyType({}),
) -> Request:
    """Turn a chat completion request into a Request; raises RequestError, naming the field or header.

    The names of `headers` are in lower case.
    """
    fields, chat = _decode(body)
    _check(chat)
    needs = _needs(fields, chat)
    return Request(
        id=request_id,
        principal=principal,
        dialect="openai",
        model=chat.model,
        messages=tuple([Message(message.role, _text(message)) for message in chat.messages]),
        needs=needs,
        tools=tuple([tool.function.name if tool.function else tool.type for tool in chat.tools or ()]),
        images=sum([_images(message) for message in chat.messages]) if "vision" in needs else 0,
        limits=Limits(max(chat.max_completion_tokens or 0, chat.max_tokens or 0), chat.n or 1),
        stream=chat.stream or False,
        wire=Wire(fields, len(body), bool(chat.stream_options and chat.stream_options.include_usage)),
        received_at=received_at,
        caller=caller(headers, fields),
    )


def _decode(body: bytes) -> tuple[dict[str, Raw], _ChatRequest]:
    if not body:
        raise RequestError("the body is empty", code="invalid_json")
    try:
        if not body.isascii():
            body.decode()
    except UnicodeDecodeError as error:
        raise RequestError(
            f"the body is not valid UTF-8: byte {error.start} is 0x{body[error.start]:02x}", code="invalid_json"
        ) from error
    try:
        return _FIELDS.decode(body), _REQUEST.decode(body)
    except msgspec.ValidationError as error:
        sentence, field = _located(str(error))
        raise RequestError(sentence, code="invalid_value", param=field or None) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise RequestError(f"the body is not valid JSON: {error}", code="invalid_json") from error


def _located(complaint: str) -> tuple[str, str]:
    """`Expected `int`, got `str` - at `$.max_tokens`` → a sentence that names the field, and the field."""
    found = _AT.match(complaint)
    if found is None:
        missing = re.search(r"required field `(\w+)`", complaint)
        if missing is not None:
            return f"`{missing.group(1)}` is missing", missing.group(1)
        return f"the body: {_plainly(complaint)}", ""
    said, field = found.groups()
    if said.startswith("Invalid enum value") and field.endswith(".role"):
        return f"`{field}`: must be one of {', '.join(_ROLES)}", field
    return f"`{field}`: {_plainly(said)}", field


_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def _plainly(complaint: str) -> str:
    """The decoder's sentence with JSON's kinds in words: `int | null` → a whole number or null."""

    def in_words(kinds: re.Match[str]) -> str:
        return " or ".join(_WORDS.get(kind, kind) for kind in kinds.group(1).split(" | "))

    return re.sub(r"`([a-z]+(?: \| [a-z]+)*)`", in_words, complaint[:1].lower() + complaint[1:])


def _check(chat: _ChatRequest) -> None:
    for place, message in enumerate(chat.messages):
        if message.content is None and message.role in ("user", "system", "developer"):
            field = f"messages[{place}].content"
            raise RequestError(f"`{field}`: a {message.role} message needs content", code="invalid_value", param=field)
    if chat.stream_options is not None and not chat.stream:
        raise RequestError(
            "`stream_options` is only allowed with `stream: true`", code="invalid_value", param="stream_options"
        )
    if chat.top_logprobs is not None and not chat.logprobs:
        raise RequestError("`top_logprobs` needs `logprobs: true`", code="invalid_value", param="top_logprobs")


def _needs(fields: dict[str, Raw], chat: _ChatRequest) -> frozenset[Ability]:
    """The abilities that an endpoint must have, so that nothing in the request would be dropped."""
    needs: set[Ability] = set()
    if chat.tools:
        needs.add("tools")
    if chat.response_format is not None and chat.response_format.type != "text":
        needs.add(_FORMATS.get(chat.response_format.type, "other_fields"))
    if chat.logprobs:
        needs.add("logprobs")
    if chat.seed is not None:
        needs.add("seed")
    if (chat.n or 1) > 1:
        needs.add("several_choices")
    if chat.presence_penalty or chat.frequency_penalty or chat.logit_bias:
        needs.add("penalties")
    others = fields.keys() - _PLAIN
    if (others and any(bytes(fields[name]) != _NULL for name in others)) or (chat.temperature or 0) > _COMMON:
        needs.add("other_fields")
    for message in chat.messages:
        needs.update(_needs_of(message))
    return frozenset(needs)


def _needs_of(message: _Message) -> Iterator[Ability]:
    if message.role in ("tool", "function") or message.tool_calls:
        yield "tools"
    if message.name is not None or bytes(message.reasoning_content) != _NULL:
        yield "other_fields"
    if isinstance(message.content, list):
        for part in message.content:
            if part.type != "text":
                yield _PARTS.get(part.type, "other_fields")


def _text(message: _Message) -> str:
    content = message.content
    if isinstance(content, list):
        return "\n".join([part.text for part in content if part.type == "text"])
    return content or ""


def _images(message: _Message) -> int:
    return sum(part.type == "image_url" for part in message.content) if isinstance(message.content, list) else 0
