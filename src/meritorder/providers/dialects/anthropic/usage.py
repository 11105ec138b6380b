"""Token counts as Anthropic reports them, and as Meritorder and an OpenAI client count them.

Anthropic's `input_tokens` leave out the prompt tokens that were read from or written to a cache;
OpenAI's `prompt_tokens` include them.
"""

import msgspec
from msgspec import Raw, Struct

from meritorder.types.outcome import Usage

LARGEST = 1_000_000_000
"""No request takes more tokens than this; a count beyond it is a mistake."""


class Counts(Struct, frozen=True):
    """What one usage object says; None where it is silent."""

    input_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    output_tokens: int | None = None


class PromptDetails(Struct, frozen=True):
    """The part of an OpenAI client's usage that says what the cache spared."""

    cached_tokens: int


class ClientUsage(Struct, frozen=True):
    """Usage in the form an OpenAI client reads."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    prompt_tokens_details: PromptDetails


_COUNTS = msgspec.json.Decoder(Counts | None)


def read(raw: Raw) -> Counts:
    """The counts in a usage object. One that is malformed is as good as none."""
    try:
        return _COUNTS.decode(raw) or Counts()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Counts()


def merged(before: Counts, after: Counts) -> Counts:
    """What is known once `after` has come: its counts are totals, so they replace and do not add."""
    return Counts(
        _later(before.input_tokens, after.input_tokens),
        _later(before.cache_read_input_tokens, after.cache_read_input_tokens),
        _later(before.cache_creation_input_tokens, after.cache_creation_input_tokens),
        _later(before.output_tokens, after.output_tokens),
    )


def usage(counts: Counts) -> Usage | None:
    """The usage, or None where a number is missing or cannot be: there is no request without a prompt."""
    if counts.input_tokens is None or counts.output_tokens is None:
        return None
    cached = counts.cache_read_input_tokens or 0
    written = counts.cache_creation_input_tokens or 0
    numbers = (counts.input_tokens, cached, written, counts.output_tokens)
    if not all(0 <= number <= LARGEST for number in numbers):
        return None
    prompt = counts.input_tokens + cached + written
    return Usage(prompt, cached, counts.output_tokens, "reported") if prompt else None


def for_client(used: Usage) -> ClientUsage:
    """`used` as an OpenAI client reads it."""
    total = used.prompt + used.output
    return ClientUsage(used.prompt, used.output, total, PromptDetails(used.cached))


def _later(before: int | None, after: int | None) -> int | None:
    return before if after is None else after
