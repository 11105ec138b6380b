"""How long the prompt is and how long the answer will be, in tokens.

Counting with a tokenizer costs a third of a millisecond per thousand tokens, so the prompt is estimated
from its bytes: 4.2 bytes a token for English prose, and never fewer than 3 on prose, code and Chinese. Long
numbers and the like take more; what an upstream then bills beyond the bound is posted and told as an overrun.
"""

from collections.abc import Mapping

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


def usual(asked: Intent) -> tuple[Tokens, Tokens]:
    """Median and 90 % quantile of the answers to requests of one intent."""
    return _ANSWER_TOKENS.get(asked, _ANSWER_TOKENS["answer"])


_ANSWER_TOKENS: Mapping[Intent, tuple[Tokens, Tokens]] = {
    "answer": (90, 350),
    "reason": (350, 900),
    "maths": (200, 700),
    "code": (350, 1_200),
    "extract": (80, 350),
    "classify": (8, 60),
    "summarise": (160, 450),
    "translate": (120, 600),
    "rewrite": (150, 600),
    "create": (450, 1_300),
    "plan": (450, 1_200),
    "converse": (40, 200),
    "act": (80, 400),
}
"""Declared, until outcomes show better."""


def quantile(lengths: Mapping[int, float], share: float) -> Tokens:
    """The length that `share` of the answers do not exceed; `lengths` has the share of each class, by its upper end.

    Within a class the logarithms of lengths are taken to be spread evenly.
    """
    below, start = 0.0, 1
    for end, of_class in lengths.items():
        if below + of_class >= share:
            part = (share - below) / of_class if of_class else 1.0
            return round(start * (end / start) ** part)
        below, start = below + of_class, end
    return start
