"""The supervisor, with a small stand-in for the model's process that behaves as badly as it is told to."""

import asyncio
import os
import signal
import sys
import time
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import msgspec
import psutil
import pytest

from meritorder.providers.embedded.supervise import EmbeddedServer, State, Timing, serve_command

CHILD = """
import http.server, os, select, signal, sys, threading, time

how, folder = sys.argv[1], sys.argv[2]
mark = os.path.join(folder, "starts")
with open(mark, "a") as file:
    file.write("x")
starts = os.path.getsize(mark)


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/nonce/health" else 404)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


def refuse():
    sys.stderr.write("loading\\ncannot read the file\\n")
    sys.exit(3)


if how == "refuse" or (how == "refuse twice" and starts <= 2):
    refuse()
if how == "silent":
    time.sleep(60)
if how == "slow":
    time.sleep(0.5)
if how == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if how == "chatty":
    sys.stderr.write("x" * 300_000 + "\\n")
    sys.stdout.write("x" * 300_000 + "\\nlistening to music\\n")
if how.startswith("elsewhere "):
    address = how.removeprefix("elsewhere ")
    how = "elsewhere"
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Health)
threading.Thread(target=server.serve_forever, daemon=True).start()
if how != "elsewhere":
    address = f"http://127.0.0.1:{server.server_port}/nonce"
print(f"listening {address}", flush=True)
if how == "crash" or (how == "crash once" and starts == 1):
    time.sleep(0.6)
    os._exit(7)
while how == "stubborn" or os.read(0, 100):
    time.sleep(0.01)
"""

QUICK = Timing(
    start_within=3,
    probe_every=0.1,
    probe_within=0.5,
    hung_after=2,
    wait_first=0.05,
    wait_most=0.4,
    healthy_after=60,
    failed_after=3,
    stop_within=0.5,
)


@pytest.fixture
def child(tmp_path: Path):
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    return lambda how: (sys.executable, "-S", str(script), how, str(tmp_path))


@asynccontextmanager
async def running(command, timing=QUICK):
    states: list[State] = []
    others = set(psutil.Process().children())
    server = EmbeddedServer(command, on_change=states.append, timing=timing)
    await server.start()
    try:
        yield server, states
    finally:
        await server.stop()
        assert set(psutil.Process().children()) <= others


async def until(condition, within=12.0):
    async with asyncio.timeout(within):
        while not condition():
            await asyncio.sleep(0.02)


async def health(server: EmbeddedServer) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{server.root}/health") as answer:
        return answer.status


async def test_a_model_that_starts_is_ready_and_answers(child):
    async with running(child("serve")) as (server, states):
        assert await server.wait_ready(5)
        assert server.url == f"{server.root}/v1"
        assert await health(server) == 200
        assert psutil.pid_exists(server.state.pid)
    assert [state.status for state in states] == ["starting", "starting", "ready", "stopped"]
    assert server.url is None


async def test_waiting_for_a_slow_model_ends_when_it_is_ready(child):
    async with running(child("slow")) as (server, _):
        assert not await server.wait_ready(0.1)
        assert await server.wait_ready(5)


async def test_a_crashed_model_comes_back_at_another_address(child):
    async with running(child("crash once")) as (server, states):
        assert await server.wait_ready(5)
        before = server.url
        await until(lambda: server.state.status == "restarting")
        assert server.url is None
        assert await server.wait_ready(5)
        assert server.url != before
        assert server.state.restarts == 1
    [crash] = [state for state in states if state.status == "restarting" and not state.pid]
    assert "ended by itself with code 7; starting it again" in crash.detail


async def test_a_model_that_keeps_crashing_is_given_longer_and_longer_pauses(child):
    async with running(child("crash"), msgspec.structs.replace(QUICK, failed_after=100)) as (server, states):
        await until(lambda: server.state.restarts == 5)
    pauses = [s.detail.rsplit(" in ")[-1] for s in states if s.status == "restarting" and not s.pid]
    assert pauses[:5] == ["0.05 s", "0.1 s", "0.2 s", "0.4 s", "0.4 s"]


async def test_a_minute_of_health_forgets_earlier_crashes(child):
    timing = msgspec.structs.replace(QUICK, healthy_after=0.1, failed_after=100)
    async with running(child("crash"), timing) as (server, states):
        await until(lambda: server.state.restarts == 3)
    pauses = {s.detail.rsplit(" in ")[-1] for s in states if s.status == "restarting" and not s.pid}
    assert pauses == {"0.05 s"}


async def test_a_killed_model_comes_back(child):
    async with running(child("serve")) as (server, states):
        assert await server.wait_ready(5)
        os.kill(server.state.pid, signal.SIGKILL)
        await until(lambda: server.state.restarts and server.state.status == "ready")
        assert await health(server) == 200
    assert any("was ended by signal 9" in state.detail for state in states)


