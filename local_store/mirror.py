"""Central's pages into the mirror: rows and cursor together, the larger rev wins."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from app.domain.central_services import OWNERS, SERVICE_OF, Aggregate, Service
from app.domain.changes import Changes
from app.domain.feed import FeedItem, FeedPage, ItemOp, Position, SnapshotPage
from app.domain.ids import Millis
from app.domain.lifecycle import OpEvent
from app.ports.store import EventDetail, FeedState
from local_store import mapping, records
from local_store.outbox import Outbox
from local_store.schema import NEWEST_FIRST

_KNOWN = frozenset(aggregate.value for aggregate in Aggregate)
_fields = msgspec.json.Decoder(dict[str, object]).decode


def feed_state(connection: Connection, service: Service) -> FeedState:
    """Where a service's feed stands."""
    row = connection.exec_driver_sql(
        "SELECT cursor, term, n, term_id, source_as_of, last_good, up_to_date, snapshot_after, "
        "snapshot_running, expected, mirrored FROM feed WHERE service = ?",
        (service.value,),
    ).fetchone()
    if row is None:
        return FeedState(None, None, None, None, None, False, None, False, None, 0)
    position = None if row[1] is None else Position(row[1], row[2])
    return FeedState(
        cursor=row[0],
        position=position,
        term_id=row[3],
        source_as_of=row[4],
        last_good=row[5],
        up_to_date=bool(row[6]),
        snapshot_after=row[7],
        snapshot_running=bool(row[8]),
        expected_rows=row[9],
        mirrored_rows=row[10],
    )


