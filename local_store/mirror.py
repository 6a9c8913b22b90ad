"""Central's pages into the mirror: rows and cursor together, the newer row wins."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.central_services import OWNERS, Aggregate, Service
from app.domain.changes import Changes
from app.domain.configuration import AnnouncedDeletion
from app.domain.feed import FeedItem, FeedPage, ItemOp, SnapshotPage
from app.domain.ids import Millis
from app.domain.incidents import IncidentKind
from app.domain.lifecycle import OpEvent
from app.ports.store import EventDetail
from local_store import entities, erasure, feeds, health, records, redirects, tally, unread
from local_store.deletions import Deletions
from local_store.generations import Generations
from local_store.incidents import Incidents
from local_store.layout import SEARCHES
from local_store.outbox import Outbox
from local_store.parity import hash_in, kept_hash
from local_store.records import UNCONFIRMED, Shown, Truth, Written
from local_store.sql import Sql, among, listed

_KNOWN = frozenset(aggregate.value for aggregate in Aggregate)

_UPSERT = ItemOp.UPSERT

Version = tuple[int, int]
"""Term and rev: the larger one is the newer row. Within a term revs only rise."""


class Mirror:
    """Implements `app.ports.store.MirrorWrites` in one transaction."""

    def __init__(
        self, sql: Sql, outbox: Outbox, incidents: Incidents, noted: list[Changes]
    ) -> None:
        self._sql = sql
        self._outbox = outbox
        self._incidents = incidents
        self._noted = noted
        self._generations = Generations(sql)
        self._deletions = Deletions(sql, incidents)

    def apply_page(
        self,
        service: Service,
        page: FeedPage,
        at: Millis,
        announced: Sequence[AnnouncedDeletion] = (),
    ) -> Changes:
        """Store a page of the feed and settle what it confirms.

        Deletions beyond what anybody announced are held (`app.domain.deletions`).
        """
        is_hidden = self._generations.of(service).is_hidden
        came = self._held_back(service, page.items, announced, at)
        if is_hidden:
            changes = self._apply(service, came, newest_first=False)
        else:
            # settled first: then its rows need no overlay, and are written once
            named = {op_id for item in page.items for op_id in item.origin_ops}
            with self._outbox.rows_come() as records_settled:
                self._settle(service, named, at)
            changes = self._apply(service, came, newest_first=False, settled=records_settled)
        redirects.watch(self._sql, self._incidents, service, page.items, at)
        feeds.keep(
            self._sql,
            service,
            cursor=page.next_cursor,
            term=page.position.term,
            n=page.position.n,
            term_id=page.term_id,
            source_as_of=self._as_of(service, page),
            last_good=at,
            up_to_date=int(page.up_to_date),
        )
        return changes

    def apply_snapshot_page(self, service: Service, page: SnapshotPage, at: Millis) -> Changes:
        """Store a page of every row; the first one begins a new generation."""
        state = feeds.feed_state(self._sql, service)
        goes_on = state.snapshot_running and state.snapshot_after is not None
        if not goes_on or feeds.snapshot_start(self._sql, service) != page.start_cursor:
            redirects.begin_snapshot(self._sql, service)
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
            source_as_of=self._as_of(service, page),
            up_to_date=0,
        )
        if page.after is None:
            feeds.keep(self._sql, service, cursor=page.start_cursor)
        return changes

    def swap_generation(self, service: Service, at: Millis) -> Changes:
        """The new generation has caught up and is read from here on."""
        self._carry_held(service)
        self._end_merges(service, at)
        self._generations.swap(service)
        feeds.keep(self._sql, service, snapshot_running=0, snapshot_after=None, last_good=at)
        return self._note(Changes(everything=True))

    def _end_merges(self, service: Service, at: Millis) -> None:
        """Records whose merge the new generation lacks are read as themselves again."""
        target = self._generations.filling(service)
        for id_, type_ in redirects.end_snapshot(self._sql, service):
            if type_ in _KNOWN:
                records.reproject(target, Aggregate(type_), id_)
            about = (IncidentKind.REDIRECT_CYCLE, service.value, id_, at)
            self._incidents.close(*about, by="central")

    def empty_old_generation(self, service: Service, limit: int) -> int:
        """Delete up to `limit` rows of what was swapped out; how many went."""
        return self._generations.empty(service, limit)

    def fill_search(self, limit: int) -> int:  # noqa: ARG002 - the port's
        """Nothing is left over: rows are searchable with the page that brought them.

        Indexing them afterwards reads and deciphers them once more; it was measured to take longer
        (docs/benchmarks.md).
        """
        return 0

    # --- putting right -----------------------------------------------------------------------

    def put_right(
        self, service: Service, asked: Collection[str], items: Sequence[FeedItem]
    ) -> Changes:
        """Make records what central says of them now, whatever is kept here of them.

        `items` is central's answer for the ids `asked`; what it does not name is nowhere there.
        """
        target = self._generations.filling(service)
        known = [item for item in items if item.type in _KNOWN]
        same = [item for item in known if _was_spoilt(target, item)]
        same_ids = {item.id for item in same}
        for item in same:
            self._put_back(target, item)
        stand = {item.id for item in items if item.op is ItemOp.UPSERT}
        gone = {item.id for item in items if item.op is ItemOp.TOMBSTONE}
        ends = {item.id for item in items if item.op is ItemOp.REDIRECT}
        self._deletions.drop([*stand, *gone])
        forget = listed(set(asked) - gone)
        self._sql.run("DELETE FROM removed WHERE id IN (SELECT value FROM json_each(?))", forget)
        unlinked = redirects.forget(target, set(asked) - ends)
        unread.drop(target, asked)
        changes = self._apply(
            service, [item for item in items if item.id not in same_ids or item.op is not _UPSERT],
            newest_first=False, forced=True,
        )  # fmt: skip
        self._take_away(service, target, set(asked) - stand - gone)
        self._show_unlinked(service, target, unlinked)
        ids = frozenset(asked)
        return self._note(changes.merged(Changes({one.value: ids for one in OWNERS[service]})))

    @staticmethod
    def _show_unlinked(service: Service, target: Sql, ids: Collection[str]) -> None:
        """Rows that were shown as merged and stay as they are show by themselves again."""
        for id_, entity in entities.known(target, ids).items():
            for aggregate in OWNERS[service]:
                if records.has_row(target, aggregate, entity):
                    records.reproject(target, aggregate, id_)

    def rederive(self, service: Service, ids: Collection[str]) -> Changes:
        """Write rows anew whose columns do not follow from their truth and the outbox."""
        target = self._generations.filling(service)
        numbers = entities.known(target, ids)
        for aggregate in OWNERS[service]:
            for id_, entity in numbers.items():
                if records.has_row(target, aggregate, entity):
                    truth = records.truth_of(target, aggregate, entity)
                    self._put_back_shown(target, aggregate, Shown(entity, id_, truth))
        return self._note(Changes({one.value: frozenset(ids) for one in OWNERS[service]}))

    def recount(self, off: Mapping[tuple[int, str, str], int]) -> Changes:
        """A row that was spoilt and then written over was counted out of where it never was."""
        tally.add(self._sql, off)
        return self._note(Changes({Aggregate.TICKET.value: frozenset()}))

    def searches_fit(self, service: Service) -> bool:
        """A word that was spoilt and then written over was never taken out of its search."""
        own = SEARCHES.keys() & OWNERS[service]
        return all(health.search_fits(self._sql, one) for one in own)

    def _put_back(self, target: Sql, item: FeedItem) -> None:
        """The same row once more: searches and counters know it as it was before it was spoilt.

        Unless it was written over since: then they know what followed from the spoilt truth.
        """
        aggregate = Aggregate(item.type)
        entity = entities.new_entity(target, item.type, item.id)
        right = Shown(entity, item.id, _truth(item))
        spoilt = Shown(entity, item.id, records.truth_of(target, aggregate, entity))
        if records.follows(target, aggregate, spoilt):
            records.show(target, aggregate, right)
        else:
            self._put_back_shown(target, aggregate, right)

    @staticmethod
    def _put_back_shown(target: Sql, aggregate: Aggregate, shown: Shown) -> None:
        written = records.expected(target, aggregate, shown)
        if written is not None:
            records.put_back(target, aggregate, written)

    def _take_away(self, service: Service, target: Sql, ids: Collection[str]) -> None:
        """Central does not know these: what only this desk has decided of them stays."""
        numbers = entities.known(target, ids)
        gone = 0
        for aggregate in OWNERS[service]:
            for id_, entity in numbers.items():
                if records.is_confirmed(target, aggregate, entity):
                    records.show(target, aggregate, Shown(entity, id_, UNCONFIRMED))
                    gone += 1
        feeds.count(self._sql, service, -gone, hidden=self._generations.of(service).is_hidden)

    def read_kept(self, service: Service, limit: int) -> int:
        """Take up rows that an older program kept unread; how many were left to look at.

        Also of a generation that is only being built: what is read until the swap is shown now.
        """
        looked = 0
        for target in self._generations.live(service):
            items = unread.now_known(target, service, limit)
            self._apply(service, items, newest_first=False, into=target)
            unread.drop(target, {item.id for item in items}, slot=target.slot(service))
            looked += len(items)
        return looked

    # --- held deletions ----------------------------------------------------------------------

    def _held_back(
        self,
        service: Service,
        items: Sequence[FeedItem],
        announced: Sequence[AnnouncedDeletion],
        at: Millis,
    ) -> Sequence[FeedItem]:
        """A page without the deletions that are held, and with those that need be no longer."""
        self._deletions.drop(item.id for item in items if item.op is not ItemOp.REDIRECT)
        slots = self._generations.of(service)
        gone = [item for item in items if item.op is ItemOp.TOMBSTONE and item.type in _KNOWN]
        if gone:
            present = _Present.of(self._generations.filling(service), gone)
            gone = [item for item in gone if present.takes(item) and present.is_confirmed(item)]
        rows = slots.built if slots.is_hidden else slots.mirrored
        held = self._deletions.hold(service, gone, rows, announced, at)
        late = self._deletions.announced_since(service, announced)
        self._let_go(service, late, at, "announced")
        return [item for item in items if item.id not in held or item.op is not ItemOp.TOMBSTONE]

    def _carry_held(self, service: Service) -> None:
        """Rows whose deletion is held are shown in the new generation too."""
        if not self._generations.of(service).is_hidden:
            return
        source, target = self._sql, self._generations.filling(service)
        numbers = entities.known(source, self._deletions.held_ids(service))
        for aggregate in OWNERS[service]:
            for id_, entity in numbers.items():
                truth = records.truth_of(source, aggregate, entity)
                if truth[0] is not None and not records.is_confirmed(target, aggregate, entity):
                    records.show(target, aggregate, Shown(entity, id_, truth))
                    feeds.count(self._sql, service, 1, hidden=True)

    def clear_generation(self, service: Service, limit: int) -> int:
        """Make room for a new generation, a slice at a time; how many rows went."""
        feeds.keep(self._sql, service, snapshot_running=0, snapshot_after=None)
        return self._generations.clear(service, limit)

    def release_deletions(self, service: Service, limit: int, at: Millis, by: str) -> int:
        """Let up to `limit` held deletions happen; how many there were."""
        items = self._deletions.oldest(service, limit)
        self._let_go(service, items, at, by)
        return len(items)

    def _let_go(self, service: Service, items: Sequence[FeedItem], at: Millis, by: str) -> None:
        if items:
            self._deletions.drop(item.id for item in items)
            self._apply(service, items, newest_first=False)
            self._deletions.closed_if_empty(service, at, by)

    def refuse_deletions(self, service: Service, at: Millis, by: str) -> int:
        """The rows of all that is held stay shown for good; how many."""
        return self._deletions.refuse(service, at, by)

    def touch(self, service: Service, *, last_good: Millis, source_as_of: Millis | None) -> None:
        """Note a good answer that brought no page."""
        feeds.keep(self._sql, service, last_good=last_good)
        if source_as_of is not None:
            feeds.keep(self._sql, service, source_as_of=source_as_of)

    def not_met(self, service: Service) -> None:
        """What is here came from elsewhere: central has never answered this desk."""
        feeds.keep(self._sql, service, last_good=None)

    def _as_of(self, service: Service, page: FeedPage | SnapshotPage) -> Millis | None:
        """When what is read is from: as new as central's data only once all of it is here."""
        if isinstance(page, FeedPage) and page.up_to_date:
            return page.source_as_of
        known = feeds.feed_state(self._sql, service).source_as_of
        return None if known is None else min(known, page.source_as_of)

    # --- rows ------------------------------------------------------------------------------

    def _apply(
        self,
        service: Service,
        items: Sequence[FeedItem],
        *,
        newest_first: bool,
        forced: bool = False,
        settled: Collection[tuple[Aggregate, str]] = (),
        into: Sql | None = None,
    ) -> Changes:
        """`settled`: records that show anew, whether or not their rows have come.

        `into`: another slot than the one that central's pages fill now.
        """
        if not items and not settled:
            return Changes()
        slots = self._generations.of(service)
        target = into or self._generations.filling(service)
        is_hidden = slots.is_hidden and target.slot(service) != slots.reading
        known = [item for item in items if item.type in _KNOWN]
        others = [item for item in items if item.type not in _KNOWN]
        unread.keep(target, service, others)
        unread.outdone(target, service, known)
        for item in others:
            if item.op is ItemOp.REDIRECT:
                redirects.keep(target, item)
        present = replace(_Present.of(target, known), forced=forced)
        fresh = _newest([item for item in known if present.takes(item)])
        first_mirror = newest_first and not is_hidden
        self._number(target, fresh, present, newest_first=first_mirror)
        self._upsert(target, service, fresh, present)
        written = {item.id for item in fresh}
        for aggregate, id_ in settled:
            if id_ not in written:
                records.reproject(target, aggregate, id_)
        gone = sum(self._end(target, item, present) for item in known)
        confirmed = sum(not present.is_confirmed(item) for item in fresh)
        feeds.count(self._sql, service, confirmed - gone, hidden=is_hidden)
        return Changes() if is_hidden else self._note(_changes(known))

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
        if not fresh:
            return
        apart = records.not_plain(target, [item.id for item in fresh])
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
        if item.op is ItemOp.REDIRECT:
            redirects.keep(target, item)
            entity = present.entities.get(item.id)
            if entity is not None and records.has_row(target, aggregate, entity):
                records.reproject(target, aggregate, item.id)
        if item.op is not ItemOp.TOMBSTONE or not present.takes(item):
            return 0
        target.run(
            "INSERT OR REPLACE INTO removed (id, type, rev, term, reason, at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            item.id, item.type, item.rev, item.position.term, item.reason, item.as_of,
        )  # fmt: skip
        if item.reason == erasure.ERASED:
            self._outbox.erase(aggregate, item.id, item.as_of)
        elif item.id in present.rows:
            shown = Shown(present.entities[item.id], item.id, UNCONFIRMED)
            records.show(target, aggregate, shown)
        return int(present.is_confirmed(item))

    def _settle(self, service: Service, named: Collection[str], at: Millis) -> None:
        """What the page names is in the history the mirror follows: no overlay is needed.

        That the mirror has passed a verdict's position proves nothing by itself: the history may
        have been lost in silence since, and have grown again (`app.sync.proving`).
        """
        for op_id in self._outbox.acked(service) if named else ():
            if op_id in named:
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
    forced: bool = False
    """Central's word as it stands counts, older or not."""

    @classmethod
    def of(cls, target: Sql, items: Sequence[FeedItem]) -> _Present:
        entities: dict[str, int] = {}
        rows: dict[str, Version | None] = {}
        removed: dict[str, Version] = {}
        for type_ in dict.fromkeys(item.type for item in items):
            which, chosen = among([item.id for item in items if item.type == type_])
            found = target.all(
                "SELECT e.id, e.entity, r.entity, r.term, r.rev FROM entity e "
                f"LEFT JOIN ${type_} r ON r.entity = e.entity WHERE e.id {which}",
                chosen,
            )
            for id_, entity, row, term, rev in found:
                entities[id_] = entity
                if row is not None:
                    rows[id_] = None if rev is None else (term, rev)
            gone = target.all(f"SELECT id, term, rev FROM removed WHERE id {which}", chosen)
            removed |= {id_: (term, rev) for id_, term, rev in gone}
        return cls(entities, rows, removed)

    def takes(self, item: FeedItem) -> bool:
        """Whether the item is newer than what is here, be it a row or a tombstone."""
        version = (item.position.term, item.rev)
        held, gone = self.rows.get(item.id), self.removed.get(item.id)
        newer = (held is None or version > held) and (gone is None or version > gone)
        return (newer or self.forced) and item.op is not ItemOp.REDIRECT

    def is_confirmed(self, item: FeedItem) -> bool:
        return self.rows.get(item.id) is not None


