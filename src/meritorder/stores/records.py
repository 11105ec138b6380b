"""Reading the journal: one record, the latest ones, what was spent since when."""

import sqlite3
from pathlib import Path

import msgspec

from meritorder.errors import StoreError
from meritorder.types.record import Record
from meritorder.types.snapshot import Generation
from meritorder.types.units import Milliseconds, NanoUSD

_RECORD = msgspec.json.Decoder(Record)
_GENERATION = msgspec.json.Decoder(Generation)

_LAST = chr(0x10FFFF)
"""Sorts after any other character: what lies between a name and the name with this begins with it."""


class Records:
    """A view of the journal in `file`, which a running gateway may be writing. Ids ascend with time."""

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise StoreError(f"there are no records yet: {file} does not exist", code="no_records")
        self._database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=10)

    def latest(self, count: int) -> list[Record]:
        """The newest `count` records, newest first."""
        rows = self._database.execute("select content from records order by id desc limit ?", (count,))
        return [_RECORD.decode(content) for (content,) in rows]

    def find(self, name: str) -> list[Record]:
        """The records whose decision id or request id is `name` or begins with it, oldest first."""
        rows = self._database.execute(
            "select content from records where id between :name and :last or request_id between :name and :last "
            "order by id limit 50",
            {"name": name, "last": name + _LAST},
        )
        return [_RECORD.decode(content) for (content,) in rows]

    def generation(self, digest: str) -> Generation | None:
        """The configuration that a record was decided under."""
        row = self._database.execute("select content from generations where digest = ?", (digest,)).fetchone()
        return _GENERATION.decode(row[0]) if row else None

    def spent(self, account: str, since: Milliseconds) -> NanoUSD:
        """What was posted on `account` since then."""
        row = self._database.execute(
            "select coalesce(sum(money), 0) from records "
            "where settled_at >= ? and instr(' ' || accounts || ' ', ' ' || ? || ' ')",
            (since, account),
        ).fetchone()
        return int(row[0])

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
