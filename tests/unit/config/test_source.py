import pytest
from msgspec import Struct

from meritorder.config.source import LARGEST, Source, Span, Unreadable


class At(Struct):
    line: int
    column: int


def refused(raw: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        Source("x.yaml", raw).check()
    return caught.value


def test_a_file_that_is_too_large_is_refused_as_a_whole():
    found = refused(b"#" * (LARGEST + 1))
    assert (found.code, found.span.line) == ("C-002", 0)


def test_bytes_that_are_not_utf_8_are_pointed_at():
    found = refused("a: 1\nb: ü".encode("latin-1"))
    assert (found.code, found.span) == ("C-003", Span(2, 4, 1))
    assert found.message == "the byte 0xfc is not UTF-8"


@pytest.mark.parametrize("odd", ["\0", "\x1b", "\x7f", "\ufffe"])
def test_characters_that_are_not_text_are_pointed_at(odd: str):
    found = refused(f"a: 1\nb: x{odd}".encode())
    assert (found.code, found.span) == ("C-003", Span(2, 5, 1))


def test_a_byte_order_mark_is_not_part_of_the_text():
    source = Source("x.yaml", b"\xef\xbb\xbfversion: 1")
    source.check()
    assert source.text == "version: 1"


def test_a_span_ends_with_its_line():
    source = Source("x.yaml", b"first\nsecond")
    assert source.span(At(0, 2), At(1, 3)) == Span(1, 3, 3)
    assert source.span(At(0, 2), At(0, 4)) == Span(1, 3, 2)


def test_a_place_below_the_text_is_the_end_of_the_last_line():
    assert Source("x.yaml", b"one\ntwo").span(At(7, 0), At(7, 0)) == Span(2, 4, 0)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("key: sk-live-12345678", "key: ****************"),
        ("{api_key: hunter2, zone: cloud}", "{api_key: *******, zone: cloud}"),
        ('"secret": "two words"', '"secret": "*********"'),
        ("models: [gsk_abcdefghijkl]", "models: [****************]"),
        ("key: env:NAME", "key: env:NAME"),
        ("secret: 'file:/run/x'", "secret: 'file:/run/x'"),
        ("url: https://me:pw@x.example", "url: https://*****@x.example"),
        ("first_token: 800ms", "first_token: 800ms"),
        ("keys:", "keys:"),
    ],
)
def test_a_line_is_shown_without_what_may_be_a_secret(line: str, shown: str):
    assert Source("x.yaml", line.encode()).shown(1) == shown


def test_a_masked_place_is_not_shown():
    source = Source("x.yaml", b"alice: hunter2 # x")
    assert source.shown(1) == "alice: hunter2 # x"
    source.mask(Span(1, 8, 7))
    assert source.shown(1) == "alice: ******* # x"


def test_the_whole_file_has_no_line_to_show():
    assert Source("x.yaml", b"a").shown(0) == ""
