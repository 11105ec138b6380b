"""A gateway's life with the real embedded model: clients that leave, changes while it works, ends of every kind."""

import json
import os
import re
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from meritorder.stores.records import Records
from tests.e2e.streams import Stream, asked_and_left, busy, generated, question, wait_until_idle
from tests.gateway import Gateway, Reply, ask, run, started, until

DOCUMENT = """\
version: 1
budget: {money: $0.01, per: day}
models:
  smollm2-135m: {quality: 0.35, context: 2048, max_output: 1500, price: {input: $1, output: $2}}
endpoints:
  local: {embedded: smollm2-135m}
"""
VIRTUAL = "virtual_models: {quick: {models: [smollm2-135m], objective: cheapest}}\n"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """One gateway for all tests that leave it running."""
    folder = tmp_path_factory.mktemp("life")
    (folder / "meritorder.yaml").write_text(DOCUMENT.replace("$0.01", "$10"))
    with started(folder) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "meritorder.yaml").write_text(DOCUMENT)
    return tmp_path


def chat(gateway: Gateway, **fields: object) -> Reply:
    return ask(f"{gateway.base_url}/chat/completions", "POST", question(**fields))


def test_a_client_that_leaves_a_stream_stops_the_model_within_a_second(gateway: Gateway):
    before = generated(gateway)
    with Stream(gateway, max_tokens=1400, ignore_eos=True) as stream:
        stream.event()
        assert busy(gateway) == 1
    left = time.monotonic()
    wait_until_idle(gateway, 10)
    took, made = time.monotonic() - left, generated(gateway) - before
    assert made < 400
    assert took < 1 or made < 200  # a machine that is busy elsewhere is slow to tell
    assert gateway.record(stream.decision)["outcome"]["type"] == "abandoned"


def test_a_client_that_leaves_before_its_whole_answer_stops_the_model_too(gateway: Gateway):
    before, known = generated(gateway), {each["decision"]["id"] for each in gateway.records()}
    asked_and_left(gateway, 0.5, max_tokens=1400, ignore_eos=True)
    left = time.monotonic()
    wait_until_idle(gateway, 10)
    took, made = time.monotonic() - left, generated(gateway) - before
    assert made < 500
    assert took < 1 or made < 200
    fresh = until(
        lambda: [each for each in gateway.records() if each["decision"]["id"] not in known], 10, "another record"
    )
    assert [each["outcome"]["type"] for each in fresh] == ["abandoned"]


def test_a_change_is_taken_up_while_a_stream_goes_on(gateway: Gateway):
    file = gateway.folder / "meritorder.yaml"
    with Stream(gateway, max_tokens=300, ignore_eos=True) as stream:
        stream.event()
        file.write_text(file.read_text() + VIRTUAL)
        gateway.signal(signal.SIGHUP)
        until(lambda: b'"quick"' in ask(f"{gateway.base_url}/models").body, 5, "the new virtual model")
        assert busy(gateway) == 1
        assert stream.rest()[-1] == "[DONE]"
    assert chat(gateway, model="quick", max_tokens=4).status == 200


def test_a_change_is_noticed_without_a_signal_and_a_mistake_changes_nothing(gateway: Gateway):
    file = gateway.folder / "meritorder.yaml"
    whole = file.read_text()
    in_force = {run(gateway.folder, "check").stdout.split()[3]}
    file.write_text(whole.replace("quality", "qualty"))
    gateway.wait_for_log("stays in force")
    assert re.search(r"meritorder\.yaml:4:18: error C-010: unknown setting `qualty`", gateway.log)
    assert set(re.findall(r"generation (\w+) stays in force", gateway.log)) == in_force
    assert chat(gateway, max_tokens=4).status == 200
    said = gateway.log.count("is in force")
    file.write_text(whole.replace("quality: 0.35", "quality: 0.36"))
    until(lambda: gateway.log.count("is in force") > said, 10, "the mended configuration in force")
    assert run(gateway.folder, "check").stdout.split()[3] == gateway.log.split(" is in force")[-2].split()[-1]


def test_an_embedded_model_that_is_killed_comes_back_and_the_gateway_goes_on(gateway: Gateway):
    address = gateway.embedded
    child = next(each for each in psutil.Process(gateway.process.pid).children() if "embedded" in str(each.cmdline()))
    with Stream(gateway, max_tokens=1400, ignore_eos=True) as stream:
        stream.event()
        child.kill()
        last = json.loads(stream.rest()[-1])
    assert last["error"]["code"] == "upstream_cut"
    refused = chat(gateway, max_tokens=4)
    if refused.status != 200:
        assert (refused.status, refused.json()["error"]["code"]) in {
            (502, "upstream_unreachable"),  # nobody has noticed yet
            (503, "upstream_unreachable"),
            (503, "no_endpoint_available"),
        }
    assert ask(f"{gateway.url}/health/live").status == 200
    until(lambda: gateway.ready() == 200, 30, "a gateway that is ready again")
    assert gateway.embedded != address
    assert chat(gateway, max_tokens=4).status == 200
    assert "was ended by signal 9" in gateway.log


