import pytest

from meritorder.errors import UpstreamError
from meritorder.execution.step import StepRun
from meritorder.ledger.charge import charge
from meritorder.providers.client import Target
from meritorder.providers.connection import Connection
from meritorder.providers.dialects.protocol import Answer, Event
from meritorder.types.outcome import NOTHING_USED, Usage
from meritorder.types.workload import PromptTokens
from tests.builders import an_endpoint, some_usage

PROMPT = PromptTokens(1_000, 1_400)
MOST = 500
PRICED = Target(an_endpoint(fastest=1_000.0), Connection("http://here/v1", "", "", 1, 1, 1, 1, gather=False))


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def begun(clock: Clock | None = None) -> StepRun:
    return StepRun(PRICED, PROMPT, MOST, clock or Clock())


def event(tokens: int = 0, usage: Usage | None = None, logprobs: tuple[float, ...] = ()) -> Event:
    return Event(b"data: {}\n\n", tokens > 0, tokens, usage, logprobs, done=False)


def answer(usage: Usage | None, output_bytes: int = 40) -> Answer:
    return Answer(b"{}", usage, (-0.5,), output_bytes)


def fault(code: str) -> UpstreamError:
    return UpstreamError("it failed", code=code)


def test_usage_is_what_the_upstream_reported():
    run = begun()
    run.saw(event(3))
    run.saw(event(usage=some_usage(900, 7, cached=100)))
    run.end(finished=True)
    assert run.usage() == some_usage(900, 7, cached=100)
    assert run.money() == charge(PRICED.endpoint.price, run.usage())


def test_a_stream_without_usage_is_metered_from_what_passed():
    run = begun()
    for _ in range(5):
        run.saw(event(2))
    run.end(finished=True)
    assert run.usage() == Usage(PROMPT.bound, 0, 10, "metered")


def test_a_whole_answer_without_usage_is_metered_from_its_length():
    run = begun()
    run.answered(answer(None, 41))
    assert run.usage() == Usage(PROMPT.bound, 0, 11, "metered")
    assert not run.running


@pytest.mark.parametrize(
    "absurd",
    [
        some_usage(-1, 5),
        some_usage(5, -1),
        some_usage(5, 5, cached=-1),
        some_usage(5, 5, cached=6),
        some_usage(10**12, 5),
        some_usage(5, 10**12),
    ],
)
def test_absurd_usage_counts_as_not_told(absurd: Usage):
    run = begun()
    run.answered(answer(absurd))
    assert run.usage().basis == "metered"


def test_hidden_reasoning_may_be_billed_beyond_what_was_asked_for():
    run = begun()
    run.answered(answer(some_usage(1_000, 10 * MOST)))
    assert run.usage().output == 10 * MOST


@pytest.mark.parametrize(
    "code",
    [
        "upstream_unreachable",
        "upstream_rate_limited",
        "upstream_overloaded",
        "upstream_auth",
        "upstream_rejected",
        "upstream_model_not_found",
        "upstream_error",
        "context_length_exceeded",
    ],
)
def test_an_upstream_that_declined_is_owed_nothing(code: str):
    run = begun()
    run.end(fault=fault(code))
    assert run.usage() == NOTHING_USED
    assert run.money() == 0


def test_an_upstream_that_failed_in_the_middle_is_owed_what_passed():
    run = begun()
    run.saw(event(4))
    run.end(fault=fault("upstream_error"))
    assert run.usage() == Usage(PROMPT.bound, 0, 4, "metered")


@pytest.mark.parametrize("code", ["upstream_cut", "upstream_timeout", "upstream_garbage"])
def test_a_call_that_ended_without_a_word_is_bounded_by_its_time(code: str):
    clock = Clock()
    run = begun(clock)
    clock.now += 0.25
    run.end(fault=fault(code))
    assert run.usage() == Usage(PROMPT.bound, 0, 250, "bounded")


def test_no_bound_exceeds_the_most_that_can_have_been_generated():
    clock = Clock()
    run = begun(clock)
    clock.now += 1_000
    run.end()
    assert run.usage().output == MOST


def test_a_call_that_was_given_up_is_bounded_too():
    clock = Clock()
    run = begun(clock)
    clock.now += 0.1
    run.end()
    assert run.usage() == Usage(PROMPT.bound, 0, 100, "bounded")


def test_a_bound_grows_only_while_the_call_lasts():
    clock = Clock()
    run = begun(clock)
    clock.now += 0.01
    early = run.usage().output
    clock.now += 0.01
    run.end()
    late = run.usage().output
    clock.now += 10
    assert early < late == run.usage().output
    assert run.report(-1.0).money == run.money()


def test_the_first_end_holds():
    clock = Clock()
    run = begun(clock)
    run.end(finished=True)
    clock.now += 5
    run.end(fault=fault("upstream_cut"))
    assert run.finished
    assert run.fault is None
    assert run.duration == 0


def test_times_are_from_the_call_to_the_first_content_and_to_the_end():
    clock = Clock()
    run = begun(clock)
    clock.now += 0.1
    run.saw(event(0))
    clock.now += 0.1
    run.saw(event(1))
    clock.now += 0.3
    run.saw(event(1))
    run.end(finished=True)
    assert (run.first_token, run.duration) == (200, 500)


def test_a_whole_answer_comes_all_at_once():
    clock = Clock()
    run = begun(clock)
    clock.now += 0.4
    run.answered(answer(some_usage()))
    assert run.first_token == run.duration == 400


def test_log_probabilities_gather_in_order():
    run = begun()
    run.saw(event(1, logprobs=(-0.1, -0.2)))
    run.saw(event(1, logprobs=(-0.3,)))
    assert run.logprobs == (-0.1, -0.2, -0.3)


def test_the_report_says_all_of_it():
    clock = Clock()
    run = begun(clock)
    clock.now += 0.2
    run.saw(event(1, some_usage(10, 2)))
    run.end(fault=fault("upstream_cut"))
    report = run.report(0.123456)
    assert report.endpoint == "small@here"
    assert (report.usage, report.money) == (some_usage(10, 2), run.money())
    assert (report.first_token, report.duration) == (200, 200)
    assert (report.confidence, report.fault) == (0.1235, "upstream_cut")
