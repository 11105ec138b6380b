"""The journal of records in SQLite: written by a thread of its own, in whole transactions.

The request path only puts a record on a queue. The thread writes what has gathered in one transaction, so a
process that is killed leaves every record whole or absent, never half: SQLite's write-ahead log sees to it.
"""

import logging
import queue
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from meritorder.errors import StoreError
from meritorder.types.decision import Decision
from meritorder.types.outcome import NotRun
from meritorder.types.record import Record
from meritorder.types.snapshot import Generation

_log = logging.getLogger(__name__)

BACKLOG = 20_000
"""Records that may wait. With more the journal has trouble: better no answer than one without an account."""

_GATHER_SECONDS = 0.05
_RETRY_SECONDS = 1.0
_BATCH = 1_024

_TABLES = """
create table if not exists generations (digest text primary key, content blob not null) without rowid;
create table if not exists records (
    id text primary key, request_id text not null, settled_at integer not null, principal text not null,
    path text not null, ended text not null, accounts text not null, money integer not null, content blob not null
);
create index if not exists records_by_time on records (settled_at);
create index if not exists records_by_request on records (request_id);
"""
_INSERT_RECORD = "insert or ignore into records values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_GENERATION = "insert or ignore into generations values (?, ?)"

_encode = msgspec.json.Encoder().encode

Entry: TypeAlias = Record | Generation


class Journal:
    """Appends to the file; reading goes through `Records`, in any process, at any time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._queue: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._failing = ""
        self._closing = threading.Event()
        try:
            connect(file).close()
        except sqlite3.Error as error:
            raise StoreError(f"the journal {file} cannot be opened: {error}", code="journal_unavailable") from error
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> str:
        """Why records cannot be taken now; empty when they can."""
        if self._queue.qsize() > BACKLOG:
            return f"more than {BACKLOG} records wait to be written"
        return self._failing

    def append(self, entry: Entry) -> None:
        """Have a record, or the generation that records refer to, written soon; never waits."""
        self._queue.put(entry)

    def close(self) -> None:
        """Write what waits, then stop. What cannot be written after one more try is given up, and told."""
        self._closing.set()
        self._queue.put(None)
        self._thread.join()

    def _write(self) -> None:
        database = connect(self._file)
        ended = False
        while not ended:
            batch = [self._queue.get()]
            if batch[0] is not None:
                self._closing.wait(_GATHER_SECONDS)
            while len(batch) < _BATCH and not self._queue.empty():
                batch.append(self._queue.get())
            ended = None in batch
            self._commit(database, [entry for entry in batch if entry is not None])
        database.close()

    def _commit(self, database: sqlite3.Connection, entries: Sequence[Entry]) -> None:
        """Write one batch, again and again until it is written or the gateway closes."""
        while True:
            last = self._closing.is_set()
            try:
                with database:
                    _insert(database, entries)
            except sqlite3.Error as error:
                self._failing = f"the journal {self._file.name} cannot be written: {error}"
                _log.error("%s; %d records wait", self._failing, len(entries))
                if last:
                    _log.error("%d records are lost", len(entries))
                    return
                self._closing.wait(_RETRY_SECONDS)
            else:
                self._failing = ""
                return


def connect(file: Path) -> sqlite3.Connection:
    """Open the journal's file, made if need be: write-ahead log, whole transactions, readers never in the way."""
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=10, check_same_thread=False)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = normal")
    database.executescript(_TABLES)
    return database


def _insert(database: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    generations = [(e.digest, _encode(e)) for e in entries if isinstance(e, Generation)]
    if generations:
        database.executemany(_INSERT_GENERATION, generations)
    database.executemany(_INSERT_RECORD, [_row(e) for e in entries if isinstance(e, Record)])


def _row(record: Record) -> tuple[str, str, int, str, str, str, str, int, bytes]:
    outcome = record.outcome
    ran = not isinstance(outcome, NotRun)
    return (
        record.decision.id,
        record.request.id,
        record.view.now + (outcome.duration if not isinstance(outcome, NotRun) else 0),
        record.request.principal,
        record.decision.chosen.path.name if isinstance(record.decision, Decision) else "",
        str(outcome.__struct_config__.tag),
        " ".join(balance.account for balance in record.view.balances) if ran else "",
        outcome.settlement.posted if not isinstance(outcome, NotRun) else 0,
        _encode(record),
    )
