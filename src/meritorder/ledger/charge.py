"""What a step costs: from its usage as reported, or else as it can be bounded."""

from meritorder.types.outcome import Usage
from meritorder.types.pool import Endpoint, Price
from meritorder.types.units import Milliseconds, NanoUSD, Tokens, cost
from meritorder.types.workload import PromptTokens


def charge(price: Price, usage: Usage) -> NanoUSD:
    """Nano-dollars for `usage`; cached prompt tokens, which `usage.prompt` includes, at their own price."""
    return (
        cost(usage.prompt - usage.cached, price.input)
        + cost(usage.cached, price.cached_input)
        + cost(usage.output, price.output)
    )


def metered(prompt: PromptTokens, output: Tokens) -> Usage:
    """Usage of a stream that ended without telling: the prompt's bound, and the tokens that passed."""
    return Usage(prompt.bound, 0, output, "metered")


def bounded(endpoint: Endpoint, prompt: PromptTokens, elapsed: Milliseconds, most: Tokens) -> Usage:
    """Usage of a call that ended without a word: what can have been generated in `elapsed`, at most `most`."""
    generated = -(-int(elapsed * endpoint.fastest_tokens_per_second) // 1000)
    return Usage(prompt.bound, 0, min(generated, most), "bounded")


def plausible(usage: Usage, window: Tokens) -> bool:
    """Whether an upstream can mean it: no negative counts, no more cached than prompt, nothing absurd."""
    return 0 <= usage.cached <= usage.prompt <= 10 * window and 0 <= usage.output <= 10 * window
