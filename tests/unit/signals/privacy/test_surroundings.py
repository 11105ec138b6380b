import re

from meritorder.signals.privacy.surroundings import cued, regions, utf8


def test_the_surroundings_of_places_that_are_near_are_one():
    assert list(regions([100], 10, 20)) == [(90, 120)]
    assert list(regions([100, 125], 10, 20)) == [(90, 145)]
    assert list(regions([5, 200], 10, 20)) == [(0, 25), (190, 220)]


def test_letters_that_are_not_ascii_are_word_characters():
    assert utf8(r"^\w+$").match("größe".encode())
    assert utf8(r"^[\w-]+$").match("größe-é".encode())
    assert utf8("^(?:é|ü)$").match("ü".encode())


def test_a_cue_has_to_stand_shortly_before():
    cue = re.compile(b"cue")
    assert cued(cue, b"cue 12345", 4)
    assert not cued(cue, b"12345 cue", 0)
    assert not cued(cue, b"cue" + b" " * 60 + b"12345", 63)
    assert not cued(cue, b"cue\n\n12345", 5)
