"""The real ledger of the reference central over SQLite in memory, founded once and copied."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

from app.central.contract import wire
from app.central.reference.database import begin_as_asked
from app.central.reference.ledger import Ledger
from app.domain.central_services import Service
from app.domain.ids import Millis
from app.ports.store import DeskIdentity
from app.ports.system import Clock
from tests.simulation.endpoints import URLS
from tests.simulation.short_cut import ShortCut
from tests.support.virtual_time import NOON, SeededIds

MOST_DESKS = 4
STALE_AFTER_S = 40
"""So short that a stale replica is told from a fresh one within a story."""


class Surroundings:
    """Central's own clock, right whatever the desks' say, and its own seeded chance."""

    def __init__(self, clock: Clock, chance: Random) -> None:
        self._clock, self._chance = clock, chance

    def now(self) -> Millis:
        return self._clock.now()

    def random(self, count: int) -> bytes:
        return self._chance.randbytes(count)


class _Founding:
    """A minute before every story begins."""

    def __init__(self) -> None:
        self._chance = Random(1)

    def now(self) -> Millis:
        return Millis(NOON - 60_000)

    def random(self, count: int) -> bytes:
        return self._chance.randbytes(count)


class WorldLedger(Ledger):
    """A ledger over a copied image: it is founded already; its transactions take the short cut."""

    def __init__(self, engine: Engine, surroundings: Surroundings) -> None:
        self._driver = _driver(engine)
        self._short_cut: Any = ShortCut(_connections[engine], self._driver)
        super().__init__(engine, surroundings)

    def _found(self, *, demo: bool) -> None:
        """Nothing is missing."""

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        self._driver.execute("BEGIN IMMEDIATE")
        try:
            yield self._short_cut
        except BaseException:
            self._driver.execute("ROLLBACK")
            self._short_cut.forget()
            raise
        self._driver.execute("COMMIT")

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        self._driver.execute("BEGIN")
        try:
            yield self._short_cut
        finally:
            self._driver.execute("ROLLBACK")

    def empty_log(self) -> None:
        """A memory has none."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a desk of every world begins with."""

    identity: DeskIdentity
    document: bytes


@dataclass(frozen=True, slots=True)
class Founded:
    """A central of some desks, before anything has happened."""

    image: bytes
    desks: Sequence[Enrolled]


_connections: dict[Engine, Connection] = {}


def _engine(*, begins: bool = False) -> Engine:
    """`begins`: its own transactions, where no ledger of a world begins them."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool,
        connect_args={
            "check_same_thread": False, "isolation_level": None, "cached_statements": 400,
        },
    )  # fmt: skip
    if begins:
        event.listen(engine, "begin", begin_as_asked)
    else:
        _connections[engine] = engine.connect()
    return engine


@cache
def founded() -> Founded:
    """Central with its keys, its configuration and its desks; made once per process."""
    engine = _engine(begins=True)
    ledger = Ledger(engine, _Founding())
    with ledger.organising() as organisation:
        document = organisation._document()
        stale = {service.value: STALE_AFTER_S for service in Service}
        organisation._keep_document(msgspec.structs.replace(document, stale_after_s=stale))
    ids = SeededIds(11)
    given = []
    for number in range(MOST_DESKS):
        asked = wire.EnrolmentRequest("", f"desk-{number}", "", ids.new_id())
        given.append((asked.incarnation, ledger.enrol(asked)))
    newest = msgspec.json.encode(ledger.configuration())
    desks = [
        Enrolled(_identity(number, incarnation, one), newest)
        for number, (incarnation, one) in enumerate(given)
    ]
    image = _driver(engine).serialize()
    engine.dispose()
    return Founded(image, desks)


def _identity(number: int, incarnation: str, given: wire.EnrolmentAnswer) -> DeskIdentity:
    return DeskIdentity(
        desk_id=given.desk_id, name=f"desk-{number}", desk_code=given.desk_code,
        spare_codes=tuple(given.spare_codes), incarnation=incarnation,
        credential=given.credential, organisation_key=given.organisation_key,
        central_urls=URLS, enrolled_at=Millis(NOON - 60_000),
    )  # fmt: skip


def _driver(engine: Engine) -> sqlite3.Connection:
    connection = _connections.get(engine) or engine.connect()
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


_free: list[Engine] = []
"""Engines of worlds that have ended: their compiled statements are used again."""


class Ledgers:
    """The ledgers of one world; each begins as a copy of another one."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._taken: list[Engine] = []
        self.first = self.of(founded().image)

    def of(self, image: bytes) -> Ledger:
        engine = _free.pop() if _free else _engine()
        self._taken.append(engine)
        _driver(engine).deserialize(image)
        return WorldLedger(engine, self._surroundings)

    def copy(self, ledger: Ledger) -> Ledger:
        """Another ledger that holds the same."""
        return self.of(_driver(ledger.engine).serialize())

    def beside(self, ledger: Ledger) -> Ledger:
        """Another node over the same database, with faults of its own."""
        return WorldLedger(ledger.engine, self._surroundings)

    def end(self) -> None:
        _free.extend(self._taken)
        self._taken.clear()
