import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.signals.window import HEAD, SAMPLE, TAIL, cut
from tests.unit.signals.reading import ANY_TEXT

WHOLE = HEAD + TAIL + 2 * SAMPLE


@given(ANY_TEXT)
def test_a_text_that_fits_is_taken_whole(text: str):
    assert cut(text) == text


@pytest.mark.parametrize("length", [0, 1, WHOLE - 1, WHOLE])
def test_it_is_whole_up_to_the_limit(length: int):
    assert cut("a" * length) == "a" * length


@given(st.integers(WHOLE + 1, 200_000))
def test_what_is_read_of_a_longer_one_is_bounded(length: int):
    assert len(cut("a" * length)) == WHOLE + 3


@given(st.integers(WHOLE + 1, 5_000))
def test_the_beginning_two_samples_and_the_end_are_read(length: int):
    text = "".join(chr(0x20000 + place) for place in range(length))
    head, one, two, tail = cut(text).split("\n")
    assert (head, tail) == (text[:HEAD], text[-TAIL:])
    assert len(one) == len(two) == SAMPLE
    assert text.index(one, HEAD) < text.index(two, HEAD)


def test_the_samples_do_not_overlap_and_stand_a_third_apart():
    text = "b" * HEAD + "0" * 10_000 + "1" * 10_000 + "2" * 10_000 + "e" * TAIL
    _, one, two, _ = cut(text).split("\n")
    assert (one, two) == ("1" * SAMPLE, "2" * SAMPLE)
