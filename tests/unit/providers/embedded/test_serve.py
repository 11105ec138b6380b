"""The model's process, as far as it can be seen without a model."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meritorder.errors import ConfigError
from meritorder.providers.embedded.serve import compute_threads, listen, usable_cores

SERVE = (sys.executable, "-m", "meritorder.providers.embedded.serve")
WAIT = "import os; from meritorder.providers.embedded.serve import *; wait_for_parent_to_go(os.getppid())"


def test_one_core_is_left_to_the_rest():
    assert [compute_threads(cores) for cores in (1, 2, 3, 16)] == [1, 1, 2, 15]


def test_the_cores_are_those_this_process_may_use():
    assert 1 <= usable_cores() <= len(os.sched_getaffinity(0))


def test_a_file_that_is_no_model_is_a_configuration_error(tmp_path: Path):
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"hello")
    with pytest.raises(ConfigError, match=r"does not start from .*broken\.gguf"):
        listen(broken, 0, 256, 1, 1, "/nonce")


def test_the_process_says_on_stderr_why_it_does_not_start_and_nothing_on_stdout(tmp_path: Path):
    command = (*SERVE, "--model", str(tmp_path / "missing.gguf"))
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.PIPE, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "the embedded model does not start from" in done.stderr


def test_the_process_ends_when_its_stdin_does():
    child = subprocess.Popen((sys.executable, "-c", WAIT), stdin=subprocess.PIPE)
    time.sleep(0.5)
    assert child.poll() is None
    child.stdin.close()
    assert child.wait(5) == 0


def test_what_is_written_to_its_stdin_does_not_end_the_process():
    child = subprocess.Popen((sys.executable, "-c", WAIT), stdin=subprocess.PIPE)
    child.stdin.write(b"still here\n")
    child.stdin.flush()
    time.sleep(0.5)
    assert child.poll() is None
    child.stdin.close()
    assert child.wait(5) == 0


def test_the_process_ends_when_it_gets_another_parent_although_its_stdin_stays_open(tmp_path: Path):
    read_end, write_end = os.pipe()
    parent = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {WAIT!r}], stdin=sys.stdin)\n"
        "print(child.pid, flush=True)\n"
        "import time; time.sleep(0.7)\n"
    )
    pid = int(subprocess.run((sys.executable, "-c", parent), stdin=read_end, capture_output=True, check=True).stdout)
    os.close(read_end)
    try:
        deadline = time.monotonic() + 8
        while _runs(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not _runs(pid)
    finally:
        os.close(write_end)


def _runs(pid: int) -> bool:
    # An orphan that nobody collects stays behind as a zombie, which runs no more.
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
