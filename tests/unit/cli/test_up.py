"""`meritorder up` and `down`: started, found, refused with a reason, stopped."""

import re
import signal
import socket
from pathlib import Path

import pytest

from tests.gateway import ask, run, started
from tests.recorded import install_small
from tests.recorder import Recorder
from tests.unit.cli.command import meritorder, refused, told


@pytest.fixture
def file(tmp_path: Path, recorder: Recorder) -> Path:
    return install_small(tmp_path, recorder.base_url)


def test_a_gateway_left_running_is_found_again_and_stopped(file: Path):
    first = run(file.parent, "up", "--port", "0", "--detach")
    assert first.returncode == 0, first.stdout
    found = re.search(r"· ready at (http://\S+) \(process (\d+); `meritorder down` stops it\)", first.stdout)
    assert found is not None, first.stdout
    assert ask(f"{found[1]}/health/ready").status == 200
    again = run(file.parent, "up", "--port", "0", "--detach")
    assert again.stdout == f"· the gateway runs already at {found[1]} (process {found[2]})\n"
    assert run(file.parent, "down").stdout == "· the gateway has stopped\n"
    assert not (file.parent / ".meritorder" / "gateway.json").exists()
    nothing = run(file.parent, "down")
    assert (nothing.returncode, nothing.stdout) == (0, "· no gateway is running\n")


def test_how_to_stop_it_names_the_configuration_where_that_is_not_the_usual_one(file: Path):
    other = file.rename(file.with_name("other.yaml"))
    done = run(file.parent, "up", "--port", "0", "--detach", "--config", other.name)
    try:
        assert "`meritorder down --config other.yaml` stops it" in done.stdout
    finally:
        assert run(file.parent, "down", "--config", other.name).stdout == "· the gateway has stopped\n"


@pytest.mark.parametrize("detach", [(), ("--detach",)])
def test_a_port_that_is_taken_is_named_with_what_to_do(file: Path, detach: tuple[str, ...]):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(file.parent, "up", "--port", str(port), *detach)
    assert done.returncode == 1
    words = f"127.0.0.1:{port} cannot be listened on: address already in use; choose another with --port\n"
    assert words in done.stdout
    assert "Traceback" not in done.stdout


def test_one_configuration_has_one_gateway(file: Path):
    with started(file.parent) as gateway:
        second = run(file.parent, "up", "--port", "0")
        assert second.returncode == 1
        assert second.stdout == (
            f"Error: a gateway runs already for meritorder.yaml at {gateway.url} (process {gateway.process.pid}); "
            "`meritorder down` stops it\n"
        )
        assert run(file.parent, "down").stdout == "· the gateway has stopped\n"
        assert gateway.ended() == 0


def test_a_gateway_that_was_killed_is_in_nobodys_way(file: Path):
    with started(file.parent) as killed:
        killed.signal(signal.SIGKILL)
        killed.ended()
    with started(file.parent) as gateway:
        assert gateway.ready() == 200


def test_a_configuration_with_mistakes_starts_nothing(file: Path):
    file.write_text(file.read_text().replace("quality", "qualty"))
    done = run(file.parent, "up", "--port", "0")
    assert done.returncode == 1
    assert "meritorder.yaml:3:10: error C-010: unknown setting `qualty`" in done.stdout
    assert done.stdout.rstrip().endswith("; nothing was put in force")


def test_a_place_where_no_records_can_be_kept_is_named(file: Path):
    (file.parent / ".meritorder").write_text("in the way")
    for options in ((), ("--detach",)):
        done = run(file.parent, "up", "--port", "0", *options)
        assert done.returncode == 1
        assert done.stdout == f"Error: records cannot be kept in {file.parent / '.meritorder'}: file exists\n"


def test_a_demonstration_needs_a_gateway_that_is_left_running(file: Path):
    said = refused(meritorder("up", "--demo", "--config", file))
    assert "--demo needs --detach" in said


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_refused(file: Path, port: str):
    assert "Invalid value for '--port'" in refused(meritorder("up", f"--port={port}", "--config", file))


def test_ctrl_c_ends_it_in_order(file: Path):
    with started(file.parent) as gateway:
        gateway.signal(signal.SIGINT)
        assert gateway.ended() == 0
        assert "SIGINT: draining, 0 in flight" in gateway.log
        assert "Traceback" not in gateway.log


def test_the_commands_are_listed_with_what_they_do():
    said = told(meritorder("--help"))
    for command in ("up", "down", "init", "check", "explain", "records"):
        assert f"  {command} " in said
    assert told(meritorder("--version")).startswith("meritorder, version ")
