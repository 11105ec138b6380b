"""OpenAI's tools and choice among them, in Anthropic's form."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import UNSET, Raw, Struct, UnsetType

from meritorder.providers.dialects.anthropic.fields import is_set, read, unsupported


class Tool(Struct, frozen=True):
    """A tool that the model may call."""

    name: str
    input_schema: dict[str, Raw]
    description: str | UnsetType = UNSET
    strict: bool | UnsetType = UNSET
    cache_control: Raw | UnsetType = UNSET


class Choice(Struct, frozen=True):
    """Which tools are to be called, and whether several at once."""

    type: Literal["auto", "any", "none", "tool"]
    name: str | UnsetType = UNSET
    disable_parallel_tool_use: bool | UnsetType = UNSET


class Toolbox(Struct, frozen=True):
    """The tools of a request. `choice` is unset where the client left it to the model."""

    tools: tuple[Tool, ...]
    choice: Choice | UnsetType


class _Definition(Struct, frozen=True):
    name: str
    description: str | None = None
    parameters: dict[str, Raw] | None = None
    strict: bool | None = None


class _Tool(Struct, frozen=True, tag_field="type", tag="function"):
    function: _Definition
    cache_control: Raw | UnsetType = UNSET


class _Named(Struct, frozen=True):
    name: str


class _One(Struct, frozen=True, tag_field="type", tag="function"):
    function: _Named


_Word: TypeAlias = Literal["auto", "none", "required"]
_OBJECT = Raw(b'"object"')


def toolbox(fields: Mapping[str, Raw]) -> Toolbox:
    """What `tools`, `tool_choice` and `parallel_tool_calls` ask for."""
    given: list[_Tool] = read(fields, "tools", list[_Tool]) or []
    return Toolbox(tuple(_tool(tool) for tool in given), _choice(fields, has_tools=bool(given)))


def _tool(tool: _Tool) -> Tool:
    function = tool.function
    return Tool(
        name=function.name,
        # OpenAI takes a schema without a type, and no schema at all; Anthropic wants it said.
        input_schema={"type": _OBJECT, **(function.parameters or {})},
        description=function.description or UNSET,
        strict=function.strict or UNSET,
        cache_control=tool.cache_control,
    )


def _choice(fields: Mapping[str, Raw], *, has_tools: bool) -> Choice | UnsetType:
    asked: _One | _Word = _asked(fields)
    if not has_tools:
        if isinstance(asked, _One) or asked == "required":
            raise unsupported("tool_choice", "there are no tools to choose from")
        return UNSET
    one_at_a_time = read(fields, "parallel_tool_calls", bool) is False or UNSET
    if isinstance(asked, _One):
        return Choice("tool", asked.function.name, one_at_a_time)
    if asked == "none":
        return Choice("none")
    if asked == "required":
        return Choice("any", UNSET, one_at_a_time)
    is_said = is_set(fields, "tool_choice") or one_at_a_time is not UNSET
    return Choice("auto", UNSET, one_at_a_time) if is_said else UNSET


def _asked(fields: Mapping[str, Raw]) -> _One | _Word:
    # A literal and a struct cannot be told apart in one union: the first byte does.
    if not is_set(fields, "tool_choice"):
        return "auto"
    is_one = bytes(memoryview(fields["tool_choice"])).startswith(b"{")
    return read(fields, "tool_choice", _One if is_one else _Word)
