"""The requests that every contestant is sent: the same bytes, of an exact size.

The text is prose, because a router reads what it routes: a megabyte of the letter a would flatter it.
"""

import msgspec

PROSE = (
    "Please summarise the attached contract and tell me which clauses are unusual for an agreement of "
    "this kind. It was written in 2019 by our counsel in Berlin, amended twice since, and it needs a "
    "careful reading before Friday's call with the supplier. Pay attention to termination, to the cap "
    "on liability and to who owns the data. If two clauses contradict each other, quote both. "
)


# The upstream pauses between the tokens of an answer to this. A prompt passes through any gateway as it is.
UNHURRIED = "Take your time."


def prompt(size: int) -> str:
    """Prose of exactly `size` bytes."""
    return (PROSE * (size // len(PROSE) + 1))[:size]


def chat_body(size: int, *, chunks: int = 0, paced: bool = False) -> bytes:
    """A chat completion request whose prompt has `size` bytes, streamed if it asks for chunks."""
    text = prompt(size - len(UNHURRIED)) + UNHURRIED if paced else prompt(size)
    body: dict[str, object] = {"model": "auto", "messages": [{"role": "user", "content": text}]}
    if chunks:
        body |= {"stream": True, "stream_options": {"include_usage": True}, "max_tokens": chunks}
    return msgspec.json.encode(body)
