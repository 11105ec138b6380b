"""`meritorder check`: the verdict, the problems, and the exit status."""

import json
from pathlib import Path

from tests.recorded import install_small
from tests.unit.cli.command import meritorder, told

NOWHERE = "http://127.0.0.1:9/v1"


def test_a_file_in_order_is_counted(tmp_path: Path):
    said = told(meritorder("check", install_small(tmp_path, NOWHERE)))
    assert said.startswith("no problems; generation ")
    assert said.endswith(" can be put in force: 1 model, 1 endpoint, 1 path\n")


def test_several_of_a_kind_are_counted_as_several(tmp_path: Path):
    file = install_small(tmp_path, NOWHERE)
    text = file.read_text().replace("models:\n", "models:\n  two: {quality: 0.9, context: 10, price: "
                                    "{input: $1, output: $1}}\n")  # fmt: skip
    file.write_text(text.replace("serves: [echo]", "serves: [echo, two]"))
    assert told(meritorder("check", file)).endswith("2 models, 2 endpoints, 2 paths\n")


def test_a_file_with_mistakes_is_told_all_of_them_with_their_places(tmp_path: Path):
    file = install_small(tmp_path, NOWHERE)
    file.write_text(file.read_text().replace("quality", "qualty").replace("site", "mars"))
    result = meritorder("check", file)
    assert result.exit_code == 1
    assert f"{file}:3:" in result.stdout
    assert f"{file}:5:" in result.stdout
    assert "did you mean `quality`?" in result.stdout
    assert result.stdout.endswith("; nothing was put in force\n")


def test_a_warning_is_told_and_does_not_fail(tmp_path: Path):
    file = install_small(tmp_path, "http://cloud.example/v1")
    file.write_text(file.read_text().replace("site", "cloud"))
    said = told(meritorder("check", file))
    assert "warning C-202" in said
    assert "1 warning; generation " in said


def test_a_file_that_is_not_there_is_said_to_be_missing_with_what_writes_one(tmp_path: Path):
    result = meritorder("check", tmp_path / "none.yaml")
    assert result.exit_code == 1
    assert "none.yaml: error C-001: the file cannot be read: no such file or directory" in result.stdout
    assert "`meritorder init` writes one" in result.stdout


def test_the_same_facts_come_as_json(tmp_path: Path):
    file = install_small(tmp_path, NOWHERE)
    assert json.loads(told(meritorder("check", "--json", file))) == {"valid": True, "diagnostics": []}
    file.write_text(file.read_text().replace("quality", "qualty"))
    result = meritorder("check", "--json", file)
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not found["valid"]
    assert {each["code"] for each in found["diagnostics"]} == {"C-010", "C-020"}
    assert all(each["file"] == str(file) for each in found["diagnostics"])


def test_a_pipe_gets_no_colours(tmp_path: Path):
    assert "\x1b" not in meritorder("check", tmp_path / "none.yaml").output
