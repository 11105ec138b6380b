"""Keeps the embedded model's process alive: starts it, watches it, and starts it again when it dies or hangs.

A child that has died is noticed at once; one that hangs, once its health check has not answered several
times in a row: llama.cpp answers it within milliseconds however busy it is.
"""

import asyncio
import contextlib
import logging
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Literal, Self

import aiohttp
import msgspec

from meritorder.providers.embedded.serve import ANNOUNCEMENT

_LOG = logging.getLogger(__name__)
_LOOPBACK = re.compile(r"http://127\.0\.0\.1:\d+(/[\w-]+)*")
_LINES_KEPT = 8
_LINE_MOST = 400
_POLL_S = 0.1
_LAST_WORDS_S = 1.0
_DOUBLINGS = 30  # beyond any wait, and short of an overflow

Status = Literal["starting", "ready", "restarting", "failed", "stopped"]


class State(msgspec.Struct, frozen=True):
    """What the embedded model is doing; `detail` is a sentence for a person, `pid` is 0 with no process."""

    status: Status
    detail: str
    restarts: int = 0
    pid: int = 0


class Timing(msgspec.Struct, frozen=True):
    """How patient the supervisor is, in seconds."""

    start_within: float = 120.0  # a cold disk and a busy machine take their time
    probe_every: float = 3.0
    probe_within: float = 2.0
    hung_after: int = 3  # probes in a row without an answer
    wait_first: float = 0.5
    wait_most: float = 30.0
    healthy_after: float = 60.0  # then earlier failures are forgotten
    failed_after: int = 5  # starts in a row that never got ready
    stop_within: float = 3.0


class _Life(msgspec.Struct, frozen=True):
    """How one child process lived: for how long it was ready, if ever, and what happened to it."""

    end: str
    ready_for: float | None = None


def serve_command(model: Path, *, context: int, slots: int) -> tuple[str, ...]:
    """The command that serves `model`, with `slots` requests at once and `context` tokens for each."""
    module = "meritorder.providers.embedded.serve"
    options = ("--model", str(model), "--context", str(context), "--slots", str(slots))
    return (sys.executable, "-m", module, *options)


class EmbeddedServer:
    """A model server in a child process, restarted for as long as this object is started.

    `command` starts the child, which announces its address on stdout once it listens, answers
    ADDRESS/health, and ends when its stdin does.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        on_change: Callable[[State], None] | None = None,
        timing: Timing | None = None,
    ) -> None:
        self._command = tuple(command)
        self._on_change = on_change
        self._timing = timing or Timing()
        self._state = State(status="stopped", detail="the embedded model has not been started")
        self._address = ""
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    @property
    def state(self) -> State:
        """What it is doing now."""
        return self._state

    @property
    def root(self) -> str | None:
        """The server's own address, under which /health, /metrics and /slots are; None while none is ready."""
        return self._address or None

    @property
    def url(self) -> str | None:
        """The base of its API, ending in /v1; None while none is ready. Another one after a restart."""
        return f"{self._address}/v1" if self._address else None

    async def start(self) -> None:
        """Begin; the model is usable once the state is ready, which `wait_ready` waits for."""
        if self._task is None:
            self._change("starting", "the embedded model is starting")
            self._task = asyncio.create_task(self._supervise(), name="embedded model")

    async def wait_ready(self, within: float) -> bool:
        """Whether the model got ready in time; false at once when it has failed or was stopped."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._state.status in {"starting", "restarting"}:
                    self._changed.clear()
                    await self._changed.wait()
        return self._state.status == "ready"

    async def stop(self) -> None:
        """End the child and the watching. Returns when the process is gone."""
        task, self._task = self._task, None
        if task is None:
            return
        task.cancel()
        # Not `await task`: if the caller gives up waiting, the child must still be brought to its end.
        await asyncio.wait({task})
        self._change("stopped", "the embedded model is stopped")
        await asyncio.sleep(0)  # lets the listener hear of it before this returns

    async def _supervise(self) -> None:
        failures = never_ready = restarts = 0
        # The server closes connections as it likes, so none is used twice.
        connector = aiohttp.TCPConnector(force_close=True)
        within = aiohttp.ClientTimeout(total=self._timing.probe_within)
        async with aiohttp.ClientSession(connector=connector, timeout=within) as session:
            while True:
                life = await self._live(session, restarts)
                never_ready = never_ready + 1 if life.ready_for is None else 0
                if (life.ready_for or 0) >= self._timing.healthy_after:
                    failures = 0
                wait = min(self._timing.wait_first * 2**failures, self._timing.wait_most)
                failures = min(failures + 1, _DOUBLINGS)
                restarts += 1
                if never_ready >= self._timing.failed_after:
                    wait = self._timing.wait_most
                    detail = f"the embedded model {life.end}; tried {never_ready} times, next in {wait:g} s"
                    self._change("failed", detail, restarts)
                else:
                    detail = f"the embedded model {life.end}; starting it again in {wait:g} s"
                    self._change("restarting", detail, restarts)
                await asyncio.sleep(wait)

    async def _live(self, session: aiohttp.ClientSession, restarts: int) -> _Life:
        """Start one child, and see it through to its end."""
        try:
            child = await _Child.start(self._command)
        except OSError as error:
            return _Life(end=f"cannot be started ({error.strerror or error})")
        clock = asyncio.get_running_loop().time
        try:
            self._change(self._state.status, self._state.detail, restarts, child.pid)
            end = await self._get_ready(session, child)
            if end:
                return _Life(end=await self._told(child, end))
            ready_at = clock()
            self._address = child.announced.result()
            self._change("ready", f"the embedded model is ready at {self.url}", restarts, child.pid)
            end = await self._watch(session, child)
            ready_for = clock() - ready_at
            self._address = ""
            return _Life(end=await self._told(child, end), ready_for=ready_for)
        finally:
            self._address = ""
            await child.end(self._timing.stop_within)

    async def _get_ready(self, session: aiohttp.ClientSession, child: "_Child") -> str:
        """Wait until the child serves; say what happened if it does not."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._timing.start_within):
                await asyncio.wait({child.exited, child.announced}, return_when=asyncio.FIRST_COMPLETED)
                while not child.exited.done():
                    if await _answers(session, child.announced.result()):
                        return ""
                    await asyncio.wait({child.exited}, timeout=_POLL_S)
                return child.how_it_ended()
        return f"did not get ready within {self._timing.start_within:g} s"

    async def _watch(self, session: aiohttp.ClientSession, child: "_Child") -> str:
        """Wait until the child has ended or hangs, and say which."""
        misses = 0
        while misses < self._timing.hung_after:
            await asyncio.wait({child.exited}, timeout=self._timing.probe_every)
            if child.exited.done():
                return child.how_it_ended()
            misses = 0 if await _answers(session, child.announced.result()) else misses + 1
        return f"has not answered {misses} health checks in a row"

    async def _told(self, child: "_Child", end: str) -> str:
        """`end` with the child's last words. It has nothing to finish any more, so it is killed."""
        await child.end(0)
        return f"{end}: {' / '.join(child.said)}" if child.said else end

    def _change(self, status: Status, detail: str, restarts: int = 0, pid: int = 0) -> None:
        if detail != self._state.detail:
            level = logging.INFO if status in {"starting", "ready", "stopped"} else logging.WARNING
            _LOG.log(level, "%s", detail)
        self._state = State(status=status, detail=detail, restarts=restarts, pid=pid)
        self._changed.set()
        if self._on_change is not None:
            # Not called from here: an error of whoever listens must not end the watching.
            asyncio.get_running_loop().call_soon(self._on_change, self._state)


