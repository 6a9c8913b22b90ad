"""Rows of a desk's mirror that rot or were missed: spoilt behind the store, looked for at rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from app.central.contract.bodies import row_hash
from app.domain.central_services import SERVICE_OF, Aggregate
from app.domain.ids import EntityId
from app.domain.parity import Finding
from local_store import entities, records
from local_store.parity import kept_hash
from local_store.sql import Sql
from local_store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from tests.simulation.desk import SimDesk

_SHOWN: Mapping[Aggregate, str] = {
    Aggregate.TICKET: "place", Aggregate.CUSTOMER: "city", Aggregate.CONTACT: "outcome",
    Aggregate.DEVICE: "serial", Aggregate.VISIT: "state", Aggregate.MESSAGE: "state",
    Aggregate.PROPOSAL: "state", Aggregate.RULING: "ruling",
}  # fmt: skip
"""A column of each that says what its field says."""


@dataclass(frozen=True, slots=True)
class Rot:
    """One row, as it stood before it was spoilt."""

    aggregate: Aggregate
    id: str
    version: tuple[int, int]
    """Term and rev."""
    finding: Finding


def _flip(unit: UnitOfWork, rot: Rot) -> None:
    """Central's word is another one than came; its hash is as it was."""
    _change(unit.sql, rot, "fields = json_set(fields, '$.place', 'spoilt')")


def _skew(unit: UnitOfWork, rot: Rot) -> None:
    """What is shown is not what is kept."""
    _change(unit.sql, rot, f"{_SHOWN[rot.aggregate]} = 'spoilt'")


def _change(sql: Sql, rot: Rot, how: str) -> None:
    sql.run(f"UPDATE ${rot.aggregate} SET {how} WHERE id = ?", rot.id)


def _lose(unit: UnitOfWork, rot: Rot) -> None:
    """It never came, or went with a page of the file; whom it sends on stands on another page."""
    find = "SELECT from_id, to_id FROM redirect WHERE from_id = ?"
    sent_on = unit.sql.all(find, rot.id)
    unit.mirror.put_right(SERVICE_OF[rot.aggregate], {rot.id}, [])
    unit.sql.many("INSERT INTO redirect (from_id, to_id) VALUES (?, ?)", sent_on)


def _miss(unit: UnitOfWork, rot: Rot) -> None:
    """The newest version never came: what is here fits itself and is of before."""
    sql, aggregate = unit.sql, rot.aggregate
    entity = entities.known(sql, [rot.id])[rot.id]
    rev, term, n, as_of, _hash, raw = records.truth_of(sql, aggregate, entity)
    assert rev is not None
    assert term is not None
    assert n is not None
    assert as_of is not None
    assert raw is not None
    fields = {**records.decoded(raw), _SHOWN[aggregate]: "former"}
    hashed = row_hash(aggregate.value, rot.id, rev - 1, fields)
    former = (rev - 1, term, n, as_of, kept_hash(hashed, term, n, as_of), json.dumps(fields))
    records.show(sql, aggregate, records.Shown(entity, EntityId(rot.id), former))


_WAYS: Mapping[Finding, Callable[[UnitOfWork, Rot], None]] = {
    Finding.DAMAGED: _flip, Finding.SKEWED: _skew, Finding.MISSING: _lose, Finding.DIFFERS: _miss,
}  # fmt: skip


async def spoil(desk: SimDesk, chance: Random) -> Rot | None:
    """Spoil a row that the desk has from central; None where it has none."""

    def write(unit: Any) -> Rot | None:  # noqa: ANN401 - the store's own transaction
        aggregate = chance.choice([one for one in _SHOWN if _rows(unit.sql, one)] or [None])
        if aggregate is None:
            return None
        id_, term, rev = chance.choice(_rows(unit.sql, aggregate))
        rot = Rot(aggregate, id_, (term, rev), chance.choice(list(_WAYS)))
        _WAYS[rot.finding](unit, rot)
        desk.watch.was_spoilt(rot.id)  # before anybody looks at what is committed
        return rot

    rot = await desk.store.write(write, by_person=False)
    if rot is not None:
        desk.rotten.append(rot)
    return rot


def _rows(sql: Sql, aggregate: Aggregate) -> list[tuple[Any, ...]]:
    return sql.all(f"SELECT id, term, rev FROM ${aggregate} WHERE rev IS NOT NULL ORDER BY id")


def left(desk: SimDesk) -> Iterator[str]:
    """What is spoilt still, of rows that nobody has changed since."""
    sql = Sql.reading(desk.place.raw(desk.store))
    for rot in _unchanged(desk):
        column = _SHOWN[rot.aggregate]
        row = sql.one(
            f"SELECT rev, term, {column}, coalesce(laid, fields), fields FROM ${rot.aggregate} "
            "WHERE id = ?",
            rot.id,
        )
        if row is None or (row[1], row[0]) != rot.version:
            yield f"{rot.aggregate} {rot.id} is not here again ({rot.finding})"
        elif "spoilt" in row[4] or (row[2] or "") != (json.loads(row[3]).get(column) or ""):
            yield f"{rot.aggregate} {rot.id} is spoilt ({rot.finding})"


def unnoted(desk: SimDesk) -> Iterator[str]:
    """What was put right, and nobody was told. After a loss a mirror may have been fetched anew."""
    world = desk.world
    if world.losses or world.switches or world.purged:
        return
    raw = desk.place.raw(desk.store)
    known = {row[0] for row in raw.execute("SELECT subject FROM incident").fetchall()}
    for rot in _unchanged(desk):
        if rot.id not in known:
            yield f"{rot.aggregate} {rot.id} was put right without an incident ({rot.finding})"


def _unchanged(desk: SimDesk) -> Iterator[Rot]:
    """Those that stand at central as they stood when they were spoilt."""
    if not desk.rotten:
        return
    with desk.world.ledger.reading() as connection:
        driver = connection.connection.driver_connection
        for rot in desk.rotten:
            found = driver.execute(  # type: ignore[union-attr]  # SQLite's
                "SELECT term, rev FROM row WHERE id = ? AND op = 'upsert'", (rot.id,)
            ).fetchone()
            if found is not None and tuple(found) == rot.version:
                yield rot
