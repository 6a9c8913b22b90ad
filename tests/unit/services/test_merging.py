"""Merges and their undoing, as readers meet them: before central has heard and after."""

from __future__ import annotations

import pytest

from app.domain import reference as references
from app.domain.central_services import Aggregate, Service
from app.domain.errors import NotFound, Refused
from app.domain.feed import FeedItem, ItemOp
from app.domain.ids import EntityId, Millis
from app.domain.times import DAY, to_rfc3339
from app.services.catch_up import CatchingUp
from app.services.shift import NEXT_SHIFT, Shift
from tests.support.memory_store import IDENTITY
from tests.support.service_desk import ANN, ServiceDesk, served
from tests.support.virtual_time import NOON

ONE, TWO, THREE = (references.compose("K7", number) for number in (1, 2, 3))
TICKETS = Service.TICKETS


async def three(desk: ServiceDesk) -> list[str]:
    ids = [desk.at_central(ref, fault=ref).id for ref in (ONE, TWO, THREE)]
    await desk.sync()
    return list(ids)


def redirected(desk: ServiceDesk, item: FeedItem, into: str | None) -> None:
    """Central sends the readers of a record on."""
    history = desk.central.histories[(item.type == "customer" and Service.CUSTOMERS) or TICKETS]
    history.n += 1
    history.rows[item.id + "~"] = FeedItem(
        item.type, item.id, history.n, history.position, ItemOp.REDIRECT, {}, b"{}", NOON, "", (),
        redirect_to=EntityId(into) if into else None,
    )  # fmt: skip


@served
async def test_readers_arrive_from_the_moment_it_is_decided(desk: ServiceDesk) -> None:
    one, two, _ = await three(desk)
    done = await desk.merging.merge_tickets(ONE, TWO, ANN)
    assert (await desk.tickets.by_reference(ONE)).row.id == two
    assert (await desk.fields(one))["merged_into"] == two
    await desk.sync()
    assert desk.central.histories[TICKETS].rows[one].fields["merged_into"] == two
    redirected(desk, desk.central.histories[TICKETS].rows[one], two)
    await desk.sync()
    assert (await desk.tickets.by_reference(ONE)).row.id == two
    back = await desk.merging.unmerge_ticket(ONE, ANN)
    assert (await desk.tickets.by_reference(ONE)).row.id == one
    assert not (await desk.fields(one))["merged_into"]
    assert done.op_id != back.op_id
    await desk.sync()
    redirected(desk, desk.central.histories[TICKETS].rows[one], None)
    await desk.sync()
    assert (await desk.tickets.by_reference(ONE)).row.id == one


@served
async def test_undo_of_a_merge_takes_it_apart_again(desk: ServiceDesk) -> None:
    one, two, _ = await three(desk)
    done = await desk.merging.merge_tickets(ONE, TWO, ANN)
    await desk.sync()
    redirected(desk, desk.central.histories[TICKETS].rows[one], two)
    await desk.sync()
    await desk.outgoing.undo(done.op_id, ANN)
    assert (await desk.tickets.by_reference(ONE)).row.id == one


@served
async def test_undoing_an_unmerge_is_refused_where_that_merge_cannot_be_any_more(
    desk: ServiceDesk,
) -> None:
    await three(desk)
    await desk.merging.merge_tickets(ONE, TWO, ANN)
    await desk.sync()
    taken_apart = (await desk.merging.unmerge_ticket(ONE, ANN)).op_id
    await desk.sync()
    await desk.merging.merge_tickets(TWO, ONE, ANN)
    waiting = len(await desk.outgoing.rows())
    with pytest.raises(Refused, match="lead back"):
        await desk.outgoing.undo(taken_apart, ANN)
    assert len(await desk.outgoing.rows()) == waiting
    await desk.merging.unmerge_ticket(TWO, ANN)
    await desk.outgoing.undo(taken_apart, ANN)
    assert (await desk.tickets.by_reference(ONE)).row.reference == TWO


@served
async def test_a_merge_that_cannot_be_is_refused_here(desk: ServiceDesk) -> None:
    await three(desk)
    with pytest.raises(Refused):
        await desk.merging.merge_tickets(ONE, ONE, ANN)
    await desk.merging.merge_tickets(ONE, TWO, ANN)
    with pytest.raises(Refused):
        await desk.merging.merge_tickets(ONE, THREE, ANN)
    await desk.merging.merge_tickets(TWO, THREE, ANN)
    with pytest.raises(Refused):
        await desk.merging.merge_tickets(THREE, ONE, ANN)
    with pytest.raises(Refused):
        await desk.merging.unmerge_ticket(THREE, ANN)
    with pytest.raises(NotFound):
        await desk.merging.merge_customers("nobody", "nobody else", ANN)


