"""Deletions nobody announced are held once they are a mass; everything else goes on."""

from __future__ import annotations

import pytest

from app.domain.configuration import AnnouncedDeletion
from app.domain.deletions import allowance
from app.domain.errors import Invalid, NotAllowed, NotFound
from app.domain.ids import Millis, PersonId
from app.domain.people import Person, Role
from app.domain.times import DAY
from app.services.oversight import Oversight
from app.sync.engine import SyncEngine
from tests.support.virtual_time import NOON
from tests.unit.sync.real_desk import TICKETS, RealDesk, real

SUPERVISOR = Person(PersonId("p-sue"), "Sue", frozenset({Role.SUPERVISOR}))
AGENT = Person(PersonId("p-ann"), "Ann", frozenset({Role.AGENT}))


def some(desk: RealDesk, count: int) -> list[str]:
    history = desk.central.histories[TICKETS]
    ids = [desk.ids.new_id() for _ in range(count)]
    for number, id_ in enumerate(ids):
        history.change(id_, NOON, fields={"fault": f"humming {number}", "status": "new"})
    return ids


def remove(desk: RealDesk, ids: list[str], at: Millis = NOON, reason: str = "deleted") -> None:
    for id_ in ids:
        desk.central.histories[TICKETS].remove(id_, at, reason)


async def mirrored(desk: RealDesk) -> int:
    return (await desk.store.read(lambda tx: tx.feed_state(TICKETS))).mirrored_rows


class _Desk:
    """As much of `app.services.desk.Desk` as oversight uses."""

    def __init__(self, desk: RealDesk) -> None:
        self.store, self.clock, self.wall = desk.store, desk.clock, desk.clock


def oversight(desk: RealDesk) -> Oversight:
    return Oversight(_Desk(desk))  # type: ignore[arg-type]  # three of its parts


@real
async def test_a_mass_is_held_and_shown_while_everything_else_goes_on(desk: RealDesk) -> None:
    ids = some(desk, 600)
    await desk.engine().sync_once()
    remove(desk, ids[:300])
    new = some(desk, 1)[0]
    await desk.engine().sync_once()
    assert await mirrored(desk) == 401, "200 may go without asking anybody"
    assert await desk.fields(ids[199]) == {}
    assert (await desk.fields(ids[200]))["fault"] == "humming 200"
    assert (await desk.fields(new))["fault"] == "humming 0"
    feed = await desk.store.read(lambda tx: tx.feed_state(TICKETS))
    assert feed.position == desk.central.histories[TICKETS].position
    (held,) = await oversight(desk).held()
    assert (held.service, held.count, held.refused) == ("tickets", 100, False)
    (incident,) = await oversight(desk).open_incidents()
    assert (incident.kind, incident.detail) == ("mass_deletion", "100")
    found = await desk.engine().check_parity()
    assert all(one.repaired == 0 for one in found)
    assert await mirrored(desk) == 401


@real
async def test_up_to_two_hundred_or_a_tenth_go_at_once(desk: RealDesk) -> None:
    ids = some(desk, 2_400)
    await desk.engine().sync_once()
    remove(desk, ids[:240])
    await desk.engine().sync_once()
    assert await mirrored(desk) == 2_160
    remove(desk, ids[240:241])
    await desk.engine().sync_once()
    assert await mirrored(desk) == 2_160
    assert len(await oversight(desk).held()) == 1


@real
async def test_a_day_later_it_is_another_count(desk: RealDesk) -> None:
    ids = some(desk, 300)
    await desk.engine().sync_once()
    remove(desk, ids[:200])
    await desk.engine().sync_once()
    remove(desk, ids[200:260], Millis(NOON + DAY + 3_600_000))
    await desk.engine().sync_once()
    assert await mirrored(desk) == 40
    assert await oversight(desk).held() == []


