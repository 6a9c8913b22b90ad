"""Transactions and the store itself: short, synchronous, away from the caller's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from app.domain.call import Draft
from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.deletions import HeldDeletions
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import (
    ConflictRow,
    SearchAnswer,
    SecondCopy,
)
from app.ports.store.reads import (
    AuditReads,
    CatalogReads,
    CustomerReads,
    DeskReads,
    ExpertReads,
    IncidentReads,
    ModelReads,
    OutboxReads,
    ParityReads,
    PaymentReads,
    TicketReads,
)
from app.ports.store.values import (
    FeedState,
)
from app.ports.store.writes import (
    AuditWrites,
    DeskWrites,
    IncidentWrites,
    MirrorWrites,
    OutboxWrites,
    PaymentWrites,
)

T = TypeVar("T")


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
