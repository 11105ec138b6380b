import logging

import pytest

from meritorder.providers.language import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The meeting was moved to Thursday because the room is taken.", "en"),
        ("Die Besprechung wurde auf Donnerstag verschoben.", "de"),
        ("La réunion a été déplacée à jeudi parce que la salle est prise.", "fr"),
        ("会议改到星期四了，因为房间被占用。", "zh"),
    ],
)
def test_a_plain_sentence_is_told_with_confidence(text: str, language: str):
    found, confidence = identify(text)
    assert found == language
    assert 0.5 < confidence <= 1.01


@pytest.mark.parametrize("text", ["", " ", "\n", "12345", "🙂🙂", "\x00", "a" * 100_000])
def test_whatever_the_text_there_is_an_answer(text: str):
    language, confidence = identify(text)
    assert isinstance(language, str)
    assert 0.0 <= confidence <= 1.01


def test_a_long_text_is_not_repeated_in_the_log(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        identify("the quick brown fox " * 500)
    assert "quick brown" not in caplog.text
