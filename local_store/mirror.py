"""Central's pages into the mirror: rows and cursor together, the newer row wins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.central_services import OWNERS, Aggregate, Service
from app.domain.changes import Changes
from app.domain.feed import FeedItem, FeedPage, ItemOp, Position, SnapshotPage
from app.domain.ids import Millis
from app.domain.lifecycle import OpEvent
from app.ports.store import EventDetail
from local_store import entities, feeds, records
from local_store.generations import Generations
from local_store.outbox import Outbox
from local_store.records import UNCONFIRMED, Shown, Truth, Written
from local_store.sql import Sql, listed

_KNOWN = frozenset(aggregate.value for aggregate in Aggregate)

Version = tuple[int, int]
"""Term and rev: the larger one is the newer row. Within a term revs only rise."""


class Mirror:
    """Implements `app.ports.store.MirrorWrites` in one transaction."""

    def __init__(self, sql: Sql, outbox: Outbox, noted: list[Changes]) -> None:
        self._sql = sql
        self._outbox = outbox
        self._noted = noted
        self._generations = Generations(sql)

    def apply_page(self, service: Service, page: FeedPage, at: Millis) -> Changes:
        """Store a page of the feed and settle what it confirms."""
        is_hidden = self._generations.of(service).is_hidden
        changes = self._apply(service, page.items, newest_first=False)
        feeds.keep(
            self._sql,
            service,
            cursor=page.next_cursor,
            term=page.position.term,
            n=page.position.n,
            term_id=page.term_id,
            source_as_of=page.source_as_of,
            last_good=at,
            up_to_date=int(page.up_to_date),
        )
        if not is_hidden:
            named = {op_id for item in page.items for op_id in item.origin_ops}
            self._settle(service, page.position, named, at)
        return changes

    def apply_snapshot_page(self, service: Service, page: SnapshotPage, at: Millis) -> Changes:
        """Store a page of every row; the first one begins a new generation."""
        state = feeds.feed_state(self._sql, service)
        goes_on = state.snapshot_running and state.snapshot_after is not None
        if not goes_on or feeds.snapshot_start(self._sql, service) != page.start_cursor:
            self._generations.begin(service)
            feeds.keep(self._sql, service, built=0)
        changes = self._apply(service, page.items, newest_first=True)
        feeds.keep(
            self._sql,
            service,
            snapshot_running=1,
            snapshot_start=page.start_cursor,
            snapshot_after=page.after,
            expected=page.total,
            last_good=at,
            source_as_of=page.source_as_of,
            up_to_date=0,
        )
        if page.after is None:
            feeds.keep(self._sql, service, cursor=page.start_cursor)
        return changes

    def swap_generation(self, service: Service, at: Millis) -> Changes:
        """The new generation has caught up and is read from here on."""
        swapped = self._generations.swap(service)
        feeds.keep(self._sql, service, snapshot_running=0, snapshot_after=None, last_good=at)
        position = feeds.feed_state(self._sql, service).position
        if swapped and position is not None:
            self._settle(service, position, set(), at)
        return self._note(Changes(everything=True))

    def empty_old_generation(self, service: Service, limit: int) -> int:
        """Delete up to `limit` rows of what was swapped out; how many went."""
        return self._generations.empty(service, limit)

    def fill_search(self, limit: int) -> int:  # noqa: ARG002 - the port's
        """Nothing is left over: rows are searchable with the page that brought them.

        Indexing them afterwards reads and deciphers them once more; it was measured to take longer
        (docs/benchmarks.md).
        """
        return 0

    def touch(self, service: Service, *, last_good: Millis, source_as_of: Millis | None) -> None:
        """Note a good answer that brought no page."""
        feeds.keep(self._sql, service, last_good=last_good)
        if source_as_of is not None:
            feeds.keep(self._sql, service, source_as_of=source_as_of)

    # --- rows ------------------------------------------------------------------------------

    def _apply(self, service: Service, items: Sequence[FeedItem], *, newest_first: bool) -> Changes:
        slots = self._generations.of(service)
        target = self._generations.filling(service)
        known = [item for item in items if item.type in _KNOWN]
        present = _Present.of(target, service, known)
        fresh = _newest([item for item in known if present.takes(item)])
        first_mirror = newest_first and not slots.is_hidden
        self._number(target, fresh, present, newest_first=first_mirror)
        self._upsert(target, service, fresh, present)
        gone = sum(self._end(target, item, present) for item in known)
        confirmed = sum(not present.is_confirmed(item) for item in fresh)
        self._count(service, confirmed - gone, hidden=slots.is_hidden)
        return Changes() if slots.is_hidden else self._note(_changes(known))

    @staticmethod
    def _number(
        target: Sql, fresh: Sequence[FeedItem], present: _Present, *, newest_first: bool
    ) -> None:
        unseen = [(item.type, item.id) for item in fresh if item.id not in present.entities]
        numbers = entities.give(target, unseen, newest_first=newest_first)
        present.entities |= {
            id_: number for (_type, id_), number in zip(unseen, numbers, strict=True)
        }

    @staticmethod
    def _upsert(
        target: Sql, service: Service, fresh: Sequence[FeedItem], present: _Present
    ) -> None:
        """Rows with something over them one by one, the rest by the driver."""
        ids = [item.id for item in fresh]
        apart = records.overlaid(target, ids) | _redirected(target, ids)
        for aggregate in OWNERS[service]:
            mine = [item for item in fresh if item.type == aggregate.value]
            plain = [item for item in mine if item.id not in apart]
            for is_new in (True, False):
                rows = [
                    Written(Shown(present.entities[item.id], item.id, _truth(item)), item.fields)
                    for item in plain
                    if (item.id not in present.rows) is is_new
                ]
                records.write(target, aggregate, rows, first_sight=is_new)
            for item in mine:
                if item.id in apart:
                    shown = Shown(present.entities[item.id], item.id, _truth(item))
                    records.show(target, aggregate, shown)

    def _end(self, target: Sql, item: FeedItem, present: _Present) -> int:
        """A tombstone or a redirect; 1 where it took away a row that central had confirmed."""
        aggregate = Aggregate(item.type)
        if item.op is ItemOp.REDIRECT and item.redirect_to is not None:
            target.run(
                "INSERT OR REPLACE INTO redirect (from_id, to_id) VALUES (?, ?)",
                item.id,
                item.redirect_to,
            )
            if item.id in present.rows:
                records.reproject(target, aggregate, item.id)
        if item.op is not ItemOp.TOMBSTONE or not present.takes(item):
            return 0
        target.run(
            "INSERT OR REPLACE INTO removed (id, type, rev, term, reason, at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            item.id, item.type, item.rev, item.position.term, item.reason, item.as_of,
        )  # fmt: skip
        if item.id in present.rows:
            shown = Shown(present.entities[item.id], item.id, UNCONFIRMED)
            records.show(target, aggregate, shown)
        return int(present.is_confirmed(item))

    def _count(self, service: Service, more: int, *, hidden: bool) -> None:
        """The counter of mirrored rows moves with the rows."""
        column = "built" if hidden else "mirrored"
        self._sql.run(
            f"UPDATE feed SET {column} = {column} + ? WHERE service = ?", more, service.value
        )

    def _settle(
        self, service: Service, position: Position, named: Collection[str], at: Millis
    ) -> None:
        """What the mirror has passed, or the page names, needs no overlay any more."""
        for op_id, passed in self._outbox.acked_at(service):
            if op_id in named or (passed is not None and passed <= position):
                self._outbox.event(op_id, OpEvent.PASSED, EventDetail(at))

    def _note(self, changes: Changes) -> Changes:
        self._noted.append(changes)
        return changes


@dataclass(slots=True)
class _Present:
    """What the target slot holds of a page's items."""

    entities: dict[str, int]
    rows: dict[str, Version | None]
    """Id → version of the row; None where only this desk knows the record."""
    removed: dict[str, Version]

    @classmethod
    def of(cls, target: Sql, service: Service, items: Sequence[FeedItem]) -> _Present:
        ids = listed(item.id for item in items)
        rows: dict[str, Version | None] = {}
        for aggregate in OWNERS[service]:
            found = target.all(
                f"SELECT e.id, r.term, r.rev FROM entity e JOIN ${aggregate} r "
                "ON r.entity = e.entity WHERE e.id IN (SELECT value FROM json_each(?))",
                ids,
            )
            rows |= {id_: None if rev is None else (term, rev) for id_, term, rev in found}
        gone = target.all(
            "SELECT id, term, rev FROM removed WHERE id IN (SELECT value FROM json_each(?))", ids
        )
        removed = {id_: (term, rev) for id_, term, rev in gone}
        return cls(entities.known(target, [item.id for item in items]), rows, removed)

    def takes(self, item: FeedItem) -> bool:
        """Whether the item is newer than what is here, be it a row or a tombstone."""
        version = (item.position.term, item.rev)
        held, gone = self.rows.get(item.id), self.removed.get(item.id)
        newer = (held is None or version > held) and (gone is None or version > gone)
        return newer and item.op is not ItemOp.REDIRECT

    def is_confirmed(self, item: FeedItem) -> bool:
        return self.rows.get(item.id) is not None


def _newest(items: Sequence[FeedItem]) -> list[FeedItem]:
    """Upserts, each record once."""
    upserts = [item for item in items if item.op is ItemOp.UPSERT]
    by_id: dict[str, FeedItem] = {}
    for item in upserts:
        held = by_id.get(item.id)
        if held is None or held.rev < item.rev:
            by_id[item.id] = item
    return list(by_id.values())


def _redirected(sql: Sql, ids: Sequence[str]) -> set[str]:
    rows = sql.all(
        "SELECT from_id FROM redirect WHERE from_id IN (SELECT value FROM json_each(?))",
        listed(ids),
    )
    return {str(id_) for (id_,) in rows}


def _truth(item: FeedItem) -> Truth:
    position = item.position
    raw = item.raw_fields.decode()
    return (item.rev, position.term, position.n, item.as_of, item.row_hash, raw)


def _changes(items: Sequence[FeedItem]) -> Changes:
    ids: dict[str, set[str]] = {}
    for item in items:
        ids.setdefault(item.type, set()).add(item.id)
    return Changes({kind: frozenset(found) for kind, found in ids.items()})
