"""Chat completions as OpenAI's servers say them, whole and in chunks, from one description."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from tests.fakes.upstream import Behaviour, Exchange

Asked: TypeAlias = Mapping[str, Any]
"""The body of the request that is answered."""

TOKENS = ("Clause", " seven", " is", " quite", " unusual", ".")
DONE = b"[DONE]"


class Tool(Struct, frozen=True):
    """A call of a tool; its arguments are generated in these pieces."""

    id: str
    name: str
    arguments: tuple[str, ...]


class Answer(Struct, frozen=True):
    """What a model says, how sure of it, how fast (seconds to a token), and what it reports to have used.

    A `usage` of None is worked out; one that is empty is not told, whoever asks.
    """

    tokens: tuple[str, ...] = TOKENS
    logprob: float = -0.1
    tools: tuple[Tool, ...] = ()
    thoughts: tuple[str, ...] = ()
    finish: str = "stop"
    prompt: int = 12
    cached: int = 0
    usage: dict[str, Any] | None = None
    pace: float = 0.0

    @property
    def length(self) -> int:
        """Output tokens of one choice."""
        return len(self.thoughts) + len(self.tokens) + sum(len(tool.arguments) for tool in self.tools)


def usage(answer: Answer, asked: Asked) -> dict[str, Any]:
    """The usage that is reported, empty for none."""
    if answer.usage is not None:
        return answer.usage
    output = answer.length * asked.get("n", 1)
    return {
        "prompt_tokens": answer.prompt,
        "completion_tokens": output,
        "total_tokens": answer.prompt + output,
        "prompt_tokens_details": {"cached_tokens": answer.cached},
    }


def whole(answer: Answer, asked: Asked) -> bytes:
    """The chat completion that answers `asked`."""
    message: dict[str, Any] = {"role": "assistant", "content": "".join(answer.tokens) or None, "refusal": None}
    if answer.thoughts:
        message["reasoning_content"] = "".join(answer.thoughts)
    if answer.tools:
        message["tool_calls"] = [
            {"id": tool.id, "type": "function", "function": {"name": tool.name, "arguments": "".join(tool.arguments)}}
            for tool in answer.tools
        ]
    told = _logprobs(answer, answer.tokens) if asked.get("logprobs") and answer.tokens else None
    choices = [
        {"index": index, "message": message, "logprobs": told, "finish_reason": answer.finish}
        for index in range(asked.get("n", 1))
    ]
    body = _envelope("chat.completion", asked) | {"choices": choices}
    reported = usage(answer, asked)
    return _encode(body | {"usage": reported} if reported else body)


def chunks(answer: Answer, asked: Asked) -> Iterator[tuple[int, bytes]]:
    """The chunks of the stream that answers `asked`, each with the tokens that it took; without `[DONE]`."""
    choices = range(asked.get("n", 1))
    for index in choices:
        yield 0, _chunk(asked, index, {"role": "assistant", "content": "", "refusal": None})
    for delta, told in _deltas(answer, logprobs=bool(asked.get("logprobs"))):
        for index in choices:
            yield 1, _chunk(asked, index, delta, told)
    for index in choices:
        yield 0, _chunk(asked, index, {}, finish=answer.finish)
    reported = usage(answer, asked)
    if reported and (asked.get("stream_options") or {}).get("include_usage"):
        yield 0, _encode(_envelope("chat.completion.chunk", asked) | {"choices": [], "usage": reported})


def stream(answer: Answer, asked: Asked) -> bytes:
    """All of the stream."""
    payloads = [payload for _, payload in chunks(answer, asked)]
    return b"".join(b"data: %b\n\n" % payload for payload in [*payloads, DONE])


def says(answer: Answer) -> Behaviour:
    """Answers, streaming or not as it is asked to."""

    async def behave(exchange: Exchange) -> None:
        if exchange.streaming:
            exchange.begin()
            async for _ in sending(exchange, answer):
                pass
            exchange.event(DONE)
            exchange.end()
        else:
            for _ in range(answer.length):
                await exchange.pause(answer.pace)
                exchange.seen.tokens += 1
            exchange.reply(whole(answer, exchange.seen.body))

    return behave


async def sending(exchange: Exchange, answer: Answer):
    """Send the chunks at the answer's pace; yields after each, with the tokens generated so far."""
    for tokens, payload in chunks(answer, exchange.seen.body):
        exchange.seen.tokens += tokens
        exchange.event(payload)
        await exchange.pause(answer.pace if tokens else 0)
        yield exchange.seen.tokens


def talks_on(text: str = " and", pace: float = 0.0) -> Behaviour:
    """Never comes to an end, streaming or not: generates for as long as somebody listens."""

    async def behave(exchange: Exchange) -> None:
        if exchange.streaming:
            exchange.begin()
        while True:
            exchange.seen.tokens += 1
            if exchange.streaming:
                exchange.event(_chunk(exchange.seen.body, 0, {"content": text}))
            await exchange.pause(pace)

    return behave


def _deltas(answer: Answer, *, logprobs: bool) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    for thought in answer.thoughts:
        yield {"reasoning_content": thought}, None
    for token in answer.tokens:
        yield {"content": token}, _logprobs(answer, (token,)) if logprobs else None
    for index, tool in enumerate(answer.tools):
        for place, piece in enumerate(tool.arguments):
            call: dict[str, Any] = {"index": index, "function": {"arguments": piece}}
            if place == 0:
                call = {"index": index, "id": tool.id, "type": "function"}
                call["function"] = {"name": tool.name, "arguments": piece}
            yield {"tool_calls": [call]}, None


def _logprobs(answer: Answer, tokens: tuple[str, ...]) -> dict[str, Any]:
    content = [
        {"token": token, "logprob": answer.logprob, "bytes": list(token.encode()), "top_logprobs": []}
        for token in tokens
    ]
    return {"content": content, "refusal": None}


def _chunk(
    asked: Asked, index: int, delta: dict[str, Any], logprobs: dict[str, Any] | None = None, finish: str | None = None
) -> bytes:
    choice = {"index": index, "delta": delta, "logprobs": logprobs, "finish_reason": finish}
    return _encode(_envelope("chat.completion.chunk", asked) | {"choices": [choice]})


def _envelope(kind: str, asked: Asked) -> dict[str, Any]:
    return {
        "id": "chatcmpl-fake",
        "object": kind,
        "created": 1_760_000_000,
        "model": asked["model"],
        "system_fingerprint": "fp_fake",
        "service_tier": "default",
    }


def _encode(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
