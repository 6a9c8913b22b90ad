"""The engine on its own thread, asked from others."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

import pytest

from app.domain.central_services import Service
from app.domain.desk_standing import DeskReport
from app.domain.errors import Bug, StoreDamaged
from app.domain.ids import PersonId
from app.domain.lifecycle import OpState
from app.domain.parity import bucket_of
from app.domain.person_keys import KEYS_SETTING
from app.domain.views import ServiceWord
from app.ports.central import Attempt
from app.ports.desks import Desks
from app.providers.platform import SystemPlatform
from app.providers.system import SystemClock, SystemRandom
from app.sync.engine import SyncEngine
from app.sync.thread import CentralOnThread, DesksOnThread, EngineThread
from tests.support.memory_store import MemoryStore, Taken, Transaction
from tests.support.scripted_central import ScriptedCentral
from tests.support.virtual_time import SeededIds

T = TypeVar("T")


@dataclass
class Threaded:
    store: MemoryStore
    central: ScriptedCentral
    thread: EngineThread
    closed: list[int]


@pytest.fixture
def threaded() -> Iterator[Threaded]:
    clock = SystemClock(SystemPlatform())
    store, central, closed = MemoryStore(), ScriptedCentral(clock), []
    engine = SyncEngine(store.as_port(), central, clock, SystemRandom(), SeededIds())

    async def close() -> None:
        closed.append(threading.get_ident())

    thread = EngineThread(engine, close)
    thread.start()
    yield Threaded(store, central, thread, closed)
    assert thread.stop(30)


def until(holds: Callable[[], bool]) -> None:
    guard = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < guard
        time.sleep(0.01)


def test_a_save_from_another_thread_goes_out(threaded: Threaded) -> None:
    clock = SystemClock(SystemPlatform())
    operation = Taken().note(at=clock.now())
    until(lambda: bool(threaded.central.probes))
    asyncio.run(threaded.store.take(operation))
    threaded.thread.nudge()
    until(lambda: threaded.store.state_of(operation.op_id) is OpState.SETTLED)
    until(lambda: {one.word for one in threaded.thread.statuses(clock.now())} == {ServiceWord.UP})
    assert threaded.thread.reachable(Service.TICKETS)
    assert threaded.thread.endpoints("tickets")[0].in_use


async def test_calls_run_on_the_engines_loop_and_are_awaited_in_ours(threaded: Threaded) -> None:
    central = CentralOnThread(threaded.central, threaded.thread)
    answer = await central.probe(Service.TICKETS)
    assert answer.position == threaded.central.histories[Service.TICKETS].position
    report = await threaded.thread.sync_once()
    assert report.waiting == 0
    assert central.endpoints(Service.TICKETS)


async def test_every_question_is_answered_as_central_answers_it(threaded: Threaded) -> None:
    """Asked beside the engine, by whoever shares its connections."""
    asked, central = threaded.central, CentralOnThread(threaded.central, threaded.thread)
    clock = SystemClock(SystemPlatform())
    history = asked.histories[Service.TICKETS]
    row = history.change("t-1", clock.now())
    operation = Taken().note(at=clock.now())
    attempt = Attempt(operation.op_id, operation.raw, 1, "inc-1", None, None)
    verdict = await central.submit(Service.TICKETS, attempt)
    assert verdict == asked.histories[Service.TICKETS].verdicts[operation.op_id]
    known = await central.verdict_of(Service.TICKETS, operation.op_id)
    assert known is not None
    assert known == await asked.verdict_of(Service.TICKETS, operation.op_id)
    assert await central.withdraw(Service.TICKETS, operation.op_id) is not None
    page = await central.changes(Service.TICKETS, None, 100, 0.0)
    assert row in page.items
    snapshot = await central.snapshot(Service.TICKETS, None, 100)
    assert row in snapshot.items
    fetched = await central.rows(Service.TICKETS, ["t-1"])
    assert fetched.items == (row,)
    at = history.position
    assert await central.digests(Service.TICKETS, at) == await asked.digests(Service.TICKETS, at)
    bucket = bucket_of("t-1")
    (state,) = await central.bucket(Service.TICKETS, bucket, at)
    assert (state.id, state.row_hash) == ("t-1", row.row_hash)
    asked.document = b"signed"
    assert await central.configuration() == b"signed"
    assert await central.register_key("tom", "key", "proof") == b"signed"
    assert asked.keys == [("tom", "key", "proof")]


def test_listeners_are_called_on_the_engines_thread(threaded: Threaded) -> None:
    heard: list[int] = []
    undo = threaded.thread.subscribe(lambda: heard.append(threading.get_ident()))
    threaded.thread.probe_all()
    until(lambda: bool(heard))
    undo()
    assert threading.get_ident() not in heard


def test_stopped_it_closes_what_it_used_and_takes_no_more_work(threaded: Threaded) -> None:
    until(lambda: bool(threaded.central.probes))
    assert threaded.thread.stop(30)
    assert len(threaded.closed) == 1
    assert threaded.closed[0] != threading.get_ident()
    threaded.thread.nudge()
    with pytest.raises(Bug):
        threaded.thread.begin(threaded.central.configuration())
    assert threaded.thread.stop(30)


def test_a_store_that_cannot_be_read_ends_the_thread_in_order(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Unreadable(MemoryStore):
        async def read(self, work: Callable[[Transaction], T]) -> T:
            raise StoreDamaged("A page does not verify.")

    clock, closed = SystemClock(SystemPlatform()), []

    async def close() -> None:
        closed.append(1)

    store, central = Unreadable().as_port(), ScriptedCentral(clock)
    engine = SyncEngine(store, central, clock, SystemRandom(), SeededIds())
    thread = EngineThread(engine, close)
    thread.start()
    until(lambda: bool(closed))
    assert thread.stop(30)
    assert "does not run" in caplog.text


async def test_what_beside_the_engine_is_asked_of_it_runs_there_and_answers_here(
    threaded: Threaded,
) -> None:
    reports = await threaded.thread.check_parity()
    assert {one.service for one in reports} == set(Service)
    standing = await threaded.thread.standing()
    assert [one.service for one in standing.services] == list(Service)
    assert (standing.pushed, standing.waiting) == (0, 0)
    threaded.store.tables.settings[KEYS_SETTING] = {
        "ann": {"public_key": "a1", "proof": "proof", "sealed": {}}
    }
    await threaded.thread.register_keys()
    assert threaded.central.keys[0] == ("ann", "a1", "proof")


async def test_whatever_is_said_to_central_s_desks_is_said_on_the_engine_s_loop(
    threaded: Threaded,
) -> None:
    class Said:
        """Implements `Desks`: notes what was said, and where."""

        def __init__(self) -> None:
            self.heard: list[object] = []
            self.threads: set[int] = set()

        def _hear(self, *said: object) -> None:
            self.heard.append(said)
            self.threads.add(threading.get_ident())

        async def report(self, report: object) -> str:
            self._hear("report", report)
            return "receipt"

        async def signed_heads(self) -> tuple[str, ...]:
            self._hear("heads")
            return ("head",)

        async def standings(self, person: str) -> tuple[str, ...]:
            self._hear("standings", person)
            return ("standing",)

        async def take_over(self, certificate: bytes) -> bool:
            self._hear("take over", certificate)
            return True

    said = Said()
    desks = DesksOnThread(cast("Desks", said), threaded.thread)
    about: object = object()
    assert await desks.report(cast("DeskReport", about)) == "receipt"
    answers: list[object] = [await desks.signed_heads(), await desks.standings(PersonId("ann"))]
    assert answers == [("head",), ("standing",)]
    assert await desks.take_over(b"certificate") is True
    assert said.heard == [
        ("report", about), ("heads",), ("standings", "ann"), ("take over", b"certificate")
    ]  # fmt: skip
    assert said.threads.isdisjoint({threading.get_ident()})


def test_never_started_it_stops_at_once_and_runs_nothing() -> None:
    clock = SystemClock(SystemPlatform())
    store, central = MemoryStore(), ScriptedCentral(clock)

    async def close() -> None:
        pytest.fail("there was nothing to close")

    engine = SyncEngine(store.as_port(), central, clock, SystemRandom(), SeededIds())
    thread = EngineThread(engine, close)
    assert thread.stop()
    thread.nudge()
    with pytest.raises(Bug):
        thread.begin(central.configuration())
    assert central.probes == []
