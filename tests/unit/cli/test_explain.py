"""`meritorder explain`: the decision on a prompt, with no model called and nothing written."""

import json
from pathlib import Path

import pytest

from tests.recorded import install
from tests.recorder import Recorder
from tests.unit.cli.command import meritorder, refused, told

QUESTION = "What is the capital of France?"


@pytest.fixture
def file(tmp_path: Path, recorder: Recorder) -> Path:
    return install(tmp_path, recorder.base_url)


def test_the_work_the_paths_and_the_receipt_are_told_and_no_model_is_called(file: Path, recorder: Recorder):
    before = len(recorder.calls)
    said = told(meritorder("explain", QUESTION, "--model", "echo", "--config", file))
    for words in ("intent     answer", "✓ answer:echo@here", "Receipt", "= net", "generation "):
        assert words in said
    assert len(recorder.calls) == before
    assert not (file.parent / ".meritorder").exists()


def test_a_prompt_may_come_from_standard_input(file: Path):
    assert "intent     answer" in told(meritorder("explain", "-", "--config", file, typed=QUESTION))


def test_a_limit_on_the_answer_is_the_clients(file: Path):
    said = told(meritorder("explain", QUESTION, "--max-tokens", "5", "--config", file))
    assert "answer     text, about 5 tokens, seldom over 5" in said


def test_private_text_is_kept_from_the_cloud_and_the_rule_is_named(file: Path):
    said = told(meritorder("explain", "Write to ada@example.com", "--model", "cloudy", "--config", file))
    assert "Refused at the policy gate: rule `private-stays-here` forbids cloudy@far" in said
    assert "email ×1" in said
    assert "ada@example.com" not in said


def test_a_key_is_asked_for_by_its_name(file: Path):
    said = told(meritorder("explain", QUESTION, "--model", "echo", "--key", "poor", "--config", file))
    assert "Refused at the budget gate" in said
    assert "account `key:poor`" in said


def test_a_key_that_is_not_there_is_answered_with_those_that_are(file: Path):
    said = refused(meritorder("explain", QUESTION, "--key", "eve", "--config", file))
    assert said == "Error: there is no key `eve` in the configuration; there is: ada, poor\n"


def test_a_model_that_is_not_there_is_answered_with_those_that_are(file: Path):
    said = refused(meritorder("explain", QUESTION, "--model", "gpt-9", "--config", file))
    assert said.startswith("Error: there is no model `gpt-9`; there is auto, thrifty, broken, cloudy, ")


def test_a_prompt_that_is_no_text_is_refused(file: Path):
    said = refused(meritorder("explain", "caf\udce9", "--config", file))
    assert said == "Error: the prompt is not valid UTF-8\n"


def test_a_journal_that_cannot_be_read_is_named(file: Path):
    (file.parent / ".meritorder").mkdir()
    (file.parent / ".meritorder" / "records.sqlite").write_text("not a database at all, and never was one\n")
    said = refused(meritorder("explain", QUESTION, "--config", file))
    assert "records.sqlite cannot be read: file is not a database" in said


def test_a_configuration_with_mistakes_decides_nothing(file: Path):
    file.write_text("version: 2\n")
    said = refused(meritorder("explain", QUESTION, "--config", file))
    assert "error C-" in said
    assert "; nothing was decided" in said


def test_the_decision_comes_as_json_with_what_it_was_made_from(file: Path):
    found = json.loads(told(meritorder("explain", QUESTION, "--model", "echo", "--json", "--config", file)))
    assert list(found) == ["workload", "view", "decision"]
    assert found["decision"]["chosen"]["path"]["name"] == "answer:echo@here"
    assert found["workload"]["ask"]["model"] == "echo"
    assert QUESTION not in json.dumps(found)
