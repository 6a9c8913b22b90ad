"""What a ticket is: its fields and groups, its status moves, what is missing to act on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.domain.operations import Json


class Status(StrEnum):
    """Where a ticket stands in its work, apart from whether it was sent."""

    NEW = "new"
    TO_COMPLETE = "to_complete"
    READY = "ready"
    SCHEDULED = "scheduled"
    DONE = "done"
    CLOSED = "closed"
    QUARANTINED = "quarantined"
    CANCELLED = "cancelled"
    MERGED = "merged"


_ST = Status
MOVES: dict[Status, frozenset[Status]] = {
    _ST.NEW: frozenset({_ST.TO_COMPLETE, _ST.READY, _ST.QUARANTINED, _ST.CANCELLED, _ST.CLOSED}),
    _ST.TO_COMPLETE: frozenset({_ST.READY, _ST.QUARANTINED, _ST.CANCELLED, _ST.CLOSED}),
    _ST.READY: frozenset({_ST.SCHEDULED, _ST.TO_COMPLETE, _ST.DONE, _ST.CANCELLED, _ST.CLOSED}),
    _ST.SCHEDULED: frozenset({_ST.READY, _ST.DONE, _ST.CANCELLED}),
    _ST.DONE: frozenset({_ST.CLOSED, _ST.READY}),
    _ST.CLOSED: frozenset({_ST.READY}),
    _ST.QUARANTINED: frozenset({_ST.TO_COMPLETE, _ST.READY, _ST.CANCELLED}),
    _ST.CANCELLED: frozenset({_ST.NEW}),
    _ST.MERGED: frozenset(),
}
"""The allowed moves; merging and un-merging are operations of their own."""

OPEN_STATUSES = frozenset(
    {_ST.NEW, _ST.TO_COMPLETE, _ST.READY, _ST.SCHEDULED, _ST.DONE, _ST.QUARANTINED}
)
_STATUSES = frozenset(one.value for one in Status)


def is_open(status: str) -> bool:
    """Whether somebody has still to see to it; so too in a status of a newer program."""
    return status in OPEN_STATUSES or status not in _STATUSES


def moves_from(status: str) -> frozenset[Status]:
    """Where a ticket may go; from a status of a newer program only that program knows."""
    return MOVES[Status(status)] if status in _STATUSES else frozenset()


class Safety(StrEnum):
    """Danger named in a call; anything but the first two sorts first and is never held."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    GAS = "gas"
    SMOKE = "smoke"
    SHOCK = "shock"
    WATER = "water"


DANGERS = frozenset({Safety.GAS, Safety.SMOKE, Safety.SHOCK, Safety.WATER})


class Group(StrEnum):
    """Field groups: each carries provenance and, from central, its own as-of."""

    CONTACT = "contact"
    CUSTOMER = "customer"
    COVERAGE = "coverage"
    DEVICE = "device"
    FAULT = "fault"
    PAYMENT = "payment"
    VISIT = "visit"


FIELD_GROUPS: dict[str, Group] = {
    "caller_name": Group.CONTACT,
    "caller_phone": Group.CONTACT,
    "caller_e164": Group.CONTACT,
    "caller_relation": Group.CONTACT,
    "reachable": Group.CONTACT,
    "customer_id": Group.CUSTOMER,
    "customer_name": Group.CUSTOMER,
    "place": Group.CUSTOMER,
    "coverage": Group.COVERAGE,
    "plan_id": Group.COVERAGE,
    "device_id": Group.DEVICE,
    "model_words": Group.DEVICE,
    "model_pin": Group.DEVICE,
    "serial": Group.DEVICE,
    "fault": Group.FAULT,
    "safety": Group.FAULT,
    "priority": Group.FAULT,
    "status": Group.FAULT,
    "owner": Group.FAULT,
    "due": Group.FAULT,
    "claims": Group.PAYMENT,
    "evidence": Group.PAYMENT,
    "visits": Group.VISIT,
}
"""Wire fields of a ticket by group. Beside them: reference, intake, happened_at, received_at,
offline, desk, taken_by, merged_into, notes, promises, promises_kept."""

SETTABLE = frozenset(
    {
        "caller_name", "caller_phone", "caller_e164", "caller_relation", "reachable", "customer_id",
        "customer_name", "place", "coverage", "plan_id", "device_id", "model_words", "model_pin",
        "serial", "fault", "safety", "priority", "status", "owner", "due",
    }
)  # fmt: skip
"""Fields a person may change after the call; the raw words only while they are empty."""

PRIORITIES = ("urgent", "high", "normal", "low")


class Missing(StrEnum):
    """Parts of *actionable* (records.md); each missing one is a "to complete" item."""

    REACHABLE = "reachable"
    PLACE = "place"
    FAULT = "fault"
    DEVICE = "device"
    COVERAGE = "coverage"


def is_danger(safety: str) -> bool:
    """Whether it is gas, smoke, shock, water, or a word of a newer program."""
    return safety not in ("", Safety.NOT_ASKED, Safety.NONE)


def in_danger(fields: Mapping[str, Json]) -> bool:
    """Whether the ticket names a danger."""
    return is_danger(str(fields.get("safety") or ""))


def missing_parts(fields: Mapping[str, Json]) -> tuple[Missing, ...]:
    """What is still needed before somebody can act, in the order of asking."""
    checks = (
        (Missing.REACHABLE, fields.get("caller_phone") or fields.get("reachable")),
        (Missing.PLACE, fields.get("place")),
        (Missing.FAULT, fields.get("fault")),
        (Missing.DEVICE, fields.get("device_id") or fields.get("model_words")),
        (Missing.COVERAGE, fields.get("coverage") or fields.get("claims")),
    )
    return tuple(part for part, value in checks if not value)


def is_actionable(fields: Mapping[str, Json]) -> bool:
    """Danger is ready with any part missing; everything else needs all five."""
    return in_danger(fields) or not missing_parts(fields)


def first_status(fields: Mapping[str, Json]) -> Status:
    """The status a newly taken ticket starts with."""
    return Status.READY if is_actionable(fields) else Status.TO_COMPLETE
