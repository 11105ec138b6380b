"""Profiling in bulk: any JSON object with a `prompt` or `messages` read as work, whatever else is in it."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, cast

import msgspec
from msgspec import Raw, structs

from meritorder.signals.privacy.find import spans
from meritorder.signals.profile import in_doubt, look_again, profile, wording
from meritorder.signals.recognisers import Recognisers
from meritorder.types.request import Ability, Limits, Message, Principal, Request, Wire
from meritorder.types.workload import Workload

Entry: TypeAlias = Mapping[str, Any]
Document: TypeAlias = dict[str, Any]

_encode = msgspec.json.Encoder().encode

_DEEPEST = 8
"""Lists and objects inside each other that are followed in a message's content."""

_CONTINUING = bytes(range(0x80, 0xC0))
"""What of a character's UTF-8 is not its first byte."""

_NOBODY = Principal("nobody", ())
_PARTS: Mapping[str, Ability] = {"image_url": "vision", "image": "vision", "input_audio": "audio"}
_FORMATS: Mapping[str, Ability] = {"json_object": "json_object", "json_schema": "json_schema"}


def profiled(entry: Entry, recognisers: Recognisers) -> Document:
    """The workload of `entry` in the documented form; of what is not text, honest `unknown` values."""
    request = _request(entry)
    workload = profile(request, recognisers)
    if recognisers.embed is not None and in_doubt(workload):
        workload = look_again(workload, request, recognisers, recognisers.embed(wording(request)))
    return _document(request, workload)


def _request(entry: Entry) -> Request:
    given = entry.get("messages")
    if not isinstance(given, list):
        given = [{"role": "user", "content": entry.get("prompt", "")}]
    listed = [cast("Entry", each) for each in cast("list[Any]", given) if isinstance(each, Mapping)]
    messages = tuple(Message(_role(each), _text(each.get("content"))) for each in listed) or (Message("user", ""),)
    kinds = [kind for each in listed for kind in _kinds(each.get("content"), 0)]
    offered = entry.get("tools")
    tools = tuple(_tool(each) for each in cast("list[Any]", offered)) if isinstance(offered, list) else ()
    needs: set[Ability] = {_PARTS[kind] for kind in kinds if kind in _PARTS}
    if tools:
        needs.add("tools")
    form = entry.get("response_format")
    if isinstance(form, Mapping):
        needs |= {ability for name, ability in _FORMATS.items() if cast("Entry", form).get("type") == name}
    content = _encode([{"role": message.role, "content": message.text} for message in messages])
    return Request(
        id="",
        principal=_NOBODY,
        dialect="openai",
        model="auto",
        messages=messages,
        needs=frozenset(needs),
        tools=tools,
        images=sum(_PARTS.get(kind) == "vision" for kind in kinds),
        limits=Limits(),
        stream=False,
        wire=Wire({"messages": Raw(content)}, len(content), include_usage=False),
        received_at=0,
    )


def _document(request: Request, work: Workload) -> Document:
    return {
        "intent": {
            "value": work.intent.value,
            "confidence": work.intent.confidence,
            "evidence": work.intent.evidence,
        },
        "domain": {
            "value": work.domain.value,
            "confidence": work.domain.confidence,
            "evidence": work.domain.evidence,
        },
        "difficulty": {"value": work.difficulty.value, "confidence": work.difficulty.confidence},
        "ambiguity": {
            "value": work.ambiguity.value,
            "confidence": work.ambiguity.confidence,
            "question": work.ambiguity.question,
        },
        "privacy": {"class": work.privacy.level, "spans": list(_spans(request))},
        "safety": {
            "injection": work.safety.injection,
            "harm": work.safety.harm,
            "harm_kind": work.safety.harm_kind,
            "evidence": work.safety.evidence,
        },
        "failure_cost": {
            "value": work.failure_cost.value,
            "confidence": work.failure_cost.confidence,
            "reversible": work.failure_cost.reversible,
            "evidence": work.failure_cost.evidence,
        },
        "language": {
            "value": work.language.value,
            "confidence": work.language.confidence,
            "script": work.language.script,
        },
        "tokens": work.prompt.expected,
        "output": {
            "kind": work.output.kind,
            "tokens_p50": work.output.median,
            "tokens_p90": work.output.p90,
        },
        "abilities": sorted(request.needs),
        "structure": structs.asdict(work.structure),
        "session": structs.asdict(work.session),
    }


def _spans(request: Request) -> Iterator[Document]:
    """Each private span: its type, and from where to where it goes in the characters of which message."""
    for place, message in enumerate(request.messages):
        text = message.text.encode()
        read = end = 0
        for span in spans(text):
            start = end + _characters(text[read : span.start])
            end = start + _characters(text[span.start : span.end])
            read = span.end
            yield {"type": span.kind, "start": start, "end": end, "message": place}


def _characters(text: bytes) -> int:
    return len(text.translate(None, _CONTINUING))


def _role(message: Entry) -> str:
    role = message.get("role")
    return _valid(role) if isinstance(role, str) else "user"


def _tool(tool: object) -> str:
    """The name of a tool that is offered, in either of the common forms."""
    described: Any = cast("Entry", tool).get("function", tool) if isinstance(tool, Mapping) else None
    name = cast("Entry", described).get("name") if isinstance(described, Mapping) else None
    return _valid(name) if isinstance(name, str) else "tool"


def _text(content: object) -> str:
    """All text in `content`, its parts on lines of their own."""
    return _valid("\n".join(_texts(content, 0)))


def _valid(text: str) -> str:
    """`text` with lone surrogates, which are no text, replaced."""
    return text.encode(errors="replace").decode()


def _texts(content: object, depth: int) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif depth < _DEEPEST and isinstance(content, list):
        for part in cast("list[Any]", content):
            yield from _texts(part, depth + 1)
    elif depth < _DEEPEST and isinstance(content, Mapping):
        part = cast("Entry", content)
        yield from _texts(part.get("text", part.get("content")), depth + 1)


def _kinds(content: object, depth: int) -> Iterator[str]:
    if depth < _DEEPEST and isinstance(content, list):
        for part in cast("list[Any]", content):
            yield from _kinds(part, depth + 1)
    elif isinstance(content, Mapping):
        kind = cast("Entry", content).get("type")
        if isinstance(kind, str):
            yield kind
