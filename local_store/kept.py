"""What a connection has read of the few rows that every transaction asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2 as driver

from app.domain.central_services import Service
from app.domain.ids import Millis
from app.domain.lifecycle import SENDABLE, WITHOUT_VERDICT
from app.ports.store import FeedState, StoredOperation

Row = tuple[Any, ...]

_SERVICES = tuple(one.value for one in Service)
_MOST_OPERATIONS = 100
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


@dataclass(frozen=True, slots=True)
class Slots:
    """One service's slots at this moment."""

    reading: int
    building: int | None
    emptying: int | None
    mirrored: int
    built: int = 0

    @property
    def is_hidden(self) -> bool:
        """Whether pages now fill a slot nobody reads yet."""
        return self.building is not None and self.building != self.reading


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
        self._feeds: dict[str, Row] | None = None
        self.states: dict[Service, FeedState] = {}
        """The same rows as `local_store.feeds` gives them."""
        self._slots: dict[Service, Slots] = {}
        self._read: tuple[int, ...] | None = None
        self.settings: dict[str, str | None] = {}
        self.outbox: dict[str, tuple[int, Millis | None]] = {}
        """Service → operations without a verdict, and when the earliest wants to go again."""
        self.operations: dict[str, StoredOperation] = {}
        """Single operations that were asked for by their ids."""

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
            self._slots.clear()
            self._read = None
        if tables & SETTING:
            self.settings.clear()
        if tables & OUTBOX:
            self.outbox.clear()
            self.operations.clear()

    def operations_read(self, found: Iterable[StoredOperation]) -> None:
        """These were read just now."""
        if len(self.operations) > _MOST_OPERATIONS:
            self.operations.clear()
        self.operations.update({one.op_id: one for one in found})

    def operation_moved(self, before: StoredOperation, after: StoredOperation) -> None:
        """An operation's row has just been written, past `forget`."""
        self.operations[after.op_id] = after
        standing = self.outbox.pop(after.service.value, None)
        if standing is None:
            return
        waiting, due = standing
        waiting += (after.state in WITHOUT_VERDICT) - (before.state in WITHOUT_VERDICT)
        left, came = _due(before), _due(after)
        if left is None or left != due:
            earliest = due if came is None else came if due is None else min(due, came)
            self.outbox[after.service.value] = waiting, earliest

    @property
    def feeds(self) -> Mapping[str, Row]:
        """Service → its row: reading, building, emptying, mirrored, built, and `COLUMNS`."""
        if self._feeds is None:
            self._feeds = {row[0]: row[1:] for row in self._connection.execute(_FEEDS)}
        return self._feeds

    def feed(self, service: Service) -> Row:
        """One service's row."""
        return self.feeds[service.value]

    def slots_of(self, service: Service) -> Slots:
        """One service's slots."""
        found = self._slots.get(service)
        if found is None:
            found = self._slots[service] = Slots(*self.feed(service)[: len(SLOTS)])
        return found

    @property
    def slots_read(self) -> tuple[int, ...]:
        """Of each service in their order, the slot that readers see."""
        if self._read is None:
            feeds = self.feeds
            self._read = tuple([feeds[one][0] if one in feeds else 0 for one in _SERVICES])
        return self._read

    def feed_written(self, service: Service, values: Mapping[str, object]) -> None:
        """These columns of a service's row have just been written, past `forget`."""
        self.states.pop(service, None)
        self._slots.pop(service, None)
        self._read = None
        if self._feeds is not None:
            row = list(self._feeds[service.value])
            for name, value in values.items():
                if name in _AT:
                    row[_AT[name]] = value
            self._feeds[service.value] = tuple(row)


def _due(operation: StoredOperation) -> Millis | None:
    """When it wants to go again, as far as it may be sent at all."""
    return operation.next_try if operation.state in SENDABLE else None


SLOTS = ("reading", "building", "emptying", "mirrored", "built")
COLUMNS = (
    "cursor", "term", "n", "term_id", "source_as_of", "last_good", "up_to_date", "snapshot_after",
    "snapshot_running", "expected",
)  # fmt: skip
_AT = {name: at for at, name in enumerate((*SLOTS, *COLUMNS))}
_FEEDS = f"SELECT service, {', '.join((*SLOTS, *COLUMNS))} FROM feed"
