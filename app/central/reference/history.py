"""Terms, positions and marks: where each service's history stands, and how it is lost."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    union_all,
    update,
)

from app.central.reference.database import (
    history,
    mark,
    operation,
    reference,
    row,
    service,
    term,
    upsert,
)
from app.central.reference.system import Surroundings
from app.domain.feed import Position
from app.domain.ids import Millis

_TERMS_BACK = 4
_BACK = (0, 1, 3, 30, 300, 3_000, 30_000)
"""How far back the marks of a cursor lie, in positions."""


_STANDING = select(service).where(service.c.name == bindparam("name_"))
_ALL_STANDING = select(service)
_HELD = _STANDING.with_for_update()
_STEP = (
    update(service)
    .where(service.c.name == bindparam("name_"))
    .values(n=service.c.n + 1)
    .returning(service.c.term, service.c.n)
)
_MARK = insert(mark)
_TERM_ID = select(term.c.term_id).where(
    term.c.service == bindparam("name_"), term.c.term == bindparam("number")
)
_FORKS = (
    select(term.c.fork_term, term.c.fork_n)
    .where(term.c.service == bindparam("name_"), term.c.term > bindparam("known"))
    .where(term.c.term <= bindparam("until"), term.c.fork_term.is_not(None))
)
_HAS = select(mark.c.mark).where(
    mark.c.service == bindparam("name_"),
    mark.c.term == bindparam("number"),
    mark.c.n == bindparam("at"),
)


def _mark_before(distance: int) -> Select[tuple[int, int, str]]:
    """The newest mark that lies so far before a position."""
    found = (
        select(mark.c.term, mark.c.n, mark.c.mark)
        .where(mark.c.service == bindparam("name_"), mark.c.term <= bindparam("number"))
        .where(mark.c.n <= bindparam("at") - distance)
        .order_by(mark.c.term.desc(), mark.c.n.desc())
        .limit(1)
        .subquery()
    )
    return select(found)


_one_of_term = mark.alias()
_FIRST = (
    select(func.min(_one_of_term.c.n))
    .where(_one_of_term.c.service == term.c.service, _one_of_term.c.term == term.c.term)
    .scalar_subquery()
)
_STARTS = (
    select(mark.c.term, mark.c.n, mark.c.mark)
    .join(term, (term.c.service == mark.c.service) & (term.c.term == mark.c.term))
    .where(mark.c.service == bindparam("name_"), mark.c.n == _FIRST)
    .where(term.c.fork_term.is_not(None), mark.c.term <= bindparam("number"))
    .where(mark.c.n <= bindparam("at"))
    .order_by(mark.c.term.desc())
    .limit(_TERMS_BACK)
)
"""Where the last terms began: two centrals that both began one are told apart by it."""
_MARKS_BEFORE = union_all(*(_mark_before(distance) for distance in _BACK))


@dataclass(frozen=True, slots=True)
class History:
    """Where a service stands."""

    position: Position
    term_id: str


Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """What a feed goes on from; opaque to desks."""

    service: str
    term: Count
    n: Count
    marks: list[tuple[Count, Count, str]]
    """Newest first: term, n and the mark the ledger had there."""
    back: tuple[Count, Count] | None = None
    """On the way into a new term: the last place its desk was sure to share with it."""


class BadCursor(Exception):
    """It is none of ours."""


def standing(connection: Connection, name: str, *, lock: bool = False) -> History:
    """The service's history; with `lock` held until the transaction ends."""
    found = connection.execute(_HELD if lock else _STANDING, {"name_": name}).one()
    return History(Position(found.term, found.n), found.term_id)


def term_id_of(connection: Connection, name: str, number: int) -> str | None:
    """The random id of one of the service's terms; None for one it never was in."""
    return connection.execute(_TERM_ID, {"name_": name, "number": number}).scalar()


def all_standing(connection: Connection) -> dict[str, History]:
    """Where every service stands, in one look."""
    return {
        one.name: History(Position(one.term, one.n), one.term_id)
        for one in connection.execute(_ALL_STANDING)
    }


def fork_since(connection: Connection, name: str, known: int, until: int) -> Position | None:
    """The last position that a term (`until`) shares with a former one; None with its own."""
    found = connection.execute(_FORKS, {"name_": name, "known": known, "until": until})
    return min((Position(one.fork_term, one.fork_n) for one in found), default=None)


def advance(connection: Connection, name: str, surroundings: Surroundings) -> Position:
    """The next position, marked; the caller holds the service's row."""
    found = connection.execute(_STEP, {"name_": name}).one()
    put_mark(connection, name, Position(found.term, found.n), surroundings)
    return Position(found.term, found.n)


def put_mark(
    connection: Connection, name: str, position: Position, surroundings: Surroundings
) -> None:
    """Store a random mark at a position of the history."""
    text = surroundings.random(8).hex()
    values = {"service": name, "term": position.term, "n": position.n, "mark": text}
    connection.execute(_MARK, values)


