"""OpenAI's chat completions upstream: our client's own dialect, so its bytes pass through.

Only what has to change is rewritten: the model's name and the request for usage on the way out; usage and
log-probabilities that the client did not ask for on the way back.
"""

from collections.abc import Mapping

import msgspec
from msgspec import Raw, Struct

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.faults import complaint, inside_a_200, upstream_fault
from meritorder.providers.dialects.protocol import Answer, Call, Event
from meritorder.providers.dialects.sse import Events
from meritorder.types.outcome import Usage
from meritorder.types.request import Request


class _Details(Struct):
    cached_tokens: int | None = None


class _Usage(Struct):
    prompt_tokens: int
    completion_tokens: int
    prompt_tokens_details: _Details | None = None


class _TokenLogprob(Struct):
    logprob: float


class _Logprobs(Struct):
    content: list[_TokenLogprob] | None = None


class _Function(Struct):
    arguments: str | None = None


class _ToolCall(Struct):
    function: _Function | None = None


class _Part(Struct):
    """A message or a delta: whatever of it was generated."""

    content: str | list[Raw] | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None
    refusal: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(Struct):
    message: _Part | None = None
    delta: _Part | None = None
    finish_reason: str | None = None
    logprobs: Raw = Raw(b"")


class _Reply(Struct):
    choices: list[_Choice] | None = None
    usage: Raw = Raw(b"")
    error: Raw = Raw(b"")


_REPLY = msgspec.json.Decoder(_Reply)
_USAGE = msgspec.json.Decoder(_Usage)
_LOGPROBS = msgspec.json.Decoder(_Logprobs)
_FIELDS = msgspec.json.Decoder(dict[str, Raw])
_CHOICES = msgspec.json.Decoder(list[dict[str, Raw]])
_encode = msgspec.json.Encoder().encode

_TRUE, _NULL = Raw(b"true"), Raw(b"null")
_ABSENT = (b"", b"null", b"{}", b'""')


