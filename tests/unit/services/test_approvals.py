"""The supervisor's queue over a real store: delegated, asked back, several wordings as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.central_services import Aggregate
from app.domain.errors import Invalid, NotAllowed, Refused
from app.domain.ids import Millis, PersonId
from app.domain.model_work import ModelParts
from app.domain.operations import Json
from app.domain.people import Person, Role
from app.domain.proposals import all_wordings, as_shown, telling_words
from app.domain.times import SECOND
from app.services.approvals import Approvals
from app.services.models import MOST_WORDINGS, Models, NewEntry
from app.services.outgoing import Outgoing
from local_store.person_keys import PersonKeys
from tests.support.model_desk import CATALOG, ModelDesk, entry
from tests.support.ui_desk import ELLEN, NOON, TOM

P1, P2 = (f"01900000-0000-7000-8000-00000000aaa{n}" for n in (1, 2))
RUTH = Person(PersonId("ruth"), "Ruth Abara", frozenset({Role.SUPERVISOR}))
ZANTO = ModelParts("Zanto", "Quill 12", ("ZQ-12",))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    made.proposed(P1, "zanto quill", ("Zanto", "Quill 12", "ZQ-12"))
    yield made
    made.inside.store.close_now()


@pytest.fixture
def approvals(desk: ModelDesk) -> Approvals:
    return Approvals(desk.desk)


async def field(approvals: Approvals, name: str) -> object:
    (one,) = await approvals.proposals()
    return one.fields.get(name)


async def test_another_supervisor_is_asked_to_decide(desk: ModelDesk, approvals: Approvals) -> None:
    """Given a proposal of Ellen's, then Tom may give it to Ruth, and it stays undecided."""
    await approvals.delegate(P1, RUTH, TOM)
    assert (await field(approvals, "delegated_to"), await field(approvals, "state")) == (
        "ruth", "open",
    )  # fmt: skip
    kinds = [row.kind for row in desk.inside.read(lambda tx: tx.outbox.rows())]
    assert kinds == ["proposal.delegate"]


async def test_what_was_given_to_somebody_is_theirs_until_it_is_taken_over_with_a_reason(
    desk: ModelDesk, approvals: Approvals
) -> None:
    """Given Tom gave it to Ruth, then he can neither approve nor reject nor pass it on unsaid."""
    await approvals.delegate(P1, RUTH, TOM)
    (one,) = await approvals.proposals()
    shown, (signer, _) = approvals.shown(one), PersonKeys().make(b"three good words")
    with pytest.raises(Refused, match="Another person is to decide"):
        await approvals.approve(P1, shown, TOM, signer)
    with pytest.raises(Refused, match="Another person is to decide"):
        await approvals.reject(P1, shown, "Not ours.", TOM, signer)
    with pytest.raises(Refused, match="says why"):
        await approvals.delegate(P1, TOM, TOM, "  ")
    await approvals.ask(P1, "Which size?", TOM)  # asking is everybody's
    await approvals.delegate(P1, TOM, TOM, "Ruth is away.")
    assert await field(approvals, "delegated_why") == "Ruth is away."
    await approvals.approve(P1, shown, TOM, signer)
    kinds = [row.kind for row in desk.inside.read(lambda tx: tx.outbox.rows())]
    assert kinds == [
        "proposal.delegate", "proposal.ask", "proposal.delegate", "proposal.approve",
    ]  # fmt: skip


async def test_what_is_asked_answered_or_given_on_can_be_taken_back_before_it_leaves(
    desk: ModelDesk, approvals: Approvals
) -> None:
    """No operation puts it back afterwards: it is held as long as Undo is offered."""
    done = await approvals.delegate(P1, RUTH, TOM)
    outgoing = Outgoing(desk.desk, None)
    leaving = desk.inside.read(lambda tx: tx.outbox.sendable(CATALOG, NOON, 9))
    assert leaving == []
    await outgoing.undo(done.op_id, TOM)
    assert await field(approvals, "delegated_to") is None
    sent = (await approvals.ask(P1, "Which size?", TOM)).op_id
    later = Millis(NOON + 9 * SECOND)
    assert len(desk.inside.read(lambda tx: tx.outbox.sendable(CATALOG, later, 9))) == 1
    desk.inside.ack(sent, 900)
    with pytest.raises(Refused, match="cannot be undone"):
        await outgoing.undo(sent, TOM)