@served
async def test_a_promise_is_kept_through_the_ticket_that_is_left(desk: ServiceDesk) -> None:
    """Offline, once central has answered, and after the merge was taken back."""
    one, two, _ = await three(desk)
    await desk.tickets.promise(ONE, "send a part", "Mina", NOON, ANN)
    await desk.merging.merge_tickets(ONE, TWO, ANN)

    async def due() -> list[tuple[str, str]]:
        found = await desk.tickets.call_backs(Millis(NOON + DAY))
        return [(back.reference, back.id) for back in found]

    ((reference, promise),) = await due()
    assert reference == TWO
    kept = await desk.tickets.keep_promise(reference, promise, ANN)
    assert (await desk.body(kept.op_id)).target == one
    assert await due() == []
    page = await desk.tickets.detail(two)
    assert page is not None
    assert [shown.kept_at is not None for shown in page.promises] == [True]
    await desk.sync()
    redirected(desk, desk.central.histories[TICKETS].rows[one], two)
    await desk.sync()
    assert await due() == []
    await desk.merging.unmerge_ticket(ONE, ANN)
    page = await desk.tickets.detail(one)
    assert page is not None
    assert [shown.kept_at is not None for shown in page.promises] == [True]
    assert await due() == []


@served
async def test_a_merged_tickets_promises_are_handed_over_with_the_one_left(
    desk: ServiceDesk,
) -> None:
    _one, two, _ = await three(desk)
    await desk.tickets.promise(ONE, "send a part", "Mina", NOON, ANN)
    await desk.tickets.set_fields(TWO, {"owner": ANN.id}, ANN)
    await desk.merging.merge_tickets(ONE, TWO, ANN)
    shift = Shift(desk.desk)
    own = await shift.own(ANN)
    assert [(back.reference, back.what) for back in own.promises] == [(TWO, "send a part")]
    handed = await shift.give(NEXT_SHIFT, ANN)
    assert handed.tickets == (TWO,)
    assert (await desk.fields(two))["owner"] is None


@served
async def test_customers_are_merged_and_taken_apart(desk: ServiceDesk) -> None:
    history = desk.central.histories[Service.CUSTOMERS]
    ids = [desk.ids.new_id(), desk.ids.new_id()]
    for number, id_ in enumerate(ids):
        history.change(id_, NOON, type_="customer", fields={"name": f"Mina {number}"})
    await desk.sync()
    await desk.merging.merge_customers(ids[0], ids[1], ANN)
    card = await desk.store.read(lambda tx: tx.customers.card(ids[0]))
    assert card is not None
    assert card.name == "Mina 1"
    await desk.merging.unmerge_customer(ids[0], ANN)
    card = await desk.store.read(lambda tx: tx.customers.card(ids[0]))
    assert card is not None
    assert card.name == "Mina 0"
    await desk.sync()
    found = await desk.fields(ids[0], Aggregate.CUSTOMER)
    assert not found["merged_into"]


@served
async def test_a_circle_is_an_incident_until_it_is_put_right(desk: ServiceDesk) -> None:
    one, two, _ = await three(desk)
    rows = desk.central.histories[TICKETS].rows
    redirected(desk, rows[one], two)
    await desk.sync()
    assert await desk.store.read(lambda tx: tx.incidents.open()) == []
    redirected(desk, rows[two], one)
    await desk.sync()
    (incident,) = await desk.store.read(lambda tx: tx.incidents.open())
    assert (incident.kind, incident.subject) == ("redirect_cycle", two)
    assert (await desk.tickets.by_reference(ONE)).row.id in {one, two}
    redirected(desk, rows[two], None)
    await desk.sync()
    assert await desk.store.read(lambda tx: tx.incidents.open()) == []


@served
async def test_after_an_outage_what_was_merged_is_accounted_for_once(desk: ServiceDesk) -> None:
    """One with another call of the outage is that call; one with an older ticket is that one."""
    one, two, three_ = (references.compose("K7", number) for number in (11, 12, 13))
    taken = {"desk": IDENTITY.desk_id, "received_at": None, "happened_at": to_rfc3339(NOON)}
    for reference in (one, two, three_):
        desk.at_central(reference, **taken)
    older = desk.at_central(ONE, status="done", received_at=to_rfc3339(NOON)).id
    await desk.sync()
    await desk.merging.merge_tickets(one, two, ANN)
    await desk.merging.merge_tickets(three_, ONE, ANN)
    found = await CatchingUp(desk.desk).read()
    seen = [(taken.row.reference, taken.at_central) for taken in found.taken]
    assert sorted(seen) == [(ONE, True), (two, False)]
    assert older in {taken.row.id for taken in found.taken}
