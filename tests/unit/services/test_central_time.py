"""A desk whose clock is three hours slow, and knows it: what it records is of central's time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from app.central.contract import bodies
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.outages import OUTAGES_SETTING
from app.domain.times import DAY, HOUR, MINUTE, from_rfc3339, to_rfc3339
from app.domain.views import QueueFilter, QueueView
from app.services.catch_up import CatchingUp
from app.services.intake import Intake
from app.services.models import Models
from app.services.tickets import Tickets
from tests.support.model_desk import ModelDesk
from tests.support.ui_desk import ELLEN, NOON

SLOW_BY = 3 * HOUR
NOW = Millis(NOON + SLOW_BY)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    made.inside.write(lambda tx: tx.desk.keep_clock_offset(SLOW_BY, NOON))
    made.inside.read(made.desk.now)
    yield made
    made.inside.store.close_now()


def written(desk: ModelDesk) -> list[Mapping[str, Json]]:
    """New values and entries of all that waits, oldest first."""
    rows = desk.inside.read(lambda tx: tx.outbox.rows())
    found = [bodies.read(desk.inside.raw(one.op_id)[0]) for one in rows]
    return [
        {name: at.new for name, at in one.changes.items()} | dict(one.entry or {}) for one in found
    ]


def at(value: Json) -> Millis:
    return from_rfc3339(str(value))


async def test_a_dropped_call_is_due_after_it_was_dropped(desk: ModelDesk) -> None:
    """One contact holds its beginning, its end and when to ring back: all of one clock."""
    intake = Intake(desk.desk)
    call = replace(intake.new_call("07700 900118"), fault="No heat", dropped=True)
    await intake.take(call, ELLEN)
    contact = next(one for one in written(desk) if "call_back_due" in one)
    assert [at(contact[name]) for name in ("started", "ended")] == [NOW, NOW]
    assert at(contact["call_back_due"]) > NOW
    tickets = Tickets(desk.desk)
    assert not await tickets.call_backs(NOW)
    assert await tickets.call_backs(Millis(NOW + DAY))


async def test_notes_promises_and_pins_carry_centrals_time(desk: ModelDesk) -> None:
    (ticket,) = desk.tickets("velna dry 640")
    reference = str(desk.inside.fields(ticket)["reference"])
    tickets = Tickets(desk.desk)
    await tickets.note(reference, "Rang", ELLEN)
    await tickets.promise(reference, "ring", "Ms X", Millis(NOW + HOUR), ELLEN)
    await Models(desk.desk).link([ticket], "e-6", ELLEN)
    note, promise, pinned = written(desk)[-3:]
    assert [at(one["at"]) for one in (note, promise)] == [NOW, NOW]
    pin = pinned["model_pin"]
    assert isinstance(pin, dict)
    assert at(pin["at"]) == NOW


async def test_the_queue_counts_what_is_due_by_centrals_time(desk: ModelDesk) -> None:
    """What fell due an hour ago is overdue here too, though this desk's clock says otherwise."""
    due = to_rfc3339(Millis(NOW - HOUR))
    ticket, _op = desk.inside.take(reference="K7-0001-M", owner=ELLEN.id, status="ready", due=due)
    page = await Tickets(desk.desk).queue(QueueFilter(QueueView.MINE, ELLEN.id))
    assert ([one.id for one in page.rows], page.past_due) == ([ticket], 1)


async def test_what_the_engine_plans_stays_of_the_machines_clock(desk: ModelDesk) -> None:
    """The outbox's times are compared with the engine's, which knows no other clock."""
    (ticket,) = desk.tickets("velna")
    done = await Tickets(desk.desk).note(
        str(desk.inside.fields(ticket)["reference"]), "Rang", ELLEN
    )
    stored = desk.inside.read(lambda tx: tx.outbox.get(done.op_id))
    assert stored is not None
    assert stored.recorded_at == NOON


async def test_an_outage_is_told_in_the_time_of_the_tickets_taken_in_it(desk: ModelDesk) -> None:
    spell: Json = [["tickets", NOON - 20 * MINUTE, NOON - 10 * MINUTE]]
    desk.inside.write(lambda tx: tx.desk.set_setting(OUTAGES_SETTING, spell))
    (outage,) = await CatchingUp(desk.desk).outages()
    assert (outage.since, outage.until) == (NOW - 20 * MINUTE, NOW - 10 * MINUTE)
