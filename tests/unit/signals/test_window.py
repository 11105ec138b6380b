from meritorder.signals.window import HEAD, TAIL, window
from meritorder.types.request import Message
from tests.unit.signals.reading import seen


def test_the_window_is_the_last_user_turn():
    turns = [Message("user", "first"), Message("user", "second"), Message("assistant", "third")]
    assert window(turns).text == "second"


def test_without_a_user_it_is_the_last_turn():
    assert window([Message("system", "be brief"), Message("assistant", "hello")]).text == "hello"


def test_a_turn_that_fits_is_taken_whole():
    text = "a" * (HEAD + TAIL)
    assert seen(text).text == text


def test_of_a_long_turn_only_the_beginning_and_the_end_are_read():
    text = "b" * HEAD + "x" * 100_000 + "e" * TAIL
    assert seen(text).text == "b" * HEAD + "\n" + "e" * TAIL


def test_words_are_lower_case_and_without_punctuation():
    assert seen("¿Qué tal? “Solve” (this): C++, tl;dr!").words == (
        "qué",
        "tal",
        "solve",
        "this",
        "c++",
        "tl",
        "dr",
    )


def test_an_empty_turn_has_no_words():
    assert seen("").words == ()
    assert seen(" \n\t ").words == ()
