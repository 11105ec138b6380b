from pathlib import Path

import pytest

from meritorder.config.amounts import Misfit
from meritorder.config.secret import Secrets


def test_a_variable_is_read(tmp_path: Path):
    assert Secrets({"KEY": " value\n"}, tmp_path).read("env:KEY") == "value"


def test_a_file_is_read_beside_the_document_and_without_its_last_line_end(tmp_path: Path):
    (tmp_path / "key").write_text("value\n")
    assert Secrets({}, tmp_path).read("file:key") == "value"
    assert Secrets({}, Path()).read(f"file:{tmp_path / 'key'}") == "value"


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("env:ABSENT", "the variable `ABSENT` is not set"),
        ("env:EMPTY", "`env:EMPTY` is empty"),
        ("env:TWO_LINES", "`env:TWO_LINES` cannot be sent in a header"),
        ("file:absent", "the file `absent` cannot be read: no such file or directory"),
        ("file:.", "the file `.` cannot be read: is a directory"),
        ("file:a\0b", "the file `a\\x00b` cannot be read: not a path"),
        ("file:huge", "the file `huge` is too large for a secret"),
        ("file:binary", "`file:binary` cannot be sent in a header"),
    ],
)
def test_a_secret_that_cannot_be_had_is_named_and_never_shown(reference: str, message: str, tmp_path: Path):
    (tmp_path / "huge").write_text("x" * 20_000)
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(Misfit) as caught:
        Secrets({"EMPTY": "", "TWO_LINES": "hidden\nhidden"}, tmp_path).read(reference)
    assert (caught.value.code, str(caught.value)) == ("C-035", message)
    assert "hidden" not in caught.value.mend