def test_a_gateway_that_is_told_to_stop_finishes_its_streams_first(folder: Path):
    with started(folder) as gateway:
        with Stream(gateway, max_tokens=400, ignore_eos=True) as stream:
            stream.event()
            gateway.signal(signal.SIGTERM)
            until(lambda: gateway.ready() == 503, 5, "a gateway that is not ready")
            refused = chat(gateway, max_tokens=4)
            assert (refused.status, refused.json()["error"]["code"]) == (503, "draining")
            assert stream.rest()[-1] == "[DONE]"
        assert gateway.ended() == 0
        assert gateway.record(stream.decision)["outcome"]["type"] == "completed"
        assert "Traceback" not in gateway.log


def test_a_second_signal_ends_it_at_once(folder: Path):
    with started(folder) as gateway:
        with Stream(gateway, max_tokens=1400, ignore_eos=True) as stream:
            stream.event()
            gateway.signal(signal.SIGTERM)
            until(lambda: gateway.ready() == 503, 5, "a gateway that is not ready")
            child = psutil.Process(gateway.process.pid).children()
            gateway.signal(signal.SIGTERM)
            assert gateway.ended(15) in {0, -signal.SIGTERM}
            assert json.loads(stream.rest()[-1])["error"]["code"] == "draining"
        assert gateway.record(stream.decision)["outcome"]["type"] == "abandoned"
        _, alive = psutil.wait_procs(child, timeout=10)
        assert alive == []


def test_a_stream_that_outlasts_the_grace_is_ended_with_an_error(folder: Path):
    with started(folder, "--grace", "0.2") as gateway:
        with Stream(gateway, max_tokens=1400, ignore_eos=True) as stream:
            stream.event()
            gateway.signal(signal.SIGTERM)
            assert json.loads(stream.rest()[-1])["error"]["code"] == "draining"
        assert gateway.ended() == 0
        assert "1 in flight did not finish in time and are cut" in gateway.log
        assert "Traceback" not in gateway.log


def test_a_gateway_that_is_killed_under_load_keeps_whole_records_and_its_spent_budget(folder: Path):
    with started(folder) as gateway:
        stop = threading.Event()
        load = [threading.Thread(target=_ask_on, args=(gateway, stop)) for _ in range(4)]
        for each in load:
            each.start()
        until(lambda: _written(folder) >= 12, 40, "a dozen records")
        os.kill(gateway.process.pid, signal.SIGKILL)
        gateway.process.wait(10)
        stop.set()
        for each in load:
            each.join(30)
    records = Records(folder / ".meritorder" / "records.sqlite")
    kept = records.latest(1000)
    records.close()
    assert len(kept) >= 12
    assert run(folder, "records").returncode == 0
    with closing(sqlite3.connect(folder / ".meritorder" / "records.sqlite")) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        spent = database.execute("select sum(money) from records").fetchone()[0]
    assert spent > 0
    _restart(folder, spent)


def _restart(folder: Path, spent: int) -> None:
    """Another gateway on the same journal has the same budget left, and stops where it is spent."""
    file = folder / "meritorder.yaml"
    file.write_text(DOCUMENT.replace("$0.01", f"${spent / 1e9 + 0.001:.9f}"))
    with started(folder) as gateway:
        refused = chat(gateway, max_tokens=1000)
        assert (refused.status, refused.json()["error"]["code"]) == (402, "budget_exhausted")
        assert chat(gateway, max_tokens=1).status == 200


def _ask_on(gateway: Gateway, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            chat(gateway, max_tokens=4)
        except OSError:
            return


def _written(folder: Path) -> int:
    with closing(sqlite3.connect(folder / ".meritorder" / "records.sqlite")) as database:
        return database.execute("select count(*) from records").fetchone()[0]


def test_the_demonstration_works_twice_and_then_the_gateway_is_stopped(tmp_path: Path):
    try:
        first = run(tmp_path, "up", "--port", "0", "--detach", "--demo", within=150)
        assert first.returncode == 0, first.stdout
        assert first.stdout.startswith("· wrote meritorder.yaml: the embedded model")
        again = run(tmp_path, "up", "--detach", "--demo")
        assert again.returncode == 0, again.stdout
        assert "· the gateway runs already at http://127.0.0.1:" in again.stdout
        for said in (first.stdout, again.stdout):
            assert "> What is the capital of France?" in said
            assert "path      answer:smollm2-135m@local" in said
            assert "cost      $0.00 (settled)" in said
        assert len(run(tmp_path, "records").stdout.splitlines()) == 2
    finally:
        stopped = run(tmp_path, "down", within=90)
    assert stopped.stdout == "· the gateway has stopped\n"
