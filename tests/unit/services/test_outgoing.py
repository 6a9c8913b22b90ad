"""What a person does to the outbox: edit in place, withdraw, undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.central.contract import bodies
from app.domain import reference as references
from app.domain.central_services import Service
from app.domain.configuration import DeskEntry
from app.domain.errors import CentralUnavailable, Invalid, MoveNotAllowed, NotFound, Refused
from app.domain.feed import Answer, NoVerdict, Silence, Verdict
from app.domain.ids import EntityId, OpId
from app.domain.lifecycle import LIFE, OpEvent, OpState
from app.domain.operations import Body, FieldChange, Json, Outcome, ParallelEdit, Reason
from app.domain.views import ParallelRow
from app.ports.central import Attempt
from app.ports.store import EventDetail
from app.services.conflicts import Conflicts
from app.services.decisions import Decision, decide
from app.services.intake import Intake
from app.services.outbox_refusals import not_edited, not_withdrawn
from tests.support.memory_store import IDENTITY
from tests.support.service_desk import ANN, ServiceDesk, served

REF = "K7-0001-M"
TICKETS = Service.TICKETS


def refusing(kind: str) -> object:
    def script(_service: Service, attempt: Attempt) -> Answer | None:
        if f'"kind":"{kind}"'.encode() not in attempt.raw:
            return None
        problem = Reason("invalid-field", "Central says no.")
        return Verdict(attempt.op_id, Outcome.REJECTED, None, None, "term-one", problem=problem)

    return script


async def seen(desk: ServiceDesk) -> str:
    """Another desk's ticket, mirrored here."""
    item = desk.at_central(REF, place="here")
    await desk.sync()
    return item.id


@served
async def test_an_edited_one_names_whose_place_it_took_and_its_followers_are_built_anew(
    desk: ServiceDesk,
) -> None:
    """So central finds the way from a follower it has seen to what stands there now."""
    ticket = await seen(desk)
    desk.central.script = refusing("ticket.set")  # type: ignore[assignment]  # a script
    parked = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    await desk.sync()
    assert await desk.state(parked) is OpState.PARKED
    behind = (await desk.tickets.set_fields(REF, {"fault": "It hums"}, ANN)).op_id
    note = (await desk.tickets.note(REF, "She rang again", ANN)).op_id
    assert await desk.state(behind) is OpState.BLOCKED
    assert await desk.state(note) is OpState.PENDING
    desk.central.script = lambda service, attempt: None
    fresh = (await desk.outgoing.replace(parked, {"place": "elsewhere"}, ANN)).op_id
    assert await desk.state(parked) is OpState.SUPERSEDED
    assert (await desk.body(fresh)).supersedes == parked
    assert await desk.state(behind) is OpState.SUPERSEDED
    rows = await desk.outgoing.rows()
    rebuilt = next(row.op_id for row in rows if row.kind == "ticket.set" and row.op_id != fresh)
    assert (await desk.body(rebuilt)).after == fresh
    assert (await desk.body(rebuilt)).supersedes == behind
    await desk.sync()
    assert {k: (await desk.fields(ticket))[k] for k in ("place", "fault")} == {
        "place": "elsewhere", "fault": "It hums",
    }  # fmt: skip


@served
async def test_undo_before_anything_left_takes_it_back_here(desk: ServiceDesk) -> None:
    ticket = await seen(desk)
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    await desk.outgoing.undo(done, ANN)
    assert await desk.state(done) is OpState.WITHDRAWN
    assert (await desk.fields(ticket))["place"] == "here"
    assert ("withdraw", TICKETS) not in desk.central.requests


@served
async def test_undo_takes_back_what_stands_in_its_place(desk: ServiceDesk) -> None:
    """Edited, or built anew behind what was edited: it is one act of its person all the same."""
    ticket = await seen(desk)
    first = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    behind = (await desk.tickets.set_fields(REF, {"fault": "It hums"}, ANN)).op_id
    again = (await desk.outgoing.replace(first, {"place": "elsewhere"}, ANN)).op_id
    last = (await desk.outgoing.replace(again, {"place": "upstairs"}, ANN)).op_id
    assert await desk.state(behind) is OpState.SUPERSEDED
    await desk.outgoing.undo(behind, ANN)
    assert {one.op_id for one in await desk.outgoing.rows()} == {last}
    assert (await desk.fields(ticket))["fault"] != "It hums"
    await desk.sync()
    await desk.outgoing.undo(first, ANN)
    await desk.sync()
    assert (await desk.fields(ticket))["place"] == "here"


