"""Conflicts of every kind of record: each is named in words, and settled by what central takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.central.contract import bodies
from app.domain.central_services import Aggregate
from app.domain.errors import NotAllowed, Refused
from app.domain.ids import Millis
from app.domain.lifecycle import OpEvent
from app.domain.operations import Body, FieldConflict, Json
from app.domain.times import to_rfc3339
from app.domain.views import Disputed
from app.services.conflicts import Answer, Conflicts, Edited, Take, shown_of
from app.services.outgoing import Outgoing
from tests.support.model_desk import ModelDesk, entry
from tests.support.store_desk import redirect, ticket_fields
from tests.support.ui_desk import ELLEN, NOON, TOM

ONE, OTHER, THIRD = (f"01900000-0000-7000-8000-00000000eee{n}" for n in range(3))
PROPOSAL = "01900000-0000-7000-8000-00000000aaa1"
WORDS = "01900000-0000-7000-8000-00000000ccc1"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    for id_, number in ((ONE, "VS-20"), (OTHER, "VS-21"), (THIRD, "VS-22")):
        made.put(Aggregate.CATALOG_ENTRY, id_, entry("Velna", f"Spin {number}", number, "dryer"))
    yield made
    made.inside.store.close_now()


@pytest.fixture
def conflicts(desk: ModelDesk) -> Conflicts:
    return Conflicts(desk.desk)


def met(desk: ModelDesk, kind: str, target: str, *fields: tuple[str, Json, Json, Json]) -> str:
    """An operation of this desk that met other values at central: field, base, mine, theirs."""
    made = desk.inside.decide(kind, target, {name: mine for name, _, mine, _ in fields})
    return told(desk, made, *(FieldConflict(*one, "tom", Millis(NOON)) for one in fields))


def told(desk: ModelDesk, op_id: str, *conflicts: FieldConflict) -> str:
    """Central's verdict came; its page has not."""
    desk.inside.ack(op_id, 900, *conflicts)
    return op_id


def arrived(
    desk: ModelDesk, op_id: str, record: tuple[Aggregate, str], fields: Mapping[str, Json]
) -> None:
    """The page came too: what central has stands here, and nothing is laid over it."""
    desk.put(*record, fields, rev=2)
    desk.inside.move(op_id, OpEvent.PASSED)


def written(desk: ModelDesk, op_ids: list[str]) -> list[Body]:
    return [bodies.read(desk.inside.raw(one)[0]) for one in op_ids]


async def only(conflicts: Conflicts) -> Disputed:
    (one,) = await conflicts.disputed()
    return one


