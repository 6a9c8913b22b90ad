"""What a person may write into a record's fields: read by each field's kind, and checked once.

Setting a field and replacing an operation that waits go through the same checks, so that central
hears of nothing it would have to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from app.domain.central_services import Aggregate
from app.domain.errors import Invalid, MoveNotAllowed, Refused
from app.domain.operations import KINDS, Body, Effect, Json
from app.domain.records import CATEGORIES, RECORDS, FieldKind, has_shape
from app.domain.tickets import PRIORITIES, SETTABLE, Safety, Status, moves_from
from app.domain.times import from_rfc3339, to_rfc3339
from app.services.desk import Desk

_KINDS = {
    aggregate: {field.name: field.kind for field in fields} for aggregate, fields in RECORDS.items()
}
_LONGEST_NOTE = 2_000_000
_K = FieldKind
_ENTRY_KINDS: dict[str, dict[str, FieldKind]] = {
    "ticket.note": {"text": _K.TEXT, "internal": _K.FLAG},
    "ticket.promise": {"what": _K.TEXT, "to": _K.TEXT, "by_when": _K.TIME},
    "ticket.claim": {
        "provider": _K.TEXT, "reference": _K.TEXT, "amount": _K.MINOR, "currency": _K.WORD,
        "paid_on": _K.DATE, "last4": _K.WORD,
    },
}  # fmt: skip
"""What of an addition may be edited while it waits; its id, author and time may not."""
_NEVER_EMPTY: dict[str, frozenset[str]] = {
    "ticket.create": frozenset({"fault", "status", "priority", "safety"}),
    "ticket.set": frozenset({"fault", "status", "priority", "safety"}),
    "ticket.note": frozenset({"text", "internal"}),
    "ticket.promise": frozenset({"what"}),
    "ticket.claim": frozenset({"amount", "currency"}),
}
_CLOSED: dict[tuple[Aggregate, str], tuple[str, ...]] = {
    (Aggregate.TICKET, "status"): tuple(Status),
    (Aggregate.TICKET, "safety"): tuple(Safety),
    (Aggregate.TICKET, "priority"): PRIORITIES,
    (Aggregate.TICKET, "coverage"): ("verified", "claimed", "waived"),
    (Aggregate.DEVICE, "category"): CATEGORIES,
    (Aggregate.CATALOG_ENTRY, "category"): CATEGORIES,
    (Aggregate.PROPOSAL, "category"): CATEGORIES,
}
_PATTERNS = {"currency": re.compile(r"[A-Z]{3}"), "last4": re.compile(r"\d{4}")}


def ticket_values(desk: Desk, wanted: Mapping[str, Json]) -> dict[str, Json]:
    """New values of a ticket's fields; text is read by the field's kind. Raises Invalid."""
    return {name: _settable(desk, "ticket.set", name, value) for name, value in wanted.items()}


def require_moves(before: Mapping[str, Json], values: Mapping[str, Json]) -> None:
    """Raise MoveNotAllowed or Invalid where a ticket's fields, as they were, do not lead there."""
    wanted = values.get("status")
    present = str(before.get("status") or Status.NEW)
    leads_to = moves_from(present)
    if wanted is not None and wanted != present and wanted not in leads_to:
        raise MoveNotAllowed(
            f"A ticket that is {present} cannot become {wanted}.",
            safe="Nothing was written.",
            todo=f"It can become: {', '.join(sorted(leads_to)) or 'nothing else'}.",
        )
    if values.get("model_words") is not None and before.get("model_words"):
        raise Invalid(
            "The caller's words are kept as they were said.",
            fields={"model_words": "Choose a model beside them instead."},
        )


def with_e164(desk: Desk, values: Mapping[str, Json]) -> dict[str, Json]:
    """A ticket's values, with the E.164 form beside a changed caller's phone."""
    completed = dict(values)
    phone = values.get("caller_phone")
    if isinstance(phone, str):
        completed["caller_e164"] = desk.phones.e164(phone, desk.configuration.phone_region)
    return completed


