"""The ledger's statements straight to SQLite: the same SQL, compiled once for all worlds.

What was read is known until something is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql import ClauseElement

_DIALECT = SQLiteDialect_pysqlite(paramstyle="named")
_SEEN_BEFORE = 3
"""A statement met so often is one that is built once; others take SQLAlchemy's own way."""


class Line(tuple[Any, ...]):
    """A row as SQLAlchemy's, as far as the ledger reads it."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a column's value
        try:
            return self[self._fields.index(name)]
        except ValueError:
            raise AttributeError(name) from None

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    @property
    def _mapping(self) -> dict[str, Any]:
        return self._asdict()


_OWN = frozenset(dir(Line))


class Lines:
    """A result as SQLAlchemy's, as far as the ledger reads it."""

    def __init__(self, make: type[Line], rows: list[Any], rowcount: int) -> None:
        self._make, self._rows, self.rowcount = make, rows, rowcount

    def __iter__(self) -> Iterator[Line]:
        return map(self._make, self._rows)

    def all(self) -> list[Line]:
        return list(self)

    def first(self) -> Line | None:
        return self._make(self._rows[0]) if self._rows else None

    def one(self) -> Line:
        (row,) = self._rows
        return self._make(row)

    def scalar(self) -> Any:  # noqa: ANN401 - a column's value
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:  # noqa: ANN401 - a column's value
        (row,) = self._rows
        return row[0]

    def scalars(self) -> list[Any]:
        return [row[0] for row in self._rows]

    def mappings(self) -> _Mappings:
        return _Mappings(self)


class _Mappings:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def first(self) -> dict[str, Any] | None:
        found = self._lines.first()
        return None if found is None else found._asdict()

    def all(self) -> list[dict[str, Any]]:
        return [one._asdict() for one in self._lines]


class _Compiled:
    """One statement for one set of given names."""

    def __init__(self, statement: Any, keys: Sequence[str]) -> None:  # noqa: ANN401 - any statement
        compiled = statement.compile(dialect=_DIALECT, column_keys=list(keys) or None)
        self.text = str(compiled)
        self.fits = (
            not (
                getattr(compiled, "insert_prefetch", ()) or getattr(compiled, "update_prefetch", ())
            )
            and not compiled.post_compile_params
            and not compiled.literal_execute_params
        )
        self.fixed = {
            name: value
            for name, value in (compiled.params or {}).items()
            if name not in keys and value is not None
        }
        names = tuple(one[0] for one in (compiled._result_columns or ()))
        named = {
            name: property(itemgetter(at)) for at, name in enumerate(names) if name not in _OWN
        }
        self.reads = statement.is_select
        self.make = type("Line", (Line,), {"_fields": names, **named})


_seen: dict[int, tuple[ClauseElement, int]] = {}
_compiled: dict[tuple[int, tuple[str, ...]], _Compiled] = {}


class ShortCut:
    """Stands for SQLAlchemy's connection in a transaction of a world's ledger."""

    def __init__(self, connection: Connection, driver: sqlite3.Connection) -> None:
        self._connection = connection
        self._driver = driver
        self.dialect = connection.dialect
        self.connection = connection.connection
        self._read: dict[tuple[object, ...], list[Any]] = {}
        self._changes = -1
        """Up to here nothing that was read has changed."""

    def execute(self, statement: Any, values: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - as SQLAlchemy's
        known = self._known(statement, values or {})
        if known is None:
            return self._connection.execute(statement, values)
        if known.reads:
            return Lines(known.make, self._rows(known, values or {}), -1)
        cursor = self._driver.execute(known.text, {**known.fixed, **(values or {})})
        rows = cursor.fetchall() if cursor.description else []
        return Lines(known.make, rows, cursor.rowcount)

    def _rows(self, known: _Compiled, values: Mapping[str, Any]) -> list[Any]:
        if self._changes != self._driver.total_changes:
            self.forget()
            self._changes = self._driver.total_changes
        asked = (known, *values.values())
        rows = self._read.get(asked)
        if rows is None:
            given = {**known.fixed, **values} if known.fixed else values
            rows = self._read[asked] = self._driver.execute(known.text, given).fetchall()
        return rows

    def forget(self) -> None:
        """What was read in a transaction that is undone was never there."""
        self._read.clear()

    def execution_options(self, **_options: object) -> ShortCut:
        """Everything is read at once here."""
        return self

    def scalars(self, statement: Any, values: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - as SQLAlchemy's
        return self.execute(statement, values).scalars()

    @staticmethod
    def _known(statement: Any, values: Mapping[str, Any]) -> _Compiled | None:  # noqa: ANN401 - any statement
        number, keys = id(statement), tuple(values)
        found = _compiled.get((number, keys))
        if found is not None:
            return found if found.fits else None
        kept, times = _seen.get(number, (statement, 0))
        if kept is not statement:
            times = 0
        if times < _SEEN_BEFORE:
            if times or len(_seen) < 500:
                _seen[number] = statement, times + 1
            return None
        found = _compiled[number, keys] = _Compiled(statement, keys)
        return found if found.fits else None
