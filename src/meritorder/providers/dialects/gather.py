"""A whole chat completion, gathered from the chunks of a stream.

Some servers go on generating for a client that has left unless they were streaming to it. From those, whole
answers are asked for as streams and put together here, in the form that the client asked for.
"""

from typing import Any, cast

import msgspec
from msgspec import Raw, Struct, structs

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.sse import Events
from meritorder.types.request import Request

_CHUNK = msgspec.json.Decoder(dict[str, Any])
_encode = msgspec.json.Encoder().encode
_TRUE = Raw(b"true")


def streamed(request: Request) -> Request:
    """The same request, asking for a stream and for its usage."""
    fields = {**request.wire.fields, "stream": _TRUE}
    wire = structs.replace(request.wire, fields=fields, include_usage=True)
    return structs.replace(request, stream=True, wire=wire)


class _Choice(Struct):
    """One choice as it grows. Lists of `logprobs` grow with their chunks, tool calls by their index."""

    message: dict[str, Any]
    tool_calls: dict[int, dict[str, Any]]
    logprobs: dict[str, Any] | None = None
    finish_reason: str | None = None


class Gathering:
    """Takes the stream's events in OpenAI's form; `body` is the chat completion that they amount to."""

    def __init__(self) -> None:
        self._events = Events()
        self._outer: dict[str, Any] = {}
        self._choices: dict[int, _Choice] = {}

    def feed(self, data: bytes) -> None:
        """Take complete events, as a StreamReader gives them."""
        for payload in self._events.feed(data):
            if payload.startswith(b"[DONE]"):
                continue
            try:
                chunk = _CHUNK.decode(payload)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as garbage:
                raise UpstreamError("the upstream sent what is not a chunk", code="upstream_garbage") from garbage
            for choice in chunk.pop("choices", None) or ():
                self._grow(choice)
            self._outer.update(chunk)

    def body(self) -> bytes:
        """The whole completion; raises UpstreamError where no choice ever came."""
        if not self._choices:
            raise UpstreamError("the upstream's stream has no choices", code="upstream_garbage")
        choices = [_whole(index, self._choices[index]) for index in sorted(self._choices)]
        return _encode({**self._outer, "object": "chat.completion", "choices": choices})

    def _grow(self, chunk: dict[str, Any]) -> None:
        choice = self._choices.setdefault(_index(chunk), _Choice({"role": "assistant", "content": None}, {}))
        delta: dict[str, Any] = chunk.get("delta") or {}
        for call in delta.pop("tool_calls", None) or ():
            _join(choice.tool_calls.setdefault(_index(call), {}), call)
        _join(choice.message, delta)
        logprobs = chunk.get("logprobs")
        if logprobs and isinstance(logprobs, dict):
            choice.logprobs = choice.logprobs or {}
            _join(choice.logprobs, cast("dict[str, Any]", logprobs))
        choice.finish_reason = chunk.get("finish_reason") or choice.finish_reason


def _index(part: dict[str, Any]) -> int:
    """Where a choice or a tool call belongs; first where nothing sensible is said. It is taken out."""
    index = part.pop("index", 0)
    return index if isinstance(index, int) else 0


_ONCE = frozenset(("role", "id", "type", "name"))
"""Fields that come whole, and perhaps again."""


def _join(grown: dict[str, Any], delta: dict[str, Any]) -> None:
    """Add a delta: texts and lists grow longer, objects grow inside, anything else is replaced."""
    for name, value in delta.items():
        old = grown.get(name)
        if value is None and name in grown:
            continue
        if name not in _ONCE and isinstance(old, str) and isinstance(value, str):
            grown[name] = old + value
        elif isinstance(old, list) and isinstance(value, list):
            grown[name] = [*cast("list[Any]", old), *cast("list[Any]", value)]
        elif isinstance(old, dict) and isinstance(value, dict):
            _join(cast("dict[str, Any]", old), cast("dict[str, Any]", value))
        else:
            grown[name] = value


def _whole(index: int, choice: _Choice) -> dict[str, Any]:
    message = choice.message
    if choice.tool_calls:
        message = {**message, "tool_calls": [choice.tool_calls[place] for place in sorted(choice.tool_calls)]}
    return {
        "index": index,
        "message": message,
        "logprobs": choice.logprobs,
        "finish_reason": choice.finish_reason,
    }