def replacing_values(
    desk: Desk, body: Body, record: Mapping[str, Json], wanted: Mapping[str, Json]
) -> dict[str, Json]:
    """Other values for an operation that waits, checked as if they were decided anew.

    `record` is the target as projected. Raises Invalid, MoveNotAllowed, and Refused for an
    operation that says nothing but what it says.
    """
    if not wanted:
        return {}
    if body.rule.signed or body.rule.effect in (Effect.MERGE, Effect.UNMERGE):
        raise Refused(
            "It can only be tried again as it stands.", todo="Withdraw it, then decide anew."
        )
    if body.rule.effect is Effect.APPEND:
        return {name: _of_entry(body.kind, name, value) for name, value in wanted.items()}
    values = {name: _settable(desk, body.kind, name, value) for name, value in wanted.items()}
    if body.rule.aggregate is Aggregate.TICKET:
        require_moves(_before(body, record), values)
        return with_e164(desk, values)
    return values


def _before(body: Body, record: Mapping[str, Json]) -> dict[str, Json]:
    """The record as it was under the operation."""
    if body.rule.effect is Effect.CREATE:
        return {}
    return {**record, **{name: change.base for name, change in body.changes.items()}}


def require_note(text: str) -> None:
    """Raise Invalid for an empty or far too long note."""
    if not text.strip():
        raise Invalid("The note is empty.", fields={"text": "Write something."})
    if len(text) > _LONGEST_NOTE:
        raise Invalid("The note is longer than 2 000 000 characters.", todo="Split it.")


def _of_entry(kind: str, name: str, value: Json) -> Json:
    known = _ENTRY_KINDS.get(kind, {}).get(name)
    if known is None:
        raise _cannot_be_set(name)
    if kind == "ticket.note" and name == "text" and isinstance(value, str):
        require_note(value)
    read = _read(name, known, value)
    return _not_empty(kind, name, read)


def _settable(desk: Desk, kind: str, name: str, value: Json) -> Json:
    """A field's new value. Raises Invalid."""
    aggregate, writes = KINDS[kind].aggregate, KINDS[kind].writes
    known = _KINDS[aggregate].get(name)
    if aggregate is Aggregate.TICKET:
        allowed = name in SETTABLE
    else:
        allowed = known not in (None, FieldKind.ENTRIES) and name != "merged_into"
    if known is None or not allowed or (writes and name not in writes):
        raise _cannot_be_set(name)
    closed = _CLOSED.get((aggregate, name))
    if closed is not None and isinstance(value, str) and value.strip() and value not in closed:
        raise Invalid(f"{name} is one of: {', '.join(closed)}.", fields={name: "Not one of these."})
    read = _read(name, known, value)
    if name == "owner" and isinstance(read, str) and desk.configuration.person(read) is None:
        raise Invalid("Nobody of that name is in the configuration.", fields={name: "Unknown."})
    return _not_empty(kind, name, read)


def _not_empty(kind: str, name: str, read: Json) -> Json:
    if read is None and name in _NEVER_EMPTY.get(kind, ()):
        raise Invalid(f"{name} cannot be left empty.", fields={name: "Write something."})
    return read


def _read(name: str, kind: FieldKind, value: Json) -> Json:
    """The value in its field's shape; what was typed is text, and empty text is no value."""
    read = _typed(name, kind, value) if isinstance(value, str) else value
    pattern = _PATTERNS.get(name)
    fits = pattern is None or not isinstance(read, str) or pattern.fullmatch(read)
    if read is not None and not (has_shape(kind, read) and fits):
        raise _not_a_value(name)
    return read


def _typed(name: str, kind: FieldKind, text: str) -> Json:
    if not text.strip():
        return None
    if kind is FieldKind.TIME:
        return _time(name, text)
    try:
        if kind is FieldKind.DATE:
            return date.fromisoformat(text.strip()).isoformat()
        if kind in (FieldKind.MINOR, FieldKind.NUMBER):
            return int(text)
    except ValueError as error:
        raise _not_a_value(name) from error
    if kind is FieldKind.FLAG:
        return {"true": True, "false": False}.get(text.strip().lower(), text)
    return text


def _time(name: str, text: str) -> str:
    try:
        return to_rfc3339(from_rfc3339(text))
    except ValueError as error:
        sentence = f"{name} is a time like 2026-11-23T14:30:00Z."
        raise Invalid(sentence, fields={name: "Not a time."}) from error


def _cannot_be_set(name: str) -> Invalid:
    return Invalid(f"{name} cannot be set.", fields={name: "This field cannot be set."})


def _not_a_value(name: str) -> Invalid:
    return Invalid(f"{name} cannot have that value.", fields={name: "Not a value of this field."})
