"""What goes on around an operation whose words were erased before central had said a word of it."""

from __future__ import annotations

from dataclasses import replace

from app.domain import reference as references
from app.domain.central_services import Service
from app.domain.feed import NoVerdict, Silence
from app.domain.lifecycle import OpState
from app.services.auditing import Auditing
from app.services.handing_over import unsent
from app.services.intake import Intake
from tests.support.service_desk import ANN, ServiceDesk, served
from tests.support.virtual_time import NOON

ONE, TWO, THREE = (references.compose("K7", number) for number in (1, 2, 3))
TICKETS = Service.TICKETS


async def erased_on_its_way(desk: ServiceDesk) -> str:
    """A merge that may have arrived, of a ticket that is erased before anybody can say so."""
    first = desk.at_central(ONE)
    desk.at_central(TWO)
    await desk.sync()
    desk.central.script = lambda _service, _attempt: NoVerdict(Silence.TIMEOUT)
    done = (await desk.merging.merge_tickets(ONE, TWO, ANN)).op_id
    await desk.sync()
    desk.central.histories[TICKETS].remove(first.id, NOON, "erased")
    page = await desk.central.changes(TICKETS, None, 100, 0.0)
    await desk.store.write(lambda tx: tx.mirror.apply_page(TICKETS, page, NOON))
    stored = await desk.stored(done)
    assert (stored.raw, stored.attempts > 0, stored.state) == (b"", True, OpState.WAITING)
    return done


@served
async def test_a_decision_ends_by_its_burn_and_the_trail_stays_whole(desk: ServiceDesk) -> None:
    """It holds up nothing behind it."""
    done = await erased_on_its_way(desk)
    behind = (await desk.tickets.set_fields(TWO, {"place": "there"}, ANN)).op_id
    desk.central.script = lambda _service, _attempt: None
    await desk.clock.sleep(60.0)
    await desk.sync()
    assert (await desk.state(done), await desk.state(behind)) == (
        OpState.WITHDRAWN, OpState.SETTLED,
    )  # fmt: skip
    decided, ended = await desk.store.read(lambda tx: tx.audit.entries())
    assert (decided.event, ended.event) == ("decided", "withdrawn")
    assert (decided.who, decided.content) == (ended.who, ended.content)
    report = await Auditing(desk.desk).verify(ANN)
    assert (report.findings, report.unread) == ((), 2)


@served
async def test_others_are_taken_back_and_handed_over_beside_it(desk: ServiceDesk) -> None:
    await erased_on_its_way(desk)
    other = (await desk.tickets.note(TWO, "She rang again", ANN)).op_id
    left = await desk.store.read(unsent)
    assert [one.op_id for one in left] == [other]
    await desk.outgoing.undo(other, ANN)
    assert await desk.state(other) is OpState.WITHDRAWN


@served
async def test_a_call_taken_back_and_erased_stops_no_note(desk: ServiceDesk) -> None:
    desk.at_central(TWO)
    await desk.sync()
    intake = Intake(desk.desk)
    call = replace(intake.new_call("07700 900118"), fault="It hums")
    taken = await intake.take(call, ANN)
    await desk.outgoing.withdraw(taken.op_id, ANN)
    ticket = (await desk.body(taken.op_id)).lane
    history = desk.central.histories[TICKETS]
    history.change(ticket, NOON, fields={"reference": ONE, "fault": "It hums"})
    history.remove(ticket, NOON, "erased")
    await desk.sync()
    assert not (await desk.stored(taken.op_id)).raw
    noted = await desk.tickets.note(THREE, "Somebody else's", ANN)
    assert noted.state is OpState.PENDING
