"""Servers that the benchmark starts, and the CPU time it reads off them."""

import os
import sys
import time
from pathlib import Path

import psutil
import pytest

from benchmarks import processes
from benchmarks.processes import CannotStart, cpu_seconds, family, free_port, start


@pytest.fixture(autouse=True)
def logs_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "SCRATCH", tmp_path)


def test_the_clock_of_a_process_is_its_cpu_time() -> None:
    before = time.process_time()
    seen = cpu_seconds([os.getpid()])
    assert before <= seen <= time.process_time()


def test_a_server_is_waited_for_and_its_whole_family_is_stopped() -> None:
    port = free_port()
    serve = f"{sys.executable} -m http.server --bind 127.0.0.1 {port} & wait"
    with start("test-server", ["sh", "-c", serve], port) as server:
        pids = family(server.pid)
        assert len(pids) == 2
        assert cpu_seconds(pids) > 0
    gone, alive = psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=5)
    assert not alive, gone


def test_a_server_that_ends_says_why() -> None:
    with pytest.raises(CannotStart, match="ended before it listened: no such upstream"):
        start("test-failing", [sys.executable, "-c", "raise SystemExit('no such upstream')"], free_port())


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(CannotStart, match="No such file"):
        start("test-absent", ["./no-such-program"], free_port())
