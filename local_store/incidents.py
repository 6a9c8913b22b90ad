"""What must not happen and did: noted once, counted when it comes again, closed by whom."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.changes import Changes
from app.domain.ids import Millis
from app.domain.incidents import Incident
from local_store.sql import Sql

_COLUMNS = "id, kind, service, subject, detail, times, first_at, last_at, closed_at, closed_by"
_RECENT = 500


class Incidents:
    """Implements `app.ports.store.IncidentWrites` in one transaction."""

    def __init__(self, sql: Sql, noted: list[Changes]) -> None:
        self._sql = sql
        self._noted = noted

    def open(self) -> Sequence[Incident]:
        """Those nobody has closed, oldest first."""
        return self._many("closed_at IS NULL ORDER BY first_at, id")

    def recent(self, since: Millis) -> Sequence[Incident]:
        """All that happened since, newest first; at most 500."""
        return self._many("last_at >= ? ORDER BY last_at DESC, id LIMIT ?", since, _RECENT)

    def note(self, kind: str, service: str, subject: str, at: Millis, detail: str = "") -> None:
        """It happened (again); one that was closed is open again."""
        id_ = f"{kind}/{service}/{subject}"
        self._sql.run(
            "INSERT INTO incident (id, kind, service, subject, detail, times, first_at, last_at) "
            "VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (id) DO UPDATE SET times = times + 1, "
            "detail = excluded.detail, last_at = excluded.last_at, closed_at = NULL, "
            "closed_by = NULL",
            id_, kind, service, subject, detail, at, at,
        )  # fmt: skip
        self._noted.append(Changes.of("incident", id_))

    def close(self, kind: str, service: str, subject: str, at: Millis, by: str) -> None:
        """It is over; nothing where it never happened."""
        id_ = f"{kind}/{service}/{subject}"
        closed = self._sql.run(
            "UPDATE incident SET closed_at = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL",
            at, by, id_,
        )  # fmt: skip
        if closed:
            self._noted.append(Changes.of("incident", id_))

    def _many(self, where: str, *values: object) -> Sequence[Incident]:
        rows = self._sql.all(f"SELECT {_COLUMNS} FROM incident WHERE {where}", *values)
        return [Incident(*row) for row in rows]