async def test_whoever_was_asked_gives_it_on_without_a_reason(approvals: Approvals) -> None:
    await approvals.delegate(P1, RUTH, TOM)
    await approvals.delegate(P1, TOM, RUTH)
    assert await field(approvals, "delegated_to") == "tom"


async def test_nobody_decides_who_may_not(desk: ModelDesk, approvals: Approvals) -> None:
    """Not an agent, and not whoever proposed it; nor may an agent delegate."""
    with pytest.raises(NotAllowed):
        await approvals.delegate(P1, ELLEN, TOM)
    desk.proposed(P2, "ruth's own", ("Velna", "Iron 77", "VI77"), proposer=RUTH.id)
    with pytest.raises(Refused, match="cannot decide"):
        await approvals.delegate(P2, RUTH, TOM)
    with pytest.raises(NotAllowed):
        await approvals.delegate(P1, TOM, ELLEN)
    assert desk.inside.read(lambda tx: tx.outbox.rows()) == []


async def test_a_question_goes_to_the_proposer_and_its_answer_back(approvals: Approvals) -> None:
    with pytest.raises(Refused):
        await approvals.ask(P1, "  ", TOM)
    await approvals.ask(P1, "Which size?", TOM)
    assert await field(approvals, "state") == "asked"
    await approvals.answer(P1, "The small one.", ELLEN)
    assert (await field(approvals, "state"), await field(approvals, "answer")) == (
        "open", "The small one.",
    )  # fmt: skip
    with pytest.raises(Refused):
        await approvals.answer(P1, "Twice.", ELLEN)


async def test_a_model_that_came_meanwhile_is_not_approved_a_second_time(
    desk: ModelDesk, approvals: Approvals
) -> None:
    """Given the very model arrived in the catalog since it was proposed, then it is refused."""
    (one,) = await approvals.proposals()
    signer, _ = PersonKeys().make(b"three good words")
    desk.put(Aggregate.CATALOG_ENTRY, "e-9", entry("Zanto", "Quill", "zq12", "dryer"))
    with pytest.raises(Refused, match="has that model already: Zanto Quill"):
        await approvals.approve(P1, approvals.shown(one), TOM, signer)
    await approvals.reject(P1, approvals.shown(one), "It is there.", TOM, signer)


async def test_several_wordings_are_one_proposal(desk: ModelDesk, approvals: Approvals) -> None:
    """Given three wordings of one model, then one proposal carries them, those that tell it from
    its neighbours are found from the approval on, and all of their tickets wait for it.
    """
    models = Models(desk.desk)
    words = ("velna iron 77", "the VI77 iron", "velna dry")
    tickets = desk.tickets(*words)
    said = NewEntry(
        words[0], ModelParts("Velna", "Iron 77", ("VI77",)), "other",
        ticket_ids=tuple(tickets), wordings=(*words[1:], "Velna IRON 77"),
    )  # fmt: skip
    done = await models.propose(said, ELLEN)
    _, one = await approvals.proposals()
    assert all_wordings(one.fields) == words
    assert telling_words(one.fields) == words[:2]
    assert {row.proposal_id for row in await models.waiting()} == {done.proposal_id}
    assert await models.counts() == (0, 2)
    signer, _ = PersonKeys().make(b"three good words")
    await approvals.approve(one.id, approvals.shown(one), TOM, signer)
    assert await models.waiting() == []
    by_words = await desk.found("The vi77 IRON")
    assert by_words[0] == desk.inside.read(lambda tx: tx.catalog.approved_here())[0]


async def test_what_is_shown_of_several_wordings_counts(approvals: Approvals) -> None:
    (one,) = await approvals.proposals()
    more: dict[str, Json] = {**one.fields, "wordings": ["a"], "telling": []}
    assert as_shown(more) != as_shown(one.fields)
    none: dict[str, Json] = {**one.fields, "wordings": []}
    assert as_shown(none) == as_shown(one.fields)


async def test_wordings_are_so_many_at_most(desk: ModelDesk) -> None:
    many = tuple(f"words {at}" for at in range(MOST_WORDINGS + 1))
    with pytest.raises(Invalid):
        await Models(desk.desk).propose(NewEntry("x", ZANTO, wordings=many), ELLEN)
