"""Payments not verified, by keyboard alone: settle, refuse, take back, import, decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.central_services import Aggregate
from app.domain.payments.claims import ClaimState, NextStep
from tests.support.screen_pictures import statement_file
from tests.support.ui_desk import TOM, UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import morning, ticket, with_payments
from ui.text import WrappedLabel
from ui.views.payments_view import PaymentsView
from ui.widgets.marks import PartsLabel


@pytest.fixture
def desk() -> UiDesk:
    return ui_desk(with_payments(morning()))


@pytest.fixture
def screens(qtbot: QtBot, desk: UiDesk) -> Iterator[Screens]:
    """On the payments, with the claims read."""
    with desk_screens(qtbot, desk) as open_:
        open_.press("G,P")
        open_.until(lambda: page(open_).offered)
        yield open_


def page(screens: Screens) -> PaymentsView:
    return screens.work.work_lists.payments


def choose(screens: Screens, claim_id: str) -> None:
    """To the claim with the arrow keys, until its lines are there."""
    view = page(screens)
    view.claims_table.setFocus()
    for _ in range(view.claims.rowCount()):
        if view.claims_table.current_key == claim_id:
            break
        screens.press("Down")
    assert view.claims_table.current_key == claim_id
    screens.settled()


def state(screens: Screens, claim_id: str) -> ClaimState:
    work = page(screens).work
    assert work is not None
    return next(one.state for one in work.claims if one.claim.id == claim_id)


def test_a_line_is_settled_and_taken_back_by_keyboard(screens: Screens) -> None:
    view = page(screens)
    choose(screens, "c1")
    best = view.line
    assert best is not None
    assert best.payment.payer == "M ELISON"
    assert sum(int(_figure(one)) for one in view.why.model.rows) == best.score
    screens.press("S")
    screens.until(lambda: state(screens, "c1") is ClaimState.VERIFIED)
    assert "c1" not in [row.key for row in view.claims.rows]
    screens.until(lambda: "line-0" not in [one.payment.id for one in view.offered])
    screens.press("Ctrl+Z")
    screens.until(lambda: state(screens, "c1") is ClaimState.NOT_VERIFIED)
    choose(screens, "c1")
    assert "line-0" in [one.payment.id for one in view.offered]


def test_a_key_right_after_an_arrow_never_settles_the_claim_before(
    screens: Screens, desk: UiDesk
) -> None:
    """The lines on screen are still those of the claim above: nothing happens to either."""
    choose(screens, "claim-1")
    QTest.keyClick(screens.window.windowHandle(), Qt.Key.Key_Down)
    QTest.keyClick(screens.window.windowHandle(), Qt.Key.Key_S)
    screens.settled()
    assert not desk.contents.records.get(Aggregate.RULING)


def _figure(row: object) -> str:
    text = row.cells[3][1].text  # type: ignore[attr-defined]  # the points of a row
    return str(text).replace("\u2212", "-")


def test_a_refused_line_is_offered_no_more_and_comes_back(screens: Screens) -> None:
    view = page(screens)
    choose(screens, "c1")
    before = [one.payment.id for one in view.offered]
    assert "line-0" in before
    screens.press("N")
    screens.until(lambda: "line-0" not in [one.payment.id for one in view.offered])
    assert [one.payment.id for one in view.offered] == [one for one in before if one != "line-0"]
    screens.press("B")
    screens.until(lambda: "line-0" in [one.payment.id for one in view.offered])
    assert [one.payment.id for one in view.offered] == before


def test_a_line_that_hardly_fits_is_never_the_first_choice(screens: Screens, desk: UiDesk) -> None:
    """The claim has lines, none of them likely: a key settles nothing before one is looked at."""
    view = page(screens)
    for at in range(view.claims.rowCount()):
        choose(screens, str(view.claims.rows[at].key))
        if view.offered and not view.offered[0].likely:
            break
    assert view.offered
    assert not view.offered[0].likely
    assert view.line is None
    screens.press("S")
    screens.settled()
    assert not desk.contents.records.get(Aggregate.RULING)
    view.lines_table.setFocus(Qt.FocusReason.TabFocusReason)
    screens.press("Down")
    assert view.line is not None


def test_a_part_leaves_the_rest_open(screens: Screens) -> None:
    """£60.00 for a claim of £128.00: £68.00 stays open, and is what the next line may pay."""
    view = page(screens)
    choose(screens, "claim-1")
    view.lines_table.setFocus()
    for _ in range(view.lines.rowCount()):
        if view.lines_table.current_key == "line-3":
            break
        screens.press("Down")
    line = view.line
    assert line is not None
    assert not line.whole
    assert view.why.settle.label == "Settle a part"
    screens.press("S")
    screens.until(lambda: view.work and _open(view, "claim-1") == 6800)
    assert state(screens, "claim-1") is ClaimState.NOT_VERIFIED


def _open(view: PaymentsView, claim_id: str) -> int:
    assert view.work is not None
    return next(one.open_amount for one in view.work.claims if one.claim.id == claim_id)


def test_a_statement_is_looked_at_before_anything_is_changed(
    screens: Screens, desk: UiDesk, tmp_path: Path
) -> None:
    view = page(screens)
    before = dict(desk.contents.bank_lines)
    view.look_at(statement_file(tmp_path))
    screens.until(lambda: view.preview.looked)
    assert len(view.preview.statements.rows) == 2
    assert len(view.preview.bad.rows) == 1
    assert view.preview.take.label == "The sums are right, import"
    assert desk.contents.bank_lines == before
    screens.press("Esc")
    assert desk.contents.bank_lines == before
    view.look_at(statement_file(tmp_path))
    screens.until(lambda: view.preview.looked)
    screens.press("Return")
    screens.until(lambda: len(desk.contents.bank_lines) == len(before) + 3)


def test_what_does_not_add_up_or_is_none_cannot_be_imported(
    screens: Screens, desk: UiDesk, tmp_path: Path
) -> None:
    view, before = page(screens), dict(desk.contents.bank_lines)
    wrong = statement_file(tmp_path)
    wrong.write_text(wrong.read_text("utf-8").replace("GBP1074,00", "GBP1075,00"), "utf-8")
    view.look_at(wrong)
    screens.until(lambda: view.preview.looked)
    assert not view.preview.take.isEnabled()
    screens.press("Return")
    screens.settled()
    assert not screens.window.trouble.isVisible()  # not even tried
    none = tmp_path / "letter.csv"
    none.write_text("Dear bank,\nthank you\n", encoding="utf-8")
    view.look_at(none)
    screens.until(view.preview.trouble.isVisible)
    assert not view.preview.take.isEnabled()
    assert not view.preview.columns.isVisible()
    assert desk.contents.bank_lines == before


ODD = "Posting Day;Money;Whose;Note\n11/09/2026;5,00;A MILLER;K7 0022\n11/22/2026;7,50;B;x\n"


def test_the_columns_of_a_file_are_chosen_by_keyboard_and_kept(
    screens: Screens, desk: UiDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Headings no bank uses: a day and an amount are chosen, the first lines show it, it reads."""
    monkeypatch.chdir(tmp_path)  # where this desk keeps its columns
    view, before = page(screens), dict(desk.contents.bank_lines)
    odd = tmp_path / "odd.csv"
    odd.write_text(ODD, encoding="utf-8")
    view.look_at(odd)
    columns = view.preview.columns
    screens.until(columns.isVisible)
    screens.until(columns.meanings["booked"].hasFocus)
    assert columns.meanings["amount"].currentText() == "Money  (5,00)"  # by what stands in it
    screens.press("Home")
    assert not columns.read.isEnabled()
    screens.type("P")  # a letter looks for the heading; it is no key of the screen
    assert columns.read.isEnabled()
    shown = [[cell[0].text for cell in row.cells] for row in columns.model.rows]  # type: ignore[union-attr]  # texts
    assert shown[0][:2] == ["11/09/2026", "5,00"]
    for meaning, heading in (("payer", "Whose"), ("reference", "Note")):
        choice = columns.meanings[meaning]
        choice.setCurrentIndex(choice.findData(heading))
    columns.day.setCurrentIndex(columns.day.findData("mdy"))
    columns.name.set_text("odd-bank")
    columns.name.setFocus()
    screens.press("Return")
    screens.until(lambda: view.preview.looked)
    looked = view.preview.looked
    assert looked is not None
    ((first, second),) = [one.lines for one in looked.file.statements]
    assert (first.booked.isoformat(), first.amount, first.payer) == ("2026-11-09", 500, "A MILLER")
    assert (second.reference, second.amount) == ("x", 750)
    assert desk.contents.bank_lines == before
    view.look_at(odd)  # another day: the kept columns are one choice away
    screens.until(columns.isVisible)
    assert columns.kept.findData("odd-bank") > 0
    columns.kept.setCurrentIndex(columns.kept.findData("odd-bank"))
    columns.kept.activated.emit(columns.kept.currentIndex())
    screens.until(lambda: view.preview.looked)
    screens.press("C")
    screens.until(columns.isVisible)


