"""Headers of our own: what a reply says about its decision."""

from collections.abc import AsyncIterator

import pytest

from meritorder.engine.engine import Reply
from meritorder.errors import MeritorderError, Refused
from meritorder.gateway import headers
from meritorder.types.decision import Decision, Refusal
from meritorder.types.path import CapabilityPath
from meritorder.types.quote import Probability, Quote, Receipt, Use


def quoted(name: str, net: int) -> Quote:
    use = Use(1_000, 2_000, 2_000, 900, "declared")
    receipt = Receipt(net + 1_000_000, 0, 1_000_000, 0, net)
    path = CapabilityPath(name, "answer", (name.partition(":")[2],))
    return Quote(path, Probability(0.8, 0.6, 1.0, "declared"), use, receipt, 0.0)


def decided(*quotes: Quote) -> Decision:
    return Decision("dec_1", quotes[0], quotes[1:], (), "balanced", "digest")


async def nothing() -> AsyncIterator[bytes]:
    for each in ():
        yield each


def reply(*, settled: bool) -> Reply:
    decision = decided(quoted("answer:m@e", 7_000_000), quoted("answer:n@f", -1_000_000))
    return Reply(decision, b"{}", nothing, 1_234_000, settled, "m")


def test_a_request_is_named_on_every_reply():
    assert headers.of_request("req_1") == [(b"x-request-id", b"req_1")]


@pytest.mark.parametrize(("settled", "basis"), [(True, "settled"), (False, "quoted")])
def test_a_reply_says_what_was_decided_and_what_it_cost(settled: bool, basis: str):
    found = {name.decode(): value.decode() for name, value in headers.of_reply(reply(settled=settled), "req_1")}
    assert found == {
        "x-request-id": "req_1",
        "x-meritorder-decision": "dec_1",
        "x-meritorder-path": "answer:m@e",
        "x-meritorder-model": "m",
        "x-meritorder-cost": "0.001234",
        "x-meritorder-cost-basis": basis,
        "x-meritorder-receipt": (
            "net $0.007 = worth $0.008 - risk $0.00 - money $0.001 - lateness $0.00; q 0.80 declared; "
            "next answer:n@f -$0.001"
        ),
    }


def test_the_names_and_values_are_what_a_header_may_hold():
    for name, value in headers.of_reply(reply(settled=True), "req_1"):
        assert name == name.lower()
        assert value.isascii()
        assert value.decode().isprintable()


def test_a_receipt_without_a_runner_up_ends_with_the_quality():
    assert headers.receipt(decided(quoted("answer:m@e", 1))).endswith("; q 0.80 declared")


def test_a_refusal_names_its_decision_and_another_error_only_the_request():
    refusal = Refusal("dec_9", "policy", "no", (), 0, "digest")
    assert headers.of_error(Refused("no", refusal), "req_1") == [
        (b"x-request-id", b"req_1"),
        (b"x-meritorder-decision", b"dec_9"),
    ]
    assert headers.of_error(MeritorderError("no"), "req_1") == [(b"x-request-id", b"req_1")]
