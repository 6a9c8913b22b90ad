"""Looks through a service's mirror: against itself row by row, and as digests against central."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec

from app.domain import parity
from app.domain.central_services import OWNERS, Aggregate, Service
from app.domain.feed import NEWER_OP
from app.domain.operations import Json
from app.domain.parity import Looked, RowHash, RowState
from local_store import records, tally
from local_store.generations import Generations
from local_store.layout import SATELLITES
from local_store.mapping import BODIES, COLUMNS, UNMARKED
from local_store.records import Shown, Written
from local_store.sql import Row, Sql, listed
from local_store.unread import STANDS

_CHECK = "."
"""Parts central's hash of a row from the store's own check of what that hash does not cover."""
_TRUTH = 6
_LOCAL = ("expired", "out_of_scope")
"""Why a desk may lack a row that stands at central."""


def kept_hash(row_hash: str, term: int, n: int, as_of: int) -> str:
    """What is kept beside a row: central's hash, and a check of its position and time."""
    return f"{row_hash}{_CHECK}{zlib.crc32(f'{term} {n} {as_of}'.encode()):08x}"


def hash_in(kept: object) -> str:
    """Central's part of what is kept."""
    return str(kept).partition(_CHECK)[0]


class ParityQueries:
    """Implements `app.ports.store.ParityReads` in one transaction."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._generations = Generations(sql)

    def look(
        self, service: Service, after: tuple[int, int], limit: int, row_hash: RowHash
    ) -> Looked:
        """Up to `limit` rows behind a place: which do not say any more what was written of them."""
        number, entity = after
        aggregates = OWNERS[service]
        aggregate = aggregates[number]
        rows = self._sql.all(
            f"SELECT e.id, r.* FROM ${aggregate} r JOIN entity e ON e.entity = r.entity "
            "WHERE r.entity > ? ORDER BY r.entity LIMIT ?",
            entity, limit,
        )  # fmt: skip
        seen = _Seen.of(self._sql, aggregate, rows)
        damaged = [one[0] for one in rows if not _is_whole(aggregate, one, row_hash)]
        skipped = set(damaged)
        skewed = [one[0] for one in rows if one[0] not in skipped and not seen.follows(one)]
        following: tuple[int, int] | None = (number, int(rows[-1][1])) if rows else None
        if len(rows) < limit:
            following = (number + 1, 0) if number + 1 < len(aggregates) else None
        return Looked(len(rows), following, tuple(damaged), tuple(skewed))

    def digests(self, service: Service) -> tuple[str, ...]:
        """As central makes them, over what central has confirmed."""
        return parity.digests((one.id, one.row_hash) for one in self._standing(service))

    def states(self, service: Service, buckets: Collection[int]) -> dict[int, list[RowState]]:
        """The rows of some buckets."""
        found: dict[int, list[RowState]] = {number: [] for number in buckets}
        for one in self._standing(service):
            number = parity.bucket_of(one.id)
            if number in found:
                found[number].append(one)
        return found

    def excused(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids whose rows this desk lacks or shows with good reason."""
        rows = self._sql.all(
            "SELECT id FROM removed WHERE reason IN (SELECT value FROM json_each(?1)) "
            "AND id IN (SELECT value FROM json_each(?2)) UNION "
            "SELECT id FROM held_tombstone WHERE id IN (SELECT value FROM json_each(?2)) UNION "
            "SELECT id FROM unread_row WHERE id IN (SELECT value FROM json_each(?2)) "
            "AND instr(type, ?3)",
            listed(_LOCAL), listed(ids), NEWER_OP,
        )  # fmt: skip
        return frozenset(str(id_) for (id_,) in rows)

    def miscounted(self, service: Service) -> dict[tuple[int, str, str], int]:
        """By how much counters are too low; only those of the tickets are kept."""
        return tally.off(self._sql) if service is Service.TICKETS else {}

    def beyond(self, service: Service, fork: tuple[int, int], after: str) -> Sequence[str]:
        """Ids behind one whose row, tombstone or redirect may be of a history that was lost."""
        sql = self._generations.filling(service)
        tables = " UNION ".join(
            f"SELECT id FROM ${one} WHERE (term, n) > (?1, ?2)" for one in OWNERS[service]
        )
        types = listed(one.value for one in OWNERS[service])
        rows = sql.all(
            f"SELECT id FROM ({tables} "
            "UNION SELECT id FROM removed WHERE term >= ?1 AND type IN "
            "(SELECT value FROM json_each(?3)) "
            "UNION SELECT from_id FROM redirect r JOIN entity e ON e.id = r.from_id "
            "WHERE e.type IN (SELECT value FROM json_each(?3)) "
            "UNION SELECT from_id FROM redirect r JOIN unread_row u ON u.id = r.from_id "
            "WHERE u.service = ?4 AND u.slot = ?5 "
            "UNION SELECT id FROM held_tombstone WHERE service = ?4 "
            "UNION SELECT id FROM unread_row WHERE service = ?4 AND slot = ?5 "
            "AND (term, n) > (?1, ?2)) WHERE id > ?6 ORDER BY id",
            *fork, types, service.value, sql.slot(service), after,
        )  # fmt: skip
        return [str(id_) for (id_,) in rows]

    def _standing(self, service: Service) -> Iterable[RowState]:
        held = {
            str(id_)
            for (id_,) in self._sql.all(
                "SELECT id FROM held_tombstone WHERE service = ?", service.value
            )
        }
        selects = [
            (f"SELECT id, rev, row_hash FROM ${one} WHERE rev IS NOT NULL", ())
            for one in OWNERS[service]
        ]
        unread = (service.value, self._sql.slot(service))
        not_read = "SELECT id, rev, row_hash FROM unread_row WHERE service = ? AND slot = ? AND "
        for statement, values in [
            *selects,
            (not_read + STANDS, unread),
        ]:
            for id_, rev, hash_ in self._sql.each(statement, *values):
                if id_ not in held:
                    yield RowState(id_, rev, hash_in(hash_))


