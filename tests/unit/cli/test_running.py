"""What is known of the gateway that runs: its address, and whether it is still there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from meritorder.cli.running import Running, answers, forget, known, remember
from tests.gateway import Gateway


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:4000"),
        ("0.0.0.0", "http://127.0.0.1:4000"),
        ("::", "http://[::1]:4000"),
        ("::1", "http://[::1]:4000"),
        ("gateway.example", "http://gateway.example:4000"),
    ],
)
def test_the_address_is_one_that_a_client_here_can_reach(host: str, url: str):
    assert Running(1, host, 4000).url == url


def test_a_gateway_that_runs_is_known_until_it_is_forgotten(tmp_path: Path, recorded_gateway: Gateway):
    folder = tmp_path / "made" / ".meritorder"
    running = Running(recorded_gateway.process.pid, "127.0.0.1", 4000)
    assert known(folder) is None
    remember(folder, running)
    assert known(folder) == running
    forget(folder)
    forget(folder)
    assert known(folder) is None


def test_a_process_that_has_ended_is_not_running(tmp_path: Path):
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    remember(tmp_path, Running(process.pid, "127.0.0.1", 4000))
    assert known(tmp_path) is None


def test_another_program_with_the_same_process_id_is_no_gateway(tmp_path: Path):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        remember(tmp_path, Running(process.pid, "127.0.0.1", 4000))
        assert known(tmp_path) is None
        process.communicate(b"\n")


@pytest.mark.parametrize("text", ["", "{", '{"pid": "x"}', "[]", '{"pid": 1}'])
def test_a_note_that_cannot_be_read_says_that_nothing_runs(tmp_path: Path, text: str):
    (tmp_path / "gateway.json").write_text(text)
    assert known(tmp_path) is None


def test_a_gateway_answers_where_it_listens_and_nowhere_else(recorded_gateway: Gateway):
    port = int(recorded_gateway.url.rpartition(":")[2])
    running = Running(os.getpid(), "127.0.0.1", port)
    assert answers(running, "/health/live")
    assert not answers(running, "/nowhere")
    assert not answers(Running(os.getpid(), "127.0.0.1", 9), "/health/live")


def test_a_proxy_in_the_environment_is_for_other_machines(recorded_gateway: Gateway):
    port = recorded_gateway.url.rpartition(":")[2]
    script = (
        "from meritorder.cli.running import Running, answers; "
        f"print(answers(Running(1, '127.0.0.1', {port}), '/health/live'))"
    )
    environ = {"PATH": os.defpath, "http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
