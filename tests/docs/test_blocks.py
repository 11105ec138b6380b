"""How code blocks are found in a document and what their info strings mean."""

import pytest

from .blocks import Block, Use, classify, complaint, extract, unmet

FENCE = "`" * 3


def document(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def only(text: str) -> Block:
    (block,) = extract("README.md", text)
    return block


def test_a_document_without_blocks_has_none():
    assert extract("README.md", "# Title\n\n`inline` and ```inline``` code\n") == []


def test_a_block_knows_its_place_its_info_and_its_code():
    block = only(document("# Title", "", f"{FENCE}python  run ", "a = 1", "", "b = 2", FENCE))
    assert block == Block("README.md", 3, "python run", "a = 1\n\nb = 2\n")
    assert block.place == "README.md:3"


def test_blocks_come_in_the_order_of_the_document():
    text = document(f"{FENCE}text", "a", FENCE, "between", "~~~console", "b", "~~~")
    assert [(block.line, block.info, block.code) for block in extract("a.md", text)] == [
        (1, "text", "a\n"),
        (5, "console", "b\n"),
    ]


def test_a_fence_inside_a_longer_fence_is_code():
    block = only(document(f"{FENCE}`text", f"{FENCE}sh", "make", FENCE, f"{FENCE}`"))
    assert block.code == document(f"{FENCE}sh", "make", FENCE)


def test_the_indent_of_a_block_in_a_list_is_not_part_of_its_code():
    block = only(document("1. First:", "", f"   {FENCE}sh run", "   if true; then", "     ls", "   fi", f"   {FENCE}"))
    assert block.code == "if true; then\n  ls\nfi\n"


def test_an_empty_block_has_no_code():
    assert only(document(f"{FENCE}text", FENCE)).code == ""


def test_expectations_right_after_a_block_belong_to_it():
    text = document(f"{FENCE}sh run", "echo hi", FENCE, "", "<!-- expect: hi -->", "<!--expect:  h i-->", "")
    assert only(text).expected == ("hi", "h i")


def test_an_expectation_after_other_text_belongs_to_no_block():
    assert only(document(f"{FENCE}sh run", FENCE, "Text.", "<!-- expect: hi -->")).expected == ()


def test_an_expectation_belongs_to_the_nearest_block_only():
    text = document(f"{FENCE}sh run", FENCE, f"{FENCE}sh run", FENCE, "<!-- expect: hi -->")
    assert [block.expected for block in extract("a.md", text)] == [(), ("hi",)]


def block_of(info: str, *, expected: tuple[str, ...] = ()) -> Block:
    return Block("a.md", 1, info, "code\n", expected)


@pytest.mark.parametrize(
    ("info", "use"),
    [
        ("python run", Use.RUN_PYTHON),
        ("sh run", Use.RUN_SHELL),
        ("yaml config", Use.COMPILE),
        ("json", Use.PARSE),
        ("sh user", Use.SHOW),
        ("text", Use.SHOW),
        ("console", Use.SHOW),
        ("mermaid", Use.SHOW),
    ],
)
def test_a_declared_block_has_its_use(info: str, use: Use):
    assert classify(block_of(info)) is use
    assert complaint(block_of(info)) == ""


@pytest.mark.parametrize(
    "info", ["", "python", "sh", "yaml", "python user", "sh run twice", "bash run", "Python run", "toml"]
)
def test_a_block_that_does_not_say_what_is_done_with_it_is_complained_about(info: str):
    assert classify(block_of(info)) is Use.UNDECLARED
    assert complaint(block_of(info)).startswith(f"a.md:1: {FENCE}{info} says not")


def test_a_fence_that_is_never_closed_is_complained_about():
    assert complaint(only(document(f"{FENCE}text", "a"))) == "README.md:1: the fence is never closed"


def test_nothing_can_be_expected_of_a_block_without_output():
    assert complaint(block_of("sh run", expected=("a",))) == ""
    assert complaint(block_of("yaml config", expected=("a",))) == ""
    for info in ("text", "sh user", "json"):
        assert "has no output" in complaint(block_of(info, expected=("a",)))


def test_an_expectation_is_met_where_the_output_contains_it():
    block = block_of("sh run", expected=("one", "two"))
    assert unmet(block, "one, two\n") == []
    assert unmet(block, "one\n") == ["two"]
