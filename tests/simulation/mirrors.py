"""I3: at rest each desk holds what central holds, and nothing else, whatever rotted."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.central_services import OWNERS, Aggregate, Service
from tests.simulation import newer, rot
from tests.simulation.desk import SimDesk
from tests.simulation.facts import Facts, mirror_of


def mirrors_equal_central(facts: Facts) -> Iterator[str]:
    """Row by row; also what a desk cannot read yet, whom it sends on, and how much it counts."""
    for desk in facts.at_work:
        for aggregate in Aggregate:
            yield from _rows(facts, desk, aggregate)
        if newer.unread(desk) != _not_read(facts, desk):
            yield f"{desk.name} keeps other rows of unknown types than central"
        if _redirects(desk) != facts.redirects:
            yield f"{desk.name} sends readers of merged records elsewhere than central"
        for service, counted in _counted(desk).items():
            rows = sum(len(mirror_of(desk, one)) for one in OWNERS[service])
            if counted != rows:
                yield f"{desk.name} counts {counted} rows of {service} and holds {rows}"
        yield from (f"{desk.name}: {what}" for what in (*rot.left(desk), *rot.unnoted(desk)))


def _rows(facts: Facts, desk: SimDesk, aggregate: Aggregate) -> Iterator[str]:
    theirs = {
        id_: one
        for id_, one in facts.rows.items()
        if one.type == aggregate and one.op == "upsert" and desk.can_read(one.type)
    }
    mine = mirror_of(desk, aggregate)
    for id_ in theirs.keys() - mine.keys():
        yield f"{desk.name} lacks {aggregate} {id_}"
    for id_ in mine.keys() - theirs.keys():
        yield f"{desk.name} holds {aggregate} {id_}, which central does not"
    for id_ in mine.keys() & theirs.keys():
        if mine[id_] != (theirs[id_].rev, theirs[id_].fields):
            yield f"{desk.name} holds {aggregate} {id_} otherwise than central"


def _not_read(facts: Facts, desk: SimDesk) -> dict[str, object]:
    return {
        id_: (one.rev, one.fields)
        for id_, one in facts.rows.items()
        if not desk.can_read(one.type) and one.op == "upsert"
    }


def _redirects(desk: SimDesk) -> dict[str, str]:
    raw = desk.place.raw(desk.store)
    return dict(raw.execute("SELECT from_id, to_id FROM redirect").fetchall())


def _counted(desk: SimDesk) -> dict[Service, int]:
    raw = desk.place.raw(desk.store)
    found = raw.execute("SELECT service, mirrored FROM feed").fetchall()
    return {Service(name): int(count) for name, count in found}