def cursor_at(
    connection: Connection, name: str, position: Position, back: Position | None = None
) -> str:
    """The cursor that goes on behind a position, with marks along the way back."""
    where = {"name_": name, "number": position.term, "at": position.n}
    found = [*connection.execute(_MARKS_BEFORE, where), *connection.execute(_STARTS, where)]
    marks = {(one.term, one.n): one.mark for one in found}
    listed = [(*place, marks[place]) for place in sorted(marks, reverse=True)]
    place = (back.term, back.n) if back else None
    raw = msgspec.json.encode(Cursor(name, position.term, position.n, listed, place))
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(name: str, text: str) -> Cursor:
    """Raises BadCursor, also for another service's cursor."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        cursor = msgspec.json.decode(raw, type=Cursor)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise BadCursor from error
    if cursor.service != name:
        raise BadCursor
    return cursor


def is_lost(connection: Connection, name: str, cursor: Cursor, here: History) -> bool:
    """Whether the ledger lacks history that this cursor has seen."""
    if cursor.term < here.position.term:
        return False  # a term was raised since, and says itself from where on it differs
    if (cursor.term, cursor.n) > (here.position.term, here.position.n):
        return True
    return bool(cursor.marks) and not _has(connection, name, cursor.marks[0])


def _has(connection: Connection, name: str, one: tuple[int, int, str]) -> bool:
    where = {"name_": name, "number": one[0], "at": one[1]}
    found = connection.execute(_HAS, where).scalar()
    return found == one[2]


def shared(connection: Connection, name: str, cursor: Cursor) -> Position:
    """The last position that the ledger and the cursor are sure to share."""
    if not cursor.marks:
        return Position(cursor.term, cursor.n)
    return _newest_known(connection, name, cursor.marks)


def _newest_known(
    connection: Connection, name: str, marks: Sequence[tuple[int, int, str]]
) -> Position:
    for one in marks:
        if _has(connection, name, one):
            return Position(one[0], one[1])
    return Position(0, 0)


def fork_for(connection: Connection, name: str, cursor: Cursor, until: int) -> Position | None:
    """Where the history of a term (`until`) left the cursor's; None while it is the same one.

    That is the fork the terms name, where it has all that the cursor has seen; else the newest of
    the cursor's marks up to there that it knows: a history may have been lost silently before it
    was lost aloud, and have gone on past what it lost.
    """
    if cursor.term >= until:
        return None
    said = fork_since(connection, name, cursor.term, until) or Position(0, 0)
    below = [one for one in cursor.marks if Position(one[0], one[1]) <= said]
    known = _newest_known(connection, name, below)
    return said if known == Position(cursor.term, cursor.n) else known


def raise_term(
    connection: Connection, name: str, fork: Position, surroundings: Surroundings, seen: int = 0
) -> None:
    """Begin a new term, above any that was `seen`, that shares its history up to the fork."""
    here = standing(connection, name, lock=True)
    position = Position(max(here.position.term, seen) + 1, max(here.position.n, fork.n))
    term_id = surroundings.random(8).hex()
    connection.execute(
        insert(term).values(
            service=name, term=position.term, term_id=term_id, fork_term=fork.term, fork_n=fork.n,
            since=surroundings.now(),
        )
    )  # fmt: skip
    _stand_at(connection, name, position, term_id)
    put_mark(connection, name, position, surroundings)


def _stand_at(connection: Connection, name: str, position: Position, term_id: str) -> None:
    connection.execute(
        update(service)
        .where(service.c.name == name)
        .values(term=position.term, n=position.n, term_id=term_id)
    )


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
    number, term_id = _term_at(connection, name, until)
    last = connection.execute(select(func.max(row.c.n)).where(row.c.service == name)).scalar()
    back = Position(number, last or 0)
    connection.execute(
        delete(mark)
        .where(mark.c.service == name)
        .where((mark.c.term > back.term) | ((mark.c.term == back.term) & (mark.c.n > back.n)))
    )
    connection.execute(delete(term).where(term.c.service == name, term.c.term > back.term))
    _stand_at(connection, name, back, term_id)
    return back


def erased_since(connection: Connection, name: str, until: Millis) -> list[dict[str, Any]]:
    """What was erased in a service after a time."""
    found = connection.execute(
        select(row)
        .where(row.c.service == name, row.c.changed_at > until)
        .where(row.c.op == "tombstone", row.c.reason == "erased")
    )
    return [one._asdict() for one in found]


def erase_again(
    connection: Connection, erased: Sequence[dict[str, Any]], surroundings: Surroundings
) -> None:
    """A restore brings nothing back that was erased: desks are told once more."""
    for one in erased:
        position = advance(connection, one["service"], surroundings)
        place = {"term": position.term, "n": position.n, "changed_at": surroundings.now()}
        upsert(connection, row, "id", one | place | {"rev": one["rev"] + 1})


def _term_at(connection: Connection, name: str, until: Millis) -> tuple[int, str]:
    """The term a service was in at a time; its first one for the time before it."""
    found = connection.execute(
        select(term.c.term, term.c.term_id, term.c.since)
        .where(term.c.service == name)
        .order_by(term.c.term)
    ).all()
    then = [one for one in found if one.since <= until] or found[:1]
    return then[-1].term, then[-1].term_id


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


_TOTAL = (
    select(func.count())
    .select_from(row)
    .where(row.c.service == bindparam("name_"), row.c.op == "upsert")
)


def total(connection: Connection, name: str) -> int:
    """How many records a snapshot of the service holds."""
    return int(connection.execute(_TOTAL, {"name_": name}).scalar_one())
