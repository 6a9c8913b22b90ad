"""The local store: short synchronous transactions, run away from the caller's thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.domain.audit import Anchor, AuditEntry, Head
from app.domain.call import Draft
from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.configuration import AnnouncedDeletion
from app.domain.deletions import HeldDeletions
from app.domain.feed import FeedItem, FeedPage, Position, SnapshotPage, Verdict
from app.domain.ids import EntityId, Millis, OpId, Reference
from app.domain.incidents import Incident
from app.domain.lifecycle import OpEvent, OpState
from app.domain.model_work import AliasRow, ModelParts, ProposalView, WaitingWords
from app.domain.operations import Json, NewOperation
from app.domain.parity import Looked, RowHash, RowState
from app.domain.payments.read_lines import KeptLine, TicketFields
from app.domain.views import (
    CallBack,
    CallerMatch,
    ConflictRow,
    CustomerCard,
    CustomerPage,
    DeviceCard,
    EntryNames,
    ExpertCard,
    ModelCandidate,
    OutboxCounts,
    OutboxRow,
    ParallelRow,
    QueueFilter,
    QueueKey,
    QueuePage,
    RailCounts,
    SearchAnswer,
    SecondCopy,
    TicketDetail,
    TicketRow,
)

T = TypeVar("T")

KEPT_SETTINGS = frozenset(
    {
        "desk_key", "desk_sealing_key", "person_keys", "waiting_for_key", "blanks", "exports",
        "person", "second_place", "held",
    }
)  # fmt: skip
"""Settings that a desk needs to go on elsewhere; the journal beside the store keeps them."""

HELD = "held"
"""The setting that lists the services whose restored operations wait for central's word."""


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
    """What reading needs to say how old a group is: central's time, and thresholds in ms."""

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

    def why_gone(self, ticket_id: str) -> str | None:
        """Central's reason for taking the ticket away; None where it has not."""
        ...

    def own_id_of(self, reference: str) -> EntityId | None:
        """The ticket that carries the reference, merged or not."""
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

    def page(self, customer_id: str, now: Millis) -> CustomerPage | None:
        """Their tickets, devices, plans, calls and last promise; redirects are followed."""
        ...

    def plan(self, customer_id: str, device_id: str | None, now: Millis) -> PlanTerms | None:
        """The plan that covers the device's category (or any, without a device) best, if any."""
        ...


class CatalogReads(Protocol):
    def candidates(self, words: str, limit: int) -> Sequence[ModelCandidate]:
        """Entries whose maker, name or numbers fit the words, best first; bounded work."""
        ...

    def name_of(self, entry_id: str) -> str | None: ...

    def entries(self, after: int, limit: int) -> tuple[Sequence[EntryNames], int]:
        """Entries nobody has merged away beyond a row number, and where to go on; 0 at the end."""
        ...

    def entries_of(self, ids: Sequence[str]) -> Sequence[EntryNames]:
        """Those of the entries that are there and not merged away, in the order given; entries
        approved here that central has not confirmed are among them.
        """
        ...

    def known_by(self, words: str) -> Sequence[str]:
        """Ids of the entries the words were remembered for, redirects followed; by approvals of
        this desk as well that central has not confirmed.
        """
        ...

    def approved_here(self) -> Sequence[str]:
        """Ids of entries approved here that central has not confirmed."""
        ...


class ModelReads(Protocol):
    """What the model work list shows."""

    def waiting(self) -> Sequence[WaitingWords]:
        """Words of open tickets that no model is known for, the most urgent first."""
        ...

    def proposals(self) -> Sequence[ProposalView]:
        """What nobody has decided about yet, oldest first."""
        ...

    def skills_of(self, expert: str) -> Sequence[str]:
        """The categories an expert of that name knows about; none where nobody has the name."""
        ...

    def decided_here(self) -> Sequence[ProposalView]:
        """What this desk has decided about and central has not confirmed, oldest first."""
        ...

    def aliases_of(self, entry_id: str) -> Sequence[AliasRow]:
        """The words an entry is found by."""
        ...

    def aliases_for(self, words: str) -> Sequence[AliasRow]:
        """What these words were remembered for; several where desks decided differently."""
        ...

    def entry_parts(self, entry_id: str) -> ModelParts | None:
        """What names an entry; None where the mirror does not have it."""
        ...


