"""A store in memory with as much of the port as the sync engine uses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

from app.central.contract import bodies
from app.domain import parity
from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.feed import FeedItem, FeedPage, ItemOp, Position, SnapshotPage
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.incidents import Incident
from app.domain.lifecycle import (
    FINAL,
    LONGEST_WAIT,
    SENDABLE,
    WITHOUT_VERDICT,
    OpEvent,
    OpState,
    next_state,
)
from app.domain.operations import Body, FieldChange, Json
from app.domain.parity import Looked, RowState
from app.domain.views import OutboxCounts
from app.ports.store import DeskIdentity, EventDetail, FeedState, Store, StoredOperation
from tests.support.virtual_time import NOON, SeededIds

T = TypeVar("T")

NO_FEED = FeedState(None, None, None, None, None, False, None, False, None, 0)
IDENTITY = DeskIdentity(
    "desk-1", "Desk", "K7", (), "inc-1", "credential", "", ("http://127.0.0.1:1",), NOON
)


@dataclass(frozen=True, slots=True)
class Row:
    """An outbox row as far as the engine looks at it."""

    op_id: str
    service: str
    state: OpState


@dataclass
class Tables:
    """Everything stored; a transaction works on a copy."""

    operations: dict[str, StoredOperation] = field(default_factory=dict)
    feeds: dict[Service, FeedState] = field(default_factory=dict)
    rows: dict[Service, dict[str, FeedItem]] = field(default_factory=dict)
    building: dict[Service, dict[str, FeedItem]] = field(default_factory=dict)
    old: dict[Service, int] = field(default_factory=dict)
    unsearchable: int = 0
    settings: dict[str, Json] = field(default_factory=dict)
    document: bytes | None = None
    offset: tuple[int, Millis] | None = None
    incidents: list[tuple[str, str, str]] = field(default_factory=list)

    def copied(self) -> Tables:
        """Another set of tables with the same (frozen) contents."""
        return Tables(
            dict(self.operations),
            dict(self.feeds),
            {service: dict(rows) for service, rows in self.rows.items()},
            {service: dict(rows) for service, rows in self.building.items()},
            dict(self.old),
            self.unsearchable,
            dict(self.settings),
            self.document,
            self.offset,
            list(self.incidents),
        )


class Transaction:
    """Outbox, mirror and desk in one: their names do not clash in what the engine calls."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.outbox = self.mirror = self.desk = self.parity = self.incidents = self
        self.changes = Changes()
        self.looked = False

    def note_change(self, changes: Changes) -> None:
        self.changes = self.changes.merged(changes)

    # --- outbox ----------------------------------------------------------------------------

    def get(self, op_id: str) -> StoredOperation | None:
        return self.tables.operations.get(op_id)

    def append_raw(self, operation: StoredOperation) -> None:
        self.tables.operations[operation.op_id] = operation
        self.note_change(Changes.of("outbox", operation.op_id))

    def sendable(
        self, service: Service, now: Millis, limit: int, *, ignore_waiting: bool = False
    ) -> Sequence[StoredOperation]:
        heads: dict[str, StoredOperation] = {}
        for one in self.tables.operations.values():
            if one.service is service and one.state not in FINAL | {OpState.ACKED}:
                heads.setdefault(one.lane, one)
        able = [
            one
            for one in heads.values()
            if one.state in SENDABLE
            and (
                ignore_waiting
                or one.next_try is None
                or not now < one.next_try <= now + LONGEST_WAIT
            )
        ]
        self.looked = bool(able)
        return able[:limit]

    def standing(self, service: Service) -> tuple[int, Millis | None]:
        mine = [one for one in self.tables.operations.values() if one.service is service]
        times = [one.next_try for one in mine if one.state in SENDABLE and one.next_try]
        waiting = sum(one.state in WITHOUT_VERDICT for one in mine)
        return waiting, min(times, default=None)

    def acked(self, service: Service) -> Sequence[OpId]:
        return [
            one.op_id
            for one in self.tables.operations.values()
            if one.service is service and one.state is OpState.ACKED
        ]

    def unproven(self, service: Service, here: Position) -> Sequence[StoredOperation]:
        return [one for at, one in self._accepted(service) if at <= here]

    def ahead(self, service: Service, here: Position) -> Sequence[StoredOperation]:
        return [one for at, one in self._accepted(service) if at.term == here.term and at > here]

    def _accepted(self, service: Service) -> list[tuple[Position, StoredOperation]]:
        mine = [one for one in self.tables.operations.values() if one.service is service]
        acked = [one for one in mine if one.state is OpState.ACKED]
        return [(one.verdict_position, one) for one in acked if one.verdict_position is not None]

    def journal(self, service: Service, beyond: Position | None) -> Sequence[StoredOperation]:
        sent = (OpState.SENDING, OpState.ACKED, OpState.SETTLED)
        return [
            one
            for one in self.tables.operations.values()
            if one.service is service
            and one.state in sent
            and (beyond is None or one.verdict_position is None or one.verdict_position > beyond)
        ]

    def rows(self, *, include_final: bool = False) -> Sequence[Row]:
        return [Row(one.op_id, one.service, one.state) for one in self.tables.operations.values()]

    def counts(self) -> OutboxCounts:
        waiting = [one for one in self.tables.operations.values() if one.state in WITHOUT_VERDICT]
        parked = sum(one.state is OpState.PARKED for one in self.tables.operations.values())
        by_service = {service.value: 0 for service in Service}
        for one in waiting:
            by_service[one.service] += 1
        oldest = min((one.recorded_at for one in waiting), default=None)
        return OutboxCounts(len(waiting), parked, oldest, by_service)

    def missing_since(self, op_id: str, now: Millis) -> Millis | None:
        return None

    def mark_former(self, service: Service, at: Millis) -> None:
        """The real store's tests look at it."""

    def event(self, op_id: str, event: OpEvent, detail: EventDetail) -> OpState:
        one = self.tables.operations[op_id]
        verdict = detail.verdict
        self.tables.operations[op_id] = replace(
            one,
            state=next_state(one.state, event),
            attempts=one.attempts + (event is OpEvent.SEND),
            poison_count=one.poison_count + (event is OpEvent.POISON),
            next_try=detail.next_try,
            reason=detail.reason,
            verdict_rev=verdict.rev if verdict else one.verdict_rev,
            verdict_position=verdict.position if verdict else one.verdict_position,
        )
        self.note_change(Changes.of("outbox", op_id))
        return self.tables.operations[op_id].state

    # --- mirror ----------------------------------------------------------------------------

    def feed_state(self, service: Service) -> FeedState:
        return self.tables.feeds.get(service, NO_FEED)

    def apply_page(
        self, service: Service, page: FeedPage, at: Millis, announced: Sequence[object] = ()
    ) -> Changes:
        feed = self.feed_state(service)
        into = self.tables.building if feed.snapshot_running else self.tables.rows
        _apply(into.setdefault(service, {}), page.items)
        self.tables.feeds[service] = replace(
            feed,
            cursor=page.next_cursor,
            position=page.position,
            term_id=page.term_id,
            source_as_of=page.source_as_of if page.up_to_date else feed.source_as_of,
            last_good=at,
            up_to_date=page.up_to_date,
            mirrored_rows=len(self.tables.rows.get(service, {})),
        )
        named = {op_id for item in page.items for op_id in item.origin_ops}
        for op_id in self.acked(service):
            if op_id in named:
                self.event(op_id, OpEvent.PASSED, EventDetail(at))
        return Changes()

    def apply_snapshot_page(self, service: Service, page: SnapshotPage, at: Millis) -> Changes:
        feed = self.feed_state(service)
        if not feed.snapshot_running or feed.snapshot_after is None:
            self.tables.building[service] = {}
        _apply(self.tables.building[service], page.items)
        self.tables.unsearchable += len(page.items)
        self.tables.feeds[service] = replace(
            feed,
            snapshot_running=True,
            snapshot_after=page.after,
            cursor=page.start_cursor if page.after is None else feed.cursor,
            up_to_date=False,
            expected_rows=page.total,
            last_good=at,
        )
        return Changes()

    def swap_generation(self, service: Service, at: Millis) -> Changes:
        self.tables.old[service] = len(self.tables.rows.get(service, {}))
        self.tables.rows[service] = self.tables.building.pop(service)
        self.tables.feeds[service] = replace(
            self.feed_state(service),
            snapshot_running=False,
            mirrored_rows=len(self.tables.rows[service]),
        )
        return Changes(everything=True)

    def empty_old_generation(self, service: Service, limit: int) -> int:
        left = self.tables.old.get(service, 0)
        gone = min(left, limit)
        self.tables.old[service] = left - gone
        return gone

    def fill_search(self, limit: int) -> int:
        done = min(limit, self.tables.unsearchable)
        self.tables.unsearchable -= done
        return done

    def clear_generation(self, service: Service, limit: int) -> int:
        return 0

    def searches_fit(self, service: Service) -> bool:
        """It keeps none."""
        return True

    def read_kept(self, service: Service, limit: int) -> int:
        return 0

    def put_right(
        self, service: Service, asked: Collection[str], items: Sequence[FeedItem]
    ) -> Changes:
        rows = self.tables.rows.setdefault(service, {})
        for id_ in asked:
            rows.pop(id_, None)
        rows.update({item.id: item for item in items if item.op is ItemOp.UPSERT})
        self._count(service)
        return Changes()

    def _count(self, service: Service) -> None:
        feed = self.feed_state(service)
        mirrored = len(self.tables.rows.get(service, {}))
        self.tables.feeds[service] = replace(feed, mirrored_rows=mirrored)

    # --- parity ----------------------------------------------------------------------------

    def look(
        self, service: Service, after: tuple[int, int], limit: int, row_hash: object
    ) -> Looked:
        return Looked(len(self.tables.rows.get(service, {})), None)

    def digests(self, service: Service) -> tuple[str, ...]:
        rows = self.tables.rows.get(service, {}).values()
        return parity.digests((one.id, one.row_hash) for one in rows)

    def states(self, service: Service, buckets: Collection[int]) -> dict[int, list[RowState]]:
        found: dict[int, list[RowState]] = {number: [] for number in buckets}
        for one in self.tables.rows.get(service, {}).values():
            if parity.bucket_of(one.id) in found:
                state = RowState(one.id, one.rev, one.row_hash)
                found[parity.bucket_of(one.id)].append(state)
        return found

    def excused(self, ids: Collection[str]) -> frozenset[str]:
        return frozenset()

    def miscounted(self, service: Service) -> dict[tuple[int, str, str], int]:
        """It keeps no counters."""
        return {}

    def beyond(self, service: Service, fork: tuple[int, int], after: str) -> Sequence[str]:
        rows = self.tables.rows.get(service, {}).values()
        return sorted(one.id for one in rows if one.position > Position(*fork) and one.id > after)

    def open(self) -> Sequence[Incident]:
        return ()

    def note(self, kind: str, service: str, subject: str, at: Millis, detail: str = "") -> None:
        self.tables.incidents.append((kind, service, subject))

    def close(self, kind: str, service: str, subject: str, at: Millis, by: str) -> None:
        """Only what was noted is looked at."""

    # --- desk ------------------------------------------------------------------------------

    def identity(self) -> DeskIdentity:
        return IDENTITY

    def configuration_document(self) -> bytes | None:
        return self.tables.document

    def keep_configuration(self, document: bytes) -> None:
        self.tables.document = document

    def setting(self, name: str) -> Json:
        return self.tables.settings.get(name)

    def set_setting(self, name: str, value: Json) -> None:
        self.tables.settings[name] = value

    def clock_offset(self) -> tuple[int, Millis] | None:
        return self.tables.offset

    def keep_clock_offset(self, offset_ms: int, at: Millis) -> None:
        self.tables.offset = (offset_ms, at)


