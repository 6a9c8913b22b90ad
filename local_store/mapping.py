"""A record's fields as the columns of its projected row, and as the words search finds it by."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.tickets import OPEN_STATUSES, in_danger
from app.domain.times import from_rfc3339

Fields = Mapping[str, Json]
Row = dict[str, object]

FAR = Millis(1 << 52)
"""The due time of a ticket without one: after all others."""


def text(fields: Fields, name: str) -> str:
    """A text field, empty where it is missing."""
    value = fields.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)


def word(fields: Fields, name: str) -> str | None:
    """An id or a word of a closed list; None where it is missing or empty."""
    value = fields.get(name)
    return value if isinstance(value, str) and value else None


def number(fields: Fields, name: str) -> int:
    value = fields.get(name)
    return int(value) if isinstance(value, int | float) else 0


def time(fields: Fields, name: str) -> Millis | None:
    """A time field; None where it is missing or no time."""
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        return None
    try:
        return from_rfc3339(value)
    except ValueError:
        return None


def texts(fields: Fields, name: str) -> list[str]:
    value = fields.get(name)
    return [str(one) for one in value] if isinstance(value, list) else []


def entries(fields: Fields, name: str) -> list[dict[str, Json]]:
    """The objects of an append-only list."""
    value = fields.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def ticket(fields: Fields) -> Row:
    status = text(fields, "status") or "new"
    pin = fields.get("model_pin")
    entry = pin.get("entry_id") if isinstance(pin, dict) else None
    words, device = text(fields, "model_words"), word(fields, "device_id")
    is_open = status in OPEN_STATUSES and not word(fields, "merged_into")
    return {
        "reference": word(fields, "reference"),
        "status": status,
        "is_open": int(is_open),
        "danger": 0 if in_danger(fields) else 1,
        "due": time(fields, "due") or FAR,
        "owner": word(fields, "owner"),
        "fault": text(fields, "fault")[:500],
        "safety": text(fields, "safety") or "not_asked",
        "priority": text(fields, "priority") or "normal",
        "model_words": words[:200],
        "device_id": device,
        "entry_id": str(entry) if entry else None,
        "customer_id": word(fields, "customer_id"),
        "caller_name": (text(fields, "caller_name") or text(fields, "caller_phone"))[:200],
        "caller_e164": word(fields, "caller_e164"),
        "happened_at": time(fields, "happened_at") or 0,
        "state": str(RowState.SENT),
        "reviewing": 0,
        "unverified": int(text(fields, "coverage") == "claimed"),
        "unresolved": int(bool(words) and not entry and not device),
        "place": text(fields, "place")[:200],
    }


def customer(fields: Fields) -> Row:
    phones = texts(fields, "phones")
    return {
        "name": text(fields, "name"),
        "address": text(fields, "address"),
        "city": text(fields, "city"),
        "postcode": text(fields, "postcode"),
        "phone": phones[0] if phones else "",
        "since": text(fields, "since"),
        "provisional": int(bool(fields.get("provisional"))),
        "merged_into": word(fields, "merged_into"),
    }


def device(fields: Fields) -> Row:
    names = ("words", "serial", "category", "bought_on")
    return {
        "customer_id": word(fields, "customer_id"),
        "entry_id": word(fields, "entry_id"),
        **{name: text(fields, name) for name in names},
    }


def plan(fields: Fields) -> Row:
    minutes = fields.get("response_minutes")
    return {
        "customer_id": word(fields, "customer_id"),
        **{name: text(fields, name) for name in ("name", "covers", "starts", "ends", "paid_until")},
        "visits_used": number(fields, "visits_used"),
        "visits_included": number(fields, "visits_included"),
        "response_minutes": int(minutes) if isinstance(minutes, int) else None,
        "categories": json.dumps(texts(fields, "categories")),
    }


def catalog_entry(fields: Fields) -> Row:
    names = ("maker", "name", "detail", "category", "status")
    return {
        **{name: text(fields, name) for name in names},
        "numbers": " ".join(texts(fields, "numbers")),
    }


def payment(fields: Fields) -> Row:
    return {
        "customer_id": word(fields, "customer_id"),
        "amount": number(fields, "amount"),
        "currency": text(fields, "currency"),
        "value_date": text(fields, "value_date"),
    }


def visit(fields: Fields) -> Row:
    return {
        "ticket_id": word(fields, "ticket_id"),
        "expert_id": word(fields, "expert_id"),
        "state": text(fields, "state"),
        "window_start": time(fields, "window_start"),
        "window_end": time(fields, "window_end"),
    }


def contact(fields: Fields) -> Row:
    done = word(fields, "call_back_done")
    return {
        "e164": word(fields, "e164"),
        "customer_id": word(fields, "customer_id"),
        "started": time(fields, "started") or 0,
        "number": text(fields, "number"),
        "caller_name": text(fields, "caller_name"),
        "outcome": text(fields, "outcome"),
        "call_back_due": None if done else time(fields, "call_back_due"),
    }


ROWS: dict[Aggregate, tuple[str, Callable[[Fields], Row]]] = {
    Aggregate.TICKET: ("ticket_row", ticket),
    Aggregate.CUSTOMER: ("customer_row", customer),
    Aggregate.DEVICE: ("device_row", device),
    Aggregate.PLAN: ("plan_row", plan),
    Aggregate.CATALOG_ENTRY: ("entry_row", catalog_entry),
    Aggregate.ALIAS: (
        "alias_row",
        lambda fields: {"key": word(fields, "key"), "entry_id": word(fields, "entry_id")},
    ),
    Aggregate.PROPOSAL: ("proposal_row", lambda fields: {"state": text(fields, "state")}),
    Aggregate.PAYMENT: ("payment_row", payment),
    Aggregate.RULING: ("ruling_row", lambda fields: {"claim_id": word(fields, "claim_id")}),
    Aggregate.EXPERT: ("expert_row", lambda fields: {"name": text(fields, "name")}),
    Aggregate.VISIT: ("visit_row", visit),
    Aggregate.CONTACT: ("contact_row", contact),
    Aggregate.MESSAGE: ("message_row", lambda fields: {"ticket_id": word(fields, "ticket_id")}),
}
"""Each aggregate's table and how its row is made."""


def _ticket_words(fields: Fields) -> str:
    names = ("reference", "fault", "model_words", "caller_name", "caller_phone", "place", "serial")
    notes = [text(note, "text") for note in entries(fields, "notes")]
    return "\n".join([*(text(fields, name) for name in names), *notes])


def _customer_words(fields: Fields) -> str:
    names = ("name", "address", "city", "postcode")
    return "\n".join([*(text(fields, name) for name in names), *texts(fields, "mails")])


def _entry_words(fields: Fields) -> str:
    names = ("maker", "name", "detail", "category")
    return "\n".join([*(text(fields, name) for name in names), *texts(fields, "numbers")])


SEARCHED: dict[Aggregate, tuple[str, Callable[[Fields], str]]] = {
    Aggregate.TICKET: ("ticket", _ticket_words),
    Aggregate.CUSTOMER: ("customer", _customer_words),
    Aggregate.CATALOG_ENTRY: ("model", _entry_words),
}
"""Which search finds an aggregate, and by what words."""