async def test_a_field_of_an_entry_is_settled_over_what_stands_there(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    met_by = met(desk, "catalog_entry.set", ONE, ("name", "Spin VS-20", "Spin 20", "Spin XX"))
    entry_at_central = entry("Velna", "Spin XX", "VS-20", "dryer")
    arrived(desk, met_by, (Aggregate.CATALOG_ENTRY, ONE), entry_at_central)
    one = await only(conflicts)
    assert (one.aggregate, one.title) == (Aggregate.CATALOG_ENTRY, "Velna Spin XX VS-20")
    assert await conflicts.beside_tickets() == 1
    with pytest.raises(NotAllowed):
        await conflicts.decide(met_by, Take.MINE, ELLEN)
    done = await conflicts.decide(met_by, {"name": Edited("Spin 20 plus")}, TOM)
    (body,) = written(desk, [one.op_id for one in done])
    change = body.changes["name"]
    assert (body.kind, change.base, change.new) == ("catalog_entry.set", "Spin XX", "Spin 20 plus")
    assert await conflicts.disputed() == []


async def test_a_choice_made_before_the_page_arrives_counts_as_one_made_after(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    """Mine is still laid over the record, so it is not what stands at central."""
    made = met(desk, "catalog_entry.set", ONE, ("name", "Spin VS-20", "Spin 20", "Spin XX"))
    (body,) = written(desk, [one.op_id for one in await conflicts.decide(made, Take.MINE, TOM)])
    assert (body.changes["name"].base, body.changes["name"].new) == ("Spin XX", "Spin 20")


async def test_what_moved_on_since_the_verdict_is_shown_and_never_overwritten_unseen(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    """Given theirs changed again, then the list and the preview have the newer value, mine over
    the verdict's value is refused, and mine over the newer one is based on it.
    """
    met_by = met(desk, "catalog_entry.set", ONE, ("name", "Spin VS-20", "Spin 20", "Spin XX"))
    newer = entry("Velna", "Spin newest", "VS-20", "dryer")
    arrived(desk, met_by, (Aggregate.CATALOG_ENTRY, ONE), newer)
    (row,) = await conflicts.rows()
    (choice,) = await conflicts.preview(met_by, Take.THEIRS)
    assert [row.conflict.theirs, choice.before, choice.after] == ["Spin newest"] * 3
    for take in (Take.MINE, Take.THEIRS):
        with pytest.raises(Refused, match="changed it again"):
            await conflicts.decide(met_by, take, TOM)
    assert (await only(conflicts)).rows == (row,)
    done = await conflicts.decide(met_by, Take.MINE, TOM, shown_of([row]))
    (body,) = written(desk, [one.op_id for one in done])
    assert (body.changes["name"].base, body.changes["name"].new) == ("Spin newest", "Spin 20")


async def test_a_value_that_moves_while_somebody_looks_is_refused_once_more(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    met_by = met(desk, "catalog_entry.set", ONE, ("name", "Spin VS-20", "Spin 20", "Spin XX"))
    arrived(
        desk, met_by, (Aggregate.CATALOG_ENTRY, ONE), entry("Velna", "Spin XX", "VS-20", "dryer")
    )
    looked_at = shown_of(await conflicts.rows())
    desk.put(Aggregate.CATALOG_ENTRY, ONE, entry("Velna", "Spin newest", "VS-20", "dryer"), rev=3)
    with pytest.raises(Refused, match="changed it again"):
        await conflicts.decide(met_by, Take.MINE, TOM, looked_at)
    assert len(await conflicts.rows()) == 1


async def test_two_edits_of_one_field_are_settled_together_or_not_at_all(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    """What somebody has chosen a moment before is not another person's newer value."""
    first = met(desk, "catalog_entry.set", ONE, ("name", "Spin VS-20", "Spin 20", "Spin XX"))
    second = met(desk, "catalog_entry.set", ONE, ("name", "Spin 20", "Spin 21", "Spin XX"))
    theirs = entry("Velna", "Spin XX", "VS-20", "dryer")
    desk.put(Aggregate.CATALOG_ENTRY, ONE, theirs, rev=2)
    for one in (first, second):
        desk.inside.move(one, OpEvent.PASSED)
    with pytest.raises(Refused, match="changed it again"):
        await conflicts.decide_all([Answer(first, Take.MINE), Answer(second, Take.MINE, "-")], TOM)
    assert len(await conflicts.rows()) == 2
    answers = [Answer(first, Take.MINE), Answer(second, Take.MINE)]
    done = await conflicts.decide_all(answers, TOM)
    made = [one.changes["name"] for one in written(desk, [one.op_id for one in done])]
    assert [(one.base, one.new) for one in made] == [("Spin XX", "Spin 20"), ("Spin 20", "Spin 21")]


async def test_an_edit_in_conflict_is_undone_without_another_conflict(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    """Given one field of two met another value, then the undo puts the other one back, leaves
    theirs, and nobody is asked any more.
    """
    values = {"name": "Spin 20", "category": "washer"}
    made = desk.inside.decide("catalog_entry.set", ONE, values)
    told(desk, made, FieldConflict("name", "Spin VS-20", "Spin 20", "Spin XX", "tom", NOON))
    at_central = entry("Velna", "Spin XX", "VS-20", "washer")
    arrived(desk, made, (Aggregate.CATALOG_ENTRY, ONE), at_central)
    await Outgoing(desk.desk, None).undo(made, TOM)
    assert await conflicts.rows() == []
    rows = desk.inside.read(lambda tx: tx.outbox.rows())
    (body,) = written(desk, [one.op_id for one in rows])
    assert {name: one.base for name, one in body.changes.items()} == {"category": "washer"}


@pytest.mark.parametrize("kind", ["set", "merge"])
async def test_what_never_took_effect_is_undone_by_nothing_but_its_conflict(
    desk: ModelDesk, conflicts: Conflicts, kind: str
) -> None:
    if kind == "set":
        made = met(desk, "catalog_entry.set", ONE, ("name", "Spin VS-20", "Spin 20", "Spin XX"))
    else:
        made = desk.inside.decide("catalog_entry.merge", ONE, entry={"into": OTHER})
        told(desk, made, FieldConflict("merged_into", None, OTHER, THIRD, "tom", NOON))
    arrived(desk, made, (Aggregate.CATALOG_ENTRY, ONE), entry("Velna", "Spin XX", "VS-20", "dryer"))
    await Outgoing(desk.desk, None).undo(made, TOM)
    assert await conflicts.rows() == []
    assert not desk.inside.read(lambda tx: tx.outbox.rows())


@pytest.mark.parametrize("way", ["undone", "withdrawn", "undone at central"])
async def test_a_choice_that_is_taken_back_needs_a_person_again(
    desk: ModelDesk, conflicts: Conflicts, way: str
) -> None:
    """Nobody's value is dropped by it: base, mine and theirs stand there as before."""
    edit = met(desk, "catalog_entry.set", ONE, ("name", "Spin VS-20", "Spin 20", "Spin XX"))
    arrived(desk, edit, (Aggregate.CATALOG_ENTRY, ONE), entry("Velna", "Spin XX", "VS-20", "dryer"))
    (before,) = await conflicts.rows()
    (done,) = await conflicts.decide(edit, Take.MINE, TOM)
    assert await conflicts.rows() == []
    outgoing = Outgoing(desk.desk, None)
    if way == "undone at central":
        desk.inside.ack(done.op_id, 901)
    if way == "withdrawn":
        await outgoing.withdraw(done.op_id, TOM)
    else:
        await outgoing.undo(done.op_id, TOM)
    (again,) = await conflicts.rows()
    assert (again.op_id, again.conflict.field) == (before.op_id, "name")
    assert (again.conflict.base, again.conflict.mine) == ("Spin VS-20", "Spin 20")
    assert again.conflict.theirs == "Spin XX"
    assert await conflicts.decide(edit, Take.MINE, TOM)


async def test_a_merge_elsewhere_is_taken_back_and_made_anew(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    """Central refuses a merge of what is merged: mine takes theirs back first."""
    made = desk.inside.decide("catalog_entry.merge", ONE, entry={"into": OTHER})
    told(desk, made, FieldConflict("merged_into", None, OTHER, THIRD, "tom", NOON))
    at_central = entry("Velna", "Spin VS-20", "VS-20", "dryer", merged_into=THIRD)
    arrived(desk, made, (Aggregate.CATALOG_ENTRY, ONE), at_central)
    one = await only(conflicts)
    assert one.names == {OTHER: "Velna Spin VS-21", THIRD: "Velna Spin VS-22"}
    done = await conflicts.decide(made, Take.MINE, TOM)
    undone, merged = written(desk, [one.op_id for one in done])
    assert (undone.kind, undone.changes["merged_into"].base) == ("catalog_entry.unmerge", THIRD)
    assert (merged.kind, merged.entry, merged.after) == (
        "catalog_entry.merge", {"into": OTHER}, undone.op_id,
    )  # fmt: skip


async def test_a_merge_that_would_lead_back_is_refused_and_still_waits(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    made = desk.inside.decide("catalog_entry.merge", ONE, entry={"into": OTHER})
    told(desk, made, FieldConflict("merged_into", None, OTHER, THIRD, "tom", NOON))
    circle = entry("Velna", "Spin VS-21", "VS-21", "dryer", merged_into=ONE)
    desk.put(Aggregate.CATALOG_ENTRY, OTHER, circle, rev=2)
    with pytest.raises(Refused, match="lead back"):
        await conflicts.decide(made, Take.MINE, TOM)
    assert (await only(conflicts)).target == ONE


@pytest.mark.parametrize("status", ["closed", "ready"])
async def test_a_merge_that_would_end_a_claim_is_not_chosen(
    desk: ModelDesk, conflicts: Conflicts, status: str
) -> None:
    """Given the ticket that it would become part of was closed meanwhile, or is open."""
    part, mine, theirs = "t-part", "t-mine", "t-theirs"
    at = to_rfc3339(Millis(NOON))
    said: dict[str, Json] = {"id": "c-1", "amount": 4900, "currency": "GBP", "at": at}
    claimed = ticket_fields(claims=[said], coverage="claimed")
    desk.put(Aggregate.TICKET, part, claimed)
    desk.put(Aggregate.TICKET, mine, ticket_fields(status=status, reference="K7-0002-M"))
    desk.put(Aggregate.TICKET, theirs, ticket_fields(reference="K7-0003-M"))
    made = desk.inside.decide("ticket.merge", part, entry={"into": mine})
    told(desk, made, FieldConflict("merged_into", None, mine, theirs, "tom", NOON))
    arrived(desk, made, (Aggregate.TICKET, part), {**claimed, "merged_into": theirs})
    desk.inside.feed(redirect(part, theirs, 950, Aggregate.TICKET))
    if status == "closed":
        with pytest.raises(Refused, match="closed"):
            await conflicts.decide(made, Take.MINE, TOM)
    else:
        done = await conflicts.decide(made, Take.MINE, TOM)
        assert len(done) == 2


async def test_words_that_mean_another_model_elsewhere_are_asked_about_once(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    """Who decided and when go with the meaning: nobody is asked to choose between two times."""
    desk.remembered("the spinning velna", ONE, WORDS)
    made = met(
        desk, "alias.set", WORDS, ("entry_id", ONE, OTHER, None), ("decided_by", "a", "b", "c"),
        ("decided_at", "1", "2", "3"),
    )  # fmt: skip
    forgotten: dict[str, Json] = {"words": "the spinning velna", "entry_id": None}
    arrived(desk, made, (Aggregate.ALIAS, WORDS), forgotten)
    one = await only(conflicts)
    assert (one.title, [row.conflict.field for row in one.rows]) == (
        "the spinning velna", ["entry_id"],
    )  # fmt: skip
    done = await conflicts.decide(made, Take.MINE, ELLEN)
    (body,) = written(desk, [one.op_id for one in done])
    new = {name: change.new for name, change in body.changes.items()}
    assert (new["entry_id"], new["decided_by"]) == (OTHER, ELLEN.id)
    assert set(new) == {"entry_id", "decided_by", "decided_at"}


async def test_a_question_is_asked_again_in_the_form_that_central_takes(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    made = met(desk, "proposal.ask", PROPOSAL, ("question", None, "Mine?", "Theirs?"))
    desk.proposed(
        PROPOSAL, "the velna", ("Velna", "New", "VN-1"), state="asked", question="Theirs?"
    )
    (body,) = written(desk, [one.op_id for one in await conflicts.decide(made, Take.MINE, TOM)])
    new = {name: change.new for name, change in body.changes.items()}
    assert new == {"question": "Mine?", "state": "asked"}


async def test_a_choice_about_a_proposal_that_is_decided_meanwhile_is_refused(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    made = met(desk, "proposal.delegate", PROPOSAL, ("delegated_to", None, "tom", "c"))
    more: dict[str, Json] = {"state": "approved", "delegated_to": "c"}
    desk.proposed(PROPOSAL, "the velna", ("Velna", "New", "VN-1"), **more)
    with pytest.raises(Refused, match="decided about this proposal already"):
        await conflicts.decide(made, Take.MINE, TOM)
    assert await conflicts.decide(made, Take.THEIRS, TOM) == []


async def test_a_pin_that_is_chosen_carries_the_one_that_was_not(
    desk: ModelDesk, conflicts: Conflicts
) -> None:
    """The value not chosen stays in the history, as the screen promises."""
    (ticket,) = desk.tickets("the spinning velna")
    mine: Json = {"entry_id": ONE, "by": "ellen", "at": "2026-11-23T10:00:00Z", "why": "linked"}
    theirs: dict[str, Json] = {"entry_id": OTHER, "by": "tom", "at": "2026-11-23T10:05:00Z"}
    fields = dict(desk.inside.fields(ticket))
    made = met(desk, "ticket.resolve", ticket, ("model_pin", None, mine, theirs))
    arrived(desk, made, (Aggregate.TICKET, ticket), {**fields, "model_pin": theirs})
    assert (await only(conflicts)).names == {
        ONE: "Velna Spin VS-20", OTHER: "Velna Spin VS-21",
    }  # fmt: skip
    assert await conflicts.beside_tickets() == 0
    (body,) = written(desk, [one.op_id for one in await conflicts.decide(made, Take.MINE, ELLEN)])
    pin = body.changes["model_pin"].new
    assert isinstance(pin, dict)
    assert (pin["entry_id"], pin["earlier"]) == (ONE, [theirs])


@pytest.mark.parametrize(
    ("kind", "field", "fields", "title"),
    [
        ("customer.set", "address", {"name": "M. Ellison", "address": "c"}, "M. Ellison"),
        ("device.set", "serial", {"words": "the velna", "serial": "c"}, "the velna"),
        ("contact.set", "outcome", {"number": "07700 900118", "outcome": "c"}, "07700 900118"),
        ("visit.set", "state", {"ticket_id": "none", "state": "c"}, ""),
    ],
)  # fmt: skip
async def test_any_other_record_is_settled_alike(
    desk: ModelDesk, conflicts: Conflicts, kind: str, field: str, fields: dict[str, Json],
    title: str,
) -> None:  # fmt: skip
    aggregate = Aggregate(kind.split(".", maxsplit=1)[0])
    id_ = "01900000-0000-7000-8000-00000000bbb1"
    made = met(desk, kind, id_, (field, "a", "b", "c"))
    arrived(desk, made, (aggregate, id_), fields)
    one = await only(conflicts)
    assert (one.aggregate, one.title) == (aggregate, title)
    (body,) = written(desk, [one.op_id for one in await conflicts.decide(made, Take.BASE, TOM)])
    assert (body.kind, body.changes[field].base, body.changes[field].new) == (kind, "c", "a")
