"""Open tickets that may be about the fault just being told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.domain.call import Call
from app.domain.operations import Json
from app.domain.views import Duplicate, TicketRow
from app.domain.words import likeness

_ENOUGH = 0.5


def likely_duplicates(
    call: Call, e164: str | None, open_tickets: Iterable[tuple[TicketRow, Mapping[str, Json]]]
) -> tuple[Duplicate, ...]:
    """The open tickets worth asking about, best first; same caller alone is not enough."""
    scored = (_scored(call, e164, row, fields) for row, fields in open_tickets)
    return tuple(sorted((one for one in scored if one.score >= _ENOUGH), key=lambda d: -d.score))


def _scored(call: Call, e164: str | None, row: TicketRow, fields: Mapping[str, Json]) -> Duplicate:
    why: list[str] = []
    score = 0.0
    if e164 and fields.get("caller_e164") == e164:
        why.append("same_caller")
        score += 0.25
    if call.customer_id and fields.get("customer_id") == call.customer_id:
        why.append("same_customer")
        score = max(score, 0.25)
    if call.device_id and fields.get("device_id") == call.device_id:
        why.append("same_device")
        score += 0.3
    elif call.model and likeness(call.model, row.device) >= 0.5:
        why.append("same_device")
        score += 0.2
    alike = likeness(call.fault, row.fault)
    if alike >= 0.3:
        why.append("like_fault")
        score += 0.5 * alike
    return Duplicate(row, tuple(why), score)