class OpenAIDialect:
    """Chat completions, as OpenAI, vLLM, SGLang, Ollama, llama.cpp and OpenRouter serve them."""

    def call(self, request: Request, upstream_model: str, key: str, *, evidence: bool) -> Call:
        """The client's own fields, the upstream's name for the model, and usage asked for."""
        fields = dict(request.wire.fields)
        fields["model"] = Raw(_encode(upstream_model))
        if request.stream:
            given = fields.get("stream_options", _NULL)
            options = {} if bytes(given) in _ABSENT else _FIELDS.decode(given)
            options["include_usage"] = _TRUE
            fields["stream_options"] = Raw(_encode(options))
        if evidence:
            fields["logprobs"] = _TRUE
            # Of the alternatives one is enough; llama.cpp sends twenty unless told, and nothing when told 0.
            fields.setdefault("top_logprobs", Raw(b"1"))
        headers = {"content-type": "application/json"}
        if key:
            headers["authorization"] = f"Bearer {key}"
        return Call("/chat/completions", headers, _encode(fields))

    def answer(self, request: Request, body: bytes, *, evidence: bool) -> Answer:
        """Read a whole reply; its bytes go to the client unless log-probabilities have to be taken out."""
        reply = _reply(body)
        if not reply.choices or reply.choices[0].message is None:
            raise UpstreamError("the upstream's reply has no choices", code="upstream_garbage")
        hide = evidence and "logprobs" not in request.needs
        return Answer(
            _without_logprobs(body) if hide else body,
            _usage(reply.usage),
            _logprobs(reply.choices[0]) if evidence else (),
            sum(_size(choice.message) for choice in reply.choices),
        )

    def stream(self, request: Request, *, evidence: bool) -> "OpenAIStream":
        """A reader for the reply to a streaming request."""
        return OpenAIStream(
            hide_usage=not request.wire.include_usage,
            hide_logprobs=evidence and "logprobs" not in request.needs,
            evidence=evidence,
        )

    def fault(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """What a reply with an error status means."""
        said = complaint(body)
        return upstream_fault(status, headers, said.message, said.code)


class OpenAIStream:
    """Reads server-sent events; each goes on as it is unless it carries what the client did not ask for.

    What came before an error in the same read is given out first, and the next call raises the error: so
    how the bytes were split decides nothing.
    """

    def __init__(self, *, hide_usage: bool, hide_logprobs: bool, evidence: bool) -> None:
        self._events = Events()
        self._hide_usage = hide_usage
        self._hide_logprobs = hide_logprobs
        self._evidence = evidence
        self._answered = False
        self._finished = False
        self._fault: UpstreamError | None = None

    def feed(self, data: bytes) -> Event:
        """Take what arrived."""
        if self._fault is not None:
            raise self._fault
        out: list[bytes] = []
        logprobs: tuple[float, ...] = ()
        tokens = size = 0
        usage = None
        done = False
        try:
            for payload in self._events.feed(data):
                if payload.startswith(b"[DONE]"):
                    self._check_answered()
                    done = self._finished = True
                    out.append(_DONE)
                    continue
                reply = _reply(payload)
                usage = _usage(reply.usage) or usage
                for choice in reply.choices or ():
                    self._answered = True
                    generated = _size(choice.delta)
                    size += generated
                    tokens += generated > 0
                    self._finished = self._finished or choice.finish_reason is not None
                    if self._evidence:
                        logprobs += _logprobs(choice)
                kept = self._kept(payload, reply)
                if kept:
                    out.append(b"data: %b\n\n" % kept)
        except UpstreamError as fault:
            self._fault = fault
            if not out and usage is None:
                raise
        return Event(b"".join(out), tokens > 0, tokens, usage, logprobs, done, size)

    def _check_answered(self) -> None:
        if not self._answered:
            raise UpstreamError("the upstream's stream has no choices", code="upstream_garbage")

    def end(self) -> None:
        """The upstream closed the stream: too early unless a finish reason or `[DONE]` has passed."""
        if self._fault is not None:
            raise self._fault
        if not self._finished:
            raise UpstreamError("the upstream cut the stream before the answer was finished", code="upstream_cut")

    def _kept(self, payload: bytes, reply: _Reply) -> bytes:
        if self._hide_usage and bytes(reply.usage) not in _ABSENT:
            if not reply.choices:
                return b""
            payload = _without(payload, "usage")
        if self._hide_logprobs:
            payload = _without_logprobs(payload)
        return payload


_DONE = b"data: [DONE]\n\n"


def _reply(body: bytes) -> _Reply:
    try:
        reply = _REPLY.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as garbage:
        raise UpstreamError("the upstream sent what is not a chat completion", code="upstream_garbage") from garbage
    if bytes(reply.error) not in _ABSENT:
        raise inside_a_200(body)
    return reply


def _usage(raw: Raw) -> Usage | None:
    """Usage as reported; None where it is missing or not made of numbers."""
    if bytes(raw) in _ABSENT:
        return None
    try:
        usage = _USAGE.decode(raw)
    except msgspec.DecodeError:
        return None
    details = usage.prompt_tokens_details
    cached = (details.cached_tokens or 0) if details else 0
    return Usage(usage.prompt_tokens, cached, usage.completion_tokens, "reported")


def _size(part: _Part | None) -> int:
    """Bytes (characters, near enough) of what was generated."""
    if part is None:
        return 0
    size = len(part.content or "") + len(part.reasoning_content or part.reasoning or "") + len(part.refusal or "")
    for call in part.tool_calls or ():
        size += 1 + len((call.function.arguments or "") if call.function else "")
    return size


def _logprobs(choice: _Choice) -> tuple[float, ...]:
    if bytes(choice.logprobs) in _ABSENT:
        return ()
    try:
        return tuple(token.logprob for token in _LOGPROBS.decode(choice.logprobs).content or ())
    except msgspec.DecodeError:
        return ()


def _without(payload: bytes, field: str) -> bytes:
    fields = _FIELDS.decode(payload)
    fields.pop(field, None)
    return _encode(fields)


def _without_logprobs(payload: bytes) -> bytes:
    fields = _FIELDS.decode(payload)
    given = fields.get("choices", _NULL)
    if bytes(given) in _ABSENT:
        return payload
    choices = _CHOICES.decode(given)
    for choice in choices:
        choice["logprobs"] = _NULL
    fields["choices"] = Raw(_encode(choices))
    return _encode(fields)
