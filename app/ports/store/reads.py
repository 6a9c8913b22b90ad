"""What a transaction that only reads can ask, one part of the desk each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from app.domain.audit import Anchor, AuditEntry, Head
from app.domain.central_services import Service
from app.domain.feed import Position
from app.domain.ids import EntityId, Millis, OpId
from app.domain.incidents import Incident
from app.domain.model_work import (
    AliasRow,
    MergedAway,
    ModelParts,
    ProposalView,
    WaitingTicket,
    WaitingWords,
)
from app.domain.operations import Json
from app.domain.parity import Looked, RowHash, RowState
from app.domain.payments.read_lines import KeptLine, TicketFields
from app.domain.views import (
    CallBack,
    CallerMatch,
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
    TicketDetail,
    TicketRow,
)
from app.ports.store.values import (
    DeskIdentity,
    PlanTerms,
    Staleness,
    StoredOperation,
)


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

    def holder_of(self, promise_id: str, ticket_id: str) -> EntityId | None:
        """Which of a ticket and those merged into it was promised by; None where none was."""
        ...


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

    def tickets_of(self, entry_id: str) -> Sequence[WaitingTicket]:
        """Open tickets that read as the entry, oldest first; bounded to the most urgent."""
        ...

    def merged_away(self) -> Sequence[MergedAway]:
        """Entries that readers are sent on from, by name."""
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

    def in_place_of(self, op_id: str) -> StoredOperation | None:
        """What stands in its place of the lane now: itself, or the last that took its place."""
        ...

    def withdrawn(self, kind: str) -> Sequence[bytes]:
        """The bodies of that kind that were taken back here, as long as they are kept."""
        ...

    def last_in_lane(self, lane: str, kind: str, before: str | None = None) -> OpId | None:
        """The newest operation of the lane that one of that kind comes after, or that comes
        before another one.

        Withdrawn and superseded ones are left out; for an addition (a note, a claim, a promise)
        also those that wait for a person, unless a create is among them.
        """
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

    def ahead(self, service: Service, here: Position) -> Sequence[StoredOperation]:
        """Those accepted later in the same term than `here`, in lane order."""
        ...

    def journal(self, service: Service, beyond: Position | None) -> Sequence[StoredOperation]:
        """What was sent or confirmed beyond a position, in lane order (for re-offer)."""
        ...


class PaymentReads(Protocol):
    def unverified(self) -> Sequence[TicketFields]:
        """Open tickets whose coverage rests on a claim, the most urgent first.

        So do those with such a ticket merged into them, which is a part of theirs; where readers
        of a merged one arrive nowhere on this computer, it stands for itself.
        """
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

    def miscounted(self, service: Service) -> Mapping[tuple[int, str, str], int]:
        """By how much counters are too low that are of the service; empty where all are right."""
        ...

    def beyond(self, service: Service, fork: tuple[int, int], after: str) -> Sequence[str]:
        """Ids behind one, in order, of which something may be of a history that was lost."""
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
