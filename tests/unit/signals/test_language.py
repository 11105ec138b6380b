from meritorder.signals.language import language
from tests.unit.signals.reading import Identifier, seen


def test_plain_english_needs_no_identifier():
    identify = Identifier()
    reading = language(seen("What is the capital of that country, please?"), identify)
    assert (reading.value, identify.asked) == ("en", [])
    assert reading.confidence > 0.9
    assert reading.evidence == "“what”, “please” among its first words"


def test_a_few_english_words_among_many_others_do_not_make_it_english():
    identify = Identifier()
    text = "the of and " + "mots étrangers " * 6
    assert language(seen(text), identify).value == "fr"


def test_only_the_first_words_are_asked_whether_they_are_english():
    foreign = "mot " * 24
    assert language(seen(foreign + "the of and to that this " * 8), Identifier()).value == "fr"


def test_two_english_words_are_too_few():
    identify = Identifier()
    language(seen("the of Bundesverfassungsgericht"), identify)
    assert len(identify.asked) == 1


def test_other_text_is_identified_from_one_short_line():
    identify = Identifier("de", 0.987)
    reading = language(seen("Wie spät ist es\nin Wien?" + " Hallo" * 100), identify)
    assert (reading.value, reading.confidence) == ("de", 0.99)
    (asked,) = identify.asked
    assert "\n" not in asked
    assert len(asked) <= 200
    assert asked.startswith("Wie spät ist es in Wien?")
    assert reading.evidence == f"its first {len(asked)} characters"


def test_a_word_is_too_short_to_tell():
    identify = Identifier()
    reading = language(seen("Hallo"), identify)
    assert (reading.value, reading.confidence, identify.asked) == ("unknown", 0.0, [])


def test_the_shortest_text_that_is_identified_has_a_dozen_characters():
    identify = Identifier()
    assert language(seen("a" * 11), identify).value == "unknown"
    assert language(seen("a" * 12), identify).value == "fr"
