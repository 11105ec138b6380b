"""An Anthropic message stream, turned into OpenAI chat completion chunks as it arrives."""

from typing import TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.anthropic.chat import (
    Chunk,
    ChunkChoice,
    Delta,
    FinishReason,
    Function,
    ToolCall,
    completion_id,
    finish_reason,
    json_text,
)
from meritorder.providers.dialects.anthropic.usage import Counts, for_client, merged, read, usage
from meritorder.providers.dialects.faults import inside_a_200
from meritorder.providers.dialects.protocol import Event
from meritorder.providers.dialects.sse import Events
from meritorder.types.outcome import Usage
from meritorder.types.request import Request


class _Kind(Struct, frozen=True):
    type: str = ""
    error: dict[str, Raw] | str | None = None


class _Message(Struct, frozen=True):
    id: str = ""
    model: str = ""
    usage: Raw = Raw(b"null")


class _MessageStart(Struct, frozen=True):
    message: _Message


class _Block(Struct, frozen=True):
    type: str
    text: str = ""
    thinking: str = ""
    id: str = ""
    name: str = ""
    input: Raw = Raw(b"{}")


class _BlockStart(Struct, frozen=True):
    index: int
    content_block: _Block


class _Part(Struct, frozen=True):
    type: str
    text: str = ""
    thinking: str = ""
    partial_json: str = ""


class _BlockDelta(Struct, frozen=True):
    index: int
    delta: _Part


class _BlockStop(Struct, frozen=True):
    index: int


class _Ending(Struct, frozen=True):
    stop_reason: str | None = None


class _MessageDelta(Struct, frozen=True):
    delta: _Ending = _Ending()
    usage: Raw = Raw(b"null")


_KIND = msgspec.json.Decoder(_Kind)
_MESSAGE_START = msgspec.json.Decoder(_MessageStart)
_BLOCK_START = msgspec.json.Decoder(_BlockStart)
_BLOCK_DELTA = msgspec.json.Decoder(_BlockDelta)
_BLOCK_STOP = msgspec.json.Decoder(_BlockStop)
_MESSAGE_DELTA = msgspec.json.Decoder(_MessageDelta)

T = TypeVar("T")


class _Tool(Struct):
    """A call under way. `arguments` are those it began with, which hold unless fragments follow."""

    index: int
    arguments: str
    is_told: bool = False


class _Batch(Struct):
    """What one read has brought so far."""

    data: bytearray
    tokens: int = 0
    size: int = 0
    usage: Usage | None = None


