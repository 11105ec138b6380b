"""Real processes that several kinds of test share: each is started once, and only where a test asks for it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from meritorder.cli.options import places
from meritorder.providers.embedded.weights import prepare
from tests.gateway import Gateway, run, started
from tests.recorded import install
from tests.recorder import Recorder


@pytest.fixture(scope="session")
def first_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway with the configuration that `meritorder init` writes, and the embedded model in it."""
    folder = tmp_path_factory.mktemp("first")
    made = run(folder, "init")
    assert made.returncode == 0, made.stdout
    with started(folder) as gateway:
        yield gateway


@pytest.fixture(scope="session")
def recorder() -> Iterator[Recorder]:
    """An upstream on loopback that keeps what it is sent."""
    with Recorder() as running:
        yield running


@pytest.fixture(scope="session")
def llama() -> Iterator[str]:
    """The address of llama.cpp's own server with the weights that ship; it ends when its stdin does."""
    model = prepare(places(Path("meritorder.yaml")).cache, lambda _: None)
    command = [sys.executable, "-m", "meritorder.providers.embedded.serve", "--model", str(model)]
    command += ["--threads", "1", "--slots", "2", "--context", "2048"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().removeprefix("listening ").strip()
        server.stdin.close()


@pytest.fixture(scope="module")
def recorded_gateway(tmp_path_factory: pytest.TempPathFactory, recorder: Recorder) -> Iterator[Gateway]:
    """A gateway in front of the recording upstream, with keys, a policy and a budget that is next to nothing.

    One for each module: it remembers which of its endpoints have failed.
    """
    folder = tmp_path_factory.mktemp("recorded")
    install(folder, recorder.base_url)
    with started(folder) as gateway:
        yield gateway
