"""From a quote to the running program that it describes."""

from meritorder.paths.answer import answer
from meritorder.paths.confidence import p_right, quality
from meritorder.paths.escalate import escalate
from meritorder.paths.steps import Generated, Program
from meritorder.types.quote import Quote
from meritorder.types.snapshot import Generation
from meritorder.types.workload import Intent


def start(quote: Quote, intent: Intent, generation: Generation) -> Program:
    """The program of `quote.path`, bound to its endpoints and to the terms of the quote."""
    endpoints = quote.path.endpoints
    match quote.path.program:
        case "answer":
            return answer(endpoints[0])
        case "escalate":
            model = generation.models[generation.endpoints[endpoints[0]].model]

            def sure(drafted: Generated) -> float:
                prior = quality(model, intent)
                if model.calibration is None:
                    return prior
                return p_right(model.calibration, prior, drafted.logprobs)

            return escalate(endpoints[0], endpoints[1], quote.stop_at, sure)
