import pytest

from meritorder.signals.privacy.cues import said


@pytest.mark.parametrize(
    ("before", "group"),
    [
        ("Phone: ", "phone"),
        ('"phone_number": "', "phone"),
        ('"homePhone": "', "phone"),
        ("mein Handy: ", "phone"),
        ("order no. ", "thing"),
        ("NHS number ", "nhs"),
        ("my BSN really is ", "bsn"),
        ("手机号", "phone"),
        ("订单号", "thing"),
    ],
)
def test_the_nearest_telling_word_says_what_a_number_is(before: str, group: str):
    assert group in said(before.encode(), len(before.encode())).nearest


def test_of_several_words_the_nearest_counts_and_all_are_told():
    told = said(b"BSN 123456782, phone ", 21)
    assert told.nearest == {"phone"}
    assert {"bsn", "phone"} <= told.anywhere


@pytest.mark.parametrize("before", ["", "and then ", "phone\n\n", "phone" + " so" * 30])
def test_words_that_tell_nothing_or_stand_too_far_say_nothing(before: str):
    told = said(before.encode(), len(before))
    assert not told.nearest
    assert not told.anywhere
