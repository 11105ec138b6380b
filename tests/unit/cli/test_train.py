"""`meritorder train`: what is learned from a folder of samples, and what is told where it cannot be."""

import sys
from pathlib import Path

import pytest

from meritorder.providers.recognisers import load
from meritorder.signals.learned.features import features
from meritorder.training.labels import LABELS
from tests.unit.cli.command import meritorder, refused, told
from tests.unit.training.folder import written


def test_heads_are_trained_and_their_figures_told(tmp_path: Path):
    pytest.importorskip("sklearn", reason="training needs scikit-learn: pip install 'meritorder[train]'")
    out = tmp_path / "out"
    result = meritorder("train", "signals", written(tmp_path), "-o", out)
    told(result)
    lines = result.stdout.splitlines()
    again = [f"{name}, embeddings" for name in ("intent", "domain", "harm")]
    assert [line[:18].strip() for line in lines] == [*LABELS, *again, "answers", "look-alikes"]
    assert all("ECE" in line for line in lines[:-2])
    assert "within the 90 % quantile" in lines[-2]
    assert "harmless, but suspected" in lines[-1]
    assert [line[:18].strip() for line in lines if "AUC" in line] == ["missing", "attack", "harm", "harm, embeddings"]
    assert lines[0].startswith("intent             1.000 (")
    assert " samples of 8 sources" in result.stderr
    read = load(out)[0].read(features("Write a Python function that sorts cherries"))
    assert read.best("intent")[0] == "code"


def test_a_folder_without_samples_is_told(tmp_path: Path):
    said = refused(meritorder("train", "signals", tmp_path, "-o", tmp_path / "out"))
    assert said == f"Error: {tmp_path} has no samples: it needs files like prompts-a.tsv\n"
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    assert "absent" in refused(meritorder("train", "signals", tmp_path / "absent"))


def test_a_malformed_line_is_told_with_its_file_and_number(tmp_path: Path):
    with (written(tmp_path) / "safety-a.tsv").open("a") as file:
        file.write("nothing\n")
    said = refused(meritorder("train", "signals", tmp_path, "-o", tmp_path / "out"))
    assert said.startswith("Error: safety-a.tsv:")
    assert "not a sample: 1 columns" in said


def test_a_label_that_is_not_known_is_told(tmp_path: Path):
    with (written(tmp_path) / "phrases.tsv").open("a") as file:
        file.write("knit\ten\ta scarf\n")
    said = refused(meritorder("train", "signals", tmp_path, "-o", tmp_path / "out"))
    assert "Error: phrases.tsv: `knit` is no label of intent" in said


def test_samples_of_too_few_kinds_are_told(tmp_path: Path):
    (tmp_path / "phrases.tsv").write_text("plan\ten\twhat to do\n")
    said = refused(meritorder("train", "signals", tmp_path, "-o", tmp_path / "out"))
    assert "Error: the training samples do not have two labels of intent" in said
    assert not (tmp_path / "out").exists()


def test_without_scikit_learn_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    said = refused(meritorder("train", "signals", written(tmp_path), "-o", tmp_path / "out"))
    assert "Error: training needs scikit-learn: pip install 'meritorder[train]'\n" in said
