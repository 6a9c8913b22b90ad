"""How many tickets each view holds, moved along with the tickets themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from app.domain.central_services import Service
from app.domain.tickets import Status
from app.domain.views import QueueView
from local_store.sql import Sql, listed

_MINE, _OTHERS = QueueView.MINE.value, ""
STANDING = "is_open, owner, status, unresolved, unverified, reviewing"
"""Columns of a ticket that say which views it is in."""

Standing = tuple[int, str | None, str, int, int, int]


def views_of(standing: Standing) -> Iterable[tuple[str, str]]:
    """The views a ticket counts in, each with the owner where the view is one person's."""
    is_open, owner, status, unresolved, unverified, reviewing = standing
    yield QueueView.ALL.value, _OTHERS
    if reviewing:
        yield QueueView.NEEDS_REVIEW.value, _OTHERS
    if not is_open:
        return
    yield QueueView.OPEN.value, _OTHERS
    if owner:
        yield _MINE, owner
    elif status != Status.QUARANTINED:
        yield QueueView.UNASSIGNED.value, _OTHERS
    if status == Status.TO_COMPLETE:
        yield QueueView.TO_COMPLETE.value, _OTHERS
    if status == Status.QUARANTINED:
        yield QueueView.QUARANTINE.value, _OTHERS
    if unresolved:
        yield QueueView.MODELS.value, _OTHERS
    if unverified:
        yield QueueView.PAYMENTS.value, _OTHERS


def standings(sql: Sql, entities: Sequence[int]) -> list[Standing]:
    """How the tickets of these row numbers stand now."""
    found = sql.all(
        f"SELECT {STANDING} FROM $ticket WHERE entity IN (SELECT value FROM json_each(?))",
        listed(entities),
    )
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in found]


def move(sql: Sql, before: Iterable[Standing], after: Iterable[Standing]) -> None:
    """Count the tickets out of the views they were in and into those they are in now."""
    moved: Counter[tuple[str, str]] = Counter()
    for standing in after:
        moved.update(views_of(standing))
    for standing in before:
        moved.subtract(views_of(standing))
    slot = sql.slot(Service.TICKETS)
    add(sql, {(slot, *which): step for which, step in moved.items() if step})


def off(sql: Sql) -> dict[tuple[int, str, str], int]:
    """By how much which counters of what is read are too low: slot, view and owner → tickets.

    Empty where all are right. What moves meanwhile moves both, so it may be added at any time.
    """
    slot, missing = sql.slot(Service.TICKETS), Counter[tuple[int, str, str]]()
    rows = sql.all(f"SELECT {STANDING}, count(*) FROM $ticket GROUP BY {STANDING}")
    for is_open, owner, status, unresolved, unverified, reviewing, count in rows:
        for view in views_of((is_open, owner, status, unresolved, unverified, reviewing)):
            missing[slot, *view] += count
    for view, owner, count in sql.all("SELECT view, owner, count FROM tally WHERE slot = ?", slot):
        missing[slot, str(view), str(owner)] -= count
    return {which: step for which, step in missing.items() if step}


def add(sql: Sql, steps: Mapping[tuple[int, str, str], int]) -> None:
    """Put counters right by what they are off."""
    sql.many(
        "INSERT INTO tally (slot, view, owner, count) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(*which, step) for which, step in steps.items()],
    )


def counts(sql: Sql, person: str) -> dict[QueueView, int]:
    """The number of tickets of each view, for that person."""
    found = sql.all(
        "SELECT view, count FROM tally WHERE slot = ? AND owner IN ('', ?)",
        sql.slot(Service.TICKETS),
        person,
    )
    known = {view: int(count) for view, count in found}
    return {view: known.get(view.value, 0) for view in QueueView}
