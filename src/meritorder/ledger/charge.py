"""What a step costs: from its usage as reported, or else as it can be bounded."""

from meritorder.types.outcome import Usage
from meritorder.types.pool import Endpoint, Model, Price
from meritorder.types.units import Milliseconds, NanoUSD, Tokens, cost
from meritorder.types.workload import PromptTokens, Workload


def most_output(model: Model, workload: Workload) -> Tokens:
    """The most output tokens that `model` can produce for this work, over all choices."""
    room = max(1, model.context - workload.prompt.expected)
    return min(workload.ask.max_output_tokens or model.max_output, room) * workload.ask.choices


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


def plausible(usage: Usage, prompt: PromptTokens, most: Tokens) -> bool:
    """Whether an upstream can mean it: nothing negative, no more cached than prompted, nothing absurd.

    Estimates may be off and hidden reasoning is billed as output, so only the absurd is refused: more than
    a hundred times the bound of the prompt, or than the most that could be asked for.
    """
    return 0 <= usage.cached <= usage.prompt <= 100 * prompt.bound + 100_000 and 0 <= usage.output <= 100 * most
