"""The benchmark's table, as a person reads it."""

import pytest

from benchmarks import decision
from benchmarks.rows import Aim, Row, Samples, row
from benchmarks.table import NOTES, number, table, verdicts

AIM = Aim("<= 6x Envoy", on="to_envoy", limit=6.0)


def rows(envoy: tuple[float, ...]) -> list[Row]:
    many = Samples(ours=(150.0, 160.0, 1234.0), direct=(10.0, 10.0, 10.0), envoy=envoy)
    return [
        row("32 connections", "requests", "/s", many),
        row("32 connections", "CPU per request", "us", many, AIM),
        row("alone", "1 kB", "us", Samples((499.0, 510.0, 520.0)), Aim("< 0.5 ms", on="ours", limit=500.0)),
    ]


def test_each_section_has_its_heading_once_and_each_row_its_figures() -> None:
    text = table(rows(envoy=(30.0, 32.0, 40.0)))
    assert [line for line in text.splitlines() if line and not line.startswith(" ")] == ["32 connections", "alone"]
    line = next(line for line in text.splitlines() if "CPU per request" in line)
    assert " ".join(line.split()) == ("CPU per request 160 us 10.0 us 32.0 us 16.0x 5.00x ±339 % <= 6x Envoy met")


def test_without_envoy_its_columns_and_its_aims_are_not_available() -> None:
    made = rows(envoy=())
    line = next(line for line in table(made).splitlines() if "CPU per request" in line)
    assert line.split()[7:9] == ["n/a", "16.0x"]
    assert line.endswith("n/a")
    assert "unknown  32 connections, CPU per request: aim <= 6x Envoy" in verdicts(made)


def test_a_verdict_for_each_aim_with_the_range_of_the_rounds() -> None:
    first, second = verdicts(rows(envoy=(30.0, 32.0, 40.0))).splitlines()
    assert first == (
        "  met      32 connections, CPU per request: 5.00x, aim <= 6x Envoy (5.00x to 30.9x, a close call)"
    )
    assert second == "  MISSED   alone, 1 kB: 510 us, aim < 0.5 ms (499 us to 520 us, a close call)"


def test_the_page_is_not_too_wide() -> None:
    wide = Samples(ours=(1_234_567.0,), direct=(1_234_567.0,), envoy=(1_234.0,))
    text = table([row("s", "first token p50", "us", wide, Aim(">= 0.15x direct", on="to_direct", limit=1.0))])
    assert max(len(line) for line in [*text.splitlines(), *NOTES.splitlines()]) < 110


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567.8, "1,234,568"), (151.4, "151"), (15.14, "15.1"), (1.514, "1.51"), (0.0754, "0.075"), (-12.34, "-12.3")],
)
def test_numbers_keep_the_digits_that_tell(value: float, text: str) -> None:
    assert number(value) == text


def test_the_large_decision_is_held_to_the_middle_one() -> None:
    made = decision.rows((10.0,), (20.0,), (decision.GROWTH * 20.0 + 1,))
    assert [member.met for member in made] == [None, True, False]


def test_a_timed_call_gives_a_sample_for_each_round() -> None:
    assert len(decision.timed(lambda: sum(range(50)), seconds=0.002)) == decision.ROUNDS
