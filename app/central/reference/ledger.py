"""The ledger as the routes use it: each call one transaction on its engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.central.contract import wire
from app.central.reference import audit_heads, desk_reports, feed, history, leading, parity, upkeep
from app.central.reference.database import Replica, alone, open_engine
from app.central.reference.faults import Faults
from app.central.reference.feed import Frozen
from app.central.reference.operations import Operations, Received
from app.central.reference.organisation import KnownDesk, Organisation
from app.central.reference.system import Surroundings
from app.central.reference.transactions import Transactions
from app.central.reference.watch import Place
from app.domain.central_services import Service
from app.domain.configuration import Configuration
from app.domain.feed import Position
from app.domain.ids import DeskId, Millis
from app.domain.operations import BODY_SCHEMA
from app.domain.times import DAY, to_rfc3339

_SEED_ROWS = 1_000

P = TypeVar("P", wire.Page, wire.SnapshotPage, wire.Rows)


class OtherTerm(Exception):
    """Central is in another term than the attempt expected."""

    def __init__(self, position: Position, term_id: str, fork: Position | None) -> None:
        super().__init__("another term")
        self.position = position
        self.term_id = term_id
        self.fork = fork


class Ledger(Transactions):
    """What central can be asked, over its database."""

    def __init__(self, engine: Engine, surroundings: Surroundings, *, demo: bool = False) -> None:
        super().__init__(engine, surroundings, demo=demo)
        self.faults = Faults(surroundings.now)
        self._kept: tuple[str, Configuration] | None = None
        self._wakers: list[Callable[[], None]] = []

    @classmethod
    def open(
        cls, data: Path | None, url: str | None, surroundings: Surroundings, *, demo: bool = False
    ) -> Ledger:
        """On embedded SQLite in a folder, or on PostgreSQL by its URL."""
        return cls(open_engine(data, url), surroundings, demo=demo)

    def when_written(self, wake: Callable[[], None]) -> None:
        """Call (on the writing thread) after each operation."""
        self._wakers.append(wake)

    # --- desks -----------------------------------------------------------------------------

    def enrol(self, request: wire.EnrolmentRequest) -> wire.EnrolmentAnswer:
        """A new desk; its codes are nobody else's, however many enrol at once."""
        with self.organising() as organisation:
            return organisation.enrol(request)

    def only_for_drills(self) -> None:
        """Its desks are exercises: no reference of theirs is a real one."""
        with self.organising() as organisation:
            organisation.only_for_drills()

    def make_seed(self, name: str, urls: Sequence[str]) -> bytes:
        """A desk to begin with while central is down, signed; its file is locked by the caller."""
        with self.organising() as organisation:
            seed = organisation.reserve(name, urls)
        snapshots = {one.value: self._whole(one.value) for one in Service}
        with self.reading() as connection:
            organisation = Organisation(connection, self.surroundings)
            return organisation.seal_seed(msgspec.structs.replace(seed, snapshots=snapshots))

    def _whole(self, service: str) -> list[wire.SnapshotPage]:
        pages = [self.snapshot(service, None, _SEED_ROWS)]
        while (after := pages[-1].after) is not None:
            pages.append(self.snapshot(service, after, _SEED_ROWS))
        return pages

    def claim(self, request: wire.SeedClaim) -> wire.SeedClaimed | None:
        """A seeded desk's credential; None where another computer is that desk."""
        with self.organising() as organisation:
            return organisation.claim(request)

    def desk_of(self, credential: str) -> KnownDesk | None:
        with self.reading() as connection:
            return Organisation(connection, self.surroundings).desk_of(credential)

    def welcome(self, known: KnownDesk, incarnation: str) -> bool:
        """Whether the desk speaks under its present incarnation, or a new one."""
        if not incarnation or incarnation == known.incarnation:
            return True
        with self.organising() as organisation:
            return organisation.welcome(known, incarnation)

    def configuration(self) -> wire.SignedDocument:
        with self.reading() as connection:
            return Organisation(connection, self.surroundings).signed()

    def configuration_document(self) -> wire.ConfigurationDocument:
        """The configuration as it is kept, not signed."""
        with self.reading() as connection:
            text = Organisation(connection, self.surroundings).stored_document()
        return msgspec.json.decode(text, type=wire.ConfigurationDocument)

    def organisation_key(self) -> str:
        """The organisation's public key, base64."""
        with self.reading() as connection:
            return Organisation(connection, self.surroundings).public_key()

    def recovery_key(self) -> str:
        """The organisation's private recovery key, base64."""
        with self.reading() as connection:
            return Organisation(connection, self.surroundings).recovery_key()

    def report(
        self, known: KnownDesk, report: wire.DeskReport, incarnation: str
    ) -> wire.DeskReported:
        """Keep how a desk stands; a key it brings is listed in the directory, and one that was
        removed has none there any more.

        A trail of decisions that fell back in this incarnation is not signed for.
        """
        now = self.surroundings.now()
        with self.reading() as connection:
            listed = Organisation(connection, self.surroundings).configuration().desk(known.id)
        key = "" if report.removed else report.sealing_key
        if (key or report.removed) and listed is not None and listed.sealing_key != key:
            with self.organising() as organisation:
                organisation.list_key(known.id, key)
        with self.writing() as connection:
            fell = audit_heads.falls_back(connection, known.id, incarnation, report.audit)
            signed = None if fell else Organisation(connection, self.surroundings).anchored(
                known, report.audit
            )  # fmt: skip
            if not fell:
                desk_reports.keep(connection, known.id, report, now)
                audit_heads.keep(connection, known.id, incarnation, report.audit, now)
        return wire.DeskReported(to_rfc3339(now), signed)

    def mark_removed(self, desk: str) -> bool:
        """Central's people say that a desk is no more, by its code or id; False for none of them.

        Its next report, should there be one, counts again.
        """
        with self.reading() as connection:
            desks = Organisation(connection, self.surroundings).configuration().desks
        named = (one for one in desks if desk.upper() in one.codes or desk == one.desk_id)
        found = next(named, None)
        if found is None:
            return False
        with self.organising() as organisation:
            organisation.list_key(found.desk_id, "")
        with self.writing() as connection:
            desk_reports.mark_removed(connection, found.desk_id)
        return True

    def signed_heads(self, known: KnownDesk) -> wire.SignedHeads:
        """Where the desk's trail of decisions stood, each head signed."""
        with self.reading() as connection:
            organisation = Organisation(connection, self.surroundings)
            heads = []
            for n, head, incarnation, at in audit_heads.kept(connection, known.id):
                receipt = organisation.anchored(known, wire.AuditHead(n, head)) or ""
                heads.append(wire.SignedHead(n, head, to_rfc3339(at), incarnation, receipt))
        return wire.SignedHeads(heads)

    def take_over(self, known: KnownDesk, certificate: wire.TakeOver) -> bool:
        """Another desk's work comes through this one; False where the giver did not say so."""
        with self.organising() as organisation:
            return organisation.take_over(known, certificate)

    def standings(self, person: str) -> wire.DeskStandings | None:
        """Every desk as last heard of; None where the person may not see them."""
        with self.reading() as connection:
            configuration = Organisation(connection, self.surroundings).configuration()
            if not desk_reports.may_see(configuration, person):
                return None
            return desk_reports.standings(connection, configuration)

    # --- people ----------------------------------------------------------------------------

    def register_key(
        self, known: KnownDesk, person: str, request: wire.KeyRequest
    ) -> wire.SignedDocument | None:
        """The configuration with the key in it; None where it may not be registered."""
        with self.organising() as organisation:
            if not organisation.register_key(known, person, request):
                return None
            return organisation.signed()

    def revoke(self, person: str) -> bool:
        """Take a person's rights away from now on; False where nobody is called that."""
        with self.organising() as organisation:
            return organisation.revoke(person)

    # --- operations ------------------------------------------------------------------------

    def receive(
        self,
        service: str,
        raw: bytes,
        known: KnownDesk,
        expected: str | None = None,
        receipt: str | None = None,
    ) -> wire.Verdict:
        """Raises OtherBody, OtherTerm, and ValueError for bytes that are no body.

        The service's row is held from here on: its operations come one after another, and the term
        that was expected is still the term when the effect is stored.
        """
        now = self.surroundings.now()
        received = Received(service, raw, now, known.enrolled_at, DeskId(known.id), receipt)
        with self.writing() as connection:
            here = history.standing(connection, service, lock=True)
            self._expect(connection, service, here, expected)
            verdict = self._operations(connection).receive(received, here)
        for wake in self._wakers:
            wake()
        return verdict

    def receive_all(
        self, service: str, raws: Sequence[bytes], known: KnownDesk, expected: str | None = None
    ) -> list[wire.Verdict | Exception]:
        """For each its verdict, or what `receive` would have raised. Raises OtherTerm for all.

        They share one transaction and one commit, and nothing else: one that fails takes no other
        with it.
        """
        answers: list[wire.Verdict | Exception] = []
        with self.writing() as connection:
            here = history.standing(connection, service, lock=True)
            self._expect(connection, service, here, expected)
            operations = self._operations(connection)
            for raw in raws:
                now = self.surroundings.now()
                received = Received(service, raw, now, known.enrolled_at, DeskId(known.id))
                try:
                    with connection.begin_nested():
                        answers.append(operations.receive(received, here))
                except SQLAlchemyError:
                    raise
                except Exception as error:  # noqa: BLE001 - whatever it is belongs to this one alone
                    answers.append(error)
        for wake in self._wakers:
            wake()
        return answers

    def _expect(
        self, connection: Connection, service: str, here: history.History, expected: str | None
    ) -> None:
        told = self.faults.term_id(service, here.term_id)
        if not expected or expected == f"{here.position.term} {told}":
            return
        number = expected.partition(" ")[0]
        known = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        fork = history.fork_since(connection, service, known, here.position.term)
        raise OtherTerm(here.position, told, fork)

    def verdict_of(
        self, service: str, op_id: str, expected: str | None = None
    ) -> wire.Verdict | None:
        """What was said of an operation; None where it never came.

        Raises Replica in doubt, and OtherTerm where a term is expected that is not this one.
        """
        with self.reading() as connection:
            if expected:
                here = history.standing(connection, service)
                self._expect(connection, service, here, expected)
            found = self._operations(connection).verdict_of(op_id)
            if found is None and leading.is_following(connection):
                raise Replica
        return found

    def withdraw(self, service: str, op_id: str) -> wire.WithdrawalAnswer:
        with self.writing() as connection:
            answer = self._operations(connection).withdraw(service, op_id, self.surroundings.now())
        for wake in self._wakers:
            wake()
        return answer

    def _operations(self, connection: Connection) -> Operations:
        organisation = Organisation(connection, self.surroundings)
        payload = organisation.stored_document()
        if self._kept is None or self._kept[0] != payload:
            self._kept = (payload, organisation.configuration())
        return Operations(connection, self.surroundings, self._kept[1], organisation)

    # --- reading ---------------------------------------------------------------------------

    def changes(self, service: str, cursor: str | None, limit: int) -> wire.Page:
        """A page of the feed. Raises BadCursor; finds by its marks what this ledger has lost.

        Raises Replica where a follower has not come as far as the cursor: it has lost nothing.
        """
        known = history.read_cursor(service, cursor) if cursor else None
        with self.reading() as connection:
            here = history.standing(connection, service)
            if known is None or not history.is_lost(connection, service, known, here):
                return self._page(connection, service, known, limit)
        self._find_loss(service, known)
        with self.reading() as connection:
            return self._page(connection, service, known, limit)

    def _page(
        self, connection: Connection, service: str, cursor: history.Cursor | None, limit: int
    ) -> wire.Page:
        """Raises BadCursor; a cursor that shows a loss has raised the term before that."""
        if cursor is not None:
            here = history.standing(connection, service).position
            start = feed.start(connection, service, cursor, here)
            if upkeep.is_expired(connection, service, start.n):
                raise history.BadCursor
        frozen = self._frozen(connection, service)
        page = feed.changes(connection, service, cursor, limit, self._as_of(connection), frozen)
        return self._as_told(service, page)

    def _as_of(self, connection: Connection) -> Millis:
        return leading.source_as_of(connection, self.surroundings.now())

    def _find_loss(self, service: str, cursor: history.Cursor) -> None:
        with self.writing() as connection:
            here = history.standing(connection, service, lock=True)
            if history.is_lost(connection, service, cursor, here):
                fork = min(history.shared(connection, service, cursor), here.position)
                history.raise_term(connection, service, fork, self.surroundings, cursor.term)

    def snapshot(self, service: str, after: str | None, limit: int) -> wire.SnapshotPage:
        with self.reading() as connection:
            frozen, as_of = self._frozen(connection, service), self._as_of(connection)
            page = feed.snapshot(connection, service, after, limit, as_of, frozen)
        return self._as_told(service, page)

    def digests(self, service: str, at: Position | None = None) -> wire.Parity:
        """256 digests of what stands, at a position or now. Raises Replica, OtherTerm."""
        with self.reading() as connection:
            position, term_id = self._at(connection, service, at)
            found = parity.digests(connection, service, position)
        return wire.Parity(wire.Position(position.term, position.n), term_id, list(found))

    def bucket(self, service: str, number: int, at: Position | None = None) -> wire.ParityRows:
        """The rows of one bucket, each its id, rev and hash. Raises as `digests` does."""
        with self.reading() as connection:
            position, term_id = self._at(connection, service, at)
            rows = parity.bucket(connection, service, position, number)
        return wire.ParityRows(wire.Position(position.term, position.n), term_id, rows)

    def _at(
        self, connection: Connection, service: str, at: Position | None
    ) -> tuple[Position, str]:
        """A position this history has reached; where the service says it stands without one.

        Raises Replica, OtherTerm.
        """
        here = history.standing(connection, service)
        if at is None:
            return self._shown(connection, service, here)
        if at > here.position and leading.is_following(connection):
            raise Replica
        term_id = history.term_id_of(connection, service, at.term)
        if term_id is None or at > here.position:
            raise OtherTerm(here.position, here.term_id, None)
        return at, self.faults.term_id(service, term_id)

    def rows(self, service: str, ids: Sequence[str]) -> wire.Rows:
        """Records by id, as they are now."""
        with self.reading() as connection:
            frozen, as_of = self._frozen(connection, service), self._as_of(connection)
            found = feed.rows(connection, service, ids, as_of, frozen)
        return self._as_told(service, found)

    def places(self) -> dict[str, Place]:
        """Where each service says it stands."""
        with self.reading() as connection:
            found = history.all_standing(connection)
            return {name: self._shown(connection, name, here) for name, here in found.items()}

    def _frozen(self, connection: Connection, service: str) -> Frozen | None:
        """What a stale service shows; nothing any more once the history it stood in is lost."""
        frozen = self.faults.frozen(service)
        if frozen is None:
            return None
        here = history.standing(connection, service).position
        fork = history.fork_since(connection, service, frozen.position.term, here.term)
        return frozen if fork is None or fork >= frozen.position else None

    def _shown(self, connection: Connection, service: str, here: history.History) -> Place:
        frozen = self._frozen(connection, service)
        if frozen is not None and frozen.position < here.position:
            return frozen.position, self.faults.term_id(service, frozen.term_id)
        return here.position, self.faults.term_id(service, here.term_id)

    def standing(self, service: str) -> history.History:
        with self.reading() as connection:
            return history.standing(connection, service)

    def health(self, service: str) -> wire.Health:
        """Where a service stands, and whether this node takes its operations."""
        now = self.surroundings.now()
        with self.reading() as connection:
            here, frozen = history.standing(connection, service), self._frozen(connection, service)
            as_of = leading.source_as_of(connection, now)
            follows = leading.is_following(connection)
            position, term_id = self._shown(connection, service, here)
        return wire.Health(
            service=service,
            ok=True,
            position=wire.Position(position.term, position.n),
            term_id=term_id,
            source_as_of=to_rfc3339(frozen.as_of if frozen else as_of),
            now=to_rfc3339(now),
            leading=not follows,
            schema=BODY_SCHEMA,
        )

    def beat(self) -> None:
        """Tell followers that this node's database is alive; nothing where there can be none."""
        if self.engine.dialect.name == "postgresql":
            with self.writing() as connection:
                leading.beat(connection, self.surroundings.now())

    def _as_told(self, service: str, page: P) -> P:
        term_id = self.faults.term_id(service, page.term_id)
        if term_id == page.term_id:
            return page
        return msgspec.structs.replace(page, term_id=term_id)

    # --- upkeep ----------------------------------------------------------------------------

    def remove(
        self, service: str, ids: Sequence[str], reason: str, *, announced: bool = False
    ) -> int:
        """Take records away, a tombstone for each; how many were there.

        A mass deletion is announced with the signed configuration, else desks hold it.
        """
        with self.writing() as connection:
            count = upkeep.remove(connection, service, ids, reason, self.surroundings)
            if announced:
                alone(connection)
                Organisation(connection, self.surroundings).announce(service, reason, count)
        if reason == "erased":
            self.empty_log()
        return count

    def purge(self, service: str, days: float) -> int:
        """Forget tombstones older than some days; how many."""
        before = Millis(self.surroundings.now() - round(days * DAY))
        with self.writing() as connection:
            return upkeep.purge(connection, service, before)

    def new_terms(self) -> None:
        """After a restore, a migration or a switch: every service begins a new term here.

        What desks had from central beyond this place they offer again.
        """
        with self.writing() as connection:
            for name, here in history.all_standing(connection).items():
                history.raise_term(connection, name, here.position, self.surroundings)

    # --- faults of the data ----------------------------------------------------------------

    def frozen_at(self, service: str, back_ms: int) -> Frozen:
        """What a service shows that goes stale now, with data from then."""
        here = self.standing(service)
        return Frozen(here.position, here.term_id, Millis(self.surroundings.now() - back_ms))

    def go_back(self, service: str, back_ms: int, *, said: bool) -> Position:
        """Restore a service as it was some time ago; see `go_back_to`."""
        until = Millis(self.surroundings.now() - back_ms)
        return self.go_back_to(service, until, said=said)

    def go_back_to(self, service: str, until: Millis, *, said: bool) -> Position:
        """Restore a service as it was; `said` raises the term, else the marks must find it."""
        with self.writing() as connection:
            before = history.standing(connection, service, lock=True).position
            erased = history.erased_since(connection, service, until)
            position = history.go_back(connection, service, until)
            upkeep.go_back(connection, service, position)
            if said:
                history.raise_term(connection, service, position, self.surroundings, before.term)
            history.erase_again(connection, erased, self.surroundings)
        self.faults.fire(service, "forgetful" if said else "amnesic")
        return position
