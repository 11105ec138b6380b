from importlib import resources

import pytest

from meritorder.signals.privacy.wordlists import groups, lines, words

LISTS = sorted(
    file.name.removesuffix(".txt") for file in (resources.files("meritorder.signals.privacy") / "terms").iterdir()
)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_terms_and_a_comment_that_says_what_they_are(name: str):
    assert lines(name)
    text = (resources.files("meritorder.signals.privacy") / "terms" / f"{name}.txt").read_text("utf-8")
    assert text.startswith("# ")


def test_comments_are_no_terms():
    assert not any("#" in line for line in lines("numbers"))


def test_words_are_separated_by_blanks():
    assert "15:" in {word.decode() for word in words("ibans")}


def test_a_word_may_be_in_several_groups():
    assert groups("numbers")[b"ssn"] >= {"ssn", "us"}
