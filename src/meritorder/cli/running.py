"""The gateway that runs for an installation: where it listens, and whether it still does."""

import os
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import msgspec
from msgspec import Struct

_FILE = "gateway.json"

direct = build_opener(ProxyHandler({}))
"""Opens addresses on this machine, whatever proxies the environment names for the others."""


class Running(Struct, frozen=True):
    """A gateway's process and address."""

    pid: int
    host: str
    port: int

    @property
    def url(self) -> str:
        """Its address, as a client on this machine reaches it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether the process is there and is a gateway: a process id may have gone to another program."""
        try:
            os.kill(self.pid, 0)
        except OSError:
            return False
        command = Path(f"/proc/{self.pid}/cmdline")
        return b"meritorder" in command.read_bytes() if command.exists() else True


def remember(folder: Path, running: Running) -> None:
    """Write down that `running` runs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _FILE).write_bytes(msgspec.json.encode(running))


def forget(folder: Path) -> None:
    """Write down that nothing runs any more."""
    (folder / _FILE).unlink(missing_ok=True)


def known(folder: Path) -> Running | None:
    """The gateway that runs, if one does."""
    try:
        running = msgspec.json.decode((folder / _FILE).read_bytes(), type=Running)
    except (OSError, msgspec.DecodeError):
        return None
    return running if running.alive else None


def answers(running: Running, path: str) -> bool:
    """Whether a GET of `path` is answered with 200."""
    try:
        with direct.open(running.url + path, timeout=2) as reply:
            return reply.status == 200
    except (HTTPError, URLError, OSError):
        return False
