import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from meritorder.config.configuration import Configuration
from meritorder.engine.models import EmbeddedModels
from meritorder.errors import UpstreamError
from meritorder.pool.tracker import NEVER, Tracker
from tests.unit.config.documents import SMALL, compiled

LOCAL = """\
version: 1
models:
  smollm2-135m: {quality: 0.35, context: 512, max_output: 64}
endpoints:
  local: {embedded: smollm2-135m}
"""
LABEL = "smollm2-135m@local"

WITH, WITHOUT = compiled(LOCAL), compiled(SMALL)


@pytest.fixture
def no_folder(tmp_path: Path) -> Path:
    """A cache that cannot be made, so that the model fails before it starts."""
    file = tmp_path / "file"
    file.write_text("in the way")
    return file / "cache"


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


async def test_without_an_embedded_endpoint_nothing_is_started(tmp_path: Path):
    tracker = Tracker()
    models = EmbeddedModels(tracker, tmp_path / "cache")
    models.follow(WITHOUT)
    await models.close()
    assert tracker.states(WITHOUT.generation.endpoints) == {}
    assert not (tmp_path / "cache").exists()


async def test_an_address_is_not_there_before_the_model_is(tmp_path: Path):
    models = EmbeddedModels(Tracker(), tmp_path / "cache")
    with pytest.raises(UpstreamError) as caught:
        models.address_of("smollm2-135m")
    assert (caught.value.code, caught.value.status) == ("upstream_unreachable", 503)
    assert caught.value.retry_after_ms > 0
    assert "smollm2-135m is starting" in str(caught.value)


async def test_while_it_starts_the_pool_knows_that_it_is_not_there(no_folder: Path):
    tracker = Tracker()
    models = EmbeddedModels(tracker, no_folder)
    models.follow(WITH)
    state = tracker.states([LABEL])[LABEL]
    assert (state.resting_until, state.because) == (NEVER, "the embedded model is starting")
    await models.close()


async def test_why_it_cannot_start_is_told_to_the_pool_and_in_the_log(
    no_folder: Path, caplog: pytest.LogCaptureFixture
):
    tracker = Tracker()
    models = EmbeddedModels(tracker, no_folder)
    models.follow(WITH)
    await until(lambda: "starting" not in tracker.states([LABEL])[LABEL].because)
    state = tracker.states([LABEL])[LABEL]
    assert state.resting_until == NEVER
    assert "embedded model" in state.because
    assert state.because in caplog.text
    with pytest.raises(UpstreamError):
        models.address_of("smollm2-135m")
    await models.close()


async def test_the_same_configuration_again_starts_nothing_anew(no_folder: Path):
    models = EmbeddedModels(Tracker(), no_folder)
    models.follow(WITH)
    first = models._starting
    models.follow(WITH)
    assert models._starting is first
    await models.close()


@pytest.mark.parametrize("after", [WITHOUT, compiled(LOCAL.replace("512", "1024"))], ids=["gone", "larger"])
async def test_another_configuration_ends_what_was_starting(no_folder: Path, after: Configuration):
    models = EmbeddedModels(Tracker(), no_folder)
    models.follow(WITH)
    first = models._starting
    assert first is not None
    models.follow(after)
    await until(first.done)
    assert (models._starting is None) == (after is WITHOUT)
    await models.close()


async def test_closing_twice_or_before_anything_began_is_no_harm(tmp_path: Path):
    models = EmbeddedModels(Tracker(), tmp_path)
    await models.close()
    await models.close()
