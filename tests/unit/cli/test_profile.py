"""`meritorder profile`: the signals of many prompts, with no configuration and no model."""

import json
from pathlib import Path
from typing import Any

import pytest

from meritorder.engine.bulk import profiled
from meritorder.providers.recognisers import shipped
from tests.unit.cli.command import meritorder, refused, told


def lines(content: bytes | str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def written(tmp_path: Path, content: bytes) -> tuple[Path, Path]:
    file = tmp_path / "prompts.jsonl"
    file.write_bytes(content)
    return file, tmp_path / "out.jsonl"


def test_each_entry_keeps_its_fields_and_has_its_workload(tmp_path: Path):
    entries: list[dict[str, Any]] = [
        {"id": 7, "prompt": "Übersetze das ins Englische", "tags": ["a", None]},
        {"messages": [{"role": "user", "content": "hello there"}], "big": 10**30, "nested": {"a": [1.5]}},
        {"nothing": True},
    ]
    file, out = written(tmp_path, "\n".join(map(json.dumps, entries)).encode())
    told(meritorder("profile", file, "-o", out))
    found = lines(out.read_bytes())
    assert [{name: each[name] for name in each if name != "workload"} for each in found] == entries
    assert [each["workload"] for each in found] == [profiled(each, shipped()) for each in entries]


def test_a_workload_that_was_there_is_replaced(tmp_path: Path):
    file, out = written(tmp_path, b'{"prompt": "hello there", "workload": "old"}')
    told(meritorder("profile", file, "-o", out))
    assert lines(out.read_bytes())[0]["workload"]["intent"]["value"] == "converse"


def test_blank_lines_are_passed_over_and_other_ends_of_lines_taken(tmp_path: Path):
    file, out = written(tmp_path, b'\n{"prompt": "a"}\r\n  \n{"prompt": "b\xe2\x80\xa8c"}\n\n')
    told(meritorder("profile", file, "-o", out))
    assert [each["prompt"] for each in lines(out.read_bytes())] == ["a", "b\u2028c"]


def test_an_empty_file_gives_an_empty_one(tmp_path: Path):
    file, out = written(tmp_path, b"")
    told(meritorder("profile", file, "-o", out))
    assert out.read_bytes() == b""


BAD = [b"[1]", b"not json", b"{", b'"text"', b"null", b'{"prompt": "\xff"}', b'{"a": ' + b"[" * 20_000, b'{"n": 1e999}']


@pytest.mark.parametrize("bad", BAD)
def test_a_line_that_is_no_object_is_told_with_its_number_and_the_others_are_read(tmp_path: Path, bad: bytes):
    file, out = written(tmp_path, b'{"prompt": "one"}\n\n' + bad + b'\n{"prompt": "two"}\n')
    result = meritorder("profile", file, "-o", out)
    said = refused(result)
    assert result.exit_code == 1
    assert "prompts.jsonl:3: not a JSON object: " in said
    assert said.endswith("Error: 1 of 4 lines are no JSON objects\n")
    one, wrong, two = lines(out.read_bytes())
    assert (one["prompt"], two["prompt"]) == ("one", "two")
    assert (wrong["line"], set(wrong)) == (3, {"line", "error"})
    assert wrong["error"].startswith("not a JSON object: ")


@pytest.mark.parametrize("prompt", ["\\ud800 hello there", "hello there \\udfff"])
def test_half_a_surrogate_pair_is_no_reason_to_refuse_a_line(tmp_path: Path, prompt: str):
    file, out = written(tmp_path, f'{{"id": 1, "prompt": "{prompt}"}}'.encode())
    told(meritorder("profile", file, "-o", out))
    found = json.loads(out.read_bytes())
    assert (found["id"], found["prompt"]) == (1, json.loads(f'"{prompt}"'))
    assert found["workload"]["intent"]["value"] == "converse"


def test_every_bad_line_is_told(tmp_path: Path):
    file, out = written(tmp_path, b"\n".join(BAD))
    said = refused(meritorder("profile", file, "-o", out))
    for number in range(1, len(BAD) + 1):
        assert f"prompts.jsonl:{number}: " in said
    assert f"{len(BAD)} of {len(BAD)} lines" in said


def test_a_dash_is_standard_input_and_output():
    result = meritorder("profile", "-", "-o", "-", typed=b'{"prompt": "hello there", "id": 1}\n')
    told(result)
    (found,) = lines(result.stdout)
    assert (found["id"], found["workload"]["intent"]["value"]) == (1, "converse")


def test_a_bad_line_of_standard_input_is_told():
    result = meritorder("profile", "-", "-o", "-", typed=b"oops\n")
    assert ":1: not a JSON object: " in refused(result)
    assert lines(result.stdout)[0]["line"] == 1


def test_a_file_may_be_written_over_itself(tmp_path: Path):
    file, _ = written(tmp_path, b'{"prompt": "hello there"}')
    told(meritorder("profile", file, "-o", file))
    assert lines(file.read_bytes())[0]["workload"]["intent"]["value"] == "converse"


def test_where_to_write_has_to_be_said():
    assert "'-o' / '--output'" in refused(meritorder("profile", "-", typed=b""))


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    assert "absent.jsonl" in refused(meritorder("profile", tmp_path / "absent.jsonl", "-o", "-"))
