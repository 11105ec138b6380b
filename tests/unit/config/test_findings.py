from meritorder.config.findings import MOST, Findings
from meritorder.config.source import EVERYWHERE, Source, Span


def findings(text: str = "one\ntwo\nthree") -> Findings:
    return Findings(Source("x.yaml", text.encode()))


def test_findings_come_in_the_order_of_the_text():
    found = findings()
    found.error("C-010", Span(3, 1, 1), "third")
    found.warning("C-201", Span(2, 1, 1), "second")
    found.error("C-033", EVERYWHERE, "first")
    assert [each.message for each in found.diagnostics()] == ["first", "second", "third"]


def test_the_same_problem_at_the_same_place_is_said_once():
    found = findings()
    found.error("C-010", Span(1, 1, 1), "again")
    found.error("C-010", Span(1, 1, 1), "again")
    assert len(found.diagnostics()) == 1


def test_only_errors_fail_a_document():
    found = findings()
    found.warning("C-201", Span(1, 1, 1), "hm")
    assert not found.failed
    found.error("C-010", Span(1, 1, 1), "no")
    assert found.failed


def test_an_unknown_name_comes_with_the_nearest_one_or_with_all_there_are():
    found = findings()
    found.unknown("C-011", Span(1, 1, 3), "model", "gpt-5-mimi", ["gpt-5-mini", "qwen"])
    found.unknown("C-011", Span(2, 1, 3), "model", "claude", ["qwen", "gpt-5-mini"])
    found.unknown("C-013", Span(3, 1, 3), "key", "alice", [])
    assert [(each.message, each.help) for each in found.diagnostics()] == [
        ("unknown model `gpt-5-mimi`", "did you mean `gpt-5-mini`?"),
        ("unknown model `claude`", "it can be `gpt-5-mini`, `qwen`"),
        ("unknown key `alice`", "the document has no key"),
    ]


def test_what_nobody_would_read_is_counted():
    found = findings("\n" * (MOST + 10))
    for line in range(MOST + 7):
        found.error("C-010", Span(line + 1, 1, 0), "x")
    told = found.diagnostics()
    assert len(told) == MOST + 1
    assert told[-1].message == "7 more problems are not shown"
