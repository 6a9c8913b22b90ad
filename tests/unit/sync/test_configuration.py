"""The signed configuration: adopted when newer, kept whatever comes."""

from __future__ import annotations

import base64
from dataclasses import replace

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract import signing, wire
from app.domain.central_services import Service
from app.domain.configuration import Configuration
from app.sync.configuration import ConfigurationWatch
from app.sync.engine import SyncEngine
from tests.support import memory_store
from tests.support.memory_store import IDENTITY
from tests.support.virtual_time import SeededRandom
from tests.unit.sync.desk import Bench, story

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_store, "IDENTITY", replace(IDENTITY, organisation_key=PUBLIC))


def document(version: int, key: Ed25519PrivateKey = KEY, **more: int) -> bytes:
    payload = wire.ConfigurationDocument(
        version=version, organisation="Fixwell", people=[], stale_after_s=more
    )
    return msgspec.json.encode(signing.sign(payload, key))


def listening(bench: Bench) -> list[int]:
    """The versions the engine has told of."""
    versions: list[int] = []

    def adopted(configuration: Configuration) -> None:
        versions.append(configuration.version)

    bench.engine = SyncEngine(
        bench.store.as_port(),
        bench.central,
        bench.clock,
        SeededRandom(),
        bench.taken.ids,
        configuration_changed=adopted,
    )
    return versions


@story
async def test_a_newer_document_is_kept_and_told_of(bench: Bench) -> None:
    bench.central.document = document(3)
    versions = listening(bench)
    await bench.engine.sync_once()
    assert versions == [3]
    assert bench.store.tables.document == document(3)
    bench.central.document = document(4)
    await bench.engine.sync_once()
    assert versions == [3, 3, 4], "loaded, then replaced"


@story
async def test_screens_hear_of_a_newer_document_and_of_no_other(bench: Bench) -> None:
    heard: list[bool] = []
    bench.store.subscribe(lambda changes: heard.append(changes.touches("configuration")))
    for version in (3, 3, 2):
        bench.central.document = document(version)
        await bench.engine.sync_once()
    assert heard.count(True) == 1


@pytest.mark.parametrize(
    "arriving",
    [document(2), document(3), document(9, STRANGER), b"<html>", b"{}", None],
    ids=["older", "the same", "signed by a stranger", "a portal", "unsigned", "none"],
)
def test_anything_else_leaves_the_last_good_one(arriving: bytes | None) -> None:
    @story
    async def tell(bench: Bench) -> None:
        bench.store.tables.document = document(3, tickets=777)
        bench.central.document = arriving
        versions = listening(bench)
        await bench.engine.sync_once()
        assert set(versions) == {3}
        assert bench.store.tables.document == document(3, tickets=777)

    tell()


@story
async def test_central_has_answered_with_any_document_of_this_organisation(bench: Bench) -> None:
    """One known already is an answer too: it is not asked for again soon."""
    bench.store.tables.document = document(3)
    watch = ConfigurationWatch(bench.engine.tools, lambda _configuration: None)
    for arriving, answered in (
        (document(2), True), (document(3), True), (document(4), True),
        (document(9, STRANGER), False), (b"<html>", False),
    ):  # fmt: skip
        bench.central.document = arriving
        assert await watch.fetch() is answered


@story
async def test_thresholds_come_from_it(bench: Bench) -> None:
    bench.store.tables.document = document(3, tickets=60)
    bench.central.stale_by_ms = 120_000
    await bench.engine.sync_once()
    words = {one.service: one.word for one in bench.engine.statuses(bench.clock.now())}
    assert words["tickets"] == "stale"
    assert words["customers"] == "up"


@story
async def test_an_announced_deletion_is_told_to_its_service_alone_and_ends_its_poll(
    bench: Bench,
) -> None:
    """The next page looks at what is held; other services' polls go on."""
    entry = wire.DeletionEntry("billing", "retention", 400, "2026-11-27T12:00:00Z")
    payload = wire.ConfigurationDocument(
        version=3, organisation="Fixwell", people=[], deletions=[entry]
    )
    bench.store.tables.document = msgspec.json.encode(signing.sign(payload, KEY))
    await bench.engine.load()
    states = bench.engine._states
    (told,) = states[Service.BILLING].announced
    assert (told.service, told.reason, told.count) == (Service.BILLING, "retention", 400)
    assert {one for one, state in states.items() if state.announced} == {Service.BILLING}
    assert {one for one, state in states.items() if state.interrupt._is_raised} == {Service.BILLING}


@story
async def test_a_running_desk_takes_up_a_new_one(bench: Bench) -> None:
    bench.central.document = document(1)
    versions = listening(bench)
    async with bench.running():
        bench.central.document = document(2)
        await bench.until(lambda: versions[-1] == 2, 800)
