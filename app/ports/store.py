"""The local store: short synchronous transactions, run away from the caller's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.domain.call import Draft
from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.feed import FeedPage, Position, SnapshotPage, Verdict
from app.domain.ids import EntityId, Millis, OpId, Reference
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Json, NewOperation
from app.domain.views import (
    CallBack,
    CallerMatch,
    ConflictRow,
    CustomerCard,
    DeviceCard,
    ModelCandidate,
    OutboxCounts,
    OutboxRow,
    QueueFilter,
    QueueKey,
    QueuePage,
    RailCounts,
    SearchAnswer,
    TicketDetail,
    TicketRow,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeskIdentity:
    """Who this desk is; made at enrolment, kept in the encrypted store."""

    desk_id: str
    name: str
    desk_code: str
    spare_codes: tuple[str, ...]
    incarnation: str
    credential: str
    organisation_key: str
    central_urls: tuple[str, ...]
    enrolled_at: Millis


@dataclass(frozen=True, slots=True)
class FeedState:
    """Where one service's feed stands, and what is known of its freshness."""

    cursor: str | None
    position: Position | None
    term_id: str | None
    source_as_of: Millis | None
    last_good: Millis | None
    """When a body of the contract last came from the service."""
    up_to_date: bool
    snapshot_after: str | None
    """A snapshot under way resumes here; None where none is."""
    snapshot_running: bool
    expected_rows: int | None
    mirrored_rows: int


@dataclass(frozen=True, slots=True)
class StoredOperation:
    """An operation as the outbox keeps it."""

    op_id: OpId
    seq: int
    service: Service
    kind: str
    lane: str
    raw: bytes
    digest: str
    state: OpState
    attempts: int
    next_try: Millis | None
    reason: str
    recorded_at: Millis
    verdict_rev: int | None
    verdict_position: Position | None
    poison_count: int
    receipt: str | None


@dataclass(frozen=True, slots=True)
class EventDetail:
    """What an event brings besides its name."""

    at: Millis
    next_try: Millis | None = None
    reason: str = ""
    """A wording key or central's own sentence; never a customer's words."""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Staleness:
    """What reading needs to say how old a group is: the time, and thresholds in ms."""

    now: Millis
    stale_after: Mapping[Service, int]


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a customer's plan says about a call taken now; read softly, never a hard stop."""

    id: str
    response_minutes: int | None
    covers_now: bool


class TicketReads(Protocol):
    def queue(
        self, which: QueueFilter, after: QueueKey | None, limit: int, now: Millis
    ) -> QueuePage:
        """Rows in order of danger, due, row number; two indexed branches, no table scan."""
        ...

    def row(self, ticket_id: str) -> TicketRow | None: ...

    def detail(self, ticket_id: str, staleness: Staleness) -> TicketDetail | None: ...

    def id_of(self, reference: str) -> EntityId | None:
        """The ticket that carries the reference; redirects are followed."""
        ...

    def open_like(
        self, *, e164: str | None, customer_id: str | None, device_id: str | None, limit: int
    ) -> Sequence[tuple[TicketRow, Mapping[str, Json]]]:
        """Open tickets of that caller, customer or device with their fields, newest first."""
        ...

    def counts(self, person: str, now: Millis) -> RailCounts: ...

    def call_backs(self, before: Millis, limit: int) -> Sequence[CallBack]: ...


class CustomerReads(Protocol):
    def matches(
        self, *, e164: str | None, digits: str, name: str, now: Millis, limit: int
    ) -> Sequence[CallerMatch]:
        """Offers for a phone (exact, then prefix, then last digits) or a name, best first."""
        ...

    def card(self, customer_id: str) -> CustomerCard | None: ...

    def devices(self, customer_id: str) -> Sequence[DeviceCard]: ...

    def plan(self, customer_id: str, device_id: str | None, now: Millis) -> PlanTerms | None:
        """The plan that covers the device's category (or any, without a device) best, if any."""
        ...


class CatalogReads(Protocol):
    def candidates(self, words: str, limit: int) -> Sequence[ModelCandidate]:
        """Entries whose maker, name or numbers fit the words, best first; bounded work."""
        ...

    def name_of(self, entry_id: str) -> str | None: ...


class OutboxReads(Protocol):
    def rows(self, *, include_final: bool = False) -> Sequence[OutboxRow]: ...

    def counts(self) -> OutboxCounts: ...

    def get(self, op_id: str) -> StoredOperation | None: ...

    def last_in_lane(self, lane: str) -> StoredOperation | None:
        """The newest operation of the lane that is neither withdrawn nor superseded."""
        ...

    def followers(self, op_id: str) -> Sequence[StoredOperation]:
        """Later operations of the same lane, oldest first."""
        ...

    def sendable(
        self, service: Service, now: Millis, limit: int, *, ignore_waiting: bool = False
    ) -> Sequence[StoredOperation]:
        """The head of each lane that may go now, oldest first; never two of one lane."""
        ...

    def next_try(self, service: Service) -> Millis | None:
        """When the earliest waiting operation wants to go again."""
        ...

    def acked(self, service: Service) -> Sequence[OpId]:
        """Operations with a verdict whose position the mirror has not passed."""
        ...

    def journal(self, service: Service, beyond: Position | None) -> Sequence[StoredOperation]:
        """What was sent or confirmed beyond a position, in lane order (for re-offer)."""
        ...


