"""Statements by the driver; `$ticket` in one names the ticket table of the slot that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

import msgspec
from sqlcipher3 import dbapi2 as driver

from app.domain.central_services import Service
from local_store.kept import Kept, touched
from local_store.layout import SERVICE_OF_TABLE

_TABLE = re.compile(r"\$(\w+)")
_ORDER = {service: at for at, service in enumerate(Service)}
_texts: dict[tuple[int, ...], dict[str, tuple[str, int]]] = {}
"""Slots → statement → its text with them, and which kept rows it may write."""

Row = tuple[Any, ...]


class Sql:
    """One transaction's statements; which slot each service's tables are in is fixed for it."""

    def __init__(self, connection: driver.Connection, slots: tuple[int, ...], kept: Kept) -> None:
        self._connection = connection
        self.kept = kept
        self._slots = slots
        self._known = _texts.setdefault(slots, {})

    @classmethod
    def reading(cls, connection: driver.Connection, kept: Kept | None = None) -> Sql:
        """Over the slots that readers see at this moment."""
        kept = kept or Kept(connection)
        return cls(connection, kept.slots_read, kept)

    def at(self, service: Service, slot: int) -> Sql:
        """The same transaction, with that service's tables taken from another slot."""
        at = _ORDER[service]
        return Sql(self._connection, (*self._slots[:at], slot, *self._slots[at + 1 :]), self.kept)

    def turn(self, service: Service, slot: int) -> None:
        """From here on that service's tables are taken from another slot."""
        slots = list(self._slots)
        slots[_ORDER[service]] = slot
        self._slots = tuple(slots)
        self._known = _texts.setdefault(self._slots, {})

    def slot(self, service: Service) -> int:
        return self._slots[_ORDER[service]]

    def all(self, statement: str, *values: object) -> list[Row]:
        return self._connection.execute(self._text(statement), values).fetchall()

    def each(self, statement: str, *values: object) -> Iterator[Row]:
        """As `all`, one row at a time."""
        yield from self._connection.execute(self._text(statement), values)

    def all_named(self, statement: str, values: Mapping[str, object]) -> list[Row]:
        """As `all`, for statements with named values; those it does not name are left out."""
        return self._connection.execute(self._text(statement), values).fetchall()

    def found(self, statement: str, *values: object) -> list[Row]:
        """As `all`; nothing where a bound interrupted the query."""
        try:
            return self.all(statement, *values)
        except driver.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return []

    def one(self, statement: str, *values: object) -> Row | None:
        found: Row | None = self._connection.execute(self._text(statement), values).fetchone()
        return found

    def value(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - a column's value
        """The first column of the first row; None where there is no row."""
        row = self.one(statement, *values)
        return row[0] if row else None

    def setting(self, name: str) -> str | None:
        """A row of `setting` as it is written; None where there is none."""
        known = self.kept.settings
        if name not in known:
            found = self.value("SELECT value FROM setting WHERE name = ?", name)
            known[name] = None if found is None else str(found)
        return known[name]

    def keep_setting(self, name: str, value: str) -> None:
        """Write a row of `setting`."""
        self.write("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)
        self.kept.settings[name] = value

    def run(self, statement: str, *values: object) -> int:
        """Execute; how many rows it changed."""
        text, writes = self._known.get(statement) or self._make(statement)
        if writes:
            self.kept.forget(writes)
        return self._connection.execute(text, values).rowcount

    def write(self, statement: str, *values: object) -> int:
        """As `run`, for whoever then says in `kept` what has become of its rows."""
        return self._connection.execute(self._text(statement), values).rowcount

    def changed(self) -> int:
        """Rows changed over this connection so far."""
        return self._connection.total_changes

    def many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Execute once per row, in the driver."""
        if rows:
            text, writes = self._known.get(statement) or self._make(statement)
            if writes:
                self.kept.forget(writes)
            self._connection.executemany(text, rows)

    def bounded(self, steps: int) -> StepBound:
        """Within the block a query is interrupted after that many steps of SQLite's machine."""
        return StepBound(self._connection, steps)

    def _text(self, statement: str) -> str:
        return (self._known.get(statement) or self._make(statement))[0]

    def _make(self, statement: str) -> tuple[str, int]:
        text = _TABLE.sub(self._named, statement)
        made = self._known[statement] = text, touched(text)
        return made

    def _named(self, match: re.Match[str]) -> str:
        name = match.group(1)
        return f"{name}_{self._slots[_ORDER[SERVICE_OF_TABLE[name]]]}"


class StepBound:
    """Counts SQLite's steps while a block runs, and says whether it interrupted."""

    _EVERY = 1_000

    def __init__(self, connection: driver.Connection, steps: int) -> None:
        self._connection = connection
        self._left = max(1, steps // self._EVERY)

    def __enter__(self) -> Self:
        self._connection.set_progress_handler(self._step, self._EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.set_progress_handler(None, 0)

    @property
    def reached(self) -> bool:
        return self._left < 0

    def _step(self) -> int:
        self._left -= 1
        return int(self._left < 0)


def among(values: Sequence[object]) -> tuple[str, object]:
    """How a column is compared with some values, and what is bound for it: one is soon found."""
    if len(values) == 1:
        return "= ?", values[0]
    return "IN (SELECT value FROM json_each(?))", listed(values)


def listed(values: Iterable[object]) -> str:
    """Values for ``IN (SELECT value FROM json_each(?))``: one statement whatever their number."""
    return msgspec.json.encode(list(values)).decode()
