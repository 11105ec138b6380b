import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.sse import Events


def events(*reads: bytes) -> list[bytes]:
    splitter = Events()
    return [event for read in reads for event in splitter.feed(read)]


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_an_event_ends_at_a_blank_line_in_each_style_of_newline(newline: bytes):
    assert events(b"data: one" + newline * 2 + b"data: two" + newline * 2) == [b"one", b"two"]


def test_an_event_without_its_blank_line_is_not_given_out():
    assert events(b"data: one\n\ndata: two\n") == [b"one"]


def test_one_space_after_the_colon_is_dropped_and_no_more():
    assert events(b"data:a\n\ndata: b\n\ndata:  c\n\n") == [b"a", b"b", b" c"]


def test_lines_of_data_are_joined_by_newlines_whatever_newline_was_sent():
    assert events(b"data: {\r\ndata:\r\ndata: }\r\n\r\n") == [b"{\n\n}"]


def test_comments_names_ids_and_unknown_fields_are_dropped():
    sent = b": ping\n\nevent: x\nid: 7\nretry: 10\nfoo\ndatax: y\ndata: one\n: inside\n\n"
    assert events(sent) == [b"one"]


def test_an_event_without_data_is_no_event():
    assert events(b"event: ping\n\ndata:\n\ndata\n\n\n\n") == []


def test_a_byte_order_mark_at_the_start_is_dropped():
    assert events(b"\xef\xbb", b"\xbfdata: a\n\n", b"data: \xef\xbb\xbf\n\n") == [b"a", b"\xef\xbb\xbf"]


def test_a_crlf_cut_in_two_ends_one_line():
    assert events(b"data: a\r", b"\ndata: b\r", b"", b"\n\r", b"\ndata: c\n\n") == [b"a\nb", b"c"]


def test_an_event_as_long_as_the_limit_passes_and_a_longer_one_is_garbage():
    assert Events(limit=10).feed(b"data: 1234\n\n") == [b"1234"]
    with pytest.raises(UpstreamError) as caught:
        Events(limit=10).feed(b"data: 12345\n\n")
    assert caught.value.code == "upstream_garbage"


def test_a_line_that_never_ends_is_garbage_as_soon_as_it_is_too_long():
    splitter = Events(limit=10)
    assert splitter.feed(b": 12345678") == []
    with pytest.raises(UpstreamError):
        splitter.feed(b"9")


def test_lines_that_are_short_but_too_many_are_garbage():
    splitter = Events(limit=100)
    with pytest.raises(UpstreamError):
        splitter.feed(b"data: 12345\n" * 50)


def test_events_before_the_one_that_is_too_long_are_given_out_first():
    splitter = Events(limit=10)
    assert splitter.feed(b"data: a\n\ndata: 123456789\n\ndata: b\n\n") == [b"a"]
    for _ in range(2):
        with pytest.raises(UpstreamError):
            splitter.feed(b"")


def test_sixteen_mebibytes_pass_in_linear_time_in_reads_of_any_size():
    payload = b"x" * (16 * 2**20 - 6)
    for size in (251, 65536):
        sent = b"data: " + payload + b"\n\n"
        splitter = Events()
        started = time.process_time()
        got = [event for at in range(0, len(sent), size) for event in splitter.feed(sent[at : at + size])]
        assert got == [payload]
        # Seconds when quadratic; well under one when linear, and the machine may be busy.
        assert time.process_time() - started < 5


lines = st.sampled_from(
    [b"data: a", b"data:\xc3\xa9\xe2\x82\xac", b"data", b": c", b"event: e", b"", b"", b"\xf0\x9f\x98\x80"]
)
newlines = st.sampled_from([b"\n", b"\r\n", b"\r"])
cuts = st.lists(st.integers(0, 1000), max_size=20)


@given(st.lists(st.tuples(lines, newlines), max_size=30), cuts)
def test_splitting_the_bytes_anywhere_changes_nothing(sent: list[tuple[bytes, bytes]], at: list[int]):
    data = b"".join(line + newline for line, newline in sent)
    assert events(*pieces(data, at)) == events(data) == events(*(bytes([byte]) for byte in data))


@given(st.lists(lines, max_size=30), newlines, cuts)
def test_the_style_of_newline_changes_nothing(sent: list[bytes], newline: bytes, at: list[int]):
    data = b"".join(line + newline for line in sent)
    assert events(*pieces(data, at)) == events(b"".join(line + b"\n" for line in sent))


@given(st.lists(st.binary(min_size=1).filter(lambda data: b"\n" not in data and b"\r" not in data)), cuts)
def test_whatever_was_sent_as_data_comes_out(payloads: list[bytes], at: list[int]):
    data = b"".join(b"data: " + payload + b"\n\n" for payload in payloads)
    assert events(*pieces(data, at)) == payloads


@given(st.binary(max_size=200), cuts)
def test_any_bytes_at_all_are_split_without_failing_and_always_alike(data: bytes, at: list[int]):
    assert events(*pieces(data, at)) == events(data)