class OutboxReads(Protocol):
    def rows(self, *, include_final: bool = False) -> Sequence[OutboxRow]: ...

    def counts(self) -> OutboxCounts: ...

    def get(self, op_id: str) -> StoredOperation | None: ...

    def last_in_lane(self, lane: str) -> StoredOperation | None:
        """The newest operation of the lane that is neither withdrawn nor superseded."""
        ...

    def parallel_edits(self, limit: int) -> Sequence[ParallelRow]:
        """Newest first."""
        ...

    def followers(self, op_id: str) -> Sequence[StoredOperation]:
        """Later operations of the same lane, oldest first."""
        ...

    def sendable(
        self, service: Service, now: Millis, limit: int, *, ignore_waiting: bool = False
    ) -> Sequence[StoredOperation]:
        """The head of each lane that may go now, oldest first; never two of one lane."""
        ...

    def standing(self, service: Service) -> tuple[int, Millis | None]:
        """Operations without a verdict, and when the earliest of them wants to go again."""
        ...

    def acked(self, service: Service) -> Sequence[OpId]:
        """Operations with a verdict whose position the mirror has not passed."""
        ...

    def unproven(self, service: Service, here: Position) -> Sequence[StoredOperation]:
        """Those with a verdict that the mirror has passed, in lane order; no page named them."""
        ...

    def journal(self, service: Service, beyond: Position | None) -> Sequence[StoredOperation]:
        """What was sent or confirmed beyond a position, in lane order (for re-offer)."""
        ...


class PaymentReads(Protocol):
    def unverified(self) -> Sequence[TicketFields]:
        """Open tickets whose coverage rests on a claim, the most urgent first."""
        ...

    def reduced(self) -> Sequence[TicketFields]:
        """Open tickets that may have parts missing, and those in danger, the most urgent first."""
        ...

    def rulings(self) -> Sequence[Mapping[str, Json]]:
        """Every ruling's fields with its `id`, in the order this desk came to know them."""
        ...

    def billed(self, since: str) -> Sequence[tuple[str, Mapping[str, Json]]]:
        """Ids and fields of billing's payments from that day (YYYY-MM-DD) on."""
        ...

    def lines(self, since: str) -> Sequence[KeptLine]:
        """Imported bank lines booked from that day on."""
        ...

    def last_import(self) -> Sequence[KeptLine]:
        """The lines of the statement that was imported last; none before the first."""
        ...

    def evidence(self, file_id: str) -> bytes | None:
        """A file's content; None where another desk has it."""
        ...

    def evidence_ids(self) -> frozenset[str]:
        """The files whose content is on this computer."""
        ...

    def span(
        self, since: Millis, until: Millis
    ) -> tuple[Sequence[Mapping[str, Json]], Sequence[Mapping[str, Json]]]:
        """Fields of the tickets (with their `id`) and of the contacts begun in [since, until)."""
        ...

    def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys whose lines were imported before."""
        ...


class ExpertReads(Protocol):
    def roster(self) -> Sequence[ExpertCard]:
        """Every expert of the mirror, by name."""
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


class IncidentReads(Protocol):
    def open(self) -> Sequence[Incident]:
        """Those nobody has closed, oldest first."""
        ...

    def recent(self, since: Millis) -> Sequence[Incident]:
        """All that happened since, newest first."""
        ...


class ParityReads(Protocol):
    """A mirror against itself, and what of it is compared with central."""

    def look(
        self, service: Service, after: tuple[int, int], limit: int, row_hash: RowHash
    ) -> Looked:
        """Up to `limit` rows behind a place, (0, 0) being before all of them."""
        ...

    def digests(self, service: Service) -> tuple[str, ...]: ...

    def states(self, service: Service, buckets: Collection[int]) -> dict[int, list[RowState]]: ...

    def excused(self, ids: Collection[str]) -> frozenset[str]:
        """Those that may differ: their deletion is held, or they are none of this desk's scope."""
        ...

    def beyond(self, service: Service, fork: tuple[int, int], after: str) -> Sequence[str]:
        """Ids behind one, in order, of which something may be of a history that was lost."""
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
    def models(self) -> ModelReads: ...
    @property
    def payments(self) -> PaymentReads: ...
    @property
    def experts(self) -> ExpertReads: ...
    @property
    def outbox(self) -> OutboxReads: ...
    @property
    def desk(self) -> DeskReads: ...
    @property
    def audit(self) -> AuditReads: ...
    @property
    def incidents(self) -> IncidentReads: ...
    @property
    def parity(self) -> ParityReads: ...

    def held_deletions(self) -> Sequence[HeldDeletions]: ...

    def record(
        self, aggregate: Aggregate, id_: str
    ) -> tuple[Mapping[str, Json], int | None] | None:
        """A record as projected (mirror plus pending operations) and its mirror rev.

        Where it was merged, the one that readers go on to.
        """
        ...

    def own_record(
        self, aggregate: Aggregate, id_: str
    ) -> tuple[Mapping[str, Json], int | None] | None:
        """The record itself, merged or not."""
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

    def missing_since(self, op_id: str, now: Millis) -> Millis | None:
        """Since when an operation offered again lacks its target; None for any other."""
        ...

    def mark_former(self, service: Service, at: Millis) -> None:
        """What is parked was refused by a history that central has left."""
        ...

    def conflict_decided(self, op_id: str, at: Millis) -> None:
        """Nobody needs to look at the operation's conflicts any more; they stay on record."""
        ...


