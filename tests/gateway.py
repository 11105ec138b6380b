"""A real gateway in a process of its own, started and stopped as an operator would do it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

MERITORDER = [sys.executable, "-m", "meritorder"]
READY_WITHIN_S = 90
STOPPED_WITHIN_S = 45
LOCAL = "127.0.0.1,localhost"
LOOK_S = 0.05


def surroundings() -> dict[str, str]:
    """What a user's shell has: the commands of this environment, and no keys of anyone's account."""
    kept = {
        name: value for name, value in os.environ.items() if not name.endswith("_API_KEY") and "MERITORDER" not in name
    }
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    return {**kept, "PATH": path, "NO_PROXY": LOCAL, "no_proxy": LOCAL, "HF_HUB_OFFLINE": "1"}


def run(folder: Path, *arguments: str, within: float = 60, **variables: str) -> subprocess.CompletedProcess[str]:
    """`meritorder ARGUMENTS` in `folder`; what it says on stderr is behind what it says on stdout."""
    return subprocess.run(
        [*MERITORDER, *arguments],
        cwd=folder,
        env={**surroundings(), **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=within,
        check=False,
    )


def until(condition: Callable[[], Any], within: float, what: str) -> Any:
    """What `condition` returns once that is true; fails the test where it never is."""
    deadline = time.monotonic() + within
    while not (found := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"not within {within} s: {what}")
        time.sleep(LOOK_S)
    return found


@dataclass(frozen=True)
class Reply:
    """What came back, byte for byte; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(url: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Reply:
    """One HTTP request, with no client library's opinions."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request(method, parts.path, body, dict(headers or {}))
        with connection.getresponse() as response:
            told = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, told, response.read())
    finally:
        connection.close()


class Gateway:
    """A gateway's process, its folder and its address."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes], log: Path) -> None:
        self.folder = folder
        self.process = process
        self._log = log
        self.url = ""

    @property
    def base_url(self) -> str:
        """What an OpenAI client takes as its base URL."""
        return f"{self.url}/v1"

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def embedded(self) -> str:
        """The address of the embedded model's own server, as the log says it; the latest one."""
        line = self.log.rpartition("the embedded model is ready at ")[2]
        return line.split()[0].removesuffix("/v1")

    def ready(self) -> int:
        """The status of the readiness check, 0 where nothing answers."""
        try:
            return ask(f"{self.url}/health/ready").status
        except OSError:
            return 0

    def records(self, *names: str) -> list[dict[str, Any]]:
        """What `meritorder records` says: the latest first, or those of one decision or request."""
        done = run(self.folder, "records", "--json", "-n", "1000", *names)
        assert done.returncode == 0, done.stdout
        return [json.loads(line) for line in done.stdout.splitlines()]

    def record(self, name: str) -> dict[str, Any]:
        """The only record of a decision or request, once it is written."""
        done = until(lambda: self._found(name), 10, f"a record of {name}")
        assert len(done) == 1, done
        return done[0]

    def _found(self, name: str) -> list[dict[str, Any]]:
        done = run(self.folder, "records", "--json", name)
        return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []

    def wait_for_log(self, words: str, within: float = 20) -> None:
        until(lambda: words in self.log, within, f"{words!r} in the log:\n{self.log[-2000:]}")

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self, within: float = STOPPED_WITHIN_S) -> int:
        """The exit status, once the process has ended."""
        try:
            return self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            pytest.fail(f"the gateway was still there after {within} s:\n{self.log[-4000:]}")

    def stop(self) -> int:
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        return self.ended()


@contextmanager
def started(folder: Path, *options: str, wait: bool = True, **variables: str) -> Iterator[Gateway]:
    """A gateway on the `meritorder.yaml` of `folder` and on a free port; it is stopped at the end."""
    log = folder / "output.log"
    address = folder / ".meritorder" / "gateway.json"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*MERITORDER, "up", "--port", "0", *options],
            cwd=folder,
            env={**surroundings(), **variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        gateway = Gateway(folder, process, log)
        try:
            _wait_until_up(gateway, address, ready=wait)
            yield gateway
        finally:
            gateway.stop()


def _wait_until_up(gateway: Gateway, address: Path, *, ready: bool) -> None:
    def is_up() -> bool:
        if gateway.process.poll() is not None:
            pytest.fail(f"the gateway ended with status {gateway.process.returncode}:\n{gateway.log[-4000:]}")
        if not gateway.url and address.exists():
            told = json.loads(address.read_bytes() or b'{"pid": 0}')
            gateway.url = f"http://127.0.0.1:{told['port']}" if told["pid"] == gateway.process.pid else ""
        return bool(gateway.url) and gateway.ready() in ((200,) if ready else (200, 503))

    until(is_up, READY_WITHIN_S, "a gateway that is ready")
