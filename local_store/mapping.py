"""A record's fields as the columns queries need, and as the words search finds it by."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.records import RECORDS, FieldKind
from app.domain.tickets import in_danger, is_open
from app.domain.times import from_rfc3339
from app.domain.visible import silent_left_out
from app.domain.words import fold

Fields = Mapping[str, Json]

FAR = Millis(1 << 52)
"""The due time of a ticket without one: after all others."""
LONGEST_BODY = 65_536
"""Characters of one record that search reads."""
UNMARKED = (str(RowState.SENT), 0)
"""A ticket's row word and whether somebody must look at it, where nothing of it waits."""


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """One typed column: its name, whether it is a number, and how it is read from the fields."""

    name: str
    is_number: bool
    read: Callable[[Fields], object]


def text(fields: Fields, name: str) -> str:
    """A text field, empty where it is missing."""
    value = fields.get(name)
    return value if isinstance(value, str) else "" if value is None else str(value)


def word(fields: Fields, name: str) -> str | None:
    """An id or a word of a closed list; None where it is missing or empty."""
    value = fields.get(name)
    return value if isinstance(value, str) and value else None


def number(fields: Fields, name: str) -> int | None:
    """A whole number that fits a column; None where it is missing or anything else."""
    value = fields.get(name)
    whole = int(value) if isinstance(value, int) else None
    return whole if whole is not None and -_LARGEST <= whole <= _LARGEST else None


_LARGEST = (1 << 63) - 1


def time(fields: Fields, name: str) -> Millis | None:
    """A time field; None where it is missing or no time."""
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        return None
    try:
        return from_rfc3339(value)
    except (ValueError, OverflowError):
        return None


def texts(fields: Fields, name: str) -> list[str]:
    value = fields.get(name)
    return [str(one) for one in value] if isinstance(value, list) else []


def entries(fields: Fields, name: str) -> list[dict[str, Json]]:
    """The objects of an append-only list."""
    value = fields.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


_READ: dict[FieldKind, Callable[[Fields, str], object]] = {
    FieldKind.TEXT: text,
    FieldKind.WORD: word,
    FieldKind.TIME: time,
    FieldKind.DATE: text,
    FieldKind.NUMBER: number,
    FieldKind.MINOR: number,
    FieldKind.FLAG: lambda fields, name: int(bool(fields.get(name))),
    FieldKind.TEXTS: lambda fields, name: json.dumps(texts(fields, name), ensure_ascii=False),
}
_NUMBERS = frozenset({FieldKind.TIME, FieldKind.NUMBER, FieldKind.MINOR, FieldKind.FLAG})


def _stored(aggregate: Aggregate, names: str) -> tuple[StoredColumn, ...]:
    """Columns of the record's own fields, typed as `RECORDS` says."""
    kinds = {field.name: field.kind for field in RECORDS[aggregate]}
    return tuple(_column(name, kinds[name]) for name in names.split())


def _column(name: str, kind: FieldKind) -> StoredColumn:
    read = _READ[kind]
    return StoredColumn(name, kind in _NUMBERS, lambda fields: read(fields, name))


def _words(name: str, read: Callable[[Fields], str | None]) -> StoredColumn:
    return StoredColumn(name, is_number=False, read=read)


def _number(name: str, read: Callable[[Fields], int | None]) -> StoredColumn:
    return StoredColumn(name, is_number=True, read=read)


def _is_open(fields: Fields) -> bool:
    status = text(fields, "status") or "new"
    return is_open(status) and not fields.get("merged_into")


def _pinned_entry(fields: Fields) -> str | None:
    pin = fields.get("model_pin")
    return word(pin, "entry_id") if isinstance(pin, dict) else None


def _caller(fields: Fields) -> str:
    """Whose ticket it is, as said; the customer's own record says it better where it is known."""
    said = ("customer_name", "caller_name", "caller_phone")
    return next((words for name in said if (words := text(fields, name))), "")[:200]


def _reversed(fields: Fields, name: str) -> str | None:
    value = word(fields, name)
    return value[::-1] if value else None


def _unresolved(fields: Fields) -> int:
    """Words without a model: a pin, or a device of the customer's, says which it is.

    A pin to nothing took an earlier one back.
    """
    known = _pinned_entry(fields) or fields.get("device_id")
    return int(bool(fields.get("model_words")) and not known)


def _unverified(fields: Fields) -> int:
    return int(bool(fields.get("claims")) and fields.get("coverage") == "claimed")


