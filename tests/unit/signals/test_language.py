import pytest
from hypothesis import given

from meritorder.providers.recognisers import identify
from meritorder.signals.language import language, script
from tests.unit.signals.reading import ANY_TEXT, Identifier


def test_plain_english_needs_no_identifier():
    asked = Identifier()
    reading = language("What is the capital of that country, please?", asked)
    assert (reading.value, reading.script, asked.asked) == ("en", "Latn", [])
    assert reading.confidence > 0.9
    assert reading.evidence == "“what”, “that” among its first words"


def test_a_few_english_words_among_many_others_do_not_make_it_english():
    assert language("the of and " + "mots étrangers " * 6, Identifier()).value == "fr"


def test_only_the_first_words_are_asked_whether_they_are_english():
    assert language("mot " * 24 + "the of and to that this " * 8, Identifier()).value == "fr"
    assert language("x" * 200 + " the of and to that this " * 8, Identifier()).value == "fr"


def test_two_english_words_are_too_few():
    asked = Identifier()
    language("the of Bundesverfassungsgericht", asked)
    assert len(asked.asked) == 1


def test_other_text_is_identified_from_one_short_line():
    asked = Identifier("de", 0.987)
    reading = language("Wie spät ist es\nin Wien?" + " Hallo" * 100, asked)
    assert (reading.value, reading.confidence, reading.script) == ("de", 0.99, "Latn")
    (line,) = asked.asked
    assert "\n" not in line
    assert len(line) <= 80
    assert line.startswith("Wie spät ist es in Wien?")
    assert reading.evidence == f"its first {len(line)} characters"


@pytest.mark.parametrize(
    ("text", "named"), [("Hallo", "Latn"), ("", "Zyyy"), ("12345678901234567890", "Zyyy"), ("🙂" * 20, "Zyyy")]
)
def test_where_there_is_too_little_text_it_is_unknown(text: str, named: str):
    asked = Identifier()
    reading = language(text, asked)
    assert (reading.value, reading.confidence, reading.script, asked.asked) == ("unknown", 0.0, named, [])


def test_the_shortest_text_that_is_identified_has_a_dozen_bytes():
    assert language("a" * 11, Identifier()).value == "unknown"
    assert language("a" * 12, Identifier()).value == "fr"
    assert language("天気予報", Identifier("ja")).value == "ja"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Grüße aus Wien", "Latn"),
        ("Καλημέρα", "Grek"),
        ("Доброе утро", "Cyrl"),
        ("בוקר טוב", "Hebr"),
        ("صباح الخير", "Arab"),
        ("सुप्रभात", "Deva"),
        ("সুপ্রভাত", "Beng"),
        ("காலை வணக்கம்", "Taml"),
        ("สวัสดี", "Thai"),
        ("おはよう", "Jpan"),
        ("会議は木曜日です", "Jpan"),
        ("会议改到星期四", "Hani"),
        ("안녕하세요", "Kore"),
        ("Ա", "Zzzz"),
        ("Python для всех людей", "Cyrl"),
        ("123 !? 🙂", "Zyyy"),
        ("", "Zyyy"),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, named: str):
    assert script(text) == named


@given(ANY_TEXT)
def test_any_text_has_a_language_and_a_script(text: str):
    reading = language(text, identify)
    assert reading.value
    assert len(reading.script) == 4
    assert 0 <= reading.confidence <= 1.01