class DeskReads(Protocol):
    def identity(self) -> DeskIdentity: ...

    def configuration_document(self) -> bytes | None:
        """The last good signed document, as it came."""
        ...

    def setting(self, name: str) -> Json: ...

    def clock_offset(self) -> tuple[int, Millis] | None:
        """Central's clock minus ours in ms, and when it was measured."""
        ...


class ReadTx(Protocol):
    """One consistent view of the store."""

    @property
    def tickets(self) -> TicketReads: ...
    @property
    def customers(self) -> CustomerReads: ...
    @property
    def catalog(self) -> CatalogReads: ...
    @property
    def outbox(self) -> OutboxReads: ...
    @property
    def desk(self) -> DeskReads: ...

    def record(
        self, aggregate: Aggregate, id_: str
    ) -> tuple[Mapping[str, Json], int | None] | None:
        """A record as projected (mirror plus pending operations) and its mirror rev."""
        ...

    def search(self, text: str, limit: int, now: Millis) -> SearchAnswer: ...

    def feed_state(self, service: Service) -> FeedState: ...

    def drafts(self) -> Sequence[Draft]: ...

    def conflicts(self) -> Sequence[ConflictRow]: ...


class OutboxWrites(OutboxReads, Protocol):
    def append(self, operation: NewOperation, at: Millis) -> OpState:
        """Store the operation, lay it over its record, update search and counters, journal it.

        The state is `blocked` where the lane has a parked predecessor it must wait for.
        """
        ...

    def event(self, op_id: str, event: OpEvent, detail: EventDetail) -> OpState:
        """Move an operation along the life table, with all that follows for its lane.

        Raises KeyError for an arrow the table does not have.
        """
        ...

    def replace(self, op_id: str, operation: NewOperation, at: Millis) -> OpState:
        """Supersede a parked or unsent operation; the new one takes its place in the lane."""
        ...


class MirrorWrites(Protocol):
    """The only way a mirror row changes: from a central feed."""

    def apply_page(self, service: Service, page: FeedPage, at: Millis) -> Changes:
        """Rows and cursor in this transaction; the larger rev wins, the rest is ignored.

        Acked operations whose position the page has passed, or which it names as origin,
        settle and their overlay goes.
        """
        ...

    def apply_snapshot_page(self, service: Service, page: SnapshotPage, at: Millis) -> Changes:
        """Fill the generation being built; resumable at each page."""
        ...

    def swap_generation(self, service: Service, at: Millis) -> Changes:
        """Flip to the filled generation after catching up; absence deletes only here."""
        ...

    def empty_old_generation(self, service: Service, limit: int) -> int:
        """Delete up to `limit` rows of what was swapped out; how many went."""
        ...

    def fill_search(self, limit: int) -> int:
        """Index up to `limit` rows that are mirrored but not yet searchable; how many were."""
        ...

    def touch(self, service: Service, *, last_good: Millis, source_as_of: Millis | None) -> None:
        """Note a good answer that brought no page."""
        ...


class DeskWrites(DeskReads, Protocol):
    def keep_identity(self, identity: DeskIdentity) -> None: ...

    def keep_configuration(self, document: bytes) -> None: ...

    def set_setting(self, name: str, value: Json) -> None: ...

    def next_reference(self) -> Reference:
        """Count up durably and compose; never given twice, not even after a rollback of others."""
        ...

    def keep_clock_offset(self, offset_ms: int, at: Millis) -> None: ...

    def start_again(self, incarnation: str) -> None:
        """After a restore or take-over: the next spare desk code, a new incarnation."""
        ...


class WriteTx(ReadTx, Protocol):
    """The one writer's transaction: commits when the work returns, rolls back when it raises."""

    @property
    def outbox(self) -> OutboxWrites: ...
    @property
    def mirror(self) -> MirrorWrites: ...
    @property
    def desk(self) -> DeskWrites: ...

    def keep_draft(self, draft: Draft) -> None: ...

    def drop_draft(self, draft_id: str) -> None: ...

    def note_change(self, changes: Changes) -> None:
        """Add to what is published after the commit."""
        ...


class Store(Protocol):
    """Opened with its key; every call is one transaction."""

    async def read(self, work: Callable[[ReadTx], T]) -> T:
        """Run against a consistent view; a reader never waits for the writer."""
        ...

    async def write(self, work: Callable[[WriteTx], T], *, by_person: bool = True) -> T:
        """Run in the writer, people's saves first; durable when it returns.

        Raises StoreFull, StoreInDoubt, StoreDamaged. In doubt the work may have been committed:
        look for its ids before doing anything again.
        """
        ...

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call after each commit that changed something, on a worker thread; returns the undo."""
        ...

    async def backup(self, target: str) -> None:
        """Write an encrypted copy of everything to that path."""
        ...

    async def check(self) -> Iterable[str]:
        """Findings of the integrity checks (cipher, SQLite, search); none when healthy."""
        ...

    async def close(self) -> None: ...
