"""How long the prompt is and how long the answer will be, in tokens.

Counting with a tokenizer costs a third of a millisecond per thousand tokens, so the prompt is estimated
from its bytes: 4.2 bytes a token for English prose, and never fewer than 3 on prose, code and Chinese. Long
numbers and the like take more; what an upstream then bills beyond the bound is posted and told as an overrun.
"""

from meritorder.types.units import Tokens
from meritorder.types.workload import Intent, Output, OutputKind, PromptTokens

BYTES_PER_TOKEN = 4.2
BYTES_PER_TOKEN_AT_LEAST = 3
TOKENS_OF_TEMPLATE = 32
"""What a model's template may add by itself: its own system prompt, where the client sent none."""
TOKENS_PER_IMAGE = 1_600
"""Declared: a large image at some models; others bill many times that, which is then told as an overrun."""


def prompt_tokens(size: int, images: int) -> PromptTokens:
    """Tokens of a request with `size` bytes of text, in the JSON it came in: that makes up for its template."""
    fixed = images * TOKENS_PER_IMAGE
    bound = -(-size // BYTES_PER_TOKEN_AT_LEAST) + fixed + TOKENS_OF_TEMPLATE
    return PromptTokens(int(size / BYTES_PER_TOKEN) + fixed, bound)


def output(asked: Intent, median: Tokens, p90: Tokens, *, structured: bool, tools: bool, limit: int) -> Output:
    """The expected answer; `limit` is the client's maximum, 0 for none."""
    kind: OutputKind = "text"
    if structured:
        kind = "json"
    elif tools:
        kind = "tool_call"
    elif asked == "code":
        kind = "code"
    return Output(kind, min(median, limit), min(p90, limit)) if limit else Output(kind, median, p90)
