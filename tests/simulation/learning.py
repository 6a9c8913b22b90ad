"""Desks that begin with an older program, and learn to read what they had kept unread till then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from unittest.mock import patch

from sqlalchemy import Connection

from app.central.reference.ledger import Ledger
from app.central.reference.records import Origin, Records, Version
from app.domain.central_services import OWNERS, SERVICE_OF, Aggregate, Service
from app.domain.ids import EntityId, OpId
from app.domain.operations import Json
from local_store import mirror, unread
from tests.support.virtual_time import SeededIds

UNLEARNT = (
    Aggregate.PLAN, Aggregate.CATALOG_ENTRY, Aggregate.ALIAS, Aggregate.PAYMENT, Aggregate.EXPERT,
)  # fmt: skip
"""What an older desk cannot read: nobody at a desk writes these, some are searched, one merged."""
NOTHING: frozenset[str] = frozenset()
OLDER = frozenset(one.value for one in UNLEARNT)
_MOST = 3
_CENTRAL = "central's own"
_unknown: ContextVar[frozenset[str]] = ContextVar("unknown", default=NOTHING)
"""What the program that is running here and now cannot read: each desk's tasks have their own."""


class _Known:
    """Stands for the types that the mirror knows."""

    def __contains__(self, type_: object) -> bool:
        return type_ in _TYPES and type_ not in _unknown.get()


class _Owners:
    """Stands for what belongs to each service."""

    def __getitem__(self, service: Service) -> tuple[Aggregate, ...]:
        return tuple(one for one in OWNERS[service] if one.value not in _unknown.get())


_TYPES = frozenset(one.value for one in Aggregate)


@contextmanager
def programs() -> Iterator[None]:
    """Within it there may be desks with the older program."""
    with patch.object(mirror, "_KNOWN", _Known()), patch.object(unread, "OWNERS", _Owners()):
        yield


@contextmanager
def runs(unknown: frozenset[str]) -> Iterator[None]:
    """Tasks that begin within it run a program that cannot read these."""
    before = _unknown.set(unknown)
    try:
        yield
    finally:
        _unknown.reset(before)


def write(ledger: Ledger, present: Callable[[Connection, str], list[str]], chance: Random) -> None:
    """Central makes and changes records that an older desk cannot read, and merges some."""
    ids = SeededIds(chance.randrange(1 << 30))
    with ledger.writing() as connection:
        records = Records(connection, ledger.surroundings)
        for type_ in UNLEARNT:
            service = SERVICE_OF[type_].value
            found = [records.get(id_) for id_ in present(connection, service)]
            there = [one for one in found if one is not None and one["type"] == type_.value]
            for one in chance.sample(there, min(len(there), chance.randrange(_MOST))):
                _put(records, ids, type_, one["id"], chance)
            for _ in range(chance.randrange(_MOST)):
                _put(records, ids, type_, ids.new_id(), chance)
            if type_ is Aggregate.CATALOG_ENTRY and len(there) > 1:
                one, into = chance.sample(there, 2)
                origin = _origin(records, ids, type_)
                records.redirect(origin, type_.value, one["id"], into["id"])


def _put(records: Records, ids: SeededIds, type_: Aggregate, id_: str, chance: Random) -> None:
    number = chance.randrange(99)
    fields: dict[str, Json] = {
        "name": f"{type_.value} {number}", "maker": "Kestrel", "detail": f"detail {number}",
        "key": f"the grey one {number}", "amount": number, "numbers": [f"X{number}"],
    }  # fmt: skip
    version = Version(type_.value, EntityId(id_), fields, ())
    records.write(_origin(records, ids, type_), version, records.get(id_))


def _origin(records: Records, ids: SeededIds, type_: Aggregate) -> Origin:
    service, now = SERVICE_OF[type_].value, records._surroundings.now()
    return Origin(service, OpId(ids.new_id()), _CENTRAL, now)
