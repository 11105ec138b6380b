import pytest

from meritorder.signals.privacy.wording.somebody import (
    inside_word,
    is_named,
    is_told_of_somebody,
    sentence,
    word_end,
    word_start,
)


def told(text: str, word: str) -> bool:
    start = text.encode().index(word.encode())
    return is_told_of_somebody(text.encode(), start, start + len(word.encode()))


@pytest.mark.parametrize(
    "text", ["my son has gout", "Beatrix has gout", "Mr Quell, 61. Known gout.", "Patient: A. O.\nSince May gout"]
)
def test_a_pronoun_a_name_or_a_record_tells_of_somebody(text: str):
    assert told(text, "gout")


@pytest.mark.parametrize(
    "text", ["gout is common", "He writes a novel on gout", "people with gout in my village", "What is gout?"]
)
def test_nobody_is_told_of_in_general(text: str):
    assert not told(text, "gout")


def test_a_name_is_told_by_its_title_its_first_word_or_its_two_words():
    assert is_named(b"as Mrs Q. said")
    assert is_named(b"as Beatrix said")
    assert is_named("wie Wiesława Domańska sagt".encode())
    assert not is_named(b"as the neighbours said")


def test_bounds_of_sentences_and_words():
    text = b"One. Two words, here"
    assert sentence(text, 9) == 5
    assert text[word_start(text, 11) : word_end(text, 11)] == b"words"
    assert inside_word(text, 11)
    assert not inside_word(text, 9)