class _Seen:
    """What a stretch of rows has to follow from, besides each row's own truth."""

    def __init__(
        self, sql: Sql, aggregate: Aggregate, apart: set[str], beside: dict[int, list[Row]]
    ) -> None:
        self._sql = sql
        self._aggregate = aggregate
        self._apart = apart
        self._beside = beside

    @classmethod
    def of(cls, sql: Sql, aggregate: Aggregate, rows: Sequence[Row]) -> _Seen:
        ids = [one[0] for one in rows]
        apart = records.not_plain(sql, ids)
        beside: dict[int, list[Row]] = {}
        if aggregate in SATELLITES:
            found = sql.all(
                f"SELECT * FROM ${SATELLITES[aggregate]} "
                "WHERE entity IN (SELECT value FROM json_each(?))",
                listed(one[1] for one in rows),
            )
            for entity, *values in found:
                beside.setdefault(entity, []).append(tuple(values))
        return cls(sql, aggregate, apart, beside)

    def follows(self, row: Row) -> bool:
        """Whether every other column and satellite is what the truth and the outbox make of it."""
        id_, entity, truth = row[0], int(row[1]), _truth(self._aggregate, row)
        shown = Shown(entity, id_, truth)
        written: Written | None
        if id_ in self._apart or truth[-1] is None:
            written = records.expected(self._sql, self._aggregate, shown)
        else:
            written = Written(shown, records.decoded(truth[-1]), None, UNMARKED)
        if written is None or records.row_of(self._aggregate, written) != tuple(row[1:]):
            return False
        if self._aggregate not in SATELLITES:
            return True
        made = records.satellites_of(self._aggregate, written.fields)
        return sorted(map(repr, made)) == sorted(map(repr, self._beside.get(entity, [])))


def _truth(aggregate: Aggregate, row: Row) -> Any:  # noqa: ANN401 - as the columns hold it
    at = 3 + len(COLUMNS[aggregate]) + 2 * (aggregate is Aggregate.TICKET) + (aggregate in BODIES)
    return tuple(row[at : at + _TRUTH])


def _is_whole(aggregate: Aggregate, row: Row, row_hash: RowHash) -> bool:
    """Whether central's word is kept as it came; true where central has said nothing."""
    rev, term, n, as_of, kept, raw = truth = _truth(aggregate, row)
    if all(one is None for one in truth):
        return True
    try:
        fields: dict[str, Json] = records.decoded(raw)
        central, _, check = str(kept).partition(_CHECK)
        same = row_hash(aggregate.value, row[0], rev, fields) == central
        return same and (not check or kept_hash(central, term, n, as_of) == kept)
    except (msgspec.MsgspecError, TypeError, ValueError):
        return False
