"""The model work on screen: words linked, remembered, proposed; proposals approved by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.central.contract import bodies
from app.domain.central_services import Aggregate, Service
from app.domain.ids import PersonId
from app.domain.lifecycle import OpState
from app.domain.model_rule import NOT_SUPPORTED
from app.domain.operations import Json
from app.domain.people import Person, Role
from app.domain.views import ServiceWord
from tests.support.model_desk import ModelDesk
from tests.support.store_desk import item
from tests.support.ui_desk import CONFIGURATION, ELLEN, TOM, UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from ui.text import PlainLabel
from ui.times import moment
from ui.views.field_forms import FormArea
from ui.views.model_list import HERE, PROPOSAL, WORDS
from ui.views.models_view import ModelsView
from ui.views.ticket_view import TicketView

SAID = "samsung 55 au7020"
RUTH = Person(PersonId("ruth"), "Ruth Abara", frozenset({Role.SUPERVISOR}))
EVE = Person(PersonId("eve"), "Eve Wright", frozenset({Role.EXPERT}))
P1, P2 = (f"01900000-0000-7000-8000-00000000aaa{n}" for n in (1, 2))


@pytest.fixture
def models(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    made.tickets("dell inspiration 15", "the velna that dries", "Dell inspiration 15", SAID)
    made.proposed(P1, SAID, ("Samsung", "UE55AU7020K", "UE55AU7020KXXU"))
    yield made
    made.inside.store.close_now()


@pytest.fixture
def desk(models: ModelDesk) -> UiDesk:
    return ui_desk(real=models.desk.store)


@pytest.fixture
def screens(qtbot: QtBot, desk: UiDesk) -> Iterator[Screens]:
    with desk_screens(qtbot, desk) as shown:
        yield shown


def with_people(screens: Screens, *people: Person) -> None:
    """The organisation has these as well."""
    desk = screens.work.session.opened.desk
    desk.configuration = replace(CONFIGURATION, people=(*CONFIGURATION.people, *people))


def view(screens: Screens, keys: str = "G,M") -> ModelsView:
    screens.press(keys)
    screens.until(lambda: screens.work.models.list.current is not None)
    screens.settled()
    return screens.work.models


def outbox(models: ModelDesk) -> list[tuple[str, str]]:
    rows = models.inside.read(lambda tx: tx.outbox.rows())
    return [(row.kind, row.state) for row in rows if row.kind != "ticket.create"]


def as_person(screens: Screens, person: str) -> None:
    screens.work.set_person(person)
    screens.settled()


def test_the_list_has_what_to_approve_and_what_to_resolve(screens: Screens) -> None:
    page = view(screens)
    keys = [one.key for one in page.list.model.rows if isinstance(one.key, tuple)]
    assert [kind for kind, _ in keys] == [PROPOSAL, WORDS, WORDS]
    assert page.words is not None
    assert len(page.words.tickets) == 2
    since = moment(page.words.oldest, screens.work.session.now)
    (row,) = [one for one in page.list.model.rows if one.key == (WORDS, page.words.key)]
    assert f"since {since}" in str(row.cells)
    counts = {one.key: one.count for group in screens.window.rail._groups for one in group.items}
    assert (counts["models_to_resolve"], counts["to_approve"]) == (2, 1)


def test_tickets_are_linked_and_the_undo_takes_all_of_it_back(
    screens: Screens, models: ModelDesk
) -> None:
    """Given the same words of two callers, when they are linked, then one undo frees both."""
    page = view(screens)
    assert page.foot.link.label == "Link 2 tickets"
    assert not page.foot.remember.isEnabled()
    screens.until(lambda: "cannot be remembered" in page.detail.effect.words())
    screens.press("C", "L")
    screens.until(lambda: outbox(models) == [("ticket.resolve", "pending")] * 2)
    screens.press("Ctrl+Z")
    screens.until(lambda: outbox(models) == [])


def test_telling_words_are_remembered(screens: Screens, models: ModelDesk) -> None:
    page = view(screens)
    screens.press("J")
    screens.until(lambda: page.words is not None and "velna" in page.words.words)
    screens.until(page.foot.remember.isEnabled)
    assert "Linking resolves 1 ticket" in page.detail.effect.words()
    assert "Remembered, the words mean it on every desk" in page.detail.effect.words()
    screens.press("M")
    screens.until(lambda: [kind for kind, _ in outbox(models)] == ["alias.create"])
    screens.until(lambda: len(page.list.model.rows) == 4)


def test_a_supervisor_approves_by_keyboard_with_their_own_passphrase(
    screens: Screens, desk: UiDesk, models: ModelDesk
) -> None:
    """Given catalog down, when A is pressed, then it is signed here and waits to be sent."""
    desk.sync.set(Service.CATALOG, word=ServiceWord.DOWN)
    as_person(screens, TOM.id)
    page = view(screens, "G,V")
    assert page.foot.approve.label == "Approve and send later"
    screens.press("A")
    screens.until(lambda: not page.deciding.passphrase_form.isHidden())
    screens.type("three good words")
    screens.press("Ctrl+Return")
    screens.until(lambda: [kind for kind, _ in outbox(models)] == ["proposal.approve"])
    screens.until(lambda: page.list.model.row_of((HERE, P1)) >= 0)
    (row,) = [one for one in page.list.model.rows if one.key == (HERE, P1)]
    assert "approval waiting to be sent" in str(row.cells)
    rows = models.inside.read(lambda tx: tx.outbox.rows())
    op_id = next(row.op_id for row in rows if row.kind == "proposal.approve")
    stored = models.inside.read(lambda tx: tx.outbox.get(op_id))
    assert stored is not None
    assert stored.next_try is not None or stored.state is OpState.SIGN_IN
    assert bodies.read(stored.raw).signature is not None
    screens.press("Ctrl+Z")
    screens.until(lambda: page.list.model.row_of((PROPOSAL, P1)) >= 0)


def test_an_approved_entry_is_found_by_the_next_key_in_a_call(
    screens: Screens, models: ModelDesk
) -> None:
    """Given a model nobody knew, when it is approved here with central away, then the call form
    offers it with the next key, by its name and by the words it was asked for by.
    """
    screens.press("F2")
    form = screens.call.form
    form.model.setFocus()
    screens.type("samsung ue55au7020")
    screens.until(lambda: offered(screens))
    assert "Samsung UE55AU7020K" not in offered(screens)
    as_person(screens, TOM.id)
    screens.work.go("to_approve")
    page = screens.work.models
    screens.until(lambda: page.list.current is not None)
    screens.settled()
    screens.press("A")
    screens.until(lambda: not page.deciding.passphrase_form.isHidden())
    screens.type("three good words")
    screens.press("Ctrl+Return")
    screens.until(lambda: [kind for kind, _ in outbox(models)] == ["proposal.approve"])
    screens.press("Ctrl+1")
    screens.until(form.isVisible)
    form.model.setFocus()
    screens.type("k")
    screens.until(lambda: offered(screens)[:1] == ["Samsung UE55AU7020K"])
    form.model.set_text("")
    screens.type(SAID)
    screens.until(lambda: offered(screens)[:1] == ["Samsung UE55AU7020K"])


def offered(screens: Screens) -> list[str]:
    """The models the call form shows for what is typed."""
    return [one.name for one in screens.call.form.candidates.candidates]


def test_whoever_proposed_or_is_no_supervisor_cannot_approve(
    screens: Screens, models: ModelDesk
) -> None:
    page = view(screens, "G,V")
    assert screens.work.session.person.id == ELLEN.id
    assert not page.foot.approve.isEnabled()
    as_person(screens, TOM.id)
    models.proposed(P2, "tom's own", ("Velna", "Iron 77", "VI77"), proposer=TOM.id)
    screens.until(lambda: page.list.model.row_of((PROPOSAL, P2)) >= 0)
    page.list.select((PROPOSAL, P2))
    assert not page.foot.approve.isEnabled()
    page.list.select((PROPOSAL, P1))
    assert page.foot.approve.isEnabled()


def test_a_rejection_has_a_reason_and_a_question_goes_back(
    screens: Screens, models: ModelDesk
) -> None:
    as_person(screens, TOM.id)
    page = view(screens, "G,V")
    screens.press("Q")
    screens.type("Which size is it?")
    screens.press("Ctrl+Return")
    screens.until(lambda: outbox(models) == [("proposal.ask", "pending")])
    screens.press("R")
    screens.until(lambda: not page.deciding.reject_form.isHidden())
    screens.press("Ctrl+Return")
    assert page.deciding.reject_form.text.error
    screens.type("We do not repair it.")
    screens.press("Ctrl+Return")
    screens.until(lambda: not page.deciding.passphrase_form.isHidden())
    screens.type("three good words")
    screens.press("Ctrl+Return")
    screens.until(lambda: "proposal.reject" in [kind for kind, _ in outbox(models)])


def test_a_new_model_is_proposed_and_a_known_one_is_refused_with_a_reason(
    screens: Screens, models: ModelDesk
) -> None:
    page = view(screens)
    screens.press("P")
    screens.until(lambda: not page.resolving.proposal_form.isHidden())
    assert page.resolving.proposal_form.maker.text() == "Dell"
    page.resolving.proposal_form.name.set_text("Inspiron 15 3520")
    page.resolving.proposal_form.numbers.set_text("3520")
    screens.press("Ctrl+Return")
    screens.until(lambda: page.resolving.proposal_form.name.error)
    assert "already" in page.resolving.proposal_form.name.error
    page.resolving.proposal_form.name.set_text("Inspiration 15")
    page.resolving.proposal_form.numbers.set_text("INS15X")
    screens.press("Ctrl+Return")
    screens.until(lambda: [kind for kind, _ in outbox(models)] == ["proposal.create"])
    fields: dict[str, Json] = dict(models.inside.read(lambda tx: tx.models.proposals())[-1].fields)
    assert len(fields["tickets"]) == 2  # type: ignore[arg-type]  # JSON


def test_several_wordings_are_proposed_as_one(screens: Screens, models: ModelDesk) -> None:
    """Given two rows marked together, then one proposal carries both and all of their tickets."""
    page = view(screens)
    screens.press("X", "J")
    screens.until(lambda: page.words is not None and "velna" in page.words.words)
    assert page.foot.propose.label == "Propose 2 wordings\u2026"
    screens.press("P")
    screens.until(lambda: not page.resolving.proposal_form.isHidden())
    assert "dell inspiration 15" in page.resolving.proposal_form.also.text()
    page.resolving.proposal_form.maker.set_text("Velna")
    page.resolving.proposal_form.name.set_text("Spin 20")
    page.resolving.proposal_form.numbers.set_text("VS20")
    screens.press("Ctrl+Return")
    screens.until(lambda: [kind for kind, _ in outbox(models)] == ["proposal.create"])
    fields = models.inside.read(lambda tx: tx.models.proposals())[-1].fields
    assert fields["wordings"] == ["dell inspiration 15"]
    assert len(fields["tickets"]) == 3  # type: ignore[arg-type]  # JSON
    assert not page.resolving.marked
    screens.until(lambda: page.list.model.row_of((WORDS, "the velna that dries")) < 0)


def test_another_supervisor_is_asked_to_decide(screens: Screens, models: ModelDesk) -> None:
    """Given D, then only those who may decide are offered, and the row says who is to."""
    as_person(screens, TOM.id)
    page = view(screens, "G,V")
    form = page.deciding.delegate_form
    screens.press("D")
    assert form.isHidden(), "nobody else may decide"
    with_people(screens, RUTH, EVE)
    screens.press("D")
    screens.until(lambda: not form.isHidden())
    offered = [form.who.itemData(at) for at in range(form.who.count())]
    assert offered == [RUTH.id]
    screens.press("Ctrl+Return")
    screens.until(lambda: outbox(models) == [("proposal.delegate", "pending")])
    screens.until(lambda: "Ruth Abara decides" in str(page.list.model.rows[1].cells))
    screens.press("Ctrl+Z")
    screens.until(lambda: outbox(models) == [])


def test_what_is_anothers_to_decide_is_taken_over_with_a_reason(
    screens: Screens, models: ModelDesk
) -> None:
    """Given a proposal that is Ruth's to decide, then A and R do nothing for Tom until he has
    taken it over and said why.
    """
    with_people(screens, RUTH, EVE)
    as_person(screens, TOM.id)
    page = view(screens, "G,V")
    screens.press("D")
    form = page.deciding.delegate_form
    screens.until(form.isVisible)
    screens.press("Ctrl+Return")
    screens.until(lambda: "Ruth Abara is to decide" in page.detail.who.text())
    screens.press("A", "R")
    screens.settled()
    assert page.deciding.passphrase_form.isHidden()
    assert page.deciding.reject_form.isHidden()
    screens.press("D")
    screens.until(form.isVisible)
    assert form.who.currentData() == TOM.id
    screens.press("Ctrl+Return")
    assert form.why.error
    (area,) = page.findChildren(FormArea)
    screens.until(lambda: area.height() >= form.sizeHint().height())
    screens.type("Ruth is away.")
    screens.press("Ctrl+Return")
    screens.until(lambda: len(outbox(models)) == 2)
    screens.until(page.foot.approve.isEnabled)
    screens.press("A")
    screens.until(page.deciding.passphrase_form.isVisible)


def test_an_expert_sees_what_they_know_about_first(screens: Screens, models: ModelDesk) -> None:
    """Given an expert for dryers, then words that mean a dryer stand before older ones."""
    page = view(screens)
    before = [one.key for one in page.list.model.rows if isinstance(one.key, tuple)]
    expert: dict[str, Json] = {"name": EVE.name, "skills": ["dryer"]}
    models.inside.feed(item("x-1", 1, expert, aggregate=Aggregate.EXPERT), service=Service.EXPERTS)
    screens.settled()
    with_people(screens, RUTH, EVE)
    as_person(screens, EVE.id)
    screens.until(lambda: page.list.model.rows[3].key == (WORDS, "the velna that dries"))
    after = [one.key for one in page.list.model.rows if isinstance(one.key, tuple)]
    assert after == [before[0], before[2], before[1]]


def test_not_supported_says_what_to_tell_the_customer(screens: Screens, models: ModelDesk) -> None:
    view(screens)
    screens.press("N")
    screens.type("No parts are made for it any more.")
    screens.press("Ctrl+Return")
    screens.until(lambda: outbox(models) == [("ticket.resolve", "pending")] * 2)
    for row in models.inside.read(lambda tx: tx.outbox.rows()):
        if row.kind == "ticket.resolve":
            pin = models.inside.fields(row.lane)["model_pin"]
            assert isinstance(pin, dict)
            assert pin["entry_id"] == NOT_SUPPORTED
            assert pin["why"] == "No parts are made for it any more."


def test_an_experts_reading_of_the_plate_keeps_their_name(
    screens: Screens, models: ModelDesk
) -> None:
    page = view(screens)
    screens.press("E")
    page.resolving.plate_form.said_by.set_text("Rosa Beck")
    screens.type("Inspiron 15 3511 P112F")
    screens.press("Ctrl+Return")
    screens.until(lambda: outbox(models) == [("ticket.resolve", "pending")] * 2)
    rows = models.inside.read(lambda tx: tx.outbox.rows())
    row = next(one for one in rows if one.kind == "ticket.resolve")
    pin = models.inside.fields(row.lane)["model_pin"]
    assert isinstance(pin, dict)
    assert (pin["said_by"], pin["plate"]) == ("Rosa Beck", "Inspiron 15 3511 P112F")


def _device_words(shown: TicketView) -> str:
    """What the ticket's device card says."""
    labels = shown.cards._device.findChildren(PlainLabel)
    return " | ".join(one.text() for one in labels)


