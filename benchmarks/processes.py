"""Servers of their own process: started on a free loopback port, waited for, and always stopped."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / ".bench"

START_SECONDS = 30.0
STOP_SECONDS = 5.0


class CannotStart(Exception):
    """A server that the benchmark needs did not come up. The text says why, for a person."""


class RunningServer:
    """A server that listens at `url` and whose process is `pid`. Leaving the `with` block stops it."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], port: int) -> None:
        self.name = name
        self.pid = process.pid
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._process = process

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def running(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask the whole process group to end, then end it."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.pid, number)
            except ProcessLookupError:
                break
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue


def start(name: str, command: Sequence[str], port: int) -> RunningServer:
    """Run a command that will listen on `port`, and return once it does."""
    SCRATCH.mkdir(exist_ok=True)
    log = SCRATCH / f"{name}.log"
    with log.open("wb") as output:
        try:
            # A session of its own: ctrl-C reaches the benchmark alone, which then stops each server.
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        except OSError as error:
            raise CannotStart(f"{name}: {command[0]}: {error.strerror}") from error
    server = RunningServer(name, process, port)
    try:
        _wait_until_listening(server, log)
    except BaseException:
        server.stop()
        raise
    return server


def _wait_until_listening(server: RunningServer, log: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if not server.running():
            raise CannotStart(f"{server.name} ended before it listened: {_last_lines(log)}")
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise CannotStart(f"{server.name} did not listen within {START_SECONDS:.0f} s: {_last_lines(log)}")


def _last_lines(log: Path) -> str:
    return " / ".join(log.read_text(errors="replace").strip().splitlines()[-5:]) or "it printed nothing"


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def family(pid: int) -> list[int]:
    """A process and all it started: a server may do its work in a child."""
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def cpu_seconds(pids: Sequence[int]) -> float:
    """User and system time of the processes so far, all threads, ended ones included."""
    return sum(_cpu_seconds(pid) for pid in pids)


def _cpu_seconds(pid: int) -> float:
    # The same sum as utime and stime in /proc/PID/stat, by way of the process's own clock: that file
    # counts in hundredths of a second, which is a tenth of what Envoy uses in a short round. The number
    # is what clock_getcpuclockid(3) returns, which Python does not offer.
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        times = psutil.Process(pid).cpu_times()
        return times.user + times.system
