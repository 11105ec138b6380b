"""Answer small; ask the stronger model only if the small one was not sure enough of itself."""

from collections.abc import Callable

from meritorder.paths.steps import Generate, Generated, Kept, Program


def escalate(draft: str, strong: str, stop_at: float, sure: Callable[[Generated], float]) -> Program:
    """Keep the draft if P(right), as `sure` reads it from the draft, is at least `stop_at`."""
    drafted = yield Generate(draft, evidence=True, forward=False)
    confidence = sure(drafted)
    if confidence >= stop_at:
        return Kept(step=0, confidence=confidence)
    yield Generate(strong, evidence=False, forward=True)
    return Kept(step=1, confidence=confidence)
