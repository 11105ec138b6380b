from pathlib import Path

import pytest

from meritorder.errors import ConfigError
from meritorder.signals.privacy.kinds import Span
from meritorder.training.private import SOURCES, Marked, figures, measured, read, same

LINE = "note\ten\tMail ⟦email|ada@lovelace.org⟧\\nor ring ⟦phone|+44 20 7946 0958⟧.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "private-a.tsv"
    path.write_text(LINE, encoding="utf-8")
    return path


def test_marks_are_read_as_spans_of_the_text_without_them(file: Path):
    text = b"Mail ada@lovelace.org\nor ring +44 20 7946 0958."
    assert read(file) == [Marked(text, (Span("email", 5, 21), Span("phone", 30, 46)))]


def test_a_line_without_three_columns_is_malformed(file: Path):
    file.write_text("no columns\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"private-a\.tsv:1"):
        read(file)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (Span("name", 0, 10), True),
        (Span("name", 4, 10), True),
        (Span("name", 5, 10), False),
        (Span("email", 0, 10), False),
    ],
)
def test_spans_are_the_same_if_they_overlap_by_more_than_half_of_the_longer(other: Span, alike: bool):
    assert same(Span("name", 0, 10), other) is alike


def test_figures_count_what_is_marked_and_what_is_found(file: Path):
    missed = Marked(b"nothing that is found", (Span("email", 0, 7),))
    found = figures([*read(file), missed])
    assert (found["email"].marked, found["email"].found) == (2, 1)
    assert (found["email"].precision, found["email"].recall) == (1.0, 0.5)
    assert found["email"].recall_low < 0.5 < found["email"].recall_high
    assert found["structured"].marked == 3
    assert "iban" not in found


def test_the_test_file_is_measured_if_there_is_one(file: Path):
    assert measured(file.parent)["all"].marked == 2
    (file.parent / "private-d.tsv").write_text("note\ten\tnothing\n", encoding="utf-8")
    assert SOURCES["private-d"] == "test"
    assert measured(file.parent) == {}
    file.unlink()