async def test_a_model_that_hangs_is_killed_and_comes_back(child):
    async with running(child("serve")) as (server, states):
        assert await server.wait_ready(5)
        hung = server.state.pid
        os.kill(hung, signal.SIGSTOP)
        await until(lambda: server.state.restarts and server.state.status == "ready")
        assert not psutil.pid_exists(hung)
    assert any("has not answered 2 health checks in a row" in state.detail for state in states)


async def test_a_model_that_never_starts_is_failed_and_says_why(child):
    async with running(child("refuse")) as (server, _):
        assert not await server.wait_ready(5)
        await until(lambda: server.state.status == "failed")
        assert server.state.detail == (
            "the embedded model ended by itself with code 3: loading / cannot read the file; "
            "tried 3 times, next in 0.4 s"
        )
        await until(lambda: server.state.restarts == 5)
        assert server.state.status == "failed"


async def test_a_failed_model_is_tried_again_and_can_recover(child):
    timing = Timing(probe_every=0.1, wait_first=0.05, wait_most=0.1, failed_after=2, stop_within=0.5)
    async with running(child("refuse twice"), timing) as (server, states):
        await until(lambda: server.state.status == "ready")
    assert "failed" in [state.status for state in states]


async def test_a_command_that_does_not_exist_is_a_failure_not_a_crash():
    async with running(("/nowhere/model",)) as (server, _):
        await until(lambda: server.state.status == "failed")
        assert "cannot be started (No such file or directory)" in server.state.detail


async def test_a_model_that_never_listens_is_killed_and_tried_again(child):
    timing = Timing(start_within=0.3, wait_first=0.05, failed_after=2, stop_within=0.5)
    async with running(child("silent"), timing) as (server, _):
        await until(lambda: server.state.status == "failed")
        assert "did not get ready within 0.3 s" in server.state.detail


async def test_a_stranger_on_the_announced_port_is_not_taken_for_the_model(child, tmp_path):
    def count_start():
        return (tmp_path / "starts").stat().st_size

    async with running(child("serve")) as (stranger, _):
        assert await stranger.wait_ready(5)
        port = stranger.root.split(":")[2].split("/")[0]
        timing = Timing(start_within=0.6, wait_first=0.05, failed_after=2, stop_within=0.5)
        server = EmbeddedServer(child(f"elsewhere http://127.0.0.1:{port}/other"), timing=timing)
        await server.start()
        await until(lambda: server.state.status == "failed")
        assert server.url is None
        await server.stop()
        assert count_start() == 3


async def test_an_address_that_is_not_loopback_is_not_believed(child):
    timing = Timing(start_within=0.4, wait_first=0.05, failed_after=1, stop_within=0.5)
    async with running(child("elsewhere http://example.test:80/nonce"), timing) as (server, _):
        await until(lambda: server.state.status == "failed")
        assert "did not get ready" in server.state.detail


async def test_a_model_that_writes_a_lot_is_not_stopped_by_a_full_pipe(child):
    async with running(child("chatty")) as (server, _):
        assert await server.wait_ready(5)


async def test_a_model_that_ignores_the_request_to_end_is_killed(child):
    async with running(child("stubborn")) as (server, _):
        assert await server.wait_ready(5)
        pid = server.state.pid
        began = time.monotonic()
        await server.stop()
        assert 0.4 < time.monotonic() - began < 2
        assert not psutil.pid_exists(pid)


async def test_stopping_while_the_model_starts_leaves_nothing_behind(child):
    async with running(child("silent")) as (server, _):
        await until(lambda: server.state.pid)
    assert server.state.status == "stopped"


async def test_stopping_during_the_pause_before_a_restart_ends_it(child):
    timing = Timing(wait_first=30, stop_within=0.5)
    async with running(child("refuse"), timing) as (server, _):
        await until(lambda: server.state.status == "restarting" and not server.state.pid)
    assert server.state.status == "stopped"


async def test_stopping_what_was_never_started_does_nothing(child):
    server = EmbeddedServer(child("serve"))
    await server.stop()
    assert server.state.status == "stopped"
    assert not await server.wait_ready(1)


async def test_a_stopped_model_can_be_started_again(child):
    async with running(child("serve")) as (server, _):
        assert await server.wait_ready(5)
        await server.stop()
        await server.start()
        assert await server.wait_ready(5)


async def test_a_listener_that_fails_does_not_end_the_watching(child):
    reported = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))

    def listener(state: State):
        raise RuntimeError(state.status)

    server = EmbeddedServer(child("serve"), on_change=listener, timing=QUICK)
    await server.start()
    assert await server.wait_ready(5)
    await server.stop()
    assert [str(context["exception"]) for context in reported] == ["starting", "starting", "ready", "stopped"]


def test_the_command_names_the_model_and_its_limits():
    command = serve_command(Path("m.gguf"), context=1024, slots=2)
    assert command[1:] == (
        *("-m", "meritorder.providers.embedded.serve"),
        *("--model", "m.gguf", "--context", "1024", "--slots", "2"),
    )
