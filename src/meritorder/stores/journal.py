"""The journal of records in SQLite: written by a thread of its own, in whole transactions.

The request path encodes a record, while it is hot in the processor's cache, and puts it on a queue. The thread
writes what has gathered in one transaction, so a process that is killed leaves every record whole or absent,
never half: SQLite's write-ahead log sees to it.
"""

import logging
import queue
import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
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
_ROWS = 128
"""Of one statement."""

_TABLES = """
create table if not exists generations (digest text primary key, content blob not null) without rowid;
create table if not exists records (
    id text primary key, request_id text not null, settled_at integer not null, principal text not null,
    path text not null, ended text not null, accounts text not null, money integer not null, content blob not null
);
create index if not exists records_by_request on records (request_id);
create index if not exists records_by_settlement on records (settled_at, accounts, money);
"""
"""Contents lie in the order of writing. What was spent since when is answered by its index alone: a gateway asks as it
starts, however many records there are.
"""
_INSERT_GENERATION = "insert or ignore into generations values (?, ?)"

_encode = msgspec.json.Encoder().encode

Row: TypeAlias = tuple[str, str, int, str, str, str, str, int, bytes]
"""One record as it is stored, in the order of the table's columns."""


class Journal:
    """Appends to the file; reading goes through `Records`, in any process, at any time."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._queue: queue.SimpleQueue[Row | Generation | None] = queue.SimpleQueue()
        self._failing = ""
        self._closing = threading.Event()
        try:
            database = connect(file)
        except sqlite3.Error as error:
            raise StoreError(f"the journal {file} cannot be opened: {error}", code="journal_unavailable") from error
        self._thread = threading.Thread(target=self._write, args=(database,), name="journal", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> str:
        """Why records cannot be taken now; empty when they can."""
        if self._queue.qsize() > BACKLOG:
            return f"more than {BACKLOG} records wait to be written"
        return self._failing

    def append(self, record: Record) -> None:
        """Have `record` written soon; never waits."""
        self._queue.put(_row(record))

    def keep(self, generation: Generation) -> None:
        """Have `generation`, which records refer to, written soon; never waits."""
        self._queue.put(generation)

    def close(self) -> None:
        """Write what waits, then stop. What cannot be written after one more try is given up, and told."""
        self._closing.set()
        self._queue.put(None)
        self._thread.join()

    def _write(self, database: sqlite3.Connection) -> None:
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

    def _commit(self, database: sqlite3.Connection, entries: Sequence[Row | Generation]) -> None:
        """Write one batch, again and again until it is written or the gateway closes."""
        while True:
            last = self._closing.is_set()
            try:
                with database:
                    _insert(database, entries)
            except Exception as error:  # whatever it is, the records wait and the thread lives
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
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=10, check_same_thread=False)
    # Records are about 2 kB: on pages of the default 4 kB every one would be a write of its own.
    database.execute("pragma page_size = 16384")
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = normal")
    database.executescript(_TABLES)
    return database


def _insert(database: sqlite3.Connection, entries: Sequence[Row | Generation]) -> None:
    generations = [(e.digest, _encode(e)) for e in entries if isinstance(e, Generation)]
    if generations:
        database.executemany(_INSERT_GENERATION, generations)
    rows = [e for e in entries if not isinstance(e, Generation)]
    for first in range(0, len(rows), _ROWS):
        some = rows[first : first + _ROWS]
        database.execute(_insert_records(len(some)), [value for row in some for value in row])


@lru_cache(maxsize=_ROWS)
def _insert_records(count: int) -> str:
    """One statement for many rows: at each, the interpreter's lock is let go, and a busy gateway keeps it for long."""
    return " ".join(("insert or ignore into records values", ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?)"] * count)))


def _row(record: Record) -> Row:
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
