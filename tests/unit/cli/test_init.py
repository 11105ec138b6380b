"""`meritorder init`: a first configuration that is in order, and never one written over."""

from pathlib import Path

import pytest

from tests.unit.cli.command import meritorder, refused, told


def test_the_first_configuration_is_in_order(tmp_path: Path):
    file = tmp_path / "meritorder.yaml"
    said = told(meritorder("init", file))
    assert said.startswith(f"· wrote {file}: the embedded model")
    assert told(meritorder("check", file)).startswith("no problems; ")


def test_a_cloud_whose_key_is_set_is_in_it_and_the_key_is_not(tmp_path: Path):
    file = tmp_path / "meritorder.yaml"
    said = told(meritorder("init", file, OPENAI_API_KEY="sk-canary-0123456789"))
    assert "openai" in said
    assert "env:OPENAI_API_KEY" in file.read_text()
    assert "canary" not in said + file.read_text()


def test_a_file_that_is_there_is_left_alone(tmp_path: Path):
    file = tmp_path / "meritorder.yaml"
    file.write_text("mine")
    said = refused(meritorder("init", file))
    assert said == f"Error: {file} is there already; `meritorder init --force` writes over it\n"
    assert file.read_text() == "mine"


def test_force_writes_over_it(tmp_path: Path):
    file = tmp_path / "meritorder.yaml"
    file.write_text("mine")
    told(meritorder("init", "--force", file))
    assert "version: 1" in file.read_text()


@pytest.mark.parametrize("place", ["none/meritorder.yaml", "file/meritorder.yaml"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str):
    (tmp_path / "file").write_text("")
    said = refused(meritorder("init", tmp_path / place))
    assert said.startswith(f"Error: {tmp_path / place} cannot be written: ")