COLUMNS: dict[Aggregate, tuple[StoredColumn, ...]] = {
    Aggregate.TICKET: (
        *_stored(Aggregate.TICKET, "reference owner device_id customer_id"),
        _number("happened_at", lambda f: time(f, "happened_at") or 0),
        _words("status", lambda f: text(f, "status") or "new"),
        _number("is_open", lambda f: int(_is_open(f))),
        _number("calm", lambda f: int(not (in_danger(f) and _is_open(f)))),
        _number("due", lambda f: time(f, "due") or FAR),
        _words("fault", lambda f: text(f, "fault")[:500]),
        _words("safety", lambda f: text(f, "safety") or "not_asked"),
        _words("priority", lambda f: text(f, "priority") or "normal"),
        _words("model_words", lambda f: text(f, "model_words")[:200]),
        _words("entry_id", _pinned_entry),
        _words("caller", _caller),
        _words("caller_reversed", lambda f: _reversed(f, "caller_e164")),
        _number("unverified", _unverified),
        _number("unresolved", _unresolved),
        _words("place", lambda f: text(f, "place")[:200]),
    ),
    Aggregate.CONTACT: (
        *_stored(Aggregate.CONTACT, "number caller_name customer_id outcome agent started ended"),
        _words("e164_reversed", lambda f: _reversed(f, "e164")),
        _number(
            "call_back_due",
            lambda f: None if f.get("call_back_done") else time(f, "call_back_due"),
        ),
    ),
    Aggregate.CUSTOMER: _stored(
        Aggregate.CUSTOMER, "name address city postcode since phones provisional merged_into"
    ),
    Aggregate.DEVICE: _stored(
        Aggregate.DEVICE, "customer_id entry_id words serial category bought_on"
    ),
    Aggregate.PLAN: (
        *_stored(Aggregate.PLAN, "customer_id name covers starts ends paid_until categories"),
        *_stored(Aggregate.PLAN, "visits_used visits_included response_minutes"),
    ),
    Aggregate.CATALOG_ENTRY: (
        *_stored(Aggregate.CATALOG_ENTRY, "maker name detail category status merged_into"),
        _words("numbers", lambda f: " ".join(texts(f, "numbers"))[:500]),
    ),
    Aggregate.ALIAS: _stored(Aggregate.ALIAS, "key entry_id"),
    Aggregate.PROPOSAL: _stored(Aggregate.PROPOSAL, "state words entry_id"),
    Aggregate.PAYMENT: _stored(Aggregate.PAYMENT, "customer_id amount currency value_date"),
    Aggregate.RULING: _stored(Aggregate.RULING, "claim_id ruling"),
    Aggregate.EXPERT: _stored(Aggregate.EXPERT, "name"),
    Aggregate.VISIT: _stored(Aggregate.VISIT, "ticket_id expert_id state window_start window_end"),
    Aggregate.MESSAGE: _stored(Aggregate.MESSAGE, "ticket_id channel state"),
}
"""What is kept beside the JSON of each record; everything else is read from the JSON."""

_READERS = {
    aggregate: tuple(column.read for column in columns) for aggregate, columns in COLUMNS.items()
}


def values(aggregate: Aggregate, fields: Fields) -> tuple[object, ...]:
    """The record's typed columns, in the order of `COLUMNS`."""
    return tuple([read(fields) for read in _READERS[aggregate]])


_TICKET_WORDS = (
    "reference", "fault", "model_words", "customer_name", "caller_name", "caller_phone", "place",
    "serial",
)  # fmt: skip
_CUSTOMER_WORDS = ("name", "address", "city", "postcode")
_ENTRY_WORDS = ("maker", "name", "detail", "category")


def _ticket_body(fields: Fields) -> str:
    notes = [text(note, "text") for note in entries(fields, "notes")]
    return _body([text(fields, name) for name in _TICKET_WORDS], notes)


def _customer_body(fields: Fields) -> str:
    return _body([text(fields, name) for name in _CUSTOMER_WORDS], texts(fields, "mails"))


def _entry_body(fields: Fields) -> str:
    return _body([text(fields, name) for name in _ENTRY_WORDS], texts(fields, "numbers"))


def _body(named: list[str], more: list[str]) -> str:
    """Folded, so that umlauts and their two-letter spelling find each other."""
    joined = "\n".join([*named, *more])[:LONGEST_BODY]
    return silent_left_out(joined) if joined.isascii() else fold(joined)


BODIES: dict[Aggregate, Callable[[Fields], str]] = {
    Aggregate.TICKET: _ticket_body,
    Aggregate.CUSTOMER: _customer_body,
    Aggregate.CATALOG_ENTRY: _entry_body,
}
"""The words each searchable record is found by."""
