"""The model work list over a real store: pins with history, remembered words, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.central_services import Aggregate
from app.domain.errors import Invalid, NotAllowed, Refused
from app.domain.ids import PersonId
from app.domain.model_rule import MOST_EARLIER, ResolutionState, decision_of, derive, new_pin
from app.domain.model_work import ModelParts, separates
from app.domain.operations import Json
from app.domain.people import Person, Role
from app.domain.views import TicketDetail
from app.services.models import Models, NewEntry, PlateReading
from app.services.outgoing import Outgoing
from tests.support.model_desk import ModelDesk
from tests.support.store_desk import redirect
from tests.support.ui_desk import AUDITOR, ELLEN

EXPERT = Person(PersonId("eve"), "Eve Wright", frozenset({Role.EXPERT}))
WORDS = "the velna that dries"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    yield made
    made.inside.store.close_now()


@pytest.fixture
def models(desk: ModelDesk) -> Models:
    return Models(desk.desk)


def detail(desk: ModelDesk, ticket: str) -> TicketDetail:
    found = desk.inside.read(lambda tx: tx.tickets.detail(ticket, desk.desk.staleness(tx)))
    assert found is not None
    return found


async def test_the_same_words_of_nine_callers_are_one_row(desk: ModelDesk, models: Models) -> None:
    desk.tickets(*["Velna thing"] * 5, *["velna THING!"] * 4, "other words")
    rows = await models.waiting()
    assert [(row.key, len(row.tickets)) for row in rows] == [("velna thing", 9), ("other words", 1)]


def test_words_that_no_entry_comes_near_stay_as_said(desk: ModelDesk) -> None:
    """And where one does, that is told apart from a choice; nothing of it is written."""
    near, far = desk.tickets(WORDS, "the grey box in the hall")
    assert detail(desk, near).model.state is ResolutionState.CANDIDATE
    assert detail(desk, near).model.decision is None
    assert detail(desk, far).model.state is ResolutionState.AS_SAID


async def test_a_pin_says_who_and_why_and_carries_the_ones_before(
    desk: ModelDesk, models: Models
) -> None:
    """Given a link, a not-supported and a revert, then the words stand and nothing is forgotten."""
    (ticket,) = desk.tickets(WORDS)
    await models.link([ticket], "e-6", ELLEN)
    assert detail(desk, ticket).row.device == "Velna Dry 640"
    await models.not_supported([ticket], "Too old; say we cannot get parts.", ELLEN)
    assert detail(desk, ticket).model.state is ResolutionState.NOT_SUPPORTED
    with pytest.raises(Invalid, match="Why is the model taken back"):
        await models.revert([ticket], " ", ELLEN)
    await models.revert([ticket], "was the neighbour's", ELLEN)
    model = detail(desk, ticket).model
    assert model.state is ResolutionState.CANDIDATE
    assert [one.entry_id for one in model.earlier] == ["not_supported", "e-6"]
    assert model.decision is not None
    assert (model.decision.by, model.decision.why) == ("ellen", "was the neighbour's")
    assert desk.inside.fields(ticket)["model_words"] == WORDS
    assert [row.key for row in await models.waiting()] == [WORDS]


async def test_an_expert_answers_under_their_own_name(desk: ModelDesk, models: Models) -> None:
    (ticket,) = desk.tickets(WORDS)
    reading = PlateReading("Eve Wright", "VD-640 X 230V")
    await models.link([ticket], "e-6", EXPERT, reading)
    decision = detail(desk, ticket).model.decision
    assert decision is not None
    assert (decision.by, decision.said_by, decision.plate) == ("eve", "Eve Wright", "VD-640 X 230V")
    with pytest.raises(NotAllowed):
        await models.link([ticket], "e-6", AUDITOR)


async def test_not_supported_needs_what_to_tell_the_customer(
    desk: ModelDesk, models: Models
) -> None:
    (ticket,) = desk.tickets(WORDS)
    with pytest.raises(Invalid):
        await models.not_supported([ticket], " ", ELLEN)


async def test_remembered_words_resolve_waiting_tickets_without_touching_them(
    desk: ModelDesk, models: Models
) -> None:
    tickets = desk.tickets(WORDS, "The Velna that dries", "something else")
    before = [desk.inside.fields(one) for one in tickets]
    done = await models.remember(WORDS, "e-6", ELLEN)
    assert [detail(desk, one).row.device for one in tickets] == [
        "Velna Dry 640", "Velna Dry 640", "something else",
    ]  # fmt: skip
    assert detail(desk, tickets[0]).model.state is ResolutionState.LINKED
    assert [row.key for row in await models.waiting()] == ["something else"]
    assert [desk.inside.fields(one) for one in tickets] == before
    await Outgoing(desk.desk, None).undo(done.op_id, ELLEN)
    assert len(await models.waiting()) == 2


async def test_a_reverted_ticket_is_not_resolved_by_remembered_words(
    desk: ModelDesk, models: Models
) -> None:
    first, second = desk.tickets(WORDS, WORDS)
    await models.remember(WORDS, "e-6", ELLEN)
    await models.revert([first], "theirs is another", ELLEN)
    assert detail(desk, first).row.device_is_words
    assert detail(desk, second).row.device == "Velna Dry 640"
    (row,) = await models.waiting()
    assert [one.id for one in row.tickets] == [first]


async def test_words_for_two_entries_resolve_nothing(desk: ModelDesk, models: Models) -> None:
    """Given two desks that remembered the same words differently, then a person is asked."""
    (ticket,) = desk.tickets(WORDS)
    desk.remembered(WORDS, "e-6", "a-1")
    desk.remembered(WORDS, "e-5", "a-2")
    assert detail(desk, ticket).row.device_is_words
    assert len(await models.waiting()) == 1
    await models.forget("a-2", ELLEN)
    assert detail(desk, ticket).row.device == "Velna Dry 640"
    await models.point("a-1", "e-5", ELLEN) if await models.may_remember(WORDS, "e-5") else None
    rows = desk.inside.read(lambda tx: tx.models.aliases_for(WORDS))
    assert [one.id for one in rows] == ["a-1"]


async def test_common_words_are_never_one_model(desk: ModelDesk, models: Models) -> None:
    desk.tickets("samsung tv")
    assert not await models.may_remember("samsung tv", "e-1")
    with pytest.raises(Refused):
        await models.remember("samsung tv", "e-1", ELLEN)
    assert await models.may_remember("samsung au7100 tv", "e-1") is False
    assert await models.may_remember("ue55au7100 downstairs", "e-1")


async def test_readers_of_a_merged_entry_follow_it(desk: ModelDesk, models: Models) -> None:
    first, second = desk.tickets("one", WORDS)
    await models.link([first], "e-6", ELLEN)
    desk.remembered(WORDS, "e-6")
    desk.feed(redirect("e-6", "e-5", 90, Aggregate.CATALOG_ENTRY))
    assert detail(desk, first).row.device == detail(desk, second).row.device
    assert "KGN39VIEAG" in detail(desk, first).row.device


async def test_a_proposal_carries_its_tickets_and_whether_its_words_tell(
    desk: ModelDesk, models: Models
) -> None:
    tickets = desk.tickets("zanto quill", "zanto quill")
    model = NewEntry("zanto quill", ModelParts("Zanto", "Quill 12", ("ZQ-12",)), "dryer",
                     "photo of the sticker", tuple(tickets))  # fmt: skip
    await models.propose(model, ELLEN)
    (view,) = desk.inside.read(lambda tx: tx.models.proposals())
    assert view.fields["tickets"] == tickets
    assert view.fields["remember"] is True
    assert await models.counts() == (0, 1)
    assert detail(desk, tickets[0]).model.state is ResolutionState.PROPOSED
    common = NewEntry("samsung tv", ModelParts("Samsung", "QE43", ("QE43Q60",)))
    await models.propose(common, ELLEN)
    _, other = desk.inside.read(lambda tx: tx.models.proposals())
    assert other.fields["remember"] is False


async def test_an_approved_proposal_resolves_its_tickets_and_its_telling_words(
    desk: ModelDesk, models: Models
) -> None:
    named, saying, other = desk.tickets("a tv", "zanto quill", "zanto")
    fields: dict[str, Json] = {
        "words": "zanto quill", "maker": "Zanto", "name": "Quill 12", "numbers": ["ZQ-12"],
        "state": "approved", "entry_id": "e-9", "tickets": [named], "remember": True,
    }  # fmt: skip
    desk.put(Aggregate.PROPOSAL, "p-1", fields)
    assert detail(desk, named).model.state is ResolutionState.APPROVED
    assert detail(desk, saying).row.device == "Zanto Quill 12"
    assert detail(desk, other).row.device_is_words


def test_a_pin_keeps_so_many_before_it() -> None:
    pin: Json = None
    for at in range(MOST_EARLIER + 5):
        pin = new_pin(pin, {"entry_id": f"e-{at}"})
    assert isinstance(pin, dict)
    assert isinstance(pin["earlier"], list)
    assert len(pin["earlier"]) == MOST_EARLIER
    assert decision_of(pin["earlier"][0]) == decision_of({"entry_id": f"e-{MOST_EARLIER + 3}"})
    nonsense = {"model_pin": "nonsense"}
    proposed = derive(nonsense, None, proposed=True, comes_near=lambda: True)
    assert proposed.state is ResolutionState.PROPOSED


def test_words_separate_by_what_only_the_entry_has() -> None:
    assert separates("velna 640", "Velna Dry 640", ["Velna Dry 700"])
    assert not separates("velna dry", "Velna Dry 640", ["Velna Dry 700"])
    assert not separates("nothing of it", "Velna Dry 640", [])