def test_a_key_on_a_statement_or_the_limits_settles_nothing(
    screens: Screens, desk: UiDesk, tmp_path: Path
) -> None:
    """The claim under the cursor is not on the screen then."""
    view = page(screens)
    choose(screens, "c1")
    assert view.line is not None
    view.look_at(statement_file(tmp_path))
    screens.until(lambda: view.preview.looked)
    screens.press("S", "N", "B")
    screens.settled()
    screens.press("Esc", "L", "S", "N")
    screens.settled()
    assert not desk.contents.records.get(Aggregate.RULING)


def test_only_a_supervisor_decides_and_can_take_it_back(screens: Screens, desk: UiDesk) -> None:
    choose(screens, "claim-12")
    screens.press("W")
    screens.until(screens.window.trouble.isVisible)
    assert not desk.contents.records.get(Aggregate.RULING)
    screens.work.set_person(TOM.id)
    screens.settled()
    screens.press("G,P")
    screens.settled()
    choose(screens, "claim-12")
    screens.press("W")
    screens.until(lambda: state(screens, "claim-12") is ClaimState.WAIVED)
    screens.press("A")
    screens.settled()
    choose(screens, "claim-12")
    screens.press("B")
    screens.until(lambda: state(screens, "claim-12") is ClaimState.NOT_VERIFIED)


