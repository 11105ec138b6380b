"""Decisions and outcomes as text."""

import pytest

from meritorder.cli.show import ended, explained
from meritorder.routing.decide import decide
from meritorder.types.decision import Decision
from meritorder.types.ledger import Settlement
from meritorder.types.outcome import Abandoned, Completed, Failed, NotRun, Outcome, StepReport, Usage
from tests.builders import a_balance, a_generation, a_model, a_snapshot, a_view, a_workload, an_endpoint

STEP = StepReport("small@here", Usage(12, 0, 3, "reported"), 18_000, 90, 1_500, -1.0, "")
SETTLED = Settlement(18_000, 20_000, 0)
OUTCOMES: list[tuple[Outcome, str]] = [
    (Completed((STEP,), SETTLED, "small@here", 1_600), "completed"),
    (Failed((STEP,), SETTLED, "upstream_cut", "it broke off", 1_600), "failed"),
    (Abandoned((STEP,), SETTLED, 1_600), "abandoned"),
    (NotRun(), "not run"),
]


def shown(outcome: Outcome | None = None) -> str:
    snapshot = a_snapshot(a_generation((a_model("small"), a_model("large", quality=0.9))))
    workload = a_workload()
    return explained(workload, snapshot.generation, decide(workload, snapshot), outcome)


@pytest.mark.parametrize(("outcome", "word"), OUTCOMES)
def test_an_end_is_told_in_a_word(outcome: Outcome, word: str):
    assert ended(outcome) == word


def test_the_chosen_path_is_marked_and_the_others_follow_with_their_figures():
    lines = shown().splitlines()
    chosen = next(line for line in lines if "✓" in line)
    other = next(line for line in lines if line.strip().startswith("answer:small@here"))
    assert "answer:large@here" in chosen
    assert "0.90 (0.70–1.00)" in chosen
    assert "0.60 (0.40–0.80)" in other
    assert lines.index(chosen) < lines.index(other)


def test_the_receipt_adds_up_on_paper():
    def amount(name: str) -> float:
        line = next(line for line in shown().splitlines() if line[4:].startswith(name))
        return float(line.split("$")[1].split()[0])

    parts = amount("worth") - amount("risk") - amount("money") - amount("lateness")
    assert parts == pytest.approx(amount("net"), abs=1e-9)


def test_a_quality_that_was_declared_is_said_to_be():
    assert shown().endswith("; declared, not measured: the quality of large, small")


def test_a_refusal_names_its_gate_and_every_path_with_its_own_reason():
    view = a_view(balances=[a_balance(0, account="key:ada")])
    snapshot = a_snapshot(a_generation((a_model("small"),), (an_endpoint("small", "here"),)), view)
    workload = a_workload()
    decision = decide(workload, snapshot)
    assert not isinstance(decision, Decision)
    said = explained(workload, snapshot.generation, decision)
    assert "Refused at the budget gate: needs $" in said
    assert "✗ answer:small@here" in said
    assert "Receipt" not in said


def test_an_outcome_is_told_with_every_step():
    said = shown(OUTCOMES[0][0])
    assert "completed in 1.6 s; $0.000018 posted" in said
    assert "1. small@here: 12 + 3 tokens (reported), $0.000018, first after 90 ms, all after 1.5 s" in said


def test_a_failure_is_told_with_its_code_and_its_sentence():
    assert "upstream_cut: it broke off" in shown(OUTCOMES[1][0])


def test_what_was_billed_beyond_the_hold_is_told():
    said = shown(Completed((STEP,), Settlement(30_000, 20_000, 10_000), "small@here", 10))
    assert "$0.00003 posted, $0.00001 more than was held" in said


def test_how_sure_a_draft_was_is_told():
    draft = StepReport("small@here", Usage(12, 0, 3, "metered"), 0, 90, 100, 0.4211, "upstream_cut")
    said = shown(Abandoned((draft,), SETTLED, 10))
    assert "all after 100 ms, sure 0.42, upstream_cut" in said


def test_a_record_whose_configuration_is_gone_is_shown_without_it():
    snapshot = a_snapshot()
    workload = a_workload()
    said = explained(workload, None, decide(workload, snapshot))
    assert said.splitlines()[-1] == f"generation {snapshot.generation.digest}"
