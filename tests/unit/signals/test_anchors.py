import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.signals import anchors
from meritorder.signals.anchors import CUT_SHORT, Anchors

TWO = Anchors((("letter", rb"[a-c]"), ("twice", rb"(?i)aa")))


def test_each_place_is_the_end_of_a_match():
    assert TWO.places(b"xAa.b") == {"twice": [3], "letter": [3, 5]}


def test_what_is_not_there_has_no_entry():
    assert TWO.places(b"xyz") == {}
    assert TWO.places(b"") == {}


def test_whether_any_occurs_is_told_without_places():
    assert TWO.occur(b"xAa.b")
    assert not TWO.occur(b"xyz")
    assert not TWO.occur(b"")


@given(st.text("aAbx", max_size=40))
def test_the_places_are_those_of_the_standard_library(text: str):
    places = TWO.places(text.encode())
    assert places.get("letter", []) == [found.end() for found in re.finditer("[a-c]", text)]
    assert places.get("twice", []) == [found.start() + 2 for found in re.finditer("(?i)(?=aa)", text)]


def test_what_is_gathered_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(anchors, "_MOST", 3)
    assert TWO.places(b"b" * 10) == {"letter": [1, 2, 3], CUT_SHORT: [3]}
    assert TWO.places(b"bb") == {"letter": [1, 2]}