class _Child:
    """One process, the address it announced and the last lines of its stderr."""

    def __init__(self, process: Process) -> None:
        self.pid = process.pid
        self.said: deque[str] = deque(maxlen=_LINES_KEPT)
        self.announced: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.exited = asyncio.create_task(process.wait())
        self._process = process
        self._readers = {
            asyncio.create_task(_read_lines(process.stdout, self._heard)),
            asyncio.create_task(_read_lines(process.stderr, self.said.append)),
        }

    @classmethod
    async def start(cls, command: Sequence[str]) -> Self:
        # Its stdin is never written to: it tells the child that this process is still there.
        return cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=PIPE))

    def how_it_ended(self) -> str:
        code = self.exited.result()
        return f"was ended by signal {-code}" if code < 0 else f"ended by itself with code {code}"

    async def end(self, within: float) -> None:
        """Ask the process to end, kill it if it does not within that time, and read its last words."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if within and not self.exited.done():
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
            await asyncio.wait({self.exited}, timeout=within)
        if not self.exited.done():
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await asyncio.wait({self.exited})
        # A pipe can outlive the process in the hands of a process of its own.
        _, open_still = await asyncio.wait(self._readers, timeout=_LAST_WORDS_S)
        for reader in open_still:
            reader.cancel()

    def _heard(self, line: str) -> None:
        address = line.removeprefix(ANNOUNCEMENT)
        if not self.announced.done() and _LOOPBACK.fullmatch(address):
            self.announced.set_result(address)


async def _answers(session: aiohttp.ClientSession, address: str) -> bool:
    # The path is known to the child alone, so whatever else may listen on that port has no such page.
    try:
        async with session.get(f"{address}/health", allow_redirects=False) as answer:
            return answer.status == HTTPStatus.OK
    except (aiohttp.ClientError, TimeoutError):
        return False


async def _read_lines(stream: asyncio.StreamReader | None, heard: Callable[[str], None]) -> None:
    """Read to the end, whatever comes: a full pipe would stop the child."""
    rest = ""
    while stream is not None and (chunk := await stream.read(65536)):
        *lines, rest = (rest + chunk.decode(errors="replace")).split("\n")
        for line in lines:
            heard(line.strip()[:_LINE_MOST])
        rest = rest[:_LINE_MOST]
    if rest.strip():
        heard(rest.strip())