def _was_spoilt(target: Sql, item: FeedItem) -> bool:
    """Whether this very version had been written here: it is no news to searches and counters."""
    if item.op is not ItemOp.UPSERT:
        return False
    entity = entities.new_entity(target, item.type, item.id)
    *_, kept, raw = records.truth_of(target, Aggregate(item.type), entity)
    return raw == item.raw_fields.decode() or hash_in(kept) == item.row_hash


def _newest(items: Sequence[FeedItem]) -> list[FeedItem]:
    """Upserts, each record once."""
    upserts = [item for item in items if item.op is ItemOp.UPSERT]
    by_id: dict[str, FeedItem] = {}
    for item in upserts:
        held = by_id.get(item.id)
        if held is None or held.rev < item.rev:
            by_id[item.id] = item
    return list(by_id.values())


def _truth(item: FeedItem) -> Truth:
    position = item.position
    raw = item.raw_fields.decode()
    kept = kept_hash(item.row_hash, position.term, position.n, item.as_of)
    return (item.rev, position.term, position.n, item.as_of, kept, raw)


def _changes(items: Sequence[FeedItem]) -> Changes:
    ids: dict[str, set[str]] = {}
    for item in items:
        ids.setdefault(item.type, set()).add(item.id)
    return Changes({kind: frozenset(found) for kind, found in ids.items()})
