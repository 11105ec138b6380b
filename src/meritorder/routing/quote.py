"""What each path would deliver and use now, and what that nets: DESIGN's one rule, in integers.

    net = V·q - F·(1 - q) - money - lateness

with V the value of a right answer, F the cost of a wrong one, and lateness the price of the time past the
deadline, all in nano-dollars.
"""

from collections.abc import Sequence

from msgspec import Struct

from meritorder.ledger.charge import most_output
from meritorder.paths.confidence import expected_spread, quality
from meritorder.pool.health import believed, expected_latency
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Objective
from meritorder.types.pool import IDLE, Basis, Model
from meritorder.types.quote import Probability, Quote, Receipt, Use
from meritorder.types.snapshot import Snapshot
from meritorder.types.units import Tokens, cost
from meritorder.types.workload import Workload

SLICE: Tokens = 256
"""Output tokens that a stream holds money for at a time."""

_DECLARED_BAND = 0.2
_MEASURED_BAND = 0.1
"""Half-widths of the interval around a quality: by declaration nothing narrower is claimed."""


class Leg(Struct, frozen=True):
    """One endpoint's part in any path: its quality and its use, if it answers the request once."""

    model: Model
    quality: float
    use: Use


def legs(workload: Workload, snapshot: Snapshot, paths: Sequence[CapabilityPath]) -> dict[str, Leg]:
    """Price every endpoint of `paths` once; the paths are then put together from these."""
    priced: dict[str, Leg] = {}
    for path in paths:
        for label in path.endpoints:
            if label not in priced:
                priced[label] = _leg(label, workload, snapshot)
    return priced


def quote(path: CapabilityPath, priced: dict[str, Leg], objective: Objective) -> Quote:
    """The quote of `path` from its priced legs."""
    match path.program:
        case "answer":
            leg = priced[path.endpoints[0]]
            return _quote(path, leg.quality, leg.model.quality_basis, leg.use, objective, stop_at=0.0)
        case "escalate":
            return _quote_cascade(path, priced[path.endpoints[0]], priced[path.endpoints[1]], objective)


def _quote_cascade(path: CapabilityPath, draft: Leg, strong: Leg, objective: Objective) -> Quote:
    """A cascade keeps the draft wherever asking on would cost more than the gain in quality is worth.

    Over the values that P(draft is right) takes, that decides how often the strong model is asked, and so
    the expected quality, money and time.
    """
    calibration = draft.model.calibration
    spread = expected_spread(calibration, draft.quality) if calibration else (draft.quality,)
    stake = objective.value + objective.failure_cost
    waiting = _lateness(draft.use.latency + strong.use.latency, objective) - _lateness(draft.use.latency, objective)
    extra = strong.use.money + waiting
    stop_at = min(1.0, max(0.0, strong.quality - extra / stake)) if stake else 0.0
    kept = [p for p in spread if p >= stop_at]
    escalated = 1 - len(kept) / len(spread)
    return _quote(
        path,
        sum(kept) / len(spread) + escalated * strong.quality,
        strong.model.quality_basis,
        Use(
            draft.use.money + round(escalated * strong.use.money),
            draft.use.money_bound + strong.use.money_bound,
            draft.use.hold + strong.use.hold,
            draft.use.latency + round(escalated * strong.use.latency),
            strong.use.latency_basis,
        ),
        objective,
        stop_at=stop_at,
    )


def _quote(path: CapabilityPath, q: float, basis: Basis, use: Use, objective: Objective, *, stop_at: float) -> Quote:
    band = _DECLARED_BAND if basis == "declared" else _MEASURED_BAND
    worth = int(objective.value * q)
    risk = int(objective.failure_cost * (1 - q))
    lateness = _lateness(use.latency, objective)
    return Quote(
        path,
        Probability(q, max(0.0, q - band), min(1.0, q + band), basis),
        use,
        Receipt(worth, risk, use.money, lateness, worth - risk - use.money - lateness),
        stop_at,
    )


def _leg(label: str, workload: Workload, snapshot: Snapshot) -> Leg:
    endpoint = snapshot.generation.endpoints[label]
    model = snapshot.generation.models[endpoint.model]
    state = snapshot.view.states.get(label, IDLE)
    ask = workload.ask
    most = most_output(model, workload)
    likely = min(workload.output.median * ask.choices, most)
    price = endpoint.price
    prompt_bound = cost(workload.prompt.bound, price.input)
    bound = prompt_bound + cost(most, price.output)
    use = Use(
        cost(workload.prompt.expected, price.input) + cost(likely, price.output),
        bound,
        min(bound, prompt_bound + cost(SLICE * ask.choices, price.output)) if ask.stream else bound,
        expected_latency(endpoint, state, likely),
        "learned" if believed(state) else "declared",
    )
    return Leg(model, quality(model, workload.intent.value), use)


def _lateness(latency: int, objective: Objective) -> int:
    late = latency - objective.deadline
    return late * objective.late_second // 1000 if late > 0 else 0