class Mirror:
    """Implements `app.ports.store.MirrorWrites` in one transaction."""

    def __init__(self, connection: Connection, outbox: Outbox, noted: list[Changes]) -> None:
        self._connection = connection
        self._outbox = outbox
        self._noted = noted

    def apply_page(self, service: Service, page: FeedPage, at: Millis) -> Changes:
        """Store a page of the feed and settle what it confirms."""
        generation = self._generation(service)
        changes = self._apply(service, page.items, generation, snapshot=False)
        self._keep(
            service,
            cursor=page.next_cursor,
            term=page.position.term,
            n=page.position.n,
            term_id=page.term_id,
            source_as_of=page.source_as_of,
            last_good=at,
            up_to_date=int(page.up_to_date),
        )
        self._settle(service, page, at)
        self._noted.append(Changes.of("service", service.value))
        return changes

    def apply_snapshot_page(self, service: Service, page: SnapshotPage, at: Millis) -> Changes:
        """Store a page of every row; the first one begins a new generation."""
        state = feed_state(self._connection, service)
        generation = self._generation(service)
        if not state.snapshot_running or state.snapshot_after is None:
            generation += 1
        changes = self._apply(service, page.items, generation, snapshot=True)
        self._keep(
            service,
            generation=generation,
            snapshot_running=1,
            snapshot_after=page.after,
            expected=page.total,
            last_good=at,
            source_as_of=page.source_as_of,
            up_to_date=0,
        )
        if page.after is None:
            self._keep(service, cursor=page.start_cursor)
        return changes

    def swap_generation(self, service: Service, at: Millis) -> Changes:
        """The new generation has caught up: what it does not hold is gone from here on."""
        self._keep(service, snapshot_running=0, last_good=at)
        stale = self._stale(service, 1)
        changes = Changes(everything=bool(stale))
        self._noted.append(changes)
        return changes

    def empty_old_generation(self, service: Service, limit: int) -> int:
        """Delete up to `limit` rows that the present generation does not hold."""
        if feed_state(self._connection, service).snapshot_running:
            return 0
        stale = self._stale(service, limit)
        for entity, type_, id_ in stale:
            self._drop(service, Aggregate(type_), entity, id_)
        return len(stale)

    def _stale(self, service: Service, limit: int) -> Sequence[tuple[int, str, str]]:
        rows = self._connection.exec_driver_sql(
            "SELECT m.entity, m.type, e.id FROM mirror m JOIN entity e ON e.entity = m.entity "
            "WHERE m.service = ? AND m.generation < ? LIMIT ?",
            (service.value, self._generation(service), limit),
        )
        return [(int(entity), str(type_), str(id_)) for entity, type_, id_ in rows]

    def fill_search(self, limit: int) -> int:
        """Make up to `limit` mirrored rows searchable, the newest first."""
        rows = self._connection.exec_driver_sql(
            "SELECT m.entity, m.type, m.fields FROM mirror m WHERE m.searchable = 0 "
            "ORDER BY m.entity DESC LIMIT ?",
            (limit,),
        ).fetchall()
        by_type: dict[Aggregate, list[tuple[int, dict[str, object]]]] = {}
        for entity, type_, fields in rows:
            by_type.setdefault(Aggregate(type_), []).append((entity, _fields(fields)))
        for aggregate, found in by_type.items():
            records.make_searchable(self._connection, aggregate, found)  # type: ignore[arg-type]  # JSON
        if rows:
            self._connection.exec_driver_sql(
                "UPDATE mirror SET searchable = 1 WHERE entity = ?", [(row[0],) for row in rows]
            )
        return len(rows)

    def touch(self, service: Service, *, last_good: Millis, source_as_of: Millis | None) -> None:
        """Note a good answer that brought no page."""
        self._keep(service, last_good=last_good)
        if source_as_of is not None:
            self._keep(service, source_as_of=source_as_of)

    # --- rows ------------------------------------------------------------------------------

    def _apply(
        self, service: Service, items: Sequence[FeedItem], generation: int, *, snapshot: bool
    ) -> Changes:
        known = [item for item in items if item.type in _KNOWN]
        present = self._present([item.id for item in known])
        gone = self._gone([item.id for item in known])
        fresh = [
            item
            for item in known
            if item.op is ItemOp.UPSERT
            and item.rev > gone.get(item.id, -1)
            and self._newer(item, present, generation, snapshot)
        ]
        entities = self._entities(fresh, present, counting_down=snapshot)
        self._upsert(service, fresh, entities, generation)
        for item in known:
            if item.op is ItemOp.TOMBSTONE:
                self._tombstone(item)
            elif item.op is ItemOp.REDIRECT and item.redirect_to is not None:
                self._redirect(item)
        self._count(service, sum(present.get(one.id, (0, None))[1] is None for one in fresh))
        changes = _changes(known)
        self._noted.append(changes)
        return changes

    def _gone(self, ids: Sequence[str]) -> dict[str, int]:
        """Deleted records among the ids, with the rev at which they went."""
        found: dict[str, int] = {}
        for start in range(0, len(ids), 500):
            part = tuple(ids[start : start + 500])
            marks = ", ".join("?" * len(part))
            rows = self._connection.exec_driver_sql(
                f"SELECT id, rev FROM removed WHERE id IN ({marks})",
                part,
            )
            found |= {row[0]: row[1] for row in rows}
        return found

    def _present(self, ids: Sequence[str]) -> dict[str, tuple[int, int | None, int | None]]:
        """What is known of ids: row number, rev and generation (None for what only we have)."""
        found: dict[str, tuple[int, int | None, int | None]] = {}
        for start in range(0, len(ids), 500):
            part = tuple(ids[start : start + 500])
            marks = ", ".join("?" * len(part))
            rows = self._connection.exec_driver_sql(
                "SELECT e.id, e.entity, m.rev, m.generation FROM entity e "
                f"LEFT JOIN mirror m ON m.entity = e.entity WHERE e.id IN ({marks})",
                part,
            )
            found |= {row[0]: (row[1], row[2], row[3]) for row in rows}
        return found

    @staticmethod
    def _newer(
        item: FeedItem,
        present: dict[str, tuple[int, int | None, int | None]],
        generation: int,
        snapshot: bool,
    ) -> bool:
        """The larger rev wins; a row of a new generation replaces whatever the old one held."""
        _entity, rev, held_in = present.get(item.id, (0, None, None))
        if rev is None or item.rev > rev:
            return True
        return held_in is not None and held_in < generation and (snapshot or item.rev != rev)

    def _entities(
        self,
        items: Sequence[FeedItem],
        present: dict[str, tuple[int, int | None, int | None]],
        *,
        counting_down: bool,
    ) -> dict[str, int]:
        """Row numbers; those of a first mirror count down, since its newest rows come first."""
        entities = {item.id: present[item.id][0] for item in items if item.id in present}
        unseen = [item for item in items if item.id not in present]
        order = (
            "min(ifnull(min(entity), ?1), ?1) - 1"
            if counting_down
            else ("max(ifnull(max(entity), ?1), ?1) + 1")
        )
        first = self._connection.exec_driver_sql(
            f"SELECT {order} FROM entity",
            (NEWEST_FIRST,),
        ).scalar_one()
        step = -1 if counting_down else 1
        rows = [(first + step * at, item.type, item.id) for at, item in enumerate(unseen)]
        if rows:
            self._connection.exec_driver_sql("INSERT INTO entity VALUES (?, ?, ?)", rows)
        return entities | {id_: number for number, _type, id_ in rows}

    def _upsert(
        self,
        service: Service,
        items: Sequence[FeedItem],
        entities: dict[str, int],
        generation: int,
    ) -> None:
        if not items:
            return
        bulk = len(items) > _FEW
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO mirror (entity, type, service, rev, term, n, fields, as_of, "
            "row_hash, generation, searchable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    entities[item.id], item.type, service.value, item.rev, item.position.term,
                    item.position.n, item.raw_fields.decode(), item.as_of, item.row_hash,
                    generation, int(not bulk or item.type not in _SEARCHED),
                )
                for item in items
            ],
        )  # fmt: skip
        touched = self._outbox.lanes_overlaid([item.id for item in items])
        for aggregate in OWNERS[service]:
            mine = [item for item in items if item.type == aggregate]
            if not bulk:
                for item in mine:
                    records.reproject(self._connection, aggregate, item.id)
                continue
            self._write(aggregate, [i for i in mine if i.id not in touched], entities)
            for item in (one for one in mine if one.id in touched):
                records.reproject(self._connection, aggregate, item.id)
                self._connection.exec_driver_sql(
                    "UPDATE mirror SET searchable = 1 WHERE entity = ?", (entities[item.id],)
                )

    def _write(
        self, aggregate: Aggregate, items: Sequence[FeedItem], entities: dict[str, int]
    ) -> None:
        make = mapping.ROWS[aggregate][1]
        rows = [(entities[item.id], item.id, make(item.fields)) for item in items]
        records.write_rows(self._connection, aggregate, rows)
        pairs = [(entities[item.id], item.fields) for item in items]
        if aggregate is Aggregate.CUSTOMER:
            records.keep_phones(self._connection, pairs)
        if aggregate is Aggregate.TICKET:
            records.keep_promises(self._connection, pairs)

    def _tombstone(self, item: FeedItem) -> None:
        entity = records.entity_of(self._connection, item.id)
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO removed (id, type, rev, reason, at) VALUES (?, ?, ?, ?, ?)",
            (item.id, item.type, item.rev, item.reason, item.as_of),
        )
        if entity is not None:
            aggregate = Aggregate(item.type)
            self._drop(SERVICE_OF[aggregate], aggregate, entity, item.id)

    def _drop(self, service: Service, aggregate: Aggregate, entity: int, id_: str) -> None:
        gone = self._connection.exec_driver_sql("DELETE FROM mirror WHERE entity = ?", (entity,))
        self._count(service, -gone.rowcount)
        records.reproject(self._connection, aggregate, id_)

    def _redirect(self, item: FeedItem) -> None:
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO redirect (from_id, to_id) VALUES (?, ?)",
            (item.id, item.redirect_to),
        )

    # --- the feed's own row ----------------------------------------------------------------

    def _settle(self, service: Service, page: FeedPage, at: Millis) -> None:
        """What the mirror has passed, or the page names, needs no overlay any more."""
        named = {op_id for item in page.items for op_id in item.origin_ops}
        for op_id, position in self._outbox.acked_at(service):
            if op_id in named or (position is not None and position <= page.position):
                self._outbox.event(op_id, OpEvent.PASSED, EventDetail(at))

    def _generation(self, service: Service) -> int:
        row = self._connection.exec_driver_sql(
            "SELECT generation FROM feed WHERE service = ?", (service.value,)
        ).fetchone()
        return int(row[0]) if row else 0

    def _count(self, service: Service, more: int) -> None:
        """The counter of mirrored rows moves with the rows."""
        if more:
            self._keep(service)
            self._connection.exec_driver_sql(
                "UPDATE feed SET mirrored = mirrored + ? WHERE service = ?", (more, service.value)
            )

    def _keep(self, service: Service, **values: object) -> None:
        self._connection.exec_driver_sql(
            "INSERT OR IGNORE INTO feed (service, up_to_date, snapshot_running, mirrored, "
            "generation, counted_down) VALUES (?, 0, 0, 0, 0, 0)",
            (service.value,),
        )
        if not values:
            return
        sets = ", ".join(f'"{name}" = ?' for name in values)
        self._connection.exec_driver_sql(
            f"UPDATE feed SET {sets} WHERE service = ?",
            (*values.values(), service.value),
        )


_FEW = 20
"""Items of a page up to which each is made searchable at once; more are filled in behind."""

_SEARCHED = frozenset(aggregate.value for aggregate in mapping.SEARCHED)


def _changes(items: Sequence[FeedItem]) -> Changes:
    ids: dict[str, set[str]] = {}
    for item in items:
        ids.setdefault(item.type, set()).add(item.id)
    return Changes({kind: frozenset(found) for kind, found in ids.items()})
