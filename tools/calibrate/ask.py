"""Asking the real model every question once, as the gateway asks it for a draft: streamed, with log-probabilities."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import aiohttp
import msgspec

from meritorder.providers.embedded.supervise import EmbeddedServer, serve_command
from meritorder.providers.embedded.weights import prepare
from tools.calibrate.grade import right
from tools.calibrate.questions import HERE, Question

OUTCOMES = HERE / "outcomes.jsonl"
MAX_TOKENS = 64
_START_S = 120.0
_DIGITS = 4


class Outcome(msgspec.Struct, frozen=True):
    """What became of one question. The mean and the least log-probability are 0 where nothing was generated."""

    id: str
    right: bool
    mean_logprob: float
    least_logprob: float
    tokens: int


class Said(msgspec.Struct, frozen=True):
    """One answer of the model, with the log-probability of each of its tokens."""

    text: str
    logprobs: tuple[float, ...]


class _Token(msgspec.Struct, frozen=True):
    logprob: float


class _Logprobs(msgspec.Struct, frozen=True):
    content: tuple[_Token, ...] | None = None


class _Delta(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    delta: _Delta
    logprobs: _Logprobs | None = None


class _Chunk(msgspec.Struct, frozen=True):
    choices: tuple[_Choice, ...] = ()


def outcome(question: Question, said: Said) -> Outcome:
    count = len(said.logprobs)
    mean = sum(said.logprobs) / count if count else 0.0
    least = min(said.logprobs, default=0.0)
    return Outcome(question.id, right(question, said.text), round(mean, _DIGITS), round(least, _DIGITS), count)


def load(path: Path = OUTCOMES) -> tuple[Outcome, ...]:
    return tuple(msgspec.json.decode(line, type=Outcome) for line in path.read_bytes().splitlines())


def dump(outcomes: Iterable[Outcome]) -> bytes:
    return b"".join(msgspec.json.encode(each) + b"\n" for each in outcomes)


def read(stream: str) -> Said:
    """The answer that a stream of server-sent events amounts to."""
    text, logprobs = "", []
    for line in stream.splitlines():
        if not line.startswith("data: {"):
            continue
        for choice in msgspec.json.decode(line.removeprefix("data: "), type=_Chunk).choices:
            text += choice.delta.content or ""
            tokens = choice.logprobs.content if choice.logprobs else None
            logprobs += [token.logprob for token in tokens or ()]
    return Said(text, tuple(logprobs))


async def ask_all(questions: Iterable[Question], cache: Path) -> AsyncIterator[tuple[Question, Said]]:
    """The model's answers, one after the other, and none helped by what was asked before."""
    weights = await asyncio.to_thread(prepare, cache, print)
    server = EmbeddedServer(serve_command(weights, context=2048, slots=1))
    await server.start()
    try:
        if not await server.wait_ready(_START_S):
            raise SystemExit(server.state.detail)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
            for question in questions:
                yield question, await _ask(session, f"{server.url}/chat/completions", question.prompt)
    finally:
        await server.stop()


async def _ask(session: aiohttp.ClientSession, url: str, prompt: str) -> Said:
    body = {
        "messages": [{"role": "user", "content": prompt}],
        "temperature": 0,
        "max_tokens": MAX_TOKENS,
        "stream": True,
        "logprobs": True,
        "top_logprobs": 1,
        "cache_prompt": False,
    }
    async with session.post(url, json=body) as answer:
        answer.raise_for_status()
        return read(await answer.text())
