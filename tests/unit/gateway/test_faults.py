"""Errors as an OpenAI client gets them: status, code, and whether trying again can help."""

import json
from typing import Any, get_args

import pytest

from meritorder.errors import MeritorderError, Refused, RequestError, StoreError, UpstreamError
from meritorder.execution.purse import BudgetExhausted
from meritorder.gateway.faults import REFUSALS, Fault, body, fault
from meritorder.ledger.ledger import Shortfall
from meritorder.types.decision import GATES, Exclusion, Gate, Refusal
from meritorder.types.ledger import Balance

NOW = 1_790_000_000_000


def told(error: MeritorderError) -> tuple[Fault, dict[str, Any]]:
    found = fault(error, NOW)
    content = json.loads(found.body)
    assert list(content) == ["error"]
    assert list(content["error"]) == ["message", "type", "param", "code"]
    return found, content["error"]


def headers(found: Fault) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in found.headers}


def refused(gate: Gate, *, others: int = 0, retry_at: int = 0) -> Refused:
    excluded = tuple(Exclusion(f"answer:m{place}@e", gate, "no") for place in range(others + 1))
    return Refused("because", Refusal("dec_1", gate, "because", excluded, retry_at, "digest"))


def test_every_gate_has_a_status_and_a_code_of_its_own():
    assert set(REFUSALS) == set(GATES) == set(get_args(Gate))
    assert len({code for _, code in REFUSALS.values()}) == len(GATES)


@pytest.mark.parametrize("gate", GATES)
def test_a_refusal_says_by_which_gate_and_where_all_of_it_is(gate: Gate):
    found, error = told(refused(gate))
    assert (found.status, error["code"]) == REFUSALS[gate]
    assert ": because." in error["message"]
    assert error["message"].endswith("`meritorder records dec_1` tells all of it")


@pytest.mark.parametrize(("others", "words"), [(0, ""), (1, " (1 more path is excluded)"), (2, " (2 more paths are")])
def test_a_refusal_counts_the_other_paths(others: int, words: str):
    _, error = told(refused("policy", others=others))
    assert f"because{words}" in error["message"]


@pytest.mark.parametrize("gate", [gate for gate in GATES if gate != "health"])
def test_a_refusal_that_will_not_change_by_itself_is_not_to_be_tried_again(gate: Gate):
    found, _ = told(refused(gate, retry_at=NOW + 5000))
    assert headers(found) == {"x-should-retry": "false"}


@pytest.mark.parametrize(("retry_at", "seconds", "ms"), [(NOW + 2001, "3", "2001"), (0, "1", "1000"), (1, "1", "1000")])
def test_a_pool_that_is_unwell_says_when_to_try_again(retry_at: int, seconds: str, ms: str):
    found, error = told(refused("health", retry_at=retry_at))
    assert (found.status, error["type"]) == (503, "server_error")
    assert headers(found) == {"retry-after": seconds, "retry-after-ms": ms}


def test_a_clients_error_names_its_field():
    found, error = told(RequestError("`n`: no", code="invalid_value", param="n"))
    assert found == Fault(400, (), found.body)
    assert error == {"message": "`n`: no", "type": "invalid_request_error", "param": "n", "code": "invalid_value"}


def test_a_clients_error_has_the_status_it_was_raised_with():
    found, error = told(RequestError("who?", code="invalid_api_key", status=401))
    assert (found.status, error["type"], error["param"]) == (401, "authentication_error", None)


def test_an_upstreams_error_has_its_status_and_its_code():
    found, error = told(UpstreamError("m@e broke off", code="upstream_cut"))
    assert (found.status, found.headers) == (502, ())
    assert error == {"message": "m@e broke off", "type": "server_error", "param": None, "code": "upstream_cut"}


def test_an_upstream_that_asked_to_be_left_alone_is():
    found, _ = told(UpstreamError("m@e is busy", code="upstream_rate_limited", retry_after_ms=1500))
    assert headers(found) == {"retry-after": "2", "retry-after-ms": "1500"}


def test_an_upstream_that_rejected_the_request_is_quoted():
    own = body("`top_k` is not for this model", 400, "upstream_rejected")
    error = UpstreamError("rejected", code="upstream_rejected", elsewhere=False, status=400, body=own)
    assert fault(error, NOW) == Fault(400, (), own)


def test_an_exhausted_budget_is_not_to_be_tried_again():
    short = Shortfall(Balance("key:ada", 2_000_000_000, 1_500_000_000, 400_000_000, 0), 200_000_000)
    found, error = told(BudgetExhausted(short))
    assert (found.status, headers(found)) == (402, {"x-should-retry": "false"})
    assert (error["type"], error["code"]) == ("insufficient_quota", "budget_exhausted")
    assert error["message"] == "account `key:ada` has no more: $1.90 of $2.00 is spent or held"


def test_a_journal_in_trouble_is_worth_another_try():
    found, error = told(StoreError("the disk is full", code="journal_unavailable"))
    assert (found.status, error["code"]) == (503, "journal_unavailable")
    assert headers(found) == {"retry-after": "1", "retry-after-ms": "1000"}


def test_any_other_error_is_the_gateways_own():
    found, error = told(MeritorderError("it failed"))
    assert (found.status, error["type"], error["code"]) == (500, "server_error", "internal_error")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "invalid_request_error"),
        (401, "authentication_error"),
        (402, "insufficient_quota"),
        (403, "permission_error"),
        (404, "invalid_request_error"),
        (413, "invalid_request_error"),
        (429, "rate_limit_error"),
        (500, "server_error"),
        (503, "server_error"),
    ],
)
def test_the_type_follows_from_the_status(status: int, kind: str):
    assert json.loads(body("m", status, "c"))["error"]["type"] == kind
