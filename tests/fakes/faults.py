"""Ways in which an upstream fails, each a behaviour of the fake one."""

import json
from collections.abc import Awaitable, Callable

from tests.fakes.answers import DONE, Answer, sending, stream, whole
from tests.fakes.upstream import Behaviour, Exchange

ANSWER = Answer(tokens=tuple(f" word{number}" for number in range(8)))
HALF = 4
"""Tokens that are out when something goes wrong in the middle."""

HUGE = 70 * 1024 * 1024

Mishap = Callable[[Exchange], Awaitable[None]]


def refuses(status: int, error: dict[str, object], **headers: str) -> Behaviour:
    """An error status with OpenAI's error body."""

    async def behave(exchange: Exchange) -> None:
        exchange.reply(_error(error), status, **headers)

    return behave


async def slams(exchange: Exchange) -> None:
    """Closes the connection before any header."""
    exchange.close()


async def resets(exchange: Exchange) -> None:
    """Breaks the connection off before any header."""
    exchange.reset()


async def is_mute(exchange: Exchange) -> None:
    """Takes the request and says nothing."""
    await exchange.say_nothing()


async def stalls_after_the_head(exchange: Exchange) -> None:
    """Headers, and then nothing."""
    _begin(exchange)
    await exchange.say_nothing()


async def sends_html(exchange: Exchange) -> None:
    """A web page, with status 200."""
    exchange.reply(b"<html><body>Welcome to the proxy</body></html>", content_type="text/html")


async def sends_broken_json(exchange: Exchange) -> None:
    """A body, or an event, that breaks off."""
    await _say(exchange, b'{"id": "x", "choices": [{')


async def sends_an_error_in_a_200(exchange: Exchange) -> None:
    """The whole body is an error, even where a stream was asked for."""
    exchange.reply(_error({"message": "the backend crashed", "type": "server_error", "code": None}))


def says_error(error: dict[str, object]) -> Behaviour:
    """An error as the body, or as the first event of the stream."""

    async def behave(exchange: Exchange) -> None:
        await _say(exchange, _error(error))

    return behave


async def sends_invalid_utf8(exchange: Exchange) -> None:
    """Text that is not text."""
    field = b"delta" if exchange.streaming else b"message"
    await _say(exchange, b'{"choices":[{"index":0,"%b":{"role":"assistant","content":"\xff\xfe"}}]}' % field)


async def has_no_choices(exchange: Exchange) -> None:
    """A completion of nothing."""
    await _say(exchange, b'{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[]}')


async def sends_far_too_much(exchange: Exchange) -> None:
    """70 MiB in one body or one event."""
    _begin(exchange)
    exchange.send(b'data: {"choices":[{"index":0,"delta":{"content":"' if exchange.streaming else b'{"choices":[')
    block = b"x" * (1024 * 1024)
    for _ in range(HUGE // len(block)):
        exchange.send(block)
        await exchange.pause()
    exchange.end()


async def promises_too_much(exchange: Exchange) -> None:
    """A content-length that is larger than what comes before the connection closes: not even one event."""
    body = _body(exchange)
    exchange.head(content_type=_type(exchange), content_length=str(len(body)))
    exchange.write(body[:100])
    exchange.close()


async def promises_too_little(exchange: Exchange) -> None:
    """A content-length that is smaller than what comes; the rest is there for the next request to trip over."""
    body = _body(exchange)
    exchange.head(content_type=_type(exchange), content_length=str(len(body) // 2))
    exchange.write(body)


def midway(mishap: Mishap, *, chunked: bool = True) -> Behaviour:
    """Half of an answer, then a mishap. A whole answer is half out, too."""

    async def behave(exchange: Exchange) -> None:
        if not exchange.streaming:
            body = whole(ANSWER, exchange.seen.body)
            exchange.head(content_type="application/json", content_length=str(len(body)))
            exchange.write(body[: len(body) // 2])
            await exchange.pause(0.01)
            await mishap(exchange)
            return
        exchange.begin(chunked=chunked)
        async for tokens in sending(exchange, ANSWER):
            if tokens == HALF:
                break
        # So that what came before is read before it, as from a server that takes its time.
        await exchange.pause(0.01)
        await mishap(exchange)

    return behave


async def then_silence(exchange: Exchange) -> None:
    await exchange.say_nothing()


async def then_close(exchange: Exchange) -> None:
    exchange.close()


async def then_reset(exchange: Exchange) -> None:
    exchange.reset()


async def then_close_inside_an_event(exchange: Exchange) -> None:
    if exchange.streaming:
        exchange.send(b'data: {"choices":[{"index":0,"del')
    exchange.close()


def then_say(payload: bytes) -> Mishap:
    """An event that does not belong there; in a whole answer, bytes that do not."""

    async def behave(exchange: Exchange) -> None:
        if exchange.streaming:
            exchange.event(payload)
            exchange.end()
        else:
            exchange.write(payload)
            exchange.close()

    return behave


def _error(error: dict[str, object]) -> bytes:
    return json.dumps({"error": error}).encode()


async def _say(exchange: Exchange, payload: bytes) -> None:
    """`payload` as the body, or as an event that the stream ends after."""
    if not exchange.streaming:
        exchange.reply(payload)
        return
    exchange.begin()
    exchange.event(payload)
    exchange.event(DONE)
    exchange.end()


def _begin(exchange: Exchange) -> None:
    if exchange.streaming:
        exchange.begin()
    else:
        exchange.head(content_type="application/json", transfer_encoding="chunked")
        exchange.chunked = True


def _body(exchange: Exchange) -> bytes:
    return stream(ANSWER, exchange.seen.body) if exchange.streaming else whole(ANSWER, exchange.seen.body)


def _type(exchange: Exchange) -> str:
    return "text/event-stream" if exchange.streaming else "application/json"