@served
async def test_undo_of_what_may_be_under_way_burns_its_id(desk: ServiceDesk) -> None:
    await seen(desk)
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    desk.central.script = lambda service, attempt: NoVerdict(Silence.TIMEOUT)
    await desk.sync()
    assert (await desk.stored(done)).attempts > 0
    await desk.outgoing.undo(done, ANN)
    assert await desk.state(done) is OpState.WITHDRAWN
    assert desk.central.histories[TICKETS].burned == {done}


@served
async def test_undo_after_its_verdict_came_is_the_inverse(desk: ServiceDesk) -> None:
    """The answer got lost, the verdict did not: the ticket is put back as it was."""
    ticket = await seen(desk)
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id

    def lost(service: Service, attempt: Attempt) -> Answer | None:
        desk.central.apply(service, attempt)
        return NoVerdict(Silence.TIMEOUT)

    desk.central.script = lost
    desk.central.feed_away = {TICKETS: Silence.CONNECT}
    await desk.sync()
    await desk.outgoing.undo(done, ANN)
    assert await desk.state(done) is OpState.ACKED
    desk.central.script = lambda service, attempt: None
    desk.central.feed_away = {}
    await desk.sync()
    assert (await desk.fields(ticket))["place"] == "here"


@served
async def test_undo_while_nobody_can_say_waits_behind_it_or_is_refused(desk: ServiceDesk) -> None:
    ticket = await seen(desk)
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    note = (await desk.tickets.note(REF, "A word", ANN)).op_id
    for op_id in (done, note):
        await desk.store.write(
            lambda tx, one=op_id: tx.outbox.event(one, OpEvent.SEND, EventDetail(desk.clock.now()))  # type: ignore[misc]  # a lambda with defaults has no type
        )
    desk.central.away = {TICKETS: Silence.CONNECT}
    await desk.outgoing.undo(done, ANN)
    assert (await desk.fields(ticket))["place"] == "here"
    with pytest.raises(CentralUnavailable):
        await desk.outgoing.undo(note, ANN)
    desk.central.away = {}
    await desk.sync()
    assert desk.central.histories[TICKETS].rows[ticket].fields["place"] == "here"
    with pytest.raises(Refused):
        await desk.outgoing.undo(note, ANN)


@served
async def test_what_found_no_target_for_a_day_is_burned_when_it_is_withdrawn(
    desk: ServiceDesk,
) -> None:
    """Central never decided about it: an old attempt may still be under way."""
    await seen(desk)
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    now = desk.clock.now()
    for event, reason in ((OpEvent.SEND, ""), (OpEvent.OVERDUE, "target_missing")):
        await desk.store.write(
            lambda tx, one=event, why=reason: tx.outbox.event(
                done, one, EventDetail(now, reason=why)
            )  # type: ignore[misc]  # lambdas with defaults have no type
        )
    assert await desk.state(done) is OpState.PARKED
    await desk.outgoing.withdraw(done, ANN)
    assert desk.central.histories[TICKETS].burned == {done}


@served
async def test_a_parallel_edit_is_logged_and_nobody_is_asked(desk: ServiceDesk) -> None:
    ticket = await seen(desk)
    edit = ParallelEdit("place", "tom.reyes", desk.clock.now())

    def beside(service: Service, attempt: Attempt) -> Answer:
        return replace(desk.central.apply(service, attempt), parallel=(edit,))

    desk.central.script = beside
    done = (await desk.tickets.set_fields(REF, {"fault": "It roars"}, ANN)).op_id
    await desk.sync()
    conflicts = Conflicts(desk.desk)
    assert await conflicts.rows() == []
    assert await conflicts.parallel() == [ParallelRow(done, ticket, edit)]


_WRONG: tuple[tuple[str, Json], ...] = (
    ("status", "finished"), ("status", "merged"), ("priority", "at once"), ("safety", "fire"),
    ("coverage", "maybe"), ("owner", "nobody"), ("due", "tomorrow"), ("reference", REF),
    ("fault", " "), ("serial", 7), ("notes", "x"), ("colour", "red"), ("model_words", "XR"),
)  # fmt: skip


