"""What a reply says about its decision, in headers of our own."""

from meritorder.engine.engine import Reply
from meritorder.errors import MeritorderError
from meritorder.gateway.exchange import Header
from meritorder.types.decision import Decision
from meritorder.types.units import dollars


def of_request(request_id: str) -> list[Header]:
    """The name of the request, on every reply."""
    return [(b"x-request-id", request_id.encode())]


def of_reply(reply: Reply, request_id: str) -> list[Header]:
    """Request id, decision, path, model, cost with its basis, and the receipt in one line."""
    decision = reply.decision
    return [
        (b"x-request-id", request_id.encode()),
        (b"x-meritorder-decision", decision.id.encode()),
        (b"x-meritorder-path", decision.chosen.path.name.encode()),
        (b"x-meritorder-model", reply.model.encode()),
        (b"x-meritorder-cost", dollars(reply.money)[1:].encode()),
        (b"x-meritorder-cost-basis", b"settled" if reply.settled else b"quoted"),
        (b"x-meritorder-receipt", receipt(decision).encode()),
    ]


def of_error(error: MeritorderError, request_id: str) -> list[Header]:
    """Request id, and the decision where there was one."""
    named = of_request(request_id)
    if error.decision:
        named.append((b"x-meritorder-decision", error.decision.encode()))
    return named


def receipt(decision: Decision) -> str:
    """One line in ASCII: what the choice nets and of what, and what the next best would have netted."""
    paid = decision.chosen.receipt
    quality = decision.chosen.quality
    line = (
        f"net {dollars(paid.net)} = worth {dollars(paid.worth)} - risk {dollars(paid.risk)} "
        f"- money {dollars(paid.money)} - lateness {dollars(paid.lateness)}; q {quality.p:.2f} {quality.basis}"
    )
    if decision.runners_up:
        second = decision.runners_up[0]
        line += f"; next {second.path.name} {dollars(second.receipt.net)}"
    return line
