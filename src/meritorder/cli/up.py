"""`meritorder up` and `meritorder down`: the gateway, in this terminal or detached from it."""

import gc
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import uvloop
from msgspec import Struct

from meritorder.cli.demo import demonstrate, invite
from meritorder.cli.init import write_first
from meritorder.cli.options import CONFIGURATION, config_option, data, places
from meritorder.cli.running import Running, answers, forget, known, remember
from meritorder.config.configuration import Configuration
from meritorder.config.diagnose import ConfigurationInvalid, render
from meritorder.config.load import load
from meritorder.engine.assemble import assemble
from meritorder.errors import ConfigError, StoreError
from meritorder.gateway.app import Gateway
from meritorder.gateway.server import listen, serve

_READY_WITHIN_S = 240.0
_LOOK_S = 0.1
_LOG = "gateway.log"


class Settings(Struct, frozen=True):
    """How the gateway is to run; `grace` in seconds."""

    file: Path
    host: str
    port: int
    grace: float


@click.command(short_help="Start the gateway.")
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, envvar="MERITORDER_HOST", help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=4000,
    show_default=True,
    envvar="MERITORDER_PORT",
    help="Port to listen on; 0 for any that is free.",
)
@click.option("--grace", default=30.0, show_default=True, help="Seconds that streams have to finish at the end.")
@click.option("--detach", is_flag=True, help="Leave it running, and return once it is ready.")
@click.option("--demo", is_flag=True, help="With --detach: send a first request, show the answer and its receipt.")
def up(file: Path, host: str, port: int, grace: float, *, detach: bool, demo: bool) -> None:
    """Start the gateway. Where there is no configuration, one is written first."""
    if demo and not detach:
        raise click.UsageError("--demo needs --detach: a gateway in this terminal leaves no room for it")
    if not file.exists():
        write_first(file)
    configuration = _checked(file)
    _make(data(file))
    settings = Settings(file, host, port, grace)
    if not detach:
        _alone(file)
        _serve(settings)
        return
    running = _detached(settings)
    if demo and configuration.is_open:
        demonstrate(running, file)
    if demo:
        invite(running, "any" if configuration.is_open else "YOUR-KEY")


@click.command(short_help="Stop a detached gateway.")
@config_option
@click.option("--within", default=45.0, show_default=True, help="Seconds to wait for it to end.")
def down(file: Path, within: float) -> None:
    """Stop the gateway that `up --detach` left running; streams may finish first."""
    running = known(data(file))
    if running is None:
        click.echo("· no gateway is running")
        return
    with suppress(ProcessLookupError):
        os.kill(running.pid, signal.SIGTERM)
    for _ in _until(within):
        if not running.alive:
            click.echo("· the gateway has stopped")
            return
    raise click.ClickException(f"process {running.pid} still finishes its streams; `kill -9 {running.pid}` ends it")


def _checked(file: Path) -> Configuration:
    try:
        return load(file, os.environ)
    except ConfigurationInvalid as invalid:
        click.echo(render(invalid.diagnostics, "nothing was put in force", colour=sys.stderr.isatty()), err=True)
        sys.exit(1)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise click.ClickException(f"records cannot be kept in {folder}: {why}") from error


def _alone(file: Path) -> None:
    """Two gateways would each spend the whole of one budget."""
    running = known(data(file))
    if running is not None and running.pid != os.getpid() and answers(running, "/health/live"):
        told = f"a gateway runs already for {file} at {running.url} (process {running.pid})"
        raise click.ClickException(f"{told}; `meritorder down` stops it")


def _serve(settings: Settings) -> None:
    """Run the gateway here until it is told to stop."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    for library in ("uvicorn", "gguf"):
        logging.getLogger(library).setLevel(logging.WARNING)
    try:
        uvloop.run(_gateway(settings))
    except (ConfigError, StoreError) as error:
        raise click.ClickException(str(error)) from error


async def _gateway(settings: Settings) -> None:
    listening = listen(settings.host, settings.port)
    folder = data(settings.file)
    running = Running(os.getpid(), settings.host, listening.getsockname()[1])
    async with assemble(places(settings.file), os.environ) as assembly:
        gateway = Gateway(assembly.engine)
        remember(folder, running)
        # What is here now stays: the collector need not look at it again, nor after every few hundred objects.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        logging.getLogger(__name__).info("listening on %s", running.url)
        try:
            await serve(gateway, listening, grace=settings.grace, on_hangup=assembly.reload)
        finally:
            forget(folder)


def _detached(settings: Settings) -> Running:
    """Start the gateway in a session of its own, or find it running; return once it is ready."""
    folder = data(settings.file)
    running = known(folder)
    if running is not None:
        click.echo(f"· the gateway runs already at {running.url} (process {running.pid})")
        return running
    log = folder / _LOG
    command = [sys.executable, "-m", "meritorder", "up", "--config", str(settings.file)]
    command += ["--host", settings.host, "--port", str(settings.port), "--grace", str(settings.grace)]
    with log.open("ab") as out:
        began = out.tell()
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    click.echo(f"· starting the gateway (its log: {log})")
    for _ in _until(_READY_WITHIN_S):
        began = _progress(log, began)
        running = known(folder)
        if running is not None and running.pid == child.pid and answers(running, "/health/ready"):
            option = "" if settings.file == Path(CONFIGURATION) else f" --config {settings.file}"
            click.echo(f"· ready at {running.url} (process {child.pid}; `meritorder down{option}` stops it)")
            return running
        if child.poll() is not None:
            raise click.ClickException("the gateway did not start; the lines above say why")
    raise click.ClickException(f"the gateway is not ready after {_READY_WITHIN_S:.0f} s; its log is {log}")


def _progress(log: Path, began: int) -> int:
    """Show what the log has gained."""
    with log.open("rb") as opened:
        opened.seek(began)
        gained = opened.read()
    for line in gained.decode("utf-8", "replace").splitlines():
        click.echo(f"  {line}")
    return began + len(gained)


def _until(within: float) -> Iterator[None]:
    """Time to look again, every now and then, for so many seconds."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        yield
        time.sleep(_LOOK_S)
