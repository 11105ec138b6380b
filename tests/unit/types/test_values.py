"""What holds for the nouns as such: their fixed vocabularies, and that a stored value is the value."""

from typing import get_args

import msgspec
import pytest

from meritorder.types import caller, decision, outcome, record, request, workload
from meritorder.types.decision import Decision, Exclusion, Refusal
from meritorder.types.ledger import Settlement
from meritorder.types.outcome import NOTHING_USED, Abandoned, Completed, Failed, NotRun, Outcome, StepReport
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Rule
from meritorder.types.pool import IDLE
from meritorder.types.quote import Quote
from meritorder.types.record import Record
from meritorder.types.request import Principal, summary
from meritorder.types.snapshot import View
from tests.builders import a_quote, a_request, a_rule, a_view, a_workload

STEP = StepReport("small@here", NOTHING_USED, 5, 100, 900, 0.7, "")
PAID = Settlement(5, 9, 0)
REFUSED = Refusal("dec_1", "policy", "rule `x`", (Exclusion("answer:a", "policy", "rule `x`"),), 0, "0123")
TAKEN = Decision("dec_1", a_quote(), (a_quote("big@here"),), (), "stated", "0123")


@pytest.mark.parametrize(
    ("names", "alias"),
    [
        (decision.GATES, decision.Gate),
        (request.ABILITIES, request.Ability),
        (workload.INTENTS, workload.Intent),
        (caller.PRIVACY_CLASSES, caller.PrivacyClass),
        (workload.DOMAINS, workload.Domain),
        (workload.LEVELS, workload.Level),
    ],
)
def test_a_vocabulary_lists_exactly_what_its_type_allows(names: tuple[str, ...], alias: object):
    assert names == get_args(alias)


@pytest.mark.parametrize("taken", [TAKEN, REFUSED])
@pytest.mark.parametrize(
    "ended",
    [
        Completed((STEP,), PAID, "small@here", 900),
        Failed((STEP,), PAID, "upstream_stalled", "it said nothing", 900),
        Abandoned((STEP,), PAID, 900),
        NotRun(),
    ],
)
def test_a_stored_record_decodes_into_the_values_it_was_made_of(taken: Decision | Refusal, ended: Outcome):
    kept = Record(summary(a_request()), 1, a_workload(privacy="personal"), a_view(states={"a": IDLE}), taken, ended)
    again = msgspec.json.decode(msgspec.json.encode(kept), type=Record)
    assert again == kept
    assert type(again.outcome) is type(ended)
    assert again.schema == record.SCHEMA


def test_a_summary_keeps_no_text():
    asked = a_request("my secret plan")
    kept = summary(asked)
    assert b"secret" not in msgspec.json.encode(kept)
    assert (kept.id, kept.principal, kept.dialect, kept.model, kept.stream, kept.size, kept.received_at) == (
        asked.id,
        asked.principal.name,
        asked.dialect,
        asked.model,
        asked.stream,
        asked.wire.size,
        asked.received_at,
    )


@pytest.mark.parametrize(
    ("value", "field"),
    [(a_quote(), "stop_at"), (a_view(), "now"), (a_rule(), "name"), (Principal("ada", ()), "name")],
)
def test_a_noun_cannot_be_edited(value: Quote | View | Rule | Principal, field: str):
    with pytest.raises(AttributeError):
        setattr(value, field, 1)


def test_equal_paths_are_equal_values():
    assert CapabilityPath("answer:a", "answer", ("a",)) == CapabilityPath("answer:a", "answer", ("a",))


def test_usage_of_nothing_is_nothing():
    assert outcome.Usage(0, 0, 0, "reported") == NOTHING_USED
