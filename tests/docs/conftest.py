"""A real gateway for the examples in the documentation, as a reader would start it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

MERITORDER = [sys.executable, "-m", "meritorder"]
READY_WITHIN_S = 90
STOPPED_WITHIN_S = 30
LOCAL = "127.0.0.1,localhost"


def surroundings() -> dict[str, str]:
    """What a reader's shell has: the commands of this environment, and no keys of anyone's account."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    return {**kept, "PATH": path, "NO_PROXY": LOCAL, "no_proxy": LOCAL, "HF_HUB_OFFLINE": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(url: str) -> int:
    """The HTTP status of a GET, 0 when nothing answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while status(f"{url}/health/ready") != 200:
        output = log.read_text(encoding="utf-8", errors="replace")[-4000:]
        if process.poll() is not None:
            pytest.fail(f"the gateway ended with status {process.returncode}:\n{output}")
        if time.monotonic() > deadline:
            pytest.fail(f"the gateway was not ready within {READY_WITHIN_S} s:\n{output}")
        time.sleep(0.2)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPPED_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        pytest.fail(f"the gateway was still there {STOPPED_WITHIN_S} s after SIGTERM")


@pytest.fixture(scope="session")
def reader() -> dict[str, str]:
    """The environment of a reader's shell."""
    return surroundings()


@pytest.fixture(scope="session")
def gateway(reader: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a gateway with the configuration that `meritorder init` writes."""
    folder = tmp_path_factory.mktemp("gateway")
    made = subprocess.run(
        [*MERITORDER, "init"],
        cwd=folder,
        env=reader,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    if made.returncode != 0:
        pytest.fail(f"`meritorder init` ended with status {made.returncode}:\n{made.stdout}")
    port, log = free_port(), folder / "gateway.log"
    url = f"http://127.0.0.1:{port}"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*MERITORDER, "up", "--port", str(port)],
            cwd=folder,
            env=reader,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            wait_until_ready(process, url, log)
            yield url
        finally:
            stop(process)
