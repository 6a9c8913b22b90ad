"""What people call a record, and the records that a field's values point at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.domain.central_services import Aggregate
from app.domain.model_work import ModelParts
from app.domain.operations import Json
from app.domain.views import titled
from app.ports.store import ReadTx

POINTS_AT: Mapping[str, Aggregate] = {
    "customer_id": Aggregate.CUSTOMER,
    "device_id": Aggregate.DEVICE,
    "entry_id": Aggregate.CATALOG_ENTRY,
    "expert_id": Aggregate.EXPERT,
    "model_pin": Aggregate.CATALOG_ENTRY,
    "plan_id": Aggregate.PLAN,
    "ticket_id": Aggregate.TICKET,
}
"""Fields that hold a record's id; `merged_into` holds one of the record's own kind."""

_NAMED_BY: Mapping[Aggregate, tuple[str, ...]] = {
    Aggregate.TICKET: ("reference",),
    Aggregate.CONTACT: ("caller_name", "number"),
    Aggregate.CUSTOMER: ("name",),
    Aggregate.DEVICE: ("words", "serial"),
    Aggregate.PLAN: ("name", "number"),
    Aggregate.ALIAS: ("words",),
    Aggregate.EXPERT: ("name",),
}
"""The first of these that is filled."""


def called(tx: ReadTx, aggregate: Aggregate, id_: str) -> str:
    """The record's name among people; empty where it is not here or has none."""
    found = tx.own_record(aggregate, id_)
    return _name(tx, aggregate, found[0]) if found is not None else ""


def _name(tx: ReadTx, aggregate: Aggregate, fields: Mapping[str, Json]) -> str:
    if aggregate in (Aggregate.CATALOG_ENTRY, Aggregate.PROPOSAL):
        parts = ModelParts.of(fields)
        return titled(parts.maker, parts.name, parts.numbers[0] if parts.numbers else "")
    if aggregate is Aggregate.VISIT:
        return called(tx, Aggregate.EXPERT, str(fields.get("expert_id") or ""))
    named = (str(fields.get(name) or "") for name in _NAMED_BY.get(aggregate, ()))
    return next((one for one in named if one), "")


def pointed_at(
    aggregate: Aggregate, name: str, values: Iterator[Json]
) -> Iterator[tuple[Aggregate, str]]:
    """The records that a field's values name."""
    other = aggregate if name == "merged_into" else POINTS_AT.get(name)
    if other is None:
        return
    for value in values:
        id_ = value.get("entry_id") if isinstance(value, dict) else value
        if isinstance(id_, str) and id_:
            yield other, id_
