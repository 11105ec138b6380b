"""Decisions and outcomes as a person wants to read them."""

from collections.abc import Iterator, Sequence

from meritorder.types.decision import Decision, Refusal
from meritorder.types.outcome import Abandoned, Completed, Failed, NotRun, Outcome, StepReport
from meritorder.types.quote import Quote
from meritorder.types.snapshot import Generation
from meritorder.types.units import dollars, seconds
from meritorder.types.workload import Workload


def explained(
    workload: Workload,
    generation: Generation | None,
    decision: Decision | Refusal,
    outcome: Outcome | None = None,
) -> str:
    """The work, the candidates, the receipt, and how it ended where it has."""
    lines = ["", "Work", *_work(workload), "", *_candidates(decision)]
    if isinstance(decision, Decision):
        lines += ["", "Receipt", *_receipt(decision.chosen)]
    if outcome is not None and not isinstance(outcome, NotRun):
        lines += ["", "Outcome", *_outcome(outcome)]
    digest = decision.generation
    bases = _bases(generation) if generation is not None else ""
    return "\n".join([*lines, "", f"generation {digest}{bases}"])


def ended(outcome: Outcome) -> str:
    """How it ended, in a word."""
    match outcome:
        case Completed():
            return "completed"
        case Failed():
            return "failed"
        case Abandoned():
            return "abandoned"
        case NotRun():
            return "not run"


def _work(workload: Workload) -> Iterator[str]:
    difficulty, stakes, language = workload.difficulty, workload.failure_cost, workload.language
    yield _line("intent", workload.intent.value, workload.intent.confidence, workload.intent.evidence)
    yield _line("domain", workload.domain.value, workload.domain.confidence, workload.domain.evidence)
    yield _line("difficulty", f"{difficulty.value:.2f}", difficulty.confidence, difficulty.evidence)
    yield _line("stakes", stakes.value, stakes.confidence, stakes.evidence)
    yield _line("language", f"{language.value} ({language.script})", language.confidence, language.evidence)
    if workload.ambiguity.question:
        yield _line("unclear", "yes", workload.ambiguity.value, f"ask: {workload.ambiguity.question}")
    spans = ", ".join(f"{span.kind} ×{span.count}" for span in workload.privacy.spans) or "nothing private found"
    yield f"  {'privacy':<10} {workload.privacy.level:<16}       {spans}"
    safety = workload.safety
    if safety.evidence != "nothing":
        yield f"  {'safety':<10} {'':<16}       {safety.evidence}"
    session = workload.session
    if session.turns > 1 or session.client:
        told = [f"turn {session.turns}"]
        told += ["a tool's result is being answered"] if session.tool_loop else []
        told += ["asked again"] if session.asked_again else []
        told += ["another subject"] if session.shifted else []
        told += [session.client] if session.client else []
        yield f"  {'session':<10} {'; '.join(told)}"
    needs = ", ".join(sorted(workload.ask.needs))
    if needs:
        yield f"  {'needs':<10} {needs}"
    prompt, output = workload.prompt, workload.output
    yield f"  {'prompt':<10} about {prompt.expected} tokens, at most {prompt.bound}"
    yield f"  {'answer':<10} {output.kind}, about {output.median} tokens, seldom over {output.p90}"


def _line(name: str, value: str, confidence: float, evidence: str) -> str:
    return f"  {name:<10} {value:<16} {confidence:>4.0%}  {evidence}"


def _candidates(decision: Decision | Refusal) -> Iterator[str]:
    if isinstance(decision, Refusal):
        yield f"Refused at the {decision.gate} gate: {decision.because}"
    else:
        yield f"Paths, for the objective `{decision.objective}`"
        yield f"  {'':<2}{'':<44}{'P(right)':>22}{'money':>14}{'time':>10}{'net':>16}"
        yield _quoted("✓", decision.chosen)
        yield from (_quoted(" ", quote) for quote in decision.runners_up)
    yield from (f"  ✗ {each.path:<44} {each.by}: {each.because}" for each in decision.excluded)


def _quoted(mark: str, quote: Quote) -> str:
    quality = quote.quality
    interval = f"{quality.p:.2f} ({quality.low:.2f}–{quality.high:.2f})"
    return (
        f"  {mark} {quote.path.name:<44}{interval:>22}{dollars(quote.use.money):>14}"
        f"{seconds(quote.use.latency):>10}{dollars(quote.receipt.net):>16}"
    )


def _receipt(quote: Quote) -> Iterator[str]:
    paid, quality, use = quote.receipt, quote.quality, quote.use
    rows = (
        (" ", "worth", paid.worth, f"a right answer's value × P(right) {quality.p:.4g} ({quality.basis})"),
        ("−", "risk", paid.risk, "a wrong answer's cost × P(wrong)"),
        ("−", "money", paid.money, f"expected; at most {dollars(use.money_bound)}, {dollars(use.hold)} held at first"),
        ("−", "lateness", paid.lateness, f"about {seconds(use.latency)} to the whole answer ({use.latency_basis})"),
        ("=", "net", paid.net, ""),
    )
    for sign, name, amount, note in rows:
        yield f"  {sign} {name:<9}{dollars(amount):>16}  {note}".rstrip()
    if quote.path.program == "escalate":
        yield f"    the draft is kept from a confidence of {quote.stop_at:.2f} on"


def _outcome(outcome: Completed | Failed | Abandoned) -> Iterator[str]:
    settled = outcome.settlement
    over = f", {dollars(settled.overrun)} more than was held" if settled.overrun else ""
    yield f"  {ended(outcome)} in {seconds(outcome.duration)}; {dollars(settled.posted)} posted{over}"
    if isinstance(outcome, Failed):
        yield f"  {outcome.fault}: {outcome.because}"
    yield from _steps(outcome.steps)


def _steps(steps: Sequence[StepReport]) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        used = step.usage
        sure = f", sure {step.confidence:.2f}" if step.confidence >= 0 else ""
        fault = f", {step.fault}" if step.fault else ""
        yield (
            f"  {number}. {step.endpoint}: {used.prompt} + {used.output} tokens ({used.basis}), "
            f"{dollars(step.money)}, first after {seconds(step.first_token)}, all after {seconds(step.duration)}"
            f"{sure}{fault}"
        )


def _bases(generation: Generation) -> str:
    declared = sorted(name for name, model in generation.models.items() if model.quality_basis == "declared")
    return f"; declared, not measured: the quality of {', '.join(declared)}" if declared else ""
