"""Reading the model's streamed answer, and what is kept of it."""

from tools.calibrate.ask import Outcome, Said, outcome, read
from tools.calibrate.questions import Question

STREAM = """data: {"choices":[{"delta":{"role":"assistant","content":null}}]}

data: {"choices":[{"delta":{"content":"Par"},"logprobs":{"content":[{"token":"Par","logprob":-0.5}]}}]}

data: {"choices":[{"delta":{"content":"is"},"logprobs":{"content":[{"token":"is","logprob":-0.25}]}}]}

data: {"choices":[{"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":{"completion_tokens":3}}

data: [DONE]
"""
QUESTION = Question("capital-1", "answer", "capital", "What is the capital of France?", ("Paris",))


def test_a_stream_is_read_to_its_text_and_log_probabilities():
    assert read(STREAM) == Said("Paris", (-0.5, -0.25))


def test_an_outcome_holds_the_grade_and_figures_of_the_answer_but_not_its_text():
    assert outcome(QUESTION, Said("Paris", (-0.5, -0.25))) == Outcome("capital-1", True, -0.375, -0.5, 2)


def test_nothing_generated_is_wrong_and_without_evidence():
    assert outcome(QUESTION, Said("", ())) == Outcome("capital-1", False, 0.0, 0.0, 0)
