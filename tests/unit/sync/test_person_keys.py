"""People's keys are made known to central, and what waited for that goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec
import pytest

from app.central.contract import signing, wire
from app.domain.central_services import Service
from app.domain.feed import Silence
from app.domain.lifecycle import OpEvent, OpState
from app.domain.person_keys import KEYS_SETTING, WAITING_SETTING
from app.ports.store import EventDetail
from tests.support import memory_store
from tests.support.memory_store import IDENTITY
from tests.unit.sync.desk import TICKETS, Bench, story
from tests.unit.sync.test_configuration import KEY, PUBLIC


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_store, "IDENTITY", replace(IDENTITY, organisation_key=PUBLIC))


def listing(version: int, keys: Mapping[str, str]) -> bytes:
    """A configuration that lists these people's keys of this desk."""
    people = [
        wire.PersonEntry(person, person.title(), [], keys=[("desk-1", key)])
        for person, key in keys.items()
    ]
    payload = wire.ConfigurationDocument(version=version, organisation="Fixwell", people=people)
    return msgspec.json.encode(signing.sign(payload, KEY))


def keeps(bench: Bench, **keys: str) -> None:
    """Keys are kept at this desk, by person."""
    bench.store.tables.settings[KEYS_SETTING] = {
        person: {"public_key": key, "proof": f"{person} has {key}", "sealed": {}}
        for person, key in keys.items()
    }


async def waits(bench: Bench, person: str) -> str:
    """A decision of a person whose key nobody knows yet."""
    operation = bench.taken.note(None, TICKETS, bench.clock.now())
    await bench.store.take(replace(operation, state=OpState.SIGN_IN))
    kept = bench.store.tables.settings.setdefault(WAITING_SETTING, {})
    assert isinstance(kept, dict)
    bench.store.tables.settings[WAITING_SETTING] = {**kept, operation.op_id: person}
    return operation.op_id


def still_waiting(bench: Bench) -> object:
    return bench.store.tables.settings[WAITING_SETTING]


@story
async def test_a_key_nobody_knows_is_registered_and_the_decisions_go_in_the_same_run(
    bench: Bench,
) -> None:
    keeps(bench, ann="a1", tom="t1")
    bench.store.tables.document = listing(1, {"ann": "a1"})
    bench.central.document = listing(2, {"ann": "a1", "tom": "t1"})
    op_id = await waits(bench, "tom")
    await bench.engine.sync_once()
    assert bench.central.keys == [("tom", "t1", "tom has t1")], "Ann's is listed already"
    assert bench.store.tables.document == bench.central.document
    assert bench.store.state_of(op_id) is OpState.SETTLED
    assert still_waiting(bench) == {}
    await bench.engine.sync_once()
    assert len(bench.central.keys) == 1


@story
async def test_only_what_waited_for_a_key_that_is_listed_by_now_goes(bench: Bench) -> None:
    """Sue's key is not at this desk, Tom's is another than the one that is listed."""
    keeps(bench, ann="a1", tom="t2")
    bench.store.tables.document = listing(2, {"ann": "a1", "tom": "t1", "sue": "s1"})
    ann, tom, sue = [await waits(bench, person) for person in ("ann", "tom", "sue")]
    await bench.engine.register_keys()
    assert bench.store.state_of(ann) is OpState.PENDING
    assert {bench.store.state_of(one) for one in (tom, sue)} == {OpState.SIGN_IN}
    assert still_waiting(bench) == {tom: "tom", sue: "sue"}
    assert bench.central.keys == [("tom", "t2", "tom has t2")]
    await bench.engine.sync_once()
    assert {bench.store.state_of(one) for one in (tom, sue)} == {OpState.SIGN_IN}, (
        "no feed frees it"
    )


@story
async def test_what_was_taken_back_meanwhile_only_leaves_the_list(bench: Bench) -> None:
    keeps(bench, ann="a1")
    bench.store.tables.document = listing(1, {"ann": "a1"})
    gone, taken_back = await waits(bench, "ann"), await waits(bench, "ann")
    del bench.store.tables.operations[gone]
    detail = EventDetail(bench.clock.now())
    await bench.store.write(lambda tx: tx.event(taken_back, OpEvent.WITHDRAWN, detail))
    await bench.engine.register_keys()
    assert bench.store.state_of(taken_back) is OpState.WITHDRAWN
    assert still_waiting(bench) == {}


@story
async def test_where_nothing_waits_or_nothing_is_listed_nothing_is_written(bench: Bench) -> None:
    before = bench.store.writes
    await bench.engine.register_keys()
    assert (bench.store.writes, bench.central.keys) == (before, [])
    keeps(bench, ann="a1")
    op_id = await waits(bench, "ann")
    await bench.engine.register_keys()
    assert bench.central.keys == [("ann", "a1", "ann has a1")], "without any configuration"
    assert bench.store.state_of(op_id) is OpState.SIGN_IN
    assert still_waiting(bench) == {op_id: "ann"}


@story
async def test_while_nobody_answers_all_else_goes_on_and_the_key_follows(bench: Bench) -> None:
    keeps(bench, ann="a1")
    op_id = await waits(bench, "ann")
    bench.central.document = listing(1, {"ann": "a1"})
    bench.central.away = {Service.CATALOG: Silence.CONNECT}
    other = await bench.save()
    report = await bench.engine.sync_once()
    assert (report.pushed, bench.store.state_of(other)) == (1, OpState.SETTLED)
    async with bench.running():
        await bench.clock.sleep(40)
        assert bench.central.keys == []
        bench.central.away = {}
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 16)
        await bench.clock.sleep(100)
    assert len(bench.central.keys) == 1
