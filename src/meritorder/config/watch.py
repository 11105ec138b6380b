"""Notices that a document's file has changed, by looking once a second: any editor, any file system."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

EVERY_S = 1.0


class Stamp(Struct, frozen=True):
    """What tells one state of a file from another. An editor that replaces the file changes the inode."""

    modified_ns: int
    size: int
    inode: int


ABSENT = Stamp(0, 0, 0)


def stamp(file: Path) -> Stamp:
    """The file as it is; links are followed. `ABSENT` where it cannot be seen."""
    try:
        seen = file.stat()
    except (OSError, ValueError):
        return ABSENT
    return Stamp(seen.st_mtime_ns, seen.st_size, seen.st_ino)


async def watch(
    file: Path, apply: Callable[[], None], *, since: Stamp | None = None, every: float = EVERY_S
) -> NoReturn:
    """Call `apply` after each change, until cancelled; `apply` loads, reports, and does not raise.

    A change counts once two looks in a row agree, so that a file half written is left alone. A file that
    vanishes is such a change: `apply` is called once, and says that it cannot be read. `since` is the state
    that is in force already, by default the present one.
    """
    applied = previous = stamp(file) if since is None else since
    while True:
        await asyncio.sleep(every)
        now = stamp(file)
        if now == previous and now != applied:
            applied = now
            apply()
        previous = now
