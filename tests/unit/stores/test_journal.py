import logging
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from meritorder.errors import StoreError
from meritorder.stores import journal as journals
from meritorder.stores.journal import Journal
from meritorder.stores.records import Records
from tests.unit.stores.recorded import a_named_generation, a_record, kept

PATIENCE_S = 5.0
ROOT = Path(__file__).resolve().parents[3]
WRITER = """
import sys
from pathlib import Path
from meritorder.stores.journal import Journal
from tests.unit.stores.recorded import a_record

journal = Journal(Path(sys.argv[1]))
for number in range(1, 10**9):
    journal.append(a_record(number))
    if number == 100:
        print("writing", flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "records.db"


def written(file: Path) -> list[int]:
    """The seeds of the records in the file, in the order of their ids."""
    records = Records(file)
    seeds = [record.view.seed for record in records.latest(1_000_000)][::-1]
    records.close()
    return seeds


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@contextmanager
def connection(file: Path) -> Iterator[sqlite3.Connection]:
    database = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def failing(file: Path) -> Iterator[None]:
    """Every write fails at once, as on a disk that is full, until this ends."""
    with connection(file) as database:
        database.execute(
            "create trigger full before insert on records begin select raise(fail, 'the disk is full'); end"
        )
    try:
        yield
    finally:
        with connection(file) as database:
            database.execute("drop trigger if exists full")


def test_what_is_appended_is_there_after_closing(file: Path):
    kept(file, *(a_record(number) for number in range(1, 6)))
    assert written(file) == [1, 2, 3, 4, 5]


def test_what_is_appended_is_there_soon_without_closing(file: Path):
    journal = Journal(file)
    journal.append(a_record(1))
    until(lambda: written(file) == [1])
    journal.close()


def test_a_great_many_are_written_in_batches_and_none_is_lost(file: Path):
    numbers = list(range(1, 3 * journals._BATCH + 7))
    kept(file, *(a_record(number) for number in numbers))
    assert written(file) == numbers


def test_what_is_appended_twice_is_there_once(file: Path):
    generation = a_named_generation("0123456789ab")
    kept(file, generation, a_record(1), generation, a_record(1))
    assert written(file) == [1]


def test_an_old_journal_goes_on(file: Path):
    kept(file, a_record(1))
    kept(file, a_record(2))
    assert written(file) == [1, 2]


def test_while_another_program_holds_the_file_records_wait_and_none_is_lost(file: Path):
    journal = Journal(file)
    with connection(file) as other:
        other.execute("begin immediate")
        for number in range(1, 50):
            journal.append(a_record(number))
        time.sleep(0.15)
        assert written(file) == []
        other.execute("commit")
    journal.close()
    assert written(file) == list(range(1, 50))


def test_readers_are_not_in_the_way(file: Path):
    journal = Journal(file)
    with connection(file) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from records").fetchone()
        journal.append(a_record(1))
        until(lambda: written(file) == [1])
    journal.close()


def test_trouble_is_told_while_the_disk_fails_and_nothing_is_lost(file: Path, caplog: pytest.LogCaptureFixture):
    journal = Journal(file)
    assert journal.trouble == ""
    with failing(file):
        journal.append(a_record(1))
        until(lambda: journal.trouble)
        assert journal.trouble == "the journal records.db cannot be written: the disk is full"
        journal.append(a_record(2))
        assert written(file) == []
    until(lambda: not journal.trouble)
    journal.close()
    assert written(file) == [1, 2]
    assert "1 records wait" in caplog.text
    assert "lost" not in caplog.text


def test_closing_tries_once_more_and_then_says_what_is_lost(file: Path, caplog: pytest.LogCaptureFixture):
    journal = Journal(file)
    with failing(file):
        journal.append(a_record(1))
        until(lambda: journal.trouble)
        journal.append(a_record(2))
        with caplog.at_level(logging.ERROR):
            journal.close()
    assert written(file) == []
    lost = [record.getMessage() for record in caplog.records if "lost" in record.getMessage()]
    assert lost == ["1 records are lost"] * 2


def test_closing_does_not_wait_out_the_pause_between_two_tries(file: Path):
    journal = Journal(file)
    with failing(file):
        journal.append(a_record(1))
        until(lambda: journal.trouble)
    began = time.monotonic()
    journal.close()
    assert time.monotonic() - began < 1.0
    assert written(file) == [1]


def test_too_many_that_wait_are_trouble(file: Path):
    journal = Journal(file)
    record = a_record(1)
    with connection(file) as other:
        other.execute("begin immediate")
        for _ in range(journals.BACKLOG + journals._BATCH + 2):
            journal.append(record)
        assert journal.trouble == "more than 20000 records wait to be written"
        other.execute("rollback")
    journal.close()
    assert journal.trouble == ""


def test_a_place_where_no_journal_can_be_is_told_at_once(tmp_path: Path):
    place = tmp_path / "a_folder"
    place.mkdir()
    with pytest.raises(StoreError) as caught:
        Journal(place)
    assert caught.value.code == "journal_unavailable"
    assert "a_folder" in str(caught.value)


def test_a_file_that_is_no_journal_is_told_and_left_alone(tmp_path: Path):
    file = tmp_path / "letter.txt"
    file.write_text("dear diary, " * 100)
    with pytest.raises(StoreError):
        Journal(file)
    assert file.read_text() == "dear diary, " * 100


def test_a_killed_writer_leaves_whole_records_and_an_intact_database(file: Path):
    command = [sys.executable, "-c", WRITER, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with connection(file) as reader:
            until(lambda: reader.execute("select count(*) from records").fetchone()[0] > 500)
        writer.send_signal(signal.SIGKILL)
        writer.stdout.read()
    assert writer.returncode == -signal.SIGKILL
    seeds = written(file)
    assert seeds == list(range(1, len(seeds) + 1))
    with connection(file) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    kept(file, a_record(10**9))
    assert written(file)[-1] == 10**9
