"""What one transaction offers: the parts of the port over one connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.domain.call import Draft
from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import ConflictRow, ModelCandidate, SearchAnswer, TicketDetail
from app.ports.store import FeedState, Staleness
from local_store import desk, records
from local_store.customers import CustomerQueries
from local_store.desk import DeskRows
from local_store.detail import conflicts, detail
from local_store.mirror import Mirror, feed_state
from local_store.outbox import Outbox
from local_store.search import Search
from local_store.tickets import TicketQueries


class TicketsWithDetail(TicketQueries):
    """Implements `app.ports.store.TicketReads`."""

    def detail(self, ticket_id: str, staleness: Staleness) -> TicketDetail | None:
        return detail(self._connection, ticket_id, staleness)


class CatalogQueries:
    """Implements `app.ports.store.CatalogReads`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def candidates(self, words: str, limit: int) -> Sequence[ModelCandidate]:
        return Search(self._connection).models(words, limit)

    def name_of(self, entry_id: str) -> str | None:
        row = self._connection.exec_driver_sql(
            "SELECT trim(maker || ' ' || name) FROM entry_row WHERE id = ?", (entry_id,)
        ).fetchone()
        return None if row is None else str(row[0])


class UnitOfWork:
    """Implements `app.ports.store.WriteTx`; a reader's connection refuses every write itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changes: list[Changes] = []
        self.tickets = TicketsWithDetail(connection)
        self.customers = CustomerQueries(connection)
        self.catalog = CatalogQueries(connection)
        self.outbox = Outbox(connection, self._changes)
        self.desk = DeskRows(connection)
        self.mirror = Mirror(connection, self.outbox, self._changes)

    def record(
        self,
        aggregate: Aggregate,  # noqa: ARG002 - ids are unique over all aggregates
        id_: str,
    ) -> tuple[Mapping[str, Json], int | None] | None:
        return records.projected(self._connection, records.followed(self._connection, id_))

    def search(self, text: str, limit: int, now: Millis) -> SearchAnswer:
        return Search(self._connection).find(text, limit, now)

    def feed_state(self, service: Service) -> FeedState:
        return feed_state(self._connection, service)

    def drafts(self) -> Sequence[Draft]:
        return desk.drafts(self._connection)

    def conflicts(self) -> Sequence[ConflictRow]:
        return conflicts(self._connection)

    def keep_draft(self, draft: Draft) -> None:
        desk.keep_draft(self._connection, draft)
        self.note_change(Changes.of("draft", draft.call.draft_id))

    def drop_draft(self, draft_id: str) -> None:
        desk.drop_draft(self._connection, draft_id)
        self.note_change(Changes.of("draft", draft_id))

    def note_change(self, changes: Changes) -> None:
        self._changes.append(changes)

    def all_changes(self) -> Changes:
        """Everything this transaction moved, as one."""
        merged = Changes()
        for one in self._changes:
            merged = merged.merged(one)
        return merged
