"""A desk's real store for tests: operations decided in it, pages of central's applied to it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from app.central.contract import bodies
from app.domain.central_services import Aggregate, Service
from app.domain.feed import FeedItem, FeedPage, ItemOp, Position, Rate, SnapshotPage, Verdict
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import (
    Body,
    FieldChange,
    FieldConflict,
    Json,
    NewOperation,
    Outcome,
    Reason,
)
from app.domain.times import to_rfc3339
from app.domain.views import QueueFilter, QueueKey, QueuePage, QueueView, SearchAnswer
from app.ports.store import DeskIdentity, EventDetail, ReadTx, WriteTx
from app.providers.executor import InlineExecutor
from app.providers.platform import SystemPlatform
from local_store import profile
from local_store.store import SqlStore
from tests.support.virtual_time import NOON, SeededIds

T = TypeVar("T")

KEY = bytes(range(32))
PLATFORM = SystemPlatform()
IDENTITY = DeskIdentity(
    "desk-1", "Desk", "K7", ("K8",), "inc-1", "credential", "", ("http://127.0.0.1:1",), NOON
)
TICKETS, CUSTOMERS = Service.TICKETS, Service.CUSTOMERS

Fields = Mapping[str, Json]


@dataclass
class StoreDesk:
    """A profile with its store open; every call ends at once, for its executor is inline."""

    folder: Path
    store: SqlStore
    ids: SeededIds = field(default_factory=SeededIds)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def made(cls, folder: Path, key: bytes = KEY) -> StoreDesk:
        desk = cls(folder, profile.create(folder, key, PLATFORM, InlineExecutor()))
        desk.write(lambda tx: tx.desk.keep_identity(IDENTITY))
        return desk

    def reopened(self, key: bytes = KEY) -> StoreDesk:
        """Closed and opened again, as after a restart."""
        self.store.close_now()
        self.store = profile.open_(self.folder, key, PLATFORM, InlineExecutor())
        return self

    def read(self, work: Callable[[ReadTx], T]) -> T:
        return self.store._read(work)

    def write(self, work: Callable[[WriteTx], T]) -> T:
        return self.store._write(work)

    # --- what people decide ----------------------------------------------------------------

    def operation(
        self,
        kind: str,
        target: str | Mapping[str, str],
        fields: Fields | None = None,
        entry: Fields | None = None,
        depends_on: Sequence[str] = (),
    ) -> NewOperation:
        return bodies.seal(
            Body(
                op_id=OpId(self.ids.new_id()),
                kind=kind,
                target=EntityId(target) if isinstance(target, str) else target,
                after=None,
                actor=PersonId("p-ann"),
                desk=DeskId("desk-1"),
                incarnation="inc-1",
                happened_at=NOON,
                clock_offset_ms=None,
                clock_offset_age_ms=None,
                offline=True,
                changes={name: FieldChange(None, value) for name, value in (fields or {}).items()},
                entry=entry,
                depends_on=tuple(OpId(one) for one in depends_on),
            )
        )

    def decide(
        self,
        kind: str,
        target: str | Mapping[str, str],
        fields: Fields | None = None,
        entry: Fields | None = None,
        depends_on: Sequence[str] = (),
    ) -> str:
        """Append an operation; its id."""
        made = self.operation(kind, target, fields, entry, depends_on)
        self.write(lambda tx: tx.outbox.append(made, NOON))
        return made.body.op_id

    def take(self, fault: str = "It leaks", **fields: Json) -> tuple[str, str]:
        """A ticket taken here: its id and its operation's."""
        ticket = self.ids.new_id()
        return ticket, self.decide("ticket.create", ticket, ticket_fields(fault=fault, **fields))

    def note(self, ticket: str, text: str) -> str:
        entry: Fields = {
            "id": self.ids.new_id(), "text": text, "by": "p-ann", "at": to_rfc3339(NOON),
        }  # fmt: skip
        return self.decide("ticket.note", ticket, entry=entry)

    def move(
        self, op_id: str, *events: OpEvent, verdict: Verdict | None = None, reason: str = ""
    ) -> OpState:
        detail = EventDetail(NOON, reason=reason, verdict=verdict)

        def write(tx: WriteTx) -> OpState:
            state = OpState.PENDING
            for event in events:
                state = tx.outbox.event(op_id, event, detail)
            return state

        return self.write(write)

    def ack(self, op_id: str, n: int, *conflicts: FieldConflict) -> OpState:
        """Central applied it at position n."""
        outcome = Outcome.APPLIED_WITH_CONFLICTS if conflicts else Outcome.APPLIED
        verdict = Verdict(OpId(op_id), outcome, 1, Position(1, n), "term", conflicts)
        self.move(op_id, OpEvent.SEND)
        return self.move(op_id, OpEvent.APPLIED, verdict=verdict)

    def park(self, op_id: str) -> OpState:
        """Central refused it."""
        problem = Reason("invalid", "Central says no.")
        verdict = Verdict(OpId(op_id), Outcome.REJECTED, None, None, "term", problem=problem)
        self.move(op_id, OpEvent.SEND)
        return self.move(op_id, OpEvent.REJECTED, verdict=verdict, reason=problem.text)

    # --- what central sends ----------------------------------------------------------------

    def feed(
        self, *items: FeedItem, n: int | None = None, service: Service = TICKETS, term: int = 1
    ) -> None:
        """A page of the feed up to its newest item, or to position n."""
        newest = max((item.position.n for item in items), default=0)
        page = FeedPage(
            items, f"cursor-{n or newest}", Position(term, n or newest), "term",
            up_to_date=True, source_as_of=NOON, rate=Rate(1.0, 1.0),
        )  # fmt: skip
        self.write(lambda tx: tx.mirror.apply_page(service, page, NOON))

    def snapshot(
        self,
        *items: FeedItem,
        after: str | None = None,
        service: Service = TICKETS,
        start: str = "start-1",
        total: int | None = None,
    ) -> None:
        """A page of a snapshot; without `after` it is the last one."""
        page = SnapshotPage(
            items, after, start, Position(1, 1_000), "term", total or len(items), NOON
        )
        self.write(lambda tx: tx.mirror.apply_snapshot_page(service, page, NOON))

    def swap(self, service: Service = TICKETS) -> None:
        self.write(lambda tx: tx.mirror.swap_generation(service, NOON))

    def mirror(self, *items: FeedItem, service: Service = TICKETS) -> None:
        """A first mirror, caught up and swapped in."""
        self.snapshot(*items, service=service)
        self.feed(n=1_000, service=service)
        self.swap(service)

    # --- what tests ask --------------------------------------------------------------------

    def state(self, op_id: str) -> OpState:
        found = self.read(lambda tx: tx.outbox.get(op_id))
        assert found is not None
        return found.state

    def raw(self, op_id: str) -> tuple[bytes, str]:
        """The operation's fixed bytes and their digest."""
        found = self.read(lambda tx: tx.outbox.get(op_id))
        assert found is not None
        return found.raw, found.digest

    def fields(self, id_: str, aggregate: Aggregate = Aggregate.TICKET) -> Fields:
        found = self.read(lambda tx: tx.record(aggregate, id_))
        return found[0] if found else {}

    def queue(self, view: QueueView = QueueView.OPEN, **narrowed: object) -> QueuePage:
        which = QueueFilter(view, **narrowed)  # type: ignore[arg-type]  # by name
        return self.read(lambda tx: tx.tickets.queue(which, None, 256, NOON))

    def page(self, which: QueueFilter, after: QueueKey | None, limit: int) -> QueuePage:
        return self.read(lambda tx: tx.tickets.queue(which, after, limit, NOON))

    def answer(self, text: str, limit: int = 50) -> SearchAnswer:
        return self.read(lambda tx: tx.search(text, limit, NOON))

    def found(self, text: str) -> list[str]:
        """The ids of the tickets that a search finds."""
        return [row.id for row in self.answer(text).tickets]

    def healthy(self) -> bool:
        assert self.store._check() == []
        return True


