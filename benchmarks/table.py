"""The rows as text that a person wants to read."""

from collections.abc import Sequence
from itertools import groupby

from benchmarks.rows import Figure, Row, close_call

HEADINGS = ("", "ours", "direct", "Envoy", "x direct", "x Envoy", "spread", "aim", "")
NOTES = """\
us: microseconds. Each number is the median of the rounds, which visited direct, Envoy and ours in turn;
spread is half the distance between our best and our worst round. Machines are noisy and differ: trust the
ratios, not the times, and those of CPU time most. Latency and rates also depend on where the kernel puts
load generator, upstream and server, which share the cores. CPU time is that of the server alone (in the
direct column: of the upstream). Added latency is what came on top of the same round's direct call."""


def table(rows: Sequence[Row]) -> str:
    """The rows, aligned, under a heading for each section."""
    lines = [_line(HEADINGS)]
    for section, members in groupby(rows, key=lambda member: member.section):
        lines += ["", section, *(_line(_cells(member)) for member in members)]
    return "\n".join(line.rstrip() for line in lines)


def verdicts(rows: Sequence[Row]) -> str:
    """A line for each aim: the figure, the aim, and from where to where the rounds went."""
    return "\n".join(_verdict(member) for member in rows if member.aim is not None)


def _line(cells: Sequence[str]) -> str:
    name, *figures, aim, met = cells
    amounts = "".join(f"{cell:>11}" for cell in figures[:3])
    shares = "".join(f"{cell:>10}" for cell in figures[3:])
    return f"  {name:<18}{amounts}{shares}   {aim:<16} {met}"


def _cells(member: Row) -> tuple[str, ...]:
    met = {None: "n/a", True: "met", False: "MISSED"}[member.met] if member.aim else ""
    return (
        member.name,
        *(_amount(seen, member.unit) for seen in (member.ours, member.direct, member.envoy)),
        *(_times(seen) for seen in (member.to_direct, member.to_envoy)),
        f"±{100 * member.ours.spread:.0f} %",
        member.aim.text if member.aim else "",
        met,
    )


def _verdict(member: Row) -> str:
    aim, seen = member.aim, member.judged
    subject = f"{member.section}, {member.name}"
    if aim is None or seen is None:
        return f"  unknown  {subject}: aim {aim.text if aim else ''}, nothing to compare with"
    unit = f" {member.unit}" if aim.on == "ours" else "x"
    median, low, high = (f"{number(value)}{unit}" for value in (seen.median, seen.low, seen.high))
    doubt = ", a close call" if close_call(member) else ""
    word = "met" if member.met else "MISSED"
    return f"  {word:<8} {subject}: {median}, aim {aim.text} ({low} to {high}{doubt})"


def _amount(seen: Figure | None, unit: str) -> str:
    return "n/a" if seen is None else f"{number(seen.median)} {unit}"


def _times(seen: Figure | None) -> str:
    return "n/a" if seen is None else f"{number(seen.median)}x"


def number(value: float) -> str:
    """Three significant digits, and every digit of what is larger."""
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:,.{digits}f}"