@real
async def test_erased_and_announced_ones_pass(desk: RealDesk) -> None:
    ids = some(desk, 900)
    await desk.engine().sync_once()
    remove(desk, ids[:300], reason="erased")
    await desk.engine().sync_once()
    assert await mirrored(desk) == 600
    remove(desk, ids[300:700])
    await announced(desk, 400).sync_once()
    assert await mirrored(desk) == 200
    assert await oversight(desk).held() == []


def announced(desk: RealDesk, count: int) -> SyncEngine:
    """An engine whose configuration announces so many."""
    engine = desk.engine()
    state = engine._states[TICKETS]
    state.announced = (AnnouncedDeletion(TICKETS, "deleted", count, NOON),)
    return engine


@real
async def test_an_announcement_that_comes_late_lets_go_what_is_held(desk: RealDesk) -> None:
    """It counts once: a second mass is held again."""
    ids = some(desk, 1_200)
    await desk.engine().sync_once()
    remove(desk, ids[:400])
    await desk.engine().sync_once()
    assert await mirrored(desk) == 1_000
    await announced(desk, 400).sync_once()
    assert await mirrored(desk) == 800
    assert await oversight(desk).open_incidents() == []
    remove(desk, ids[400:800])
    await announced(desk, 400).sync_once()
    assert await mirrored(desk) == 600, "the 200 that were announced and had gone unannounced"


@real
async def test_a_supervisor_lets_them_happen(desk: RealDesk) -> None:
    ids = some(desk, 600)
    await desk.engine().sync_once()
    await desk.save("ticket.set", ids[0], fault="mine")
    remove(desk, ids[:300])
    desk.central.script = lambda service, attempt: None
    await desk.engine().sync_once()
    people = oversight(desk)
    with pytest.raises(NotAllowed):
        await people.release("tickets", "as agreed", AGENT)
    with pytest.raises(Invalid):
        await people.release("tickets", " ", SUPERVISOR)
    with pytest.raises(NotFound):
        await people.release("customers", "as agreed", SUPERVISOR)
    gone = await people.release("tickets", "as agreed", SUPERVISOR)
    assert gone in {99, 100}
    assert await desk.fields(ids[250]) == {}
    assert await people.held() == []
    (incident,) = await people.incidents()
    assert incident.closed_by == "p-sue: as agreed"
    assert all(one.healthy for one in await desk.engine().check_parity())


@real
async def test_refused_ones_stay_and_nobody_is_asked_again(desk: RealDesk) -> None:
    ids = some(desk, 600)
    await desk.engine().sync_once()
    remove(desk, ids[:300])
    await desk.engine().sync_once()
    people = oversight(desk)
    assert await people.refuse("tickets", "a slip at central", SUPERVISOR) == 100
    with pytest.raises(NotFound):
        await people.release("tickets", "changed my mind", SUPERVISOR)
    (held,) = await people.held()
    assert held.refused
    assert await mirrored(desk) == 400
    # Central puts one right: the row is an ordinary one again.
    desk.central.histories[TICKETS].change(ids[250], NOON, fields={"fault": "back again"})
    await desk.engine().sync_once()
    assert (await desk.fields(ids[250]))["fault"] == "back again"
    assert (await people.held())[0].count == 99


@real
async def test_what_is_held_is_shown_in_a_new_generation_too(desk: RealDesk) -> None:
    ids = some(desk, 600)
    await desk.engine().sync_once()
    remove(desk, ids[:300])
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    some(desk, 1)
    desk.central.purged_before[TICKETS] = history.position
    await desk.engine().sync_once()
    assert desk.central.requests.count(("snapshot", TICKETS)) >= 2
    assert (await desk.fields(ids[250]))["fault"] == "humming 250"
    assert await mirrored(desk) == 401


def test_held_is_what_goes_beyond_both_bounds() -> None:
    assert allowance(present=100, lately=0) == 200
    assert allowance(present=10_000, lately=0) == 1_000
    assert allowance(present=9_000, lately=1_000) == 0
    assert allowance(present=9_999, lately=1) == 999
    assert allowance(present=300, lately=300) == 0
