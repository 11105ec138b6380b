"""The first answered request, and what to type next."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from meritorder.cli.demo import demonstrate, invite
from meritorder.cli.running import Running
from tests.gateway import Gateway, run, started
from tests.recorded import install_small
from tests.recorder import Recorder


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory, recorder: Recorder) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("demo")
    install_small(folder, recorder.base_url)
    with started(folder) as running:
        yield running


def running(gateway: Gateway) -> Running:
    return Running(gateway.process.pid, "127.0.0.1", int(gateway.url.rpartition(":")[2]))


def test_the_answer_is_shown_with_its_path_its_cost_and_its_receipt(
    gateway: Gateway, capsys: pytest.CaptureFixture[str]
):
    demonstrate(running(gateway), Path("meritorder.yaml"))
    said = capsys.readouterr().out
    assert "> What is the capital of France?" in said
    assert "< All is well" in said
    assert "path      answer:echo@here" in said
    assert "cost      $0.000018 (settled)" in said
    assert "receipt   net $" in said


@pytest.mark.parametrize("option", [(), ("--config", "meritorder.yaml")])
def test_the_command_that_it_suggests_shows_that_decision(
    gateway: Gateway, capsys: pytest.CaptureFixture[str], option: tuple[str, ...]
):
    file = gateway.folder / "meritorder.yaml" if option else Path("meritorder.yaml")
    demonstrate(running(gateway), file)
    found = re.search(r"all of it: meritorder (.*)\)", capsys.readouterr().out)
    assert found is not None
    suggested = shlex.split(found[1])
    assert ("--config" in suggested) == bool(option)
    gateway.record(suggested[-1])
    shown = run(gateway.folder, *suggested)
    assert "✓ answer:echo@here" in shown.stdout


def test_a_gateway_that_refuses_is_quoted(recorded_gateway: Gateway):
    with pytest.raises(click.ClickException, match=r"^a key is needed: "):
        demonstrate(running(recorded_gateway), Path("meritorder.yaml"))


def test_a_gateway_that_does_not_answer_is_named():
    with pytest.raises(click.ClickException, match=r"^the gateway at http://127\.0\.0\.1:9 does not answer: "):
        demonstrate(Running(1, "127.0.0.1", 9), Path("meritorder.yaml"))


def test_three_lines_say_how_to_go_on(capsys: pytest.CaptureFixture[str]):
    invite(Running(1, "0.0.0.0", 4000), "any")
    base, curl, python = [line for line in capsys.readouterr().out.splitlines() if line]
    assert base == "Base URL  http://127.0.0.1:4000/v1"
    assert shlex.split(curl)[:3] == ["curl", "curl", "http://127.0.0.1:4000/v1/chat/completions"]
    assert 'OpenAI(base_url="http://127.0.0.1:4000/v1"' in python
