"""The ledger as the routes use it: each call one transaction on its engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Engine

from app.central.contract import wire
from app.central.reference import feed, history
from app.central.reference.database import open_engine, prepare
from app.central.reference.faults import Faults
from app.central.reference.feed import Frozen
from app.central.reference.operations import Operations, Received
from app.central.reference.organisation import KnownDesk, Organisation
from app.central.reference.system import Surroundings
from app.domain.configuration import Configuration
from app.domain.feed import Position
from app.domain.ids import Millis
from app.domain.times import to_rfc3339

P = TypeVar("P", wire.Page, wire.SnapshotPage)


class Ledger:
    """Reads beside one another, writes of a service one after another."""

    def __init__(self, engine: Engine, surroundings: Surroundings, *, demo: bool = False) -> None:
        self.engine = engine
        self.surroundings = surroundings
        self.faults = Faults(surroundings.now)
        self._writing = threading.Lock()
        self._kept: tuple[str, Configuration] | None = None
        self._wakers: list[Callable[[], None]] = []
        prepare(engine, surroundings)
        with self.writing() as connection:
            Organisation(connection, surroundings).found(demo=demo)

    @classmethod
    def open(
        cls, data: Path | None, url: str | None, surroundings: Surroundings, *, demo: bool = False
    ) -> Ledger:
        """On embedded SQLite in a folder, or on PostgreSQL by its URL."""
        return cls(open_engine(data, url), surroundings, demo=demo)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; on SQLite one at a time within this process."""
        if self.engine.dialect.name != "sqlite":
            with self.engine.begin() as connection:
                yield connection
            return
        with self._writing, self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view."""
        with (
            self.engine.connect().execution_options(reading=True) as connection,
            connection.begin(),
        ):
            yield connection

    def when_written(self, wake: Callable[[], None]) -> None:
        """Call (on the writing thread) after each operation that had an effect."""
        self._wakers.append(wake)

    # --- desks -----------------------------------------------------------------------------

    def enrol(self, request: wire.EnrolmentRequest) -> wire.EnrolmentAnswer:
        with self.writing() as connection:
            return Organisation(connection, self.surroundings).enrol(request)

    def desk_of(self, credential: str) -> KnownDesk | None:
        with self.reading() as connection:
            return Organisation(connection, self.surroundings).desk_of(credential)

    def welcome(self, known: KnownDesk, incarnation: str) -> bool:
        """Whether the desk speaks under its present incarnation, or a new one."""
        if not incarnation or incarnation == known.incarnation:
            return True
        with self.writing() as connection:
            return Organisation(connection, self.surroundings).welcome(known, incarnation)

    def configuration(self) -> wire.SignedDocument:
        with self.reading() as connection:
            return Organisation(connection, self.surroundings).signed()

    def configuration_document(self) -> wire.ConfigurationDocument:
        """The configuration as it is kept, not signed."""
        with self.reading() as connection:
            text = Organisation(connection, self.surroundings).stored_document()
        return msgspec.json.decode(text, type=wire.ConfigurationDocument)

    def recovery_key(self) -> str:
        """The organisation's private recovery key, base64."""
        with self.reading() as connection:
            return Organisation(connection, self.surroundings).recovery_key()

    # --- operations ------------------------------------------------------------------------

    def receive(self, service: str, raw: bytes, known: KnownDesk) -> wire.Verdict:
        """Raises OtherBody, and ValueError for bytes that are no body."""
        received = Received(service, raw, self.surroundings.now(), known.enrolled_at)
        with self.writing() as connection:
            verdict = self._operations(connection).receive(received)
        for wake in self._wakers:
            wake()
        return verdict

    def verdict_of(self, op_id: str) -> wire.Verdict | None:
        with self.reading() as connection:
            return self._operations(connection).verdict_of(op_id)

    def withdraw(self, service: str, op_id: str) -> wire.WithdrawalAnswer:
        with self.writing() as connection:
            return self._operations(connection).withdraw(service, op_id, self.surroundings.now())

    def _operations(self, connection: Connection) -> Operations:
        organisation = Organisation(connection, self.surroundings)
        payload = organisation.stored_document()
        if self._kept is None or self._kept[0] != payload:
            self._kept = (payload, organisation.configuration())
        return Operations(connection, self.surroundings, self._kept[1])

    # --- reading ---------------------------------------------------------------------------

    def changes(self, service: str, cursor: str | None, limit: int) -> wire.Page:
        """A page of the feed. Raises BadCursor; finds by its marks what this ledger has lost."""
        known = history.read_cursor(cursor) if cursor else None
        if known is not None:
            self._find_loss(service, known)
        with self.reading() as connection:
            frozen, now = self.faults.frozen(service), self.surroundings.now()
            page = feed.changes(connection, service, known, limit, now, frozen)
        return self._as_told(service, page)

    def _find_loss(self, service: str, cursor: history.Cursor) -> None:
        with self.reading() as connection:
            here = history.standing(connection, service)
            lost = history.is_lost(connection, service, cursor, here)
        if not lost:
            return
        with self.writing() as connection:
            here = history.standing(connection, service, lock=True)
            if history.is_lost(connection, service, cursor, here):
                fork = history.shared(connection, service, cursor)
                history.raise_term(connection, service, fork, self.surroundings, cursor.term)

    def snapshot(self, service: str, after: str | None, limit: int) -> wire.SnapshotPage:
        with self.reading() as connection:
            frozen, now = self.faults.frozen(service), self.surroundings.now()
            page = feed.snapshot(connection, service, after, limit, now, frozen)
        return self._as_told(service, page)

    def standing(self, service: str) -> history.History:
        with self.reading() as connection:
            return history.standing(connection, service)

    def health(self, service: str) -> wire.Health:
        here, now = self.standing(service), self.surroundings.now()
        frozen = self.faults.frozen(service)
        position = frozen.position if frozen else here.position
        return wire.Health(
            service=service,
            ok=True,
            position=wire.Position(position.term, position.n),
            term_id=self.faults.term_id(service, here.term_id),
            source_as_of=to_rfc3339(frozen.as_of if frozen else now),
            now=to_rfc3339(now),
        )

    def _as_told(self, service: str, page: P) -> P:
        term_id = self.faults.term_id(service, page.term_id)
        if term_id == page.term_id:
            return page
        return msgspec.structs.replace(page, term_id=term_id)

    # --- faults of the data ----------------------------------------------------------------

    def frozen_at(self, service: str, back_ms: int) -> Frozen:
        """What a service shows that goes stale now, with data from then."""
        here = self.standing(service)
        return Frozen(here.position, Millis(self.surroundings.now() - back_ms))

    def go_back(self, service: str, back_ms: int, *, said: bool) -> Position:
        """Restore a service as it was; `said` raises the term, else the marks must find it."""
        until = Millis(self.surroundings.now() - back_ms)
        with self.writing() as connection:
            position = history.go_back(connection, service, until)
            if said:
                history.raise_term(connection, service, position, self.surroundings)
        self.faults.fire(service, "forgetful" if said else "amnesic")
        return position