@served
async def test_a_replaced_value_is_checked_as_one_that_is_set(desk: ServiceDesk) -> None:
    """Whatever `set` refuses, `replace` refuses with the same sentence, and nothing moves."""
    desk.at_central(REF, place="here", model_words="the old one")
    await desk.sync()
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    for name, value in _WRONG:
        said = []
        for attempt in (
            desk.tickets.set_fields(REF, {name: value}, ANN),
            desk.outgoing.replace(done, {name: value}, ANN),
        ):
            with pytest.raises((Invalid, MoveNotAllowed)) as refused:
                await attempt
            said.append((refused.value.happened, refused.value.todo))
        assert said[0] == said[1]
    assert [row.op_id for row in await desk.outgoing.rows()] == [done]
    assert await desk.state(done) is OpState.PENDING


@served
async def test_a_replaced_addition_keeps_its_author_and_its_shape(desk: ServiceDesk) -> None:
    await seen(desk)
    note = (await desk.tickets.note(REF, "A word", ANN)).op_id
    promise = (await desk.tickets.promise(REF, "Ring", "her", None, ANN)).op_id
    for op_id, name, value in (
        (note, "text", " "), (note, "by", "p-bob"), (note, "internal", "perhaps"),
        (promise, "by_when", "soon"), (promise, "what", ""), (promise, "id", "1"),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            await desk.outgoing.replace(op_id, {name: value}, ANN)
    fresh = (await desk.outgoing.replace(note, {"internal": "true"}, ANN)).op_id
    entry = (await desk.body(fresh)).entry
    assert entry is not None
    assert (entry["text"], entry["internal"], entry["by"]) == ("A word", True, ANN.id)


@served
async def test_a_field_added_in_the_outbox_starts_from_what_stands_there(
    desk: ServiceDesk,
) -> None:
    """Else central would take it for the edit of somebody who saw it empty: a conflict."""
    ticket = await seen(desk)
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    wanted: dict[str, Json] = {"fault": "It hums", "caller_phone": "+44 20 7946 0123"}
    fresh = (await desk.outgoing.replace(done, wanted, ANN)).op_id
    body = await desk.body(fresh)
    assert (body.changes["fault"].base, body.changes["place"].base) == ("humming", "here")
    assert body.changes["caller_e164"].new == "+442079460123"
    await desk.sync()
    assert (await desk.fields(ticket))["fault"] == "It hums"
    assert list(await Conflicts(desk.desk).rows()) == []


@served
async def test_each_state_says_its_own_reason(desk: ServiceDesk) -> None:
    """What is withdrawn was not applied, and what was replaced is not under way."""
    await seen(desk)
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    fresh = (await desk.outgoing.replace(done, {}, ANN)).op_id
    note = (await desk.tickets.note(REF, "A word", ANN)).op_id
    await desk.outgoing.withdraw(note, ANN)
    await desk.sync()
    for op_id, state in (
        (done, OpState.SUPERSEDED), (note, OpState.WITHDRAWN), (fresh, OpState.SETTLED),
    ):  # fmt: skip
        assert await desk.state(op_id) is state
        with pytest.raises(Refused) as refused:
            await desk.outgoing.withdraw(op_id, ANN)
        assert refused.value.happened == not_withdrawn(state).happened
        with pytest.raises(Refused) as refused:
            await desk.outgoing.replace(op_id, {}, ANN)
        assert refused.value.happened == not_edited(state).happened
    with pytest.raises(Refused, match="withdrawn before"):
        await desk.outgoing.undo(note, ANN)


def test_no_two_states_that_are_over_share_a_sentence() -> None:
    over = [one for one in OpState if (one, OpEvent.WITHDRAWN) not in LIFE]
    assert len({not_withdrawn(state).happened for state in over}) == len(over) == 4


@served
async def test_what_central_refused_unheard_is_withdrawn_without_a_word(desk: ServiceDesk) -> None:
    """Its refusal got lost; asked to burn the id, central says it: nothing was applied."""
    await seen(desk)

    def lost(service: Service, attempt: Attempt) -> Answer | None:
        problem = Reason("invalid-field", "Central says no.")
        verdict = Verdict(attempt.op_id, Outcome.REJECTED, None, None, "term-one", problem=problem)
        desk.central.histories[service].verdicts[attempt.op_id] = verdict
        return NoVerdict(Silence.TIMEOUT)

    desk.central.script = lost
    done = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    await desk.sync()
    assert (await desk.stored(done)).attempts > 0
    await desk.outgoing.withdraw(done, ANN)
    assert await desk.state(done) is OpState.WITHDRAWN


@served
async def test_a_message_to_a_customer_leaves_after_eight_seconds(desk: ServiceDesk) -> None:
    """Until then it can be taken back here, and central never hears of it."""
    sent = []
    for _ in range(2):
        decision = Decision(
            "message.create",
            EntityId(desk.ids.new_id()),
            OpId(desk.ids.new_id()),
            changes={"text": FieldChange(None, "We come at four.")},
        )
        done = await desk.store.write(
            lambda tx, one=decision: decide(desk.desk, tx, ANN, one)  # type: ignore[misc]  # a lambda with defaults has no type
        )
        sent.append(done.op_id)

    async def sendable() -> list[str]:
        now = desk.clock.now()
        found = await desk.store.read(lambda tx: tx.outbox.sendable(Service.NOTIFICATIONS, now, 9))
        return [one.op_id for one in found]

    await desk.clock.sleep(7)
    assert await sendable() == []
    await desk.outgoing.withdraw(sent[0], ANN)
    await desk.clock.sleep(1.5)
    assert await sendable() == [sent[1]]
    assert ("withdraw", Service.NOTIFICATIONS) not in desk.central.requests


@served
async def test_a_call_that_was_taken_back_is_looked_for_at_no_other_desk(
    desk: ServiceDesk,
) -> None:
    """Neither the ticket nor a note on it waits for anybody; another desk's reference does."""
    intake = Intake(desk.desk)
    call = replace(intake.new_call("07700 900118"), fault="No picture")
    taken = await intake.take(call, ANN)
    await desk.outgoing.withdraw(taken.op_id, ANN)
    with pytest.raises(Refused, match=f"{taken.reference} was taken back at this desk"):
        await desk.tickets.by_reference(taken.reference)
    with pytest.raises(Refused, match="was taken back"):
        await desk.tickets.note(taken.reference, "Rang back", ANN)
    with pytest.raises(Refused, match="was taken back"):
        await desk.tickets.set_fields(taken.reference, {"place": "there"}, ANN)
    with pytest.raises(NotFound, match="not on this computer yet"):
        await desk.tickets.by_reference(references.compose("K7", 7_000))


@served
async def test_nobody_is_sent_to_ring_the_desk_they_sit_at(desk: ServiceDesk) -> None:
    """A reference of one's own that is not here was deleted, or has not come back yet."""
    own = DeskEntry(IDENTITY.desk_id, "Desk 1", ("K7",), "203")
    other = DeskEntry("d-2", "Desk 2", ("M3",), "204")
    desk.desk.configuration = replace(desk.desk.configuration, desks=(own, other))
    with pytest.raises(NotFound, match="It was given by Desk 2") as found:
        await desk.tickets.by_reference(references.compose("M3", 9))
    assert "204" in found.value.todo
    with pytest.raises(NotFound) as found:
        await desk.tickets.by_reference(references.compose("K7", 9))
    assert "203" not in found.value.todo
    assert "Desk 1" not in found.value.happened


def refusing_edits_and_waiting_for_them(refused: set[str]) -> object:
    """As central does: edits are refused, and what names one as the one before it waits for it."""

    def script(_service: Service, attempt: Attempt) -> Answer | None:
        body = bodies.read(attempt.raw)
        if body.kind == "ticket.set":
            return Verdict(attempt.op_id, Outcome.REJECTED, None, None, "term-one")
        if body.after in refused:
            return Verdict(attempt.op_id, Outcome.DEFERRED, None, None, "term-one")
        return None

    return script


@served
async def test_what_central_waits_for_is_burned_when_it_is_taken_back(desk: ServiceDesk) -> None:
    """An edit behind a refused one is never sent; a note behind it was, and names it."""
    await seen(desk)
    await desk.tickets.set_fields(REF, {"place": "there"}, ANN)
    behind = await desk.tickets.set_fields(REF, {"place": "elsewhere"}, ANN)
    note = (await desk.tickets.note(REF, "arrives", ANN)).op_id
    sent = EventDetail(desk.desk.wall.now())
    await desk.store.write(lambda tx: tx.outbox.event(note, OpEvent.SEND, sent))
    desk.central.script = refusing_edits_and_waiting_for_them({behind.op_id})  # type: ignore[assignment]  # a script
    await desk.sync()
    assert await desk.state(behind.op_id) is OpState.BLOCKED
    assert await desk.state(note) is OpState.WAITING
    edited = await desk.outgoing.replace(behind.op_id, {"place": "nowhere"}, ANN)
    await desk.outgoing.withdraw(edited.op_id, ANN)
    assert await desk.state(edited.op_id) is OpState.WITHDRAWN
    assert desk.central.histories[TICKETS].burned == {behind.op_id}


@served
async def test_a_note_decided_before_its_lane_was_held_up_goes_by_what_waits(
    desk: ServiceDesk,
) -> None:
    """It would name an edit that does not come; so another one, which does not, goes for it."""
    await seen(desk)
    await desk.tickets.note(REF, "is there", ANN)
    await desk.sync()
    first = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    behind = (await desk.tickets.set_fields(REF, {"place": "elsewhere"}, ANN)).op_id
    note = (await desk.tickets.note(REF, "need not wait", ANN)).op_id
    second = (await desk.tickets.note(REF, "nor need this", ANN)).op_id
    assert (await desk.body(note)).after == behind
    desk.central.script = refusing_edits_and_waiting_for_them({first, behind})  # type: ignore[assignment]  # a script
    await desk.sync()
    assert await desk.state(first) is OpState.PARKED
    assert await desk.state(behind) is OpState.BLOCKED
    assert await desk.state(note) is OpState.SUPERSEDED
    _there, *notes = await sent_notes(desk)
    assert [(one.entry or {})["text"] for one in notes] == ["need not wait", "nor need this"]
    assert notes[0].supersedes == note
    assert notes[0].after not in {first, behind}
    assert notes[1].after in {note, notes[0].op_id}
    assert await desk.state(notes[0].op_id) is OpState.SETTLED
    assert await desk.state(second if notes[1].supersedes is None else notes[1].op_id) is (
        OpState.SETTLED
    )


@served
async def test_a_note_decided_behind_what_waits_for_a_person_names_what_does_not(
    desk: ServiceDesk,
) -> None:
    """Then it goes as it is; an edit in the same place still comes after the edit that waits."""
    await seen(desk)
    there = (await desk.tickets.note(REF, "is there", ANN)).op_id
    first = (await desk.tickets.set_fields(REF, {"place": "there"}, ANN)).op_id
    behind = (await desk.tickets.set_fields(REF, {"place": "elsewhere"}, ANN)).op_id
    desk.central.script = refusing_edits_and_waiting_for_them({first, behind})  # type: ignore[assignment]  # a script
    await desk.sync()
    assert await desk.state(behind) is OpState.BLOCKED
    note = (await desk.tickets.note(REF, "need not wait", ANN)).op_id
    edit = (await desk.tickets.set_fields(REF, {"place": "nowhere"}, ANN)).op_id
    assert (await desk.body(note)).after == there
    assert (await desk.body(edit)).after == note
    await desk.sync()
    assert await desk.state(note) is OpState.SETTLED
    assert await desk.state(edit) is OpState.BLOCKED


@served
async def test_behind_a_create_that_waits_for_a_person_notes_wait_too(desk: ServiceDesk) -> None:
    intake = Intake(desk.desk)
    desk.central.script = refusing("ticket.create")  # type: ignore[assignment]  # a script
    taken = await intake.take(replace(intake.new_call("07700 900118"), fault="No picture"), ANN)
    await desk.sync()
    note = (await desk.tickets.note(taken.reference, "waits", ANN)).op_id
    assert await desk.state(note) is OpState.BLOCKED
    assert (await desk.body(note)).after == taken.op_id


async def sent_notes(desk: ServiceDesk) -> list[Body]:
    """The notes that central was shown, each once, in the order they came."""
    raws = {one.op_id: one.raw for _at, _service, one in desk.central.attempts}
    return [body for body in map(bodies.read, raws.values()) if body.kind == "ticket.note"]