def test_a_visit_by_telephone_says_that_nobody_knows_the_model(
    screens: Screens, models: ModelDesk
) -> None:
    """Whoever sends an expert there reads it out; what is not supported is said as well."""
    page = view(screens)
    assert page.words is not None
    ticket, visit = page.words.tickets[0].id, screens.work.work_lists.visit
    screens.work.work_lists.show_visit(ticket)
    screens.until(lambda: "the model is not known" in visit.sheet.toPlainText())
    screens.press("Esc", "G,M")
    screens.until(lambda: page.words is not None and page.isVisible())
    screens.press("N")
    screens.type("Too old to be mended.")
    screens.press("Ctrl+Return")
    screens.until(lambda: len(outbox(models)) == 2)
    screens.work.work_lists.show_visit(ticket)
    told = "this model is not supported: Too old to be mended."
    screens.until(lambda: told in visit.sheet.toPlainText())


def test_d_on_a_ticket_leads_to_its_words_among_those_that_wait(
    screens: Screens, models: ModelDesk
) -> None:
    """Given the ticket of the last words of the list, then these are under the cursor."""
    page = view(screens)
    first, last = page.words, page._work.to_resolve[-1]
    assert first is not None
    assert first.key != last.key
    screens.work.ways.open_ticket(last.tickets[0].id)
    shown = screens.work.ticket
    screens.until(lambda: shown.detail is not None and shown.detail.row.id == last.tickets[0].id)
    screens.press("D")
    screens.until(lambda: page.words is not None and page.words.key == last.key)
    assert page.isVisible()
    screens.until(page.foot.link.isEnabled)
    screens.press("L")
    screens.until(lambda: outbox(models)[-1][0] == "ticket.resolve")
    assert models.inside.fields(last.tickets[0].id)["model_pin"]


