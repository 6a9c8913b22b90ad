"""Drafts, call-backs and promises handed to a colleague or the next shift, all or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from app.central.contract import bodies
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.ids import PersonId
from app.domain.people import Person, Role
from app.services.shift import NEXT_SHIFT
from tests.support.ui_desk import AUDITOR, ELLEN, NOON, TOM, UiDesk, ui_desk
from tests.support.ui_story import morning, ticket

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@pytest.fixture
def desk() -> UiDesk:
    """Ellen has a draft, and a promise on a ticket of hers."""
    made = ui_desk(morning())
    run(made.opened.intake.keep_draft(made.opened.intake.new_call("07700 900118"), ELLEN))
    return made


def test_a_colleague_gets_the_draft_the_ticket_and_a_note_of_what_was_promised(
    desk: UiDesk,
) -> None:
    own = run(desk.opened.shift.own(ELLEN))
    assert (len(own.drafts), [one.ticket_id for one in own.promises]) == (1, [ticket(2)])
    handed = run(desk.opened.shift.give(TOM.id, ELLEN))
    assert (handed.to, handed.drafts, len(handed.tickets)) == (TOM.id, 1, 1)
    assert [one.person for one in desk.contents.drafts.values()] == [TOM.id]
    set_, note = (bodies.read(one.raw) for one in desk.contents.outbox.values())
    assert set_.changes["owner"].new == TOM.id
    assert note.entry is not None
    assert "Ring back with a time" in str(note.entry["text"])
    assert not run(desk.opened.shift.own(ELLEN)).drafts
    (remembered,) = run(desk.opened.shift.history())
    assert isinstance(remembered, dict)
    assert (remembered["by"], remembered["to"]) == (ELLEN.id, TOM.id)


def test_the_next_shift_finds_it_unassigned(desk: UiDesk) -> None:
    handed = run(desk.opened.shift.give(NEXT_SHIFT, ELLEN))
    assert handed.to == NEXT_SHIFT
    assert [one.person for one in desk.contents.drafts.values()] == [""]
    first = bodies.read(next(iter(desk.contents.outbox.values())).raw)
    assert first.changes["owner"].new is None


def test_nothing_is_handed_to_nobody_by_nobody(desk: UiDesk) -> None:
    with pytest.raises(NotFound):
        run(desk.opened.shift.give("somebody", ELLEN))
    with pytest.raises(NotAllowed):
        run(desk.opened.shift.give(TOM.id, AUDITOR))
    desk.contents.contacts.clear()
    with pytest.raises(Refused):
        run(desk.opened.shift.give(ELLEN.id, TOM))
    assert not desk.contents.outbox


def test_nothing_is_handed_to_somebody_who_cannot_finish_it(desk: UiDesk) -> None:
    """Given somebody revoked, an expert, an auditor or oneself, then each keeps what is theirs."""
    gone = Person(PersonId("gone"), "Gil Gone", frozenset({Role.AGENT}), revoked_at=NOON)
    expert = Person(PersonId("rosa"), "Rosa Beck", frozenset({Role.EXPERT}))
    known = desk.opened.desk.configuration
    people = (*known.people, gone, expert)
    desk.opened.desk.configuration = replace(known, people=people)
    for one, why in (
        (gone, "no longer allowed"),
        (expert, "takes no calls"),
        (AUDITOR, "takes no calls"),
        (ELLEN, "yours already"),
    ):
        with pytest.raises(Refused, match=why):
            run(desk.opened.shift.give(one.id, ELLEN))
    assert [one.person for one in desk.contents.drafts.values()] == [ELLEN.id]
    assert not desk.contents.outbox


def test_a_call_back_that_was_handed_on_is_that_persons(desk: UiDesk) -> None:
    """Given call-backs, when they are handed on, then only that person hands them on again."""
    desk.contents.contacts["c-1"] = {
        "number": "07700 900118", "call_back_due": "2026-11-23T12:00:00.000Z",
    }  # fmt: skip
    mine = [one.id for one in run(desk.opened.shift.own(ELLEN)).call_backs]
    assert "c-1" in mine
    assert run(desk.opened.shift.give(TOM.id, ELLEN)).call_backs == len(mine)
    with pytest.raises(Refused, match="nothing of yours"):
        run(desk.opened.shift.give(NEXT_SHIFT, ELLEN))
    assert [one.id for one in run(desk.opened.shift.own(TOM)).call_backs] == mine
    run(desk.opened.shift.give(NEXT_SHIFT, TOM))
    assert [one.id for one in run(desk.opened.shift.own(ELLEN)).call_backs] == mine
