import asyncio
import logging
from pathlib import Path

import pytest

from meritorder.config.diagnose import ConfigurationInvalid
from meritorder.engine.assemble import Places, assemble, clock
from meritorder.errors import StoreError
from meritorder.ledger.window import bounds
from meritorder.stores.records import Records
from tests.fakes.answers import Answer, says
from tests.fakes.upstream import Upstream
from tests.fakes.world import ENVIRON, consistent, running, single


def daily(url: str) -> str:
    return single(url).replace("$50, per: total", "$50, per: day")


def test_the_clock_tells_unix_time_in_milliseconds():
    assert 1_700_000_000_000 < clock() < 10_000_000_000_000


async def test_a_restart_refills_no_budget(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            for stream in (False, True):
                await world.ask(world.request(stream=stream))
            posted = world.posted
        assert posted > 0
        async with running(tmp_path, single(upstream.url), upstream) as again:
            assert again.posted == posted
            await again.ask(again.request())
        assert again.posted > posted
        consistent(again)


async def test_a_restart_counts_only_what_was_spent_in_the_window(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        async with running(tmp_path, daily(upstream.url), upstream) as world:
            await world.ask(world.request())
            first = world.engine.state.clock()
        async with running(tmp_path, daily(upstream.url), upstream) as again:
            same_day = bounds("day", first) == bounds("day", again.engine.state.clock())
            posted = {balance.account: balance.posted for balance in again.balances()}
    assert posted["gateway"] > 0
    assert posted["key:ada"] == (posted["gateway"] if same_day else 0)


async def test_the_generation_that_records_refer_to_is_kept(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            await world.ask(world.request())
    (record,) = world.records()
    records = Records(world.journal)
    assert records.generation(record.decision.generation) == world.engine.state.configuration.generation
    records.close()


async def test_a_change_of_the_file_is_taken_up_for_the_next_request(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        upstream.does("better", says(Answer()))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            await world.ask(world.request())
            posted, old = world.posted, world.engine.state.configuration.generation.digest
            (tmp_path / "meritorder.yaml").write_text(single(upstream.url, "better"))
            world.assembly.reload()
            assert world.engine.state.configuration.generation.digest != old
            assert world.posted == posted
            await world.ask(world.request())
        consistent(world)
    assert [seen.model for seen in upstream.seen] == ["good", "better"]
    first, second = world.records()
    records = Records(world.journal)
    assert None not in (records.generation(first.decision.generation), records.generation(second.decision.generation))
    records.close()


async def test_a_stream_under_way_keeps_the_configuration_it_began_with(tmp_path: Path):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer(pace=0.002)))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            async with world.engine.serve(world.request(stream=True)) as reply:
                events = reply.events()
                got = [await anext(events)]
                document = single("http://127.0.0.1:1/v1", "elsewhere").replace("input: $1,", "input: $9,")
                (tmp_path / "meritorder.yaml").write_text(document)
                world.assembly.reload()
                got += [data async for data in events]
            assert got[-1].endswith(b"data: [DONE]\n\n")
        consistent(world)
        assert world.posted == 12 * 1_000 + 6 * 4_000


async def test_a_file_that_is_wrong_changes_nothing_and_is_explained(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    async with Upstream() as upstream:
        upstream.does("good", says(Answer()))
        async with running(tmp_path, single(upstream.url), upstream) as world:
            old = world.engine.state.configuration
            (tmp_path / "meritorder.yaml").write_text("version: 1\nmodles: {}\n")
            with caplog.at_level(logging.ERROR):
                world.assembly.reload()
            assert world.engine.state.configuration is old
            await world.ask(world.request())
    assert "modles" in caplog.text
    assert f"generation {old.generation.digest} stays in force" in caplog.text


async def test_the_file_is_watched(tmp_path: Path):
    async with Upstream() as upstream, running(tmp_path, single(upstream.url), upstream) as world:
        old = world.engine.state.configuration
        (tmp_path / "meritorder.yaml").write_text(single(upstream.url, "another-one"))
        async with asyncio.timeout(10):
            while world.engine.state.configuration is old:
                await asyncio.sleep(0.02)


async def test_a_wrong_file_starts_nothing(tmp_path: Path):
    file = tmp_path / "meritorder.yaml"
    file.write_text("version: 2\n")
    with pytest.raises(ConfigurationInvalid):
        async with assemble(Places(file, tmp_path / "records.db", tmp_path), ENVIRON):
            pass
    assert not (tmp_path / "records.db").exists()


async def test_without_a_place_for_records_nothing_starts(tmp_path: Path):
    file = tmp_path / "meritorder.yaml"
    file.write_text(single("http://127.0.0.1:1/v1"))
    with pytest.raises(StoreError):
        async with assemble(Places(file, tmp_path, tmp_path), ENVIRON):
            pass


async def test_an_error_inside_leaves_nothing_running(tmp_path: Path):
    before = asyncio.all_tasks()
    async with Upstream() as upstream:
        with pytest.raises(ZeroDivisionError):
            await breaks(tmp_path, upstream)
    assert asyncio.all_tasks() == before


async def breaks(folder: Path, upstream: Upstream) -> None:
    async with running(folder, single(upstream.url), upstream):
        raise ZeroDivisionError