def _apply(rows: dict[str, FeedItem], items: Sequence[FeedItem]) -> None:
    for item in items:
        if item.op is ItemOp.TOMBSTONE:
            rows.pop(item.id, None)
        elif item.id not in rows or rows[item.id].rev < item.rev:
            rows[item.id] = item


class MemoryStore:
    """Transactions over `Tables`; a fault may be planted for the next write."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.writes = 0
        self.reads = 0
        self.faults_fired = 0
        self.after_look: Callable[[], Awaitable[None]] | None = None
        """Another one's work, once, between a look at what may go and what follows from it."""
        self._planted: Exception | None = None
        self._listeners: list[Callable[[Changes], None]] = []

    def as_port(self) -> Store:
        """The port, of which this store has what the engine calls."""
        return cast("Store", self)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        self.reads += 1
        transaction = Transaction(self.tables)
        result = work(transaction)
        if self.after_look is not None and transaction.looked:
            look, self.after_look = self.after_look, None
            await look()
        return result

    async def write(self, work: Callable[[Transaction], T], *, by_person: bool = True) -> T:
        fault, self._planted = self._planted, None
        if fault is not None:
            self.faults_fired += 1
            raise fault
        transaction = Transaction(self.tables.copied())
        result = work(transaction)
        self.tables = transaction.tables
        self.writes += 1
        if transaction.changes.ids:
            for listener in tuple(self._listeners):
                listener(transaction.changes)
        return result

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def plant(self, fault: Exception) -> None:
        """The next write fails so."""
        self._planted = fault

    # --- what a test says and asks ---------------------------------------------------------

    def state_of(self, op_id: str) -> OpState:
        return self.tables.operations[op_id].state

    async def take(self, operation: StoredOperation) -> str:
        """Save as a person does."""
        await self.write(lambda tx: tx.append_raw(operation))
        return operation.op_id


