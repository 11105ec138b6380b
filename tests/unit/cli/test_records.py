"""`meritorder records`: lists, one record with all of it, and that it can be decided again."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.gateway import Gateway, ask, started, until
from tests.recorded import ADA, POOR, install
from tests.recorder import Recorder
from tests.unit.cli.command import meritorder, refused, told


def chat(gateway: Gateway, model: str, key: str) -> dict[str, str]:
    body = json.dumps({"model": model, "messages": [{"role": "user", "content": "canary text"}]}).encode()
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    return ask(f"{gateway.base_url}/chat/completions", "POST", body, headers).headers


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, recorder: Recorder) -> tuple[Path, list[str]]:
    """A configuration whose gateway has ended, and the requests that it had: answered, refused, failed."""
    folder = tmp_path_factory.mktemp("records")
    file = install(folder, recorder.base_url)
    with started(folder) as gateway:
        asked = [("echo", ADA), ("echo", POOR), ("rejects", ADA)]
        names = [chat(gateway, model, key)["x-request-id"] for model, key in asked]
        until(lambda: len(gateway.records()) == 3, 10, "three records")
    return file, names


def test_the_latest_are_listed_first(installation: tuple[Path, list[str]]):
    lines = told(meritorder("records", "--config", installation[0])).splitlines()
    assert len(lines) == 3
    assert "failed     $0.00" in lines[0]
    assert "refused: budget" in lines[1]
    assert "not run    –" in lines[1]
    assert "poor" in lines[1]
    assert "answer:echo@here" in lines[2]
    assert "completed  $0.000018" in lines[2]


def test_as_many_are_listed_as_are_asked_for(installation: tuple[Path, list[str]]):
    assert len(told(meritorder("records", "-n", "1", "--config", installation[0])).splitlines()) == 1


def test_one_is_shown_with_all_of_it_and_decided_again(installation: tuple[Path, list[str]]):
    file, (answered, *_) = installation
    said = told(meritorder("records", answered, "--config", file))
    for words in (
        "attempt 1, by ada: asked for `echo`",
        "✓ answer:echo@here",
        "Outcome",
        "1. echo@here: 12 + 3 tokens",
    ):
        assert words in said
    assert "decided again from this record: the same" in said


def test_a_refusal_is_shown_with_its_reason_and_no_outcome(installation: tuple[Path, list[str]]):
    file, (_, poor, _) = installation
    said = told(meritorder("records", poor, "--config", file))
    assert "Refused at the budget gate: needs " in said
    assert "Outcome" not in said
    assert "decided again from this record: the same" in said


def test_a_failure_is_shown_with_its_code(installation: tuple[Path, list[str]]):
    file, (*_, failed) = installation
    said = told(meritorder("records", failed, "--config", file))
    assert "upstream_rejected: the upstream rejected the request (400 invalid_request_error)" in said


def test_a_record_is_found_by_its_decision_and_by_the_beginning_of_a_name(installation: tuple[Path, list[str]]):
    file, (answered, *_) = installation
    record = json.loads(told(meritorder("records", answered, "--json", "--config", file)))
    again = json.loads(told(meritorder("records", record["decision"]["id"], "--json", "--config", file)))
    assert again == record
    assert len(told(meritorder("records", "req_", "--json", "--config", file)).splitlines()) == 3


def test_no_record_holds_the_text_of_the_request(installation: tuple[Path, list[str]]):
    assert "canary" not in told(meritorder("records", "--json", "--config", installation[0]))


@pytest.mark.parametrize("name", ["dec_0", "nothing", "%", "_", ""])
def test_a_name_that_nothing_bears_is_said_to_bear_nothing(installation: tuple[Path, list[str]], name: str):
    if not name:
        assert len(told(meritorder("records", name, "--config", installation[0])).splitlines()) == 3
        return
    said = refused(meritorder("records", name, "--config", installation[0]))
    assert said == f"Error: there is no record of `{name}`; `meritorder records` lists the latest\n"


def test_an_installation_that_never_ran_has_no_records(tmp_path: Path):
    said = refused(meritorder("records", "--config", tmp_path / "meritorder.yaml"))
    assert said.startswith("Error: there are no records yet: ")
    assert said.endswith("records.sqlite does not exist\n")


def test_a_journal_that_is_no_journal_is_named(tmp_path: Path):
    (tmp_path / ".meritorder").mkdir()
    (tmp_path / ".meritorder" / "records.sqlite").write_text("not a database at all, and never was one\n")
    said = refused(meritorder("records", "--config", tmp_path / "meritorder.yaml"))
    assert "records.sqlite cannot be read: file is not a database" in said


def test_the_journal_is_sound(installation: tuple[Path, list[str]]):
    file = installation[0].parent / ".meritorder" / "records.sqlite"
    script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('pragma integrity_check').fetchone()[0])"
    done = subprocess.run(["python", "-c", script, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout == "ok\n"
