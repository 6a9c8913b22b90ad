"""Every field of every record: its kind, and whether it is personal data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.central_services import Aggregate
from app.domain.times import from_rfc3339


class FieldKind(StrEnum):
    """The JSON shape of a field's value; null is always allowed."""

    TEXT = "text"
    WORD = "word"
    """A short text from a closed list, or an id."""
    TIME = "time"
    """RFC 3339 UTC."""
    DATE = "date"
    NUMBER = "number"
    MINOR = "minor"
    """An amount in integer minor units; the currency stands beside it."""
    FLAG = "flag"
    TEXTS = "texts"
    ENTRIES = "entries"
    """A list of objects that carry their own `id`, joined only by appending."""
    OBJECT = "object"


_TEXTUAL = frozenset({FieldKind.TEXT, FieldKind.WORD, FieldKind.DATE})


def has_shape(kind: FieldKind, value: object) -> bool:
    """Whether a value that is not null is one of that kind."""
    if kind is FieldKind.TIME:
        return isinstance(value, str) and _is_time(value)
    if kind in _TEXTUAL:
        return isinstance(value, str)
    if kind is FieldKind.FLAG:
        return isinstance(value, bool)
    if kind is FieldKind.MINOR:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is FieldKind.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is FieldKind.OBJECT:
        return isinstance(value, dict)
    return isinstance(value, list)


def _is_time(text: str) -> bool:
    try:
        from_rfc3339(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one aggregate."""

    name: str
    kind: FieldKind
    personal: bool = False


_K = FieldKind


def _fields(kind: FieldKind, names: str, *, personal: bool = False) -> tuple[Field, ...]:
    return tuple(Field(name, kind, personal) for name in names.split())


RECORDS: dict[Aggregate, tuple[Field, ...]] = {
    Aggregate.TICKET: (
        *_fields(_K.TEXT, "caller_name caller_phone caller_e164 reachable place", personal=True),
        *_fields(_K.TEXT, "customer_name fault model_words serial", personal=True),
        *_fields(
            _K.WORD, "reference customer_id device_id plan_id caller_relation safety coverage"
        ),
        *_fields(_K.WORD, "priority status owner intake desk taken_by merged_into"),
        *_fields(_K.TIME, "due happened_at received_at"),
        *_fields(_K.FLAG, "offline time_uncertain"),
        *_fields(_K.OBJECT, "model_pin"),
        *_fields(_K.ENTRIES, "notes promises promises_kept claims evidence", personal=True),
    ),
    Aggregate.CONTACT: (
        *_fields(_K.WORD, "direction agent outcome checked caller_relation customer_id"),
        *_fields(_K.TEXT, "number e164 caller_name", personal=True),
        *_fields(_K.TIME, "started ended call_back_due call_back_done"),
        *_fields(_K.NUMBER, "held_s"),
        *_fields(_K.FLAG, "may_decide time_uncertain"),
        *_fields(_K.TEXTS, "tickets"),
    ),
    Aggregate.CUSTOMER: (
        *_fields(_K.TEXT, "name address city postcode", personal=True),
        *_fields(_K.TEXTS, "phones mails", personal=True),
        *_fields(_K.WORD, "language merged_into"),
        *_fields(_K.DATE, "since"),
        *_fields(_K.FLAG, "provisional"),
    ),
    Aggregate.DEVICE: (
        *_fields(_K.WORD, "customer_id entry_id category"),
        *_fields(_K.TEXT, "words serial rating_plate bought_where", personal=True),
        *_fields(_K.DATE, "bought_on"),
    ),
    Aggregate.PLAN: (
        *_fields(_K.WORD, "customer_id kind number"),
        *_fields(_K.TEXT, "name covers"),
        *_fields(_K.DATE, "starts ends paid_until"),
        *_fields(_K.NUMBER, "visits_used visits_included response_minutes"),
        *_fields(_K.TEXTS, "categories"),
    ),
    Aggregate.CATALOG_ENTRY: (
        *_fields(_K.TEXT, "maker name detail"),
        *_fields(_K.TEXTS, "numbers"),
        *_fields(_K.WORD, "category status merged_into source"),
    ),
    Aggregate.ALIAS: (
        *_fields(_K.TEXT, "words"),
        *_fields(_K.WORD, "key entry_id decided_by"),
        *_fields(_K.TIME, "decided_at"),
    ),
    Aggregate.PROPOSAL: (
        *_fields(_K.TEXT, "words maker name evidence question answer why delegated_why"),
        *_fields(_K.TEXTS, "numbers neighbours tickets wordings telling"),
        *_fields(_K.WORD, "category proposer state entry_id decided_by delegated_to"),
        *_fields(_K.TIME, "proposed_at decided_at"),
        *_fields(_K.FLAG, "remember"),
    ),
    Aggregate.PAYMENT: (
        *_fields(_K.WORD, "customer_id currency"),
        *_fields(_K.MINOR, "amount"),
        *_fields(_K.DATE, "value_date"),
        *_fields(_K.TEXT, "reference payer", personal=True),
    ),
    Aggregate.RULING: (
        *_fields(_K.WORD, "claim_id ruling by takes_back"),
        *_fields(_K.TEXT, "reason"),
        *_fields(_K.ENTRIES, "portions"),
    ),
    Aggregate.EXPERT: (
        *_fields(_K.TEXT, "name", personal=True),
        *_fields(_K.TEXTS, "phones", personal=True),
        *_fields(_K.TEXTS, "skills roster"),
        *_fields(_K.TEXT, "area"),
    ),
    Aggregate.VISIT: (
        *_fields(_K.WORD, "ticket_id expert_id state"),
        *_fields(_K.TIME, "window_start window_end told_at"),
        *_fields(_K.TEXT, "result", personal=True),
    ),
    Aggregate.MESSAGE: (
        *_fields(_K.WORD, "ticket_id channel state"),
        *_fields(_K.TEXT, "to text", personal=True),
    ),
}
"""The mirror's columns, the contract's fields and docs/privacy.md come from here.

Entries: note {id, text, by, at, internal}; promise {id, what, to, by_when, made_by, at};
promise_kept {id, promise_id, by, at}; claim {id, provider, reference, amount, currency, paid_on,
last4, by, at}; evidence {id, claim_id, name, kind, size, sha256, by, at}; portion {id, amount,
currency} with a payment's id. `model_pin` is {entry_id | "not_supported", by, at, why}.
Times inside entries are RFC 3339. A ticket's `phones` are as said; `caller_e164` and a customer's
`phones` are E.164.
`coverage` is verified, claimed, waived or null; `category` is one of `CATEGORIES`.
"""

CATEGORIES = (
    "television", "fridge", "freezer", "washing_machine", "dryer", "dishwasher", "oven", "hob",
    "laptop", "desktop", "monitor", "phone", "tablet", "printer", "router", "speaker", "camera",
    "projector", "remote", "sensor", "light", "lock", "thermostat", "air_conditioner", "other",
)  # fmt: skip
