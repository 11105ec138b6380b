import logging
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from meritorder.errors import ConfigError
from meritorder.providers.recognisers import MANIFEST, WEIGHTS, Manifest, identify, load, shipped
from meritorder.signals.learned.features import features
from meritorder.training.labels import LABELS
from meritorder.training.samples import ANSWERS, SOURCES

FOLDER = resources.files("meritorder.signals")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in (WEIGHTS, MANIFEST):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    return tmp_path


def manifest() -> Manifest:
    return msgspec.json.decode((FOLDER / MANIFEST).read_bytes(), type=Manifest)


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


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "12345", "🙂🙂", "\x00", "\ud800", "caf\udce9 au lait, s'il vous plaît", "a" * 100_000]
)
def test_whatever_the_text_there_is_an_answer(text: str):
    language, confidence = identify(text)
    assert isinstance(language, str)
    assert 0.0 <= confidence <= 1.01


def test_a_long_text_is_not_repeated_in_the_log(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        identify("the quick brown fox " * 500)
    assert "quick brown" not in caplog.text


def test_what_is_shipped_is_loaded_once():
    assert shipped() is shipped()


def test_the_shipped_heads_have_the_labels_that_training_gives_them():
    assert {name: head.labels for name, head in shipped().heads.heads.items()} == dict(LABELS)


def test_the_heads_stand_side_by_side():
    start = 0
    for head in shipped().heads.heads.values():
        assert head.start == start
        assert 0 < head.temperature < 10
        start += len(head.labels)


def test_the_manifest_says_how_every_head_does():
    told = manifest()
    assert set(told.figures) == {*LABELS, "intent, embeddings", "domain, embeddings", "harm, embeddings"}
    assert set(told.sources.items()) <= {**SOURCES, **ANSWERS}.items()
    assert {"train", "calibrate", "test"} == set(told.sources.values())
    for figure in told.figures.values():
        assert 0 <= figure.low <= figure.accuracy <= figure.high <= 1
        assert figure.samples > 0
    assert told.coverage is not None
    assert 0 <= told.coverage.low <= told.coverage.p90 <= told.coverage.high <= 1
    assert told.lookalikes is not None
    assert 0 <= told.lookalikes.low <= told.lookalikes.share <= told.lookalikes.high <= 1


def test_a_copy_reads_the_same(copied: Path):
    text = features("Translate this into German: good morning")
    one, other = load(copied)[0].read(text), shipped().heads.read(text)
    assert one.probabilities.tolist() == other.probabilities.tolist()
    assert one.because("intent", "translate") == other.because("intent", "translate") != ""


@pytest.mark.parametrize("place", [0, 1_000, -1])
def test_weights_that_were_tampered_with_are_refused(copied: Path, place: int):
    content = bytearray((copied / WEIGHTS).read_bytes())
    content[place] ^= 1
    (copied / WEIGHTS).write_bytes(content)
    with pytest.raises(ConfigError, match=r"heads\.npz is not what heads\.json describes") as refused:
        load(copied)
    assert refused.value.code == "weights_differ"


def test_weights_that_are_cut_short_are_refused(copied: Path):
    (copied / WEIGHTS).write_bytes((copied / WEIGHTS).read_bytes()[:-1])
    with pytest.raises(ConfigError):
        load(copied)