def ticket_fields(**more: Json) -> dict[str, Json]:
    """A ticket that nothing is missing from."""
    return {
        "reference": "K7-0001-M", "caller_name": "Ann Miller", "fault": "It leaks",
        "model_words": "KGN 39", "place": "Leeds", "status": "ready", "safety": "none",
        "happened_at": to_rfc3339(NOON), **more,
    }  # fmt: skip


def item(
    id_: str,
    n: int,
    fields: Fields,
    *,
    rev: int = 1,
    aggregate: Aggregate = Aggregate.TICKET,
    term: int = 1,
    origin: Sequence[str] = (),
) -> FeedItem:
    """A row of central's at a position."""
    return FeedItem(
        aggregate.value, EntityId(id_), rev, Position(term, n), ItemOp.UPSERT, fields,
        msgspec.json.encode(dict(fields)), NOON, f"{n:064x}", tuple(OpId(one) for one in origin),
    )  # fmt: skip


def tombstone(id_: str, n: int, *, rev: int = 2, reason: str = "deleted") -> FeedItem:
    return FeedItem(
        Aggregate.TICKET.value, EntityId(id_), rev, Position(1, n), ItemOp.TOMBSTONE, {}, b"{}",
        NOON, "", (), reason,
    )  # fmt: skip


def redirect(from_id: str, to_id: str | None, n: int, aggregate: Aggregate) -> FeedItem:
    into = EntityId(to_id) if to_id else None
    return FeedItem(
        aggregate.value, EntityId(from_id), 2, Position(1, n), ItemOp.REDIRECT, {}, b"{}",
        NOON, "", (), redirect_to=into,
    )  # fmt: skip


def minutes(count: int) -> Millis:
    """A time that many minutes after noon."""
    return Millis(NOON + count * 60_000)