class Reader:
    """The state of one stream.

    What came before an error in the same read is given out first, and the next call raises the error: so
    how the bytes were split decides nothing.
    """

    def __init__(self, request: Request) -> None:
        self._events = Events()
        self._request = request
        self._id = completion_id("", request.id)
        self._model = request.model
        self._is_open = False
        self._tools: dict[int, _Tool] = {}
        self._tool_count = 0
        self._counts = Counts()
        self._usage: Usage | None = None
        self._finish: FinishReason = "stop"
        self._is_done = False
        self._fault: UpstreamError | None = None

    def feed(self, data: bytes) -> Event:
        """Take what arrived. Raises UpstreamError on garbage or on an error inside the stream."""
        if self._fault is not None:
            raise self._fault
        batch = _Batch(bytearray())
        try:
            for payload in () if self._is_done else self._events.feed(data):
                self._take(payload, batch)
                if self._is_done:
                    break
        except UpstreamError as fault:
            self._fault = fault
            if not batch.data and batch.usage is None:
                raise
        return Event(bytes(batch.data), batch.tokens > 0, batch.tokens, batch.usage, (), self._is_done, batch.size)

    def end(self) -> None:
        """The upstream closed the stream. Raises UpstreamError if that was before the message's end."""
        if self._fault is not None:
            raise self._fault
        if not self._is_done:
            raise UpstreamError("the upstream cut its answer short", code="upstream_cut")

    def _take(self, payload: bytes, batch: _Batch) -> None:
        kind = _decode(_KIND, payload)
        match kind.type:
            case "content_block_delta":
                self._block_delta(_decode(_BLOCK_DELTA, payload), batch)
            case "content_block_start":
                self._block_start(_decode(_BLOCK_START, payload), batch)
            case "content_block_stop":
                self._block_stop(_decode(_BLOCK_STOP, payload).index, batch)
            case "message_start":
                self._message_start(_decode(_MESSAGE_START, payload).message, batch)
            case "message_delta":
                self._message_delta(_decode(_MESSAGE_DELTA, payload), batch)
            case "message_stop":
                self._message_stop(batch)
            case _:
                # Pings, and events that came after this was written, say nothing to an OpenAI client.
                if kind.type == "error" or kind.error is not None:
                    raise inside_a_200(payload)

    def _message_start(self, message: _Message, batch: _Batch) -> None:
        self._counts = read(message.usage)
        self._id = completion_id(message.id, self._request.id)
        self._model = message.model or self._model
        self._open(batch)

    def _block_start(self, start: _BlockStart, batch: _Batch) -> None:
        block = start.content_block
        if block.type == "text":
            self._text(block.text, batch)
        elif block.type == "thinking":
            self._thinking(block.thinking, batch)
        elif block.type == "tool_use":
            arguments = json_text(block.input)
            tool = _Tool(self._tool_count, arguments)
            self._tools[start.index] = tool
            self._tool_count += 1
            call = ToolCall(Function("", block.name), tool.index, block.id, "function")
            self._content(Delta(tool_calls=(call,)), 0, batch)

    def _block_delta(self, event: _BlockDelta, batch: _Batch) -> None:
        part = event.delta
        if part.type == "text_delta":
            self._text(part.text, batch)
        elif part.type == "thinking_delta":
            self._thinking(part.thinking, batch)
        elif part.type == "input_json_delta" and event.index in self._tools:
            self._arguments(self._tools[event.index], part.partial_json, batch)

    def _block_stop(self, index: int, batch: _Batch) -> None:
        tool = self._tools.pop(index, None)
        # A tool without parameters gets no fragments, but a client needs JSON that parses: "{}".
        if tool is not None and not tool.is_told:
            self._arguments(tool, tool.arguments, batch)

    def _message_delta(self, event: _MessageDelta, batch: _Batch) -> None:
        if event.delta.stop_reason is not None:
            self._finish = finish_reason(event.delta.stop_reason)
        reported = read(event.usage)
        self._counts = merged(self._counts, reported)
        # Before the first delta the output count is that of a message hardly begun: not a total.
        if reported.output_tokens is not None:
            self._usage = batch.usage = usage(self._counts)

    def _message_stop(self, batch: _Batch) -> None:
        for index in list(self._tools):
            self._block_stop(index, batch)
        self._open(batch)
        self._send((ChunkChoice(Delta(), self._finish),), batch)
        if self._request.wire.include_usage and self._usage is not None:
            self._send((), batch, self._usage)
        batch.data += b"data: [DONE]\n\n"
        self._is_done = True

    def _text(self, text: str, batch: _Batch) -> None:
        if text:
            self._content(Delta(content=text), len(text), batch)

    def _thinking(self, text: str, batch: _Batch) -> None:
        if text:
            self._content(Delta(reasoning_content=text), len(text), batch)

    def _arguments(self, tool: _Tool, fragment: str, batch: _Batch) -> None:
        if fragment:
            tool.is_told = True
            self._content(Delta(tool_calls=(ToolCall(Function(fragment), tool.index),)), len(fragment), batch)

    def _content(self, delta: Delta, size: int, batch: _Batch) -> None:
        self._open(batch)
        self._send((ChunkChoice(delta),), batch)
        batch.tokens += 1
        batch.size += size

    def _open(self, batch: _Batch) -> None:
        if not self._is_open:
            self._is_open = True
            self._send((ChunkChoice(Delta(role="assistant", content="")),), batch)

    def _send(self, choices: tuple[ChunkChoice, ...], batch: _Batch, used: Usage | None = None) -> None:
        chunk = Chunk(
            id=self._id,
            created=self._request.received_at // 1000,
            model=self._model,
            choices=choices,
            usage=UNSET if used is None else for_client(used),
        )
        batch.data += b"data: " + msgspec.json.encode(chunk) + b"\n\n"


def _decode(decoder: "msgspec.json.Decoder[T]", payload: bytes) -> T:
    try:
        return decoder.decode(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        message = "the upstream's stream has an event that is not Anthropic's"
        raise UpstreamError(message, code="upstream_garbage") from error
