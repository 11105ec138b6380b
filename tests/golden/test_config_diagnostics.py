"""Documents with something wrong in them, and exactly what their author reads.

After a change that is meant: run with `MERITORDER_WRITE_GOLDEN=1`, and read the difference.
"""

import os
from pathlib import Path

import pytest

from meritorder.config.diagnose import ConfigurationInvalid, render
from meritorder.config.load import parse
from meritorder.config.secret import Secrets

HERE = Path(__file__).parent / "config"
DOCUMENTS = sorted(HERE.glob("*.yaml"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=[file.stem for file in DOCUMENTS])
def test_a_document_with_mistakes_is_answered_word_for_word(document: Path):
    secrets = Secrets({"CAROL_KEY": "carols-own"}, HERE)
    with pytest.raises(ConfigurationInvalid) as caught:
        parse(document.read_bytes(), document.name, secrets)
    shown = render(caught.value.diagnostics, "nothing was put in force")
    expected = document.with_suffix(".txt")
    if os.environ.get("MERITORDER_WRITE_GOLDEN"):
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")


def test_every_answer_belongs_to_a_document():
    assert {file.stem for file in HERE.glob("*.txt")} == {file.stem for file in DOCUMENTS}
