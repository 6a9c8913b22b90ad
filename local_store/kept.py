"""What a connection has read of the few rows that every transaction asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlcipher3 import dbapi2 as driver

from app.domain.central_services import Service
from app.domain.ids import Millis
from app.ports.store import FeedState

Row = tuple[Any, ...]

FEED, SETTING, OUTBOX = 1, 2, 4
_WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_TABLES = {
    FEED: re.compile(r"\bfeed\b"), SETTING: re.compile(r"\bsetting\b"),
    OUTBOX: re.compile(r"\boutbox\b"),
}  # fmt: skip


def touched(statement: str) -> int:
    """Which of the three tables a statement may write: the sum of their numbers."""
    if not _WRITES.match(statement):
        return 0
    return sum(number for number, name in _TABLES.items() if name.search(statement))


class Kept:
    """Rows of `feed` and `setting`, and how each service's outbox stands, for one connection.

    They hold until something was committed over another connection (SQLite counts that), or
    written over this one past `Sql` or in a transaction that was not committed (the driver counts
    rows changed, also those that were rolled back).
    """

    def __init__(self, connection: driver.Connection) -> None:
        self._connection = connection
        self._version = -1
        self._changes = -1
        self._feeds: Mapping[str, Row] | None = None
        self.states: dict[Service, FeedState] = {}
        """The same rows as `local_store.feeds` gives them."""
        self.settings: dict[str, str | None] = {}
        self.outbox: dict[str, tuple[int, Millis | None]] = {}
        """Service → operations without a verdict, and when the earliest wants to go again."""

    def begin(self) -> None:
        """A transaction has begun: forget what may have moved since the last one."""
        raw = self._connection
        version = raw.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version or raw.total_changes != self._changes:
            self.forget(FEED | SETTING | OUTBOX)
        self._version, self._changes = version, raw.total_changes

    def committed(self) -> None:
        """What the transaction read of its own writing is what is there."""
        self._changes = self._connection.total_changes

    def forget(self, tables: int) -> None:
        """These are written now: what is read from here on is the transaction's own."""
        if tables & FEED:
            self._feeds = None
            self.states.clear()
        if tables & SETTING:
            self.settings.clear()
        if tables & OUTBOX:
            self.outbox.clear()

    @property
    def feeds(self) -> Mapping[str, Row]:
        """Service → its row: reading, building, emptying, mirrored, built, and `COLUMNS`."""
        if self._feeds is None:
            self._feeds = {row[0]: row[1:] for row in self._connection.execute(_FEEDS)}
        return self._feeds


SLOTS = ("reading", "building", "emptying", "mirrored", "built")
COLUMNS = (
    "cursor", "term", "n", "term_id", "source_as_of", "last_good", "up_to_date", "snapshot_after",
    "snapshot_running", "expected", "mirrored",
)  # fmt: skip
_FEEDS = f"SELECT service, {', '.join((*SLOTS, *COLUMNS))} FROM feed"