def test_whoever_dispatches_sees_that_the_model_is_not_known_and_w_takes_a_link_back(
    screens: Screens, models: ModelDesk
) -> None:
    """Given a ready ticket with words alone, then it says so until it is linked, and again."""
    page = view(screens)
    assert page.words is not None
    ticket = page.words.tickets[0].id
    screens.work.ways.open_ticket(ticket)
    shown = screens.work.ticket
    screens.until(lambda: not shown.unknown.isHidden())
    assert "not known" in shown.unknown.words()
    screens.press("G,M")
    screens.until(lambda: page.words is not None and page.foot.link.isEnabled())
    screens.press("L")
    screens.until(lambda: len(outbox(models)) == 2)
    screens.work.ways.open_ticket(ticket)
    screens.until(shown.unknown.isHidden)
    assert "linked, Ellen Marsh, 11:06" in _device_words(shown)
    assert shown.detail is not None
    name = shown.detail.row.device
    assert "linked, Ellen Marsh, 11:06: linked" not in _device_words(shown)
    screens.press("W")
    screens.until(lambda: not shown.model_back.isHidden())
    screens.press("Ctrl+Return")
    assert shown.model_back.why.error
    assert len(outbox(models)) == 2
    screens.type("The neighbour's")
    screens.press("Ctrl+Return")
    screens.until(lambda: len(outbox(models)) == 3)
    assert shown.model_back.isHidden()
    screens.until(lambda: not shown.unknown.isHidden())
    assert shown.detail is not None
    said = [shown.entries.words_of(one) for one in shown.detail.thread if one.kind == "change"]
    assert said == [
        f"Ellen Marsh set Model to {name}",
        "Ellen Marsh set Model to the caller's words",
    ]
    pin = models.inside.fields(ticket)["model_pin"]
    assert isinstance(pin, dict)
    assert pin["entry_id"] is None
    assert pin["why"] == "The neighbour's"
    assert isinstance(pin["earlier"], list)
    assert len(pin["earlier"]) == 1


