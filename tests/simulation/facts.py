"""What a judge knows of a world at rest: central's ledger, and each desk's outbox and mirror."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.central.reference.database import REDIRECT
from app.domain.central_services import Aggregate
from app.domain.lifecycle import OpState
from app.domain.operations import Body
from local_store.sql import Sql
from tests.simulation.desk import SimDesk
from tests.simulation.watch import body_of
from tests.simulation.world import World


@dataclass(frozen=True, slots=True)
class Known:
    """An operation as central keeps it, in the order they came."""

    op_id: str
    order: int
    outcome: str
    has_effect: bool
    target: str
    actor: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record at central."""

    id: str
    type: str
    service: str
    rev: int
    op: str
    fields: Mapping[str, Any]
    origins: Sequence[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """An operation as a desk keeps it."""

    op_id: str
    service: str
    kind: str
    lane: str
    place: tuple[int, int]
    raw: bytes
    state: OpState
    attempts: int
    reason: str
    poison: int
    is_erased: bool
    """Its words are gone from the desk."""
    is_former: bool
    """It was refused under a history that central has left, and its card says so."""

    @property
    def body(self) -> Body:
        return body_of(self.raw)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything, read once."""

    world: World
    operations: Mapping[str, Known]
    rows: Mapping[str, Version]
    """Id → the latest version; redirects are left out."""
    versions: Mapping[str, Sequence[Version]]
    """Id → every version, oldest first."""
    redirects: Mapping[str, str]
    """Merged record → where its readers go on."""
    outboxes: Mapping[str, Mapping[str, Sent]]
    """Desk → operation's id → operation, in order of seq."""

    @property
    def at_work(self) -> list[SimDesk]:
        """Desks whose word central still takes."""
        return [desk for desk in self.world.desks if not desk.replaced_by_copy]

    def was_erased(self, one: Sent) -> bool:
        """Whether central erased what the operation is about; by reference: any ticket at all."""
        erased = {id_ for _service, id_ in self.world.erased}
        return one.lane in erased or (one.lane.startswith("ref:") and bool(erased))

    def has_effect(self, op_id: str) -> bool:
        known = self.operations.get(op_id)
        return known is not None and known.has_effect


def gathered(world: World) -> Facts:
    with world.ledger.reading() as connection:
        driver: Any = connection.connection.driver_connection
        operations = {
            row[0]: Known(row[0], row[1], row[2], bool(row[3]), row[4], row[5])
            for row in driver.execute(
                "SELECT op_id, rowid, outcome, effect, target, actor FROM operation ORDER BY rowid"
            )
        }
        columns = "id, type, service, rev, op, fields, origin_ops, reason"
        rows = [_version(row) for row in driver.execute(f"SELECT {columns} FROM row")]
        past = driver.execute(f"SELECT {columns} FROM history ORDER BY number")
        versions: dict[str, list[Version]] = {}
        for one in [*map(_version, past), *rows]:
            versions.setdefault(one.id, []).append(one)
        merged = driver.execute(
            "SELECT id, redirect_to FROM row WHERE op = 'redirect' AND redirect_to IS NOT NULL"
        )
        redirects = {id_.removesuffix(REDIRECT): into for id_, into in merged}
    latest = {one.id: one for one in rows if one.op != "redirect"}
    outboxes = {desk.name: outbox_of(desk) for desk in world.desks}
    return Facts(world, operations, latest, versions, redirects, outboxes)


def _version(row: tuple[Any, ...]) -> Version:
    id_, type_, service, rev, op, fields, origins, reason = row
    return Version(
        id_, type_, service, rev, op, json.loads(fields), json.loads(origins), reason
    )  # fmt: skip


def outbox_of(desk: SimDesk) -> dict[str, Sent]:
    found = desk.place.raw(desk.store).execute(
        "SELECT op_id, service, kind, lane, place, seq, raw, state, attempts, reason, poison, "
        "state = 'parked' AND op_id IN (SELECT op_id FROM second_offer) FROM outbox ORDER BY seq"
    )
    return {
        row[0]: Sent(
            row[0], row[1], row[2], row[3], (row[4], row[5]), _kept(desk, row), OpState(row[7]),
            row[8], row[9], row[10], not row[6], bool(row[11]),
        )
        for row in found.fetchall()
    }  # fmt: skip


def _kept(desk: SimDesk, row: tuple[Any, ...]) -> bytes:
    """The bytes; of what was erased since, those that were confirmed, else a bare body."""
    if row[6]:
        return bytes(row[6])
    if row[0] in desk.confirmed:
        return desk.confirmed[row[0]].raw
    bare = {"op_id": row[0], "kind": row[2], "target": row[3], "actor": "", "desk": ""}
    at = {"incarnation": "", "happened_at": "2026-11-23T12:00:00.000Z"}
    return json.dumps(bare | at).encode()


def mirror_of(desk: SimDesk, aggregate: Aggregate) -> dict[str, tuple[int, dict[str, Any]]]:
    """Id → rev and fields of what the desk holds as central's."""
    sql = Sql.reading(desk.place.raw(desk.store))
    found = sql.all(f"SELECT id, rev, fields FROM ${aggregate} WHERE rev IS NOT NULL")
    return {id_: (rev, json.loads(fields)) for id_, rev, fields in found}