def test_a_held_ticket_says_who_decides_and_stands_first(screens: Screens) -> None:
    view = page(screens)
    assert view.work is not None
    (hold,) = view.work.holds
    first = view.claim
    assert first is not None
    assert first.ticket.id == hold.ticket_id
    says = view.claims.data(view.claims.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert "Tom Reyes decides" in str(says)


def test_the_limits_print_the_worst_case(screens: Screens) -> None:
    screens.press("L")
    screens.settled()
    said = [one.text() for one in page(screens).policy.worst.findChildren(PartsLabel)]
    assert any("2 desks × 20 tickets × £85.00 a visit, £3,400.00" in one for one in said)
    assert any("2 desks × £1,000.00 claimed, £2,000.00" in one for one in said)
    assert any("Together, £5,400.00" in one for one in said)


def test_the_ticket_opens_from_its_claim(screens: Screens) -> None:
    choose(screens, "claim-12")
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    assert screens.work.ticket.detail is not None
    assert screens.work.ticket.detail.row.id == ticket(12)


def test_the_tickets_card_says_not_verified_and_what_to_do(screens: Screens, desk: UiDesk) -> None:
    """Given a claim, its ticket says state, age and next steps; a step is an operation."""
    one = ticket(12)
    screens.work.ways.open_ticket(one)
    card = screens.work.ticket.cards.claims
    screens.until(lambda: card.shown and card.shown.claims)
    assert card.shown is not None
    (view,) = card.shown.claims
    labels = [label.text() for label in screens.work.ticket.cards.findChildren(PartsLabel)]
    assert any("Not verified" in one for one in labels)
    assert not any("Paid" in one or "Unpaid" in one for one in labels)
    card.step_wanted.emit(NextStep.CALL_BACK, view)
    screens.until(lambda: desk.contents.tickets[one].get("promises"))
    card.step_wanted.emit(NextStep.OFFER_VISIT_AT_PRICE, view)
    screens.until(lambda: "£85.00" in str(desk.contents.tickets[one].get("notes")))
    desk.contents.tickets[one]["status"] = "scheduled"
    planned = replace(view, ticket=replace(view.ticket, fields=desk.contents.tickets[one]))
    card.step_wanted.emit(NextStep.HOLD_VISIT, planned)
    screens.until(lambda: desk.contents.tickets[one]["status"] == "ready")
    card.step_wanted.emit(NextStep.CHECK, view)
    screens.until(lambda: screens.window.pages.currentWidget() is page(screens))


def test_a_file_is_kept_with_its_claim_and_never_shown(
    screens: Screens, desk: UiDesk, tmp_path: Path
) -> None:
    """A picture that names itself a page: its name is a word, and nothing of it is drawn."""
    one = ticket(12)
    screens.work.ways.open_ticket(one)
    card = screens.work.ticket.cards.claims
    screens.until(lambda: card.shown and card.shown.claims)
    assert card.shown is not None
    path = tmp_path / "<img src=x>.svg"
    path.write_bytes(b"<svg onload='alert(1)'/>")
    files = screens.work.work_lists.claim_steps.files
    files.keep(card.shown.claims[0], path)
    screens.until(lambda: card.shown and card.shown.files)
    assert card.shown is not None
    (file,) = card.shown.files
    assert (file.name, file.kind) == ("<img src=x>.svg", "text")
    assert desk.contents.files[file.id] == path.read_bytes()
    screens.work.set_person(TOM.id)
    screens.settled()
    files.save_copy(file, tmp_path / "copy")
    screens.until((tmp_path / "copy").exists)
    desk.contents.files.clear()  # as another desk sees it
    screens.work.ways.open_ticket(ticket(13))
    screens.settled()
    screens.work.ways.open_ticket(one)
    screens.until(lambda: card.shown and card.shown.files and not card.shown.here)
    said = [label.text() for label in screens.work.ticket.cards.findChildren(WrappedLabel)]
    assert "<img src=x>.svg: at the desk that took it; ask there for it." in said


def test_countdowns_move_on_by_themselves(screens: Screens, desk: UiDesk) -> None:
    """Nothing arrives, and the time left still falls; after half an hour the next one is asked."""
    view, lists = page(screens), screens.work.work_lists
    before = [str(row.cells[2]) for row in view.claims.rows]
    desk.clock.pass_minutes(31)
    assert [str(row.cells[2]) for row in view.claims.rows] == before
    lists.tick()
    screens.until(lambda: [str(row.cells[2]) for row in view.claims.rows] != before)
    assert len(view.claims.rows) == len(before), "the same claims, with less time"