def test_a_file_is_looked_at_before_it_is_taken_in(
    screens: Screens, models: ModelDesk, tmp_path: Path
) -> None:
    """Given a supervisor and a CSV, then its differences show, and a second key takes them in."""
    file = tmp_path / "catalog.csv"
    rows = "id,manufacturer,model_name,model_number\nn-1,Zanto,Quill 12,ZQ-12\nn-2,,,\n"
    rows += "e-6,Velna,Dry 641,VD-640 X\n"
    file.write_text(rows, "utf-8")
    as_person(screens, TOM.id)
    page = view(screens)
    screens.press("I")
    screens.until(lambda: not page.import_form.isHidden())
    screens.type(str(file))
    screens.press("Ctrl+Return")
    screens.until(lambda: page.import_form.preview is not None)
    told = page.import_form.found.text()
    places = [told.index(one) for one in ("line 3: bad", "line 4: changed", "line 2: new")]
    assert places == sorted(places), "what somebody has to look at stands first"
    assert "Dry 640 \N{RIGHTWARDS ARROW} Dry 641" in told
    assert page.import_form.save_button.label == "Take in 2 rows"
    assert outbox(models) == []
    screens.press("Ctrl+Return")
    both = ["catalog_entry.create", "catalog_entry.set"]
    screens.until(lambda: [kind for kind, _ in outbox(models)] == both)
