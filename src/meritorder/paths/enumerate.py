"""Which capability paths the endpoints of a pool allow."""

from collections.abc import Collection, Iterator, Mapping

from meritorder.types.path import CapabilityPath, ProgramName
from meritorder.types.pool import Endpoint, Model


def bindings(
    endpoints: Mapping[str, Endpoint], models: Mapping[str, Model], programs: Collection[ProgramName]
) -> Iterator[CapabilityPath]:
    """Every path of the given programs, in the order of the endpoints; names are unique."""
    if "answer" in programs:
        for label in endpoints:
            yield CapabilityPath(f"answer:{label}", "answer", (label,))
    if "escalate" in programs:
        for draft in endpoints.values():
            if can_draft(draft, models[draft.model]):
                yield from _cascades(draft, endpoints, models)


def can_draft(endpoint: Endpoint, model: Model) -> bool:
    """Whether its answers show how sure they are: log-probabilities come back, and what they mean is known."""
    return "logprobs" in endpoint.abilities and model.calibration is not None


def _cascades(
    draft: Endpoint, endpoints: Mapping[str, Endpoint], models: Mapping[str, Model]
) -> Iterator[CapabilityPath]:
    """The draft with everything that is better than it: a model is never asked twice for one answer."""
    for strong in endpoints.values():
        if strong.model != draft.model and models[strong.model].quality > models[draft.model].quality:
            yield CapabilityPath(f"escalate:{draft.label}>{strong.label}", "escalate", (draft.label, strong.label))
