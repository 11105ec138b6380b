import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from meritorder.config.watch import ABSENT, stamp, watch

EVERY = 0.01


@contextlib.asynccontextmanager
async def watching(file: Path) -> AsyncIterator[asyncio.Queue[str]]:
    seen: asyncio.Queue[str] = asyncio.Queue()
    task = asyncio.create_task(
        watch(file, lambda: seen.put_nowait(file.read_text() if file.exists() else "gone"), every=EVERY)
    )
    await asyncio.sleep(0)
    yield seen
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_change_is_applied_once(tmp_path: Path):
    file = tmp_path / "x.yaml"
    file.write_text("one")
    async with watching(file) as seen:
        file.write_text("second")
        assert await asyncio.wait_for(seen.get(), 5) == "second"
        await asyncio.sleep(EVERY * 10)
        assert seen.empty()


async def test_a_file_that_is_replaced_is_a_change(tmp_path: Path):
    file = tmp_path / "x.yaml"
    file.write_text("one")
    async with watching(file) as seen:
        (tmp_path / "new").write_text("two")
        (tmp_path / "new").replace(file)
        assert await asyncio.wait_for(seen.get(), 5) == "two"


async def test_a_file_that_vanishes_is_reported_once_and_its_return_is_a_change(tmp_path: Path):
    file = tmp_path / "x.yaml"
    file.write_text("one")
    async with watching(file) as seen:
        file.unlink()
        assert await asyncio.wait_for(seen.get(), 5) == "gone"
        await asyncio.sleep(EVERY * 10)
        assert seen.empty()
        file.write_text("back")
        assert await asyncio.wait_for(seen.get(), 5) == "back"


async def test_a_change_since_the_load_is_not_missed(tmp_path: Path):
    file = tmp_path / "x.yaml"
    file.write_text("one")
    loaded = stamp(file)
    file.write_text("second")
    seen = asyncio.Event()
    task = asyncio.create_task(watch(file, seen.set, since=loaded, every=EVERY))
    await asyncio.wait_for(seen.wait(), 5)
    task.cancel()


def test_what_cannot_be_seen_is_absent(tmp_path: Path):
    assert stamp(tmp_path / "none") == ABSENT
    assert stamp(tmp_path / "a\0b") == ABSENT
