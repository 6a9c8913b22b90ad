"""Terms, positions and marks: where each service's history stands, and how it is lost."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from app.central.reference.database import history, mark, operation, reference, row, service
from app.central.reference.system import Surroundings
from app.domain.feed import Position
from app.domain.ids import Millis

_BACK = (0, 3, 30, 300, 3_000, 30_000)
"""How far back the marks of a cursor lie, in positions."""


@dataclass(frozen=True, slots=True)
class History:
    """Where a service stands."""

    position: Position
    term_id: str
    fork: Position | None


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """What a feed goes on from; opaque to desks."""

    term: int
    n: int
    marks: list[tuple[int, int, str]]
    """Newest first: term, n and the mark the ledger had there."""


class BadCursor(Exception):
    """It is none of ours."""


def standing(connection: Connection, name: str, *, lock: bool = False) -> History:
    """The service's history; with `lock` held until the transaction ends."""
    query = select(service).where(service.c.name == name)
    found = connection.execute(query.with_for_update() if lock else query).one()
    fork = None if found.fork_term is None else Position(found.fork_term, found.fork_n)
    return History(Position(found.term, found.n), found.term_id, fork)


def advance(connection: Connection, name: str, surroundings: Surroundings) -> Position:
    """The next position, marked; the caller holds the service's row."""
    found = connection.execute(
        update(service)
        .where(service.c.name == name)
        .values(n=service.c.n + 1)
        .returning(service.c.term, service.c.n)
    ).one()
    put_mark(connection, name, Position(found.term, found.n), surroundings)
    return Position(found.term, found.n)


def put_mark(
    connection: Connection, name: str, position: Position, surroundings: Surroundings
) -> None:
    """Store a random mark at a position of the history."""
    connection.execute(
        insert(mark).values(
            service=name, term=position.term, n=position.n, mark=surroundings.random(8).hex()
        )
    )


def cursor_at(connection: Connection, name: str, position: Position) -> str:
    """The cursor that goes on behind a position, with marks along the way back."""
    marks: dict[tuple[int, int], str] = {}
    for back in _BACK:
        found = connection.execute(
            select(mark.c.term, mark.c.n, mark.c.mark)
            .where(mark.c.service == name, mark.c.term <= position.term)
            .where(mark.c.n <= position.n - back)
            .order_by(mark.c.term.desc(), mark.c.n.desc())
            .limit(1)
        ).first()
        if found is not None:
            marks[found.term, found.n] = found.mark
    listed = [(term, n, text) for (term, n), text in marks.items()]
    raw = msgspec.json.encode(Cursor(position.term, position.n, listed))
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Raises BadCursor."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return msgspec.json.decode(raw, type=Cursor)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise BadCursor from error


def is_lost(connection: Connection, name: str, cursor: Cursor, here: History) -> bool:
    """Whether the ledger lacks history that this cursor has seen."""
    if cursor.term < here.position.term:
        return False  # a term was raised since, and says itself from where on it differs
    if (cursor.term, cursor.n) > (here.position.term, here.position.n):
        return True
    return bool(cursor.marks) and not _has(connection, name, cursor.marks[0])


def _has(connection: Connection, name: str, one: tuple[int, int, str]) -> bool:
    term, n, text = one
    found = connection.execute(
        select(mark.c.mark).where(mark.c.service == name, mark.c.term == term, mark.c.n == n)
    ).scalar()
    return found == text


def shared(connection: Connection, name: str, cursor: Cursor) -> Position:
    """The last position that the ledger and the cursor both know."""
    for one in cursor.marks:
        if _has(connection, name, one):
            return Position(one[0], one[1])
    return Position(0, 0)


def raise_term(
    connection: Connection, name: str, fork: Position, surroundings: Surroundings, seen: int = 0
) -> None:
    """Begin a new term, above any that was `seen`, that shares its history up to the fork."""
    here = standing(connection, name, lock=True)
    position = Position(max(here.position.term, seen) + 1, max(here.position.n, fork.n))
    connection.execute(
        update(service)
        .where(service.c.name == name)
        .values(
            term=position.term,
            term_id=surroundings.random(8).hex(),
            fork_term=fork.term,
            fork_n=fork.n,
        )
    )
    put_mark(connection, name, position, surroundings)


def go_back(connection: Connection, name: str, until: Millis) -> Position:
    """Restore the service as it was at a time, dedupe records too; where it stands then."""
    standing(connection, name, lock=True)
    younger = connection.execute(
        select(row.c.id).where(row.c.service == name, row.c.changed_at > until)
    ).scalars()
    for id_ in list(younger):
        _restore(connection, id_, until)
    connection.execute(
        delete(operation).where(operation.c.service == name, operation.c.received_at > until)
    )
    position = connection.execute(
        select(row.c.term, row.c.n)
        .where(row.c.service == name)
        .order_by(row.c.term.desc(), row.c.n.desc())
        .limit(1)
    ).first()
    back = Position(position.term, position.n) if position else Position(1, 0)
    connection.execute(
        delete(mark)
        .where(mark.c.service == name)
        .where((mark.c.term > back.term) | ((mark.c.term == back.term) & (mark.c.n > back.n)))
    )
    connection.execute(update(service).where(service.c.name == name).values(n=back.n))
    return back


def _restore(connection: Connection, id_: str, until: Millis) -> None:
    former = (
        connection.execute(
            select(history)
            .where(history.c.id == id_, history.c.changed_at <= until)
            .order_by(history.c.changed_at.desc(), history.c.number.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    connection.execute(delete(row).where(row.c.id == id_))
    connection.execute(delete(history).where(history.c.id == id_, history.c.changed_at > until))
    if former is None:
        connection.execute(delete(reference).where(reference.c.ticket == id_))
        return
    values = {name: value for name, value in former.items() if name != "number"}
    connection.execute(insert(row).values(**values))
    connection.execute(delete(history).where(history.c.number == former["number"]))


def total(connection: Connection, name: str) -> int:
    """How many records a snapshot of the service holds."""
    query = select(func.count()).select_from(row).where(row.c.service == name, row.c.op == "upsert")
    return int(connection.execute(query).scalar_one())
