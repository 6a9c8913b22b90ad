"""What one transaction offers: the parts of the port over one connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from sqlcipher3 import dbapi2 as driver

from app.domain.call import Draft
from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.deletions import HeldDeletions
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import ConflictRow, SearchAnswer
from app.ports.store import FeedState, StoredOperation
from local_store import feeds, journal_file, records, rescue, ticket_detail
from local_store.audit import AuditTrail
from local_store.catalog import CatalogQueries
from local_store.customers import CustomerQueries
from local_store.deletions import Deletions
from local_store.desk import DeskRows
from local_store.entities import followed
from local_store.evidence_files import KeptFile
from local_store.experts import ExpertQueries
from local_store.incidents import Incidents
from local_store.journal_file import JournalEntry
from local_store.kept import Kept
from local_store.mirror import Mirror
from local_store.model_work import ModelWorkQueries
from local_store.outbox import Outbox
from local_store.parity import ParityQueries
from local_store.payments import PaymentQueries
from local_store.retention import Past, Retention
from local_store.search import Search
from local_store.sql import Sql
from local_store.tickets import TicketQueries

T = TypeVar("T")


class made_once(Generic[T]):  # noqa: N801 - it is used like a decorator
    """A part that is made when it is first asked for; one thread has the transaction, so no lock.

    The part then stands in the object's own attributes, which are asked before this is.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make

    def __get__(self, whole: object, kind: object = None) -> T:
        part = self._make(whole)
        whole.__dict__[self._make.__name__] = part
        return part


class Given:
    """What outlives a transaction: counters already given, and seconds to measure by."""

    def __init__(self, seconds: Callable[[], float], audit_key: bytes) -> None:
        self.seconds = seconds
        self.audit_key = audit_key
        self.counters: dict[str, int] = {}
        self._kept: dict[driver.Connection, Kept] = {}

    def kept(self, connection: driver.Connection) -> Kept:
        """What that connection has read, as far as it still holds in the transaction begun now."""
        found = self._kept.get(connection)
        if found is None:
            found = self._kept[connection] = Kept(connection)
        found.begin()
        return found

    def let_go(self, connection: driver.Connection) -> None:
        """The connection is closed."""
        self._kept.pop(connection, None)


class UnitOfWork:
    """Implements `app.ports.store.WriteTx`; a reader's connection refuses every write itself."""

    def __init__(self, connection: driver.Connection, given: Given) -> None:
        sql = Sql.reading(connection, given.kept(connection))
        self.sql = sql
        self._noted: list[Changes] = []
        self.entries: list[JournalEntry] = []
        """What the journal is to hold of it, once it is about to be committed."""
        self.decided: list[StoredOperation] = []
        """Operations as this transaction left them, for the journal beside the store."""
        self.files: list[KeptFile] = []
        """Files of evidence it keeps, for their sealed copies beside the store."""
        self._given = given
        self._drafts: dict[str, bytes] = {}
        """Drafts as this transaction left them."""

    # --- its parts, each made when it is first asked for -----------------------------------

    @made_once
    def tickets(self) -> TicketQueries:
        return TicketQueries(self.sql)

    @made_once
    def customers(self) -> CustomerQueries:
        return CustomerQueries(self.sql)

    @made_once
    def catalog(self) -> CatalogQueries:
        return CatalogQueries(self.sql)

    @made_once
    def models(self) -> ModelWorkQueries:
        return ModelWorkQueries(self.sql)

    @made_once
    def payments(self) -> PaymentQueries:
        return PaymentQueries(self.sql, self.files)

    @made_once
    def experts(self) -> ExpertQueries:
        return ExpertQueries(self.sql)

    @made_once
    def audit(self) -> AuditTrail:
        return AuditTrail(self.sql, self._given.audit_key)

    @made_once
    def outbox(self) -> Outbox:
        return Outbox(self.sql, self._noted, self.decided, self.audit)

    @made_once
    def desk(self) -> DeskRows:
        return DeskRows(self.sql, self._given.counters)

    @made_once
    def incidents(self) -> Incidents:
        return Incidents(self.sql, self._noted)

    @made_once
    def mirror(self) -> Mirror:
        return Mirror(self.sql, self.outbox, self.incidents, self._noted)

    @made_once
    def parity(self) -> ParityQueries:
        return ParityQueries(self.sql)

    def record(
        self, aggregate: Aggregate, id_: str
    ) -> tuple[Mapping[str, Json], int | None] | None:
        return records.projected(self.sql, aggregate, followed(self.sql, id_))

    def own_record(
        self, aggregate: Aggregate, id_: str
    ) -> tuple[Mapping[str, Json], int | None] | None:
        return records.projected(self.sql, aggregate, id_)

    def search(self, text: str, limit: int, now: Millis) -> SearchAnswer:  # noqa: ARG002 - the port's
        began = self._given.seconds()
        found = Search(self.sql).find(text, limit)
        return replace(found, ms=(self._given.seconds() - began) * 1_000)

    def feed_state(self, service: Service) -> FeedState:
        return feeds.feed_state(self.sql, service)

    def drafts(self) -> Sequence[Draft]:
        return self.desk.drafts()

    def held_deletions(self) -> Sequence[HeldDeletions]:
        return Deletions(self.sql, self.incidents).held()

    def conflicts(self) -> Sequence[ConflictRow]:
        return ticket_detail.conflicts(self.sql)

    def keep_draft(self, draft: Draft) -> None:
        self.desk.keep_draft(draft)
        self._drafts[draft.call.draft_id] = rescue.draft_record(draft)
        self.note_change(Changes.of("draft", draft.call.draft_id))

    def drop_draft(self, draft_id: str) -> None:
        if self.desk.drop_draft(draft_id):
            self._drafts[draft_id] = b""
        self.note_change(Changes.of("draft", draft_id))

    def expire(self, past: Past) -> None:
        """Take records out of the mirror that are past their days, or outside its scope."""
        Retention(self.sql).take_out(past)
        self.note_change(Changes(everything=True))

    def note_change(self, changes: Changes) -> None:
        self._noted.append(changes)

    def journal_entries(self) -> list[JournalEntry]:
        """What the journal beside the store is to hold of this transaction."""
        record = self.desk.record()
        desk = [] if record is None else [journal_file.of_desk(record)]
        gone = [journal_file.of_erased(one) for one in self.outbox.erased]
        drafts = [journal_file.of_draft(id_, raw) for id_, raw in self._drafts.items()]
        return [*(journal_file.of_operation(one) for one in self.decided), *drafts, *desk, *gone]

    def all_changes(self) -> Changes:
        """Everything this transaction moved, as one."""
        ids: dict[str, set[str]] = {}
        for changes in self._noted:
            for kind, moved in changes.ids.items():
                ids.setdefault(kind, set()).update(moved)
        everything = any(changes.everything for changes in self._noted)
        return Changes({kind: frozenset(moved) for kind, moved in ids.items()}, everything)