class MirrorWrites(Protocol):
    """The only way a mirror row changes: from a central feed."""

    def apply_page(
        self,
        service: Service,
        page: FeedPage,
        at: Millis,
        announced: Sequence[AnnouncedDeletion] = (),
    ) -> Changes:
        """Rows and cursor in this transaction; the larger rev wins, the rest is ignored.

        Deletions beyond what was announced are held (`app.domain.deletions`).

        Acked operations which the page names as origin settle and their overlay goes.
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

    def clear_generation(self, service: Service, limit: int) -> int:
        """Make room for a new generation, a slice at a time; how many rows went."""
        ...

    def put_right(
        self, service: Service, asked: Collection[str], items: Sequence[FeedItem]
    ) -> Changes:
        """Make the records `asked` for what central answered of them, older or not."""
        ...

    def rederive(self, service: Service, ids: Collection[str]) -> Changes:
        """Write rows anew from what central said and the desk's own operations."""
        ...

    def read_kept(self, service: Service, limit: int) -> int:
        """Take up rows that an older program kept unread; how many there were to look at."""
        ...

    def release_deletions(self, service: Service, limit: int, at: Millis, by: str) -> int:
        """Let up to `limit` held deletions happen; how many there were."""
        ...

    def refuse_deletions(self, service: Service, at: Millis, by: str) -> int:
        """The rows of all that is held stay shown for good; how many."""
        ...

    def fill_search(self, limit: int) -> int:
        """Index up to `limit` rows that are mirrored but not yet searchable; how many were."""
        ...

    def touch(self, service: Service, *, last_good: Millis, source_as_of: Millis | None) -> None:
        """Note a good answer that brought no page."""
        ...


class IncidentWrites(IncidentReads, Protocol):
    def note(self, kind: str, service: str, subject: str, at: Millis, detail: str = "") -> None:
        """It happened (again); one that was closed is open again."""
        ...

    def close(self, kind: str, service: str, subject: str, at: Millis, by: str) -> None:
        """It is over; nothing where it never happened."""
        ...


class AuditReads(Protocol):
    """The trail of decisions."""

    def head(self) -> Head: ...

    def entries(self) -> Sequence[AuditEntry]:
        """All of them, in the order they were written."""
        ...

    def anchors(self) -> Sequence[Anchor]:
        """Where central has signed that the trail stood."""
        ...

    def digest(self, said: bytes) -> str:
        """Hex, under the desk's own key: tells nothing to anybody else."""
        ...


class AuditWrites(AuditReads, Protocol):
    """Entries are written with the operations they are about."""

    def keep_anchor(self, anchor: Anchor) -> None: ...


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


class PaymentWrites(PaymentReads, Protocol):
    def keep_lines(self, lines: Sequence[KeptLine]) -> None:
        """Store imported lines; one that is known already stays as it was."""
        ...

    def keep_evidence(self, file_id: str, ticket_id: str, content: bytes, at: Millis) -> None:
        """Store a file's content, encrypted like everything else."""
        ...


class WriteTx(ReadTx, Protocol):
    """The one writer's transaction: commits when the work returns, rolls back when it raises."""

    @property
    def payments(self) -> PaymentWrites: ...

    @property
    def outbox(self) -> OutboxWrites: ...
    @property
    def mirror(self) -> MirrorWrites: ...
    @property
    def desk(self) -> DeskWrites: ...
    @property
    def audit(self) -> AuditWrites: ...
    @property
    def incidents(self) -> IncidentWrites: ...

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

    async def second_copy(self) -> SecondCopy:
        """How the second copy stands; waits a moment for a first look at its place."""
        ...

    async def keep_second_copy(self, folder: str) -> SecondCopy:
        """Keep one in that folder from now on; "" ends it and takes it away.

        Raises EnvironmentFault where nothing can be written there, StoreKeyMissing where nobody
        could open it elsewhere.
        """
        ...

    async def check(self) -> Iterable[str]:
        """Findings of the integrity checks (cipher, SQLite, search); none when healthy."""
        ...

    async def close(self) -> None: ...
