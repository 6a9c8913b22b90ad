"""What the one writer can do, one part of the desk each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from app.domain.audit import Anchor
from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.configuration import AnnouncedDeletion
from app.domain.feed import FeedItem, FeedPage, SnapshotPage
from app.domain.ids import Millis, Reference
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Json, NewOperation
from app.domain.payments.read_lines import KeptLine
from app.ports.store.reads import (
    AuditReads,
    DeskReads,
    IncidentReads,
    OutboxReads,
    PaymentReads,
)
from app.ports.store.values import (
    DeskIdentity,
    EventDetail,
)


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

    def conflict_reopened(self, op_id: str) -> None:
        """What was decided of them was taken back: somebody needs to look again."""
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

    def recount(self, off: Mapping[tuple[int, str, str], int]) -> Changes:
        """Put counters right by what `ParityReads.miscounted` found."""
        ...

    def searches_fit(self, service: Service) -> bool:
        """Whether they know the service's records by the words they have.

        It holds the writer, half a second for 100 000 records.
        """
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

    def not_met(self, service: Service) -> None:
        """What is here came from elsewhere: central has never answered this desk."""
        ...


class IncidentWrites(IncidentReads, Protocol):
    def note(self, kind: str, service: str, subject: str, at: Millis, detail: str = "") -> None:
        """It happened (again); one that was closed is open again."""
        ...

    def close(self, kind: str, service: str, subject: str, at: Millis, by: str) -> None:
        """It is over; nothing where it never happened."""
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