@dataclass
class Taken:
    """Makes operations of one desk, numbered as they come."""

    ids: SeededIds = field(default_factory=SeededIds)
    made: int = 0

    def note(
        self, lane: str | None = None, service: Service = Service.TICKETS, at: Millis = NOON
    ) -> StoredOperation:
        """An operation of a lane (a new one if none is given) as the outbox keeps it."""
        self.made += 1
        op_id = OpId(self.ids.new_id())
        lane = lane or self.ids.new_id()
        kind = {Service.TICKETS: "ticket.set", Service.CUSTOMERS: "customer.set"}.get(
            service, "message.create"
        )
        body = Body(
            op_id=op_id,
            kind=kind,
            target=EntityId(lane),
            after=None,
            actor=PersonId("agent"),
            desk=DeskId("desk-1"),
            incarnation="inc-1",
            happened_at=at,
            clock_offset_ms=None,
            clock_offset_age_ms=None,
            offline=True,
            changes={"status": FieldChange("new", f"step {self.made}")},
        )
        sealed = bodies.seal(body)
        return StoredOperation(
            op_id=op_id,
            seq=self.made,
            service=service,
            kind=kind,
            lane=lane,
            raw=sealed.raw,
            digest=sealed.digest,
            state=OpState.PENDING,
            attempts=0,
            next_try=None,
            reason="",
            recorded_at=at,
            verdict_rev=None,
            verdict_position=None,
            poison_count=0,
            receipt=None,
        )
