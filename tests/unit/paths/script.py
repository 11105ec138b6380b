"""Path programs played from a script: each step that is expected, with the result that it is given."""

from collections.abc import Sequence

from meritorder.paths.steps import Generate, Generated, Kept, Program

Script = Sequence[tuple[Generate, Generated]]


def said(endpoint: str, *logprobs: float) -> Generated:
    """An answer of `endpoint` with the log-probabilities of its tokens."""
    return Generated(endpoint, logprobs)


def played(program: Program, script: Script) -> Kept:
    """How `program` ends; it must ask for exactly the steps of `script`, in order."""
    result: Generated | None = None
    for expected, given in script:
        try:
            step = next(program) if result is None else program.send(result)
        except StopIteration as end:
            raise AssertionError(f"ended with {end.value} where {expected} was expected") from end
        assert step == expected
        result = given
    try:
        step = next(program) if result is None else program.send(result)
    except StopIteration as end:
        return end.value
    raise AssertionError(f"asked for {step} after the end of the script")
