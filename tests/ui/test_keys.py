"""Every action of the registry by its keys, on its own screen; no forbidden work on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.ids import Millis
from app.domain.operations import FieldConflict
from app.domain.views import ConflictRow
from tests.support.ui_desk import ELLEN, NOON, TOM, UiDesk
from tests.support.ui_forbidden import GUI_THREAD
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_store import MemoryStore
from tests.support.ui_story import ticket
from ui.actions import Act, Actions, ActionSpec, Scope
from ui.widgets.overlay import Overlay

_LEFT_OUT = {Act.QUIT: "it ends the desk"}
_OF_A_WIDGET = {Act.MATCH, Act.NOT_PERSON, Act.KEEP_WORDS, Act.OPEN_SAVED, Act.DONE, Act.OPEN}
"""A widget of its own answers to these: the offers, the candidates, the saved call, the table."""


def _is_of_a_widget(spec: ActionSpec) -> bool:
    return spec.act in _OF_A_WIDGET or spec.act.startswith("candidate_")


class Places:
    """Brings each scope's screen to the front, with something on it to act on."""

    def __init__(self, screens: Screens) -> None:
        self._screens, self._work = screens, screens.work
        store = screens.work.session.opened.desk.store
        assert isinstance(store, MemoryStore)
        self._contents = store.contents

    def go(self, scope: Scope) -> None:
        """Whatever was open is closed first; no call is left behind."""
        if (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        if (dialog := QApplication.activeModalWidget()) is not None:
            dialog.close()
            self._screens.window.activateWindow()
            self._screens.until(self._screens.window.isActiveWindow)
        for overlay in self._screens.window.findChildren(Overlay):
            overlay.close_overlay()
        for call in self._work.calls.screens:
            call.finished.emit()
        getattr(self, f"_{scope}")()
        self._screens.turn(5)

    def _anywhere(self) -> None:
        self._work.go("mine")

    def _queue(self) -> None:
        self._work.go("mine")
        self._work.queue_page.queue.select(ticket(2))

    def _ticket(self) -> None:
        self._work.ways.open_ticket(ticket(2))
        self._screens.until(lambda: self._work.ticket.detail is not None)
        self._work.ticket.fields.close_form()
        self._work.ticket.promise.close_form()
        self._work.ticket.entries.setFocus()

    def _call(self) -> None:
        self._work.calling.new_call()
        self._screens.type("07700 900118")

    def _saved(self) -> None:
        self._call()
        self._screens.call.form.fault.set_text("It hums")
        self._screens.save()

    def _outbox(self) -> None:
        self._work.go("outbox")
        outbox = self._work.delivery.outbox
        self._screens.until(lambda: outbox.model.rowCount() > 0)
        outbox.focus_list()

    def _status(self) -> None:
        self._work.go("status")

    def _call_backs(self) -> None:
        self._work.go("call_backs")

    def _customer(self) -> None:
        self._work.ways.show_customer("margaret")
        self._screens.until(lambda: self._work.customer.page is not None)

    def _conflict(self) -> None:
        self._work.ways.compare(ticket(3))
        self._screens.until(lambda: len(self._work.conflict.fields) == 1)

    def _models(self) -> None:
        self._work.go("models_to_resolve")
        self._screens.until(lambda: self._work.models.words is not None)
        for form in self._work.models.forms:
            form.close_form()
        self._work.models.focus_list()

    def _catalog(self) -> None:
        self._work.go("catalog")
        page = self._work.work_lists.catalog
        page.search.set_text(self._contents.catalog[0].name)
        self._screens.until(lambda: page.current)
        for form in page.work.forms:
            form.close_form()
        page.list.setFocus()

    def _catch_up(self) -> None:
        self._work.go("catch_up")
        self._screens.until(lambda: self._work.catch_up.found is not None)
        self._work.catch_up.focus_list()

    def _enrichment(self) -> None:
        for number in (6, 9):  # an answer of the key before may have completed them
            self._contents.tickets[ticket(number)].update(coverage=None, status="to_complete")
        self._work.go("to_complete")
        self._screens.until(lambda: self._work.work_lists.enrichment.items.ticket)
        self._work.work_lists.enrichment.table.setFocus()

    def _visit(self) -> None:
        self._work.work_lists.show_visit(ticket(2))
        self._screens.until(self._work.work_lists.visit.sheet.toPlainText)

    def _paper(self) -> None:
        self._work.go("paper")

    def _report(self) -> None:
        for dialog in self._screens.window.findChildren(QFileDialog):
            dialog.reject()
            self._screens.window.activateWindow()
            self._screens.until(self._screens.window.isActiveWindow)
        self._work.session.set_person(TOM)
        self._work.go("report")
        self._screens.until(lambda: self._work.work_lists.report.report)

    def _payments(self) -> None:
        for dialog in self._screens.window.findChildren(QFileDialog):
            dialog.reject()
            self._screens.window.activateWindow()
            self._screens.until(self._screens.window.isActiveWindow)
        self._work.go("payments")
        self._screens.until(lambda: self._work.work_lists.payments.claim)


@pytest.fixture
def busy(qtbot: QtBot, desk: UiDesk) -> Iterator[Screens]:
    """A desk with something in the outbox and a conflict that never goes."""
    both = FieldConflict("place", "a", "b", "c", "tom", NOON)
    desk.contents.conflicts.append(ConflictRow("op", "ticket.set", ticket(3), Millis(NOON), both))
    with desk_screens(qtbot, desk) as screens:
        reference = str(desk.contents.tickets[ticket(4)]["reference"])
        screens.work.edits.note_elsewhere(reference, "A note")
        screens.until(lambda: desk.contents.outbox)
        yield screens


def _specs(scope: Scope) -> list[ActionSpec]:
    return [
        one
        for one in Actions().specs()
        if one.scope is scope and one.keys and one.act not in _LEFT_OUT
    ]


def _heard(screens: Screens, spec: ActionSpec) -> Callable[[], int]:
    """How often the action of that name was triggered from here on."""
    counted: list[str] = []
    for bound in screens.window.actions_.offered():
        if bound.spec.act == spec.act:
            bound.action.triggered.connect(lambda *_: counted.append(spec.act))
    return lambda: len(counted)


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu without a window system
@pytest.mark.parametrize("scope", list(Scope))
def test_every_key_of_a_screen_does_what_the_sheet_says(busy: Screens, scope: Scope) -> None:
    """Given a screen, when each key of its actions is pressed, then that action is what happens."""
    places = Places(busy)
    deaf = []
    for spec in _specs(scope):
        places.go(spec.scope)
        heard = _heard(busy, spec)
        busy.press(spec.keys[0])
        busy.turn(5)
        if heard() != 1 and not _is_of_a_widget(spec):
            deaf.append((spec.act, spec.keys[0], heard()))
    assert deaf == []


def test_what_has_no_action_of_its_own_has_a_widgets_key(busy: Screens) -> None:
    """The offers' keys are shortcuts of the offers; they exist while a call is open."""
    Places(busy).go(Scope.CALL)
    keys = {one.key().toString() for one in busy.window.findChildren(QShortcut)}
    assert {"Alt+M", "Alt+N"} <= keys


def test_a_walk_over_every_screen_does_no_forbidden_work(busy: Screens, desk: UiDesk) -> None:
    """SQL, network, keyring and files on the GUI thread: counted over all screens, 0."""
    places = Places(busy)
    for scope in Scope:  # fonts and icons are read once
        places.go(scope)
        busy.settled()
    with GUI_THREAD.watched() as breaches:
        for scope in Scope:
            places.go(scope)
            busy.settled()
        busy.work.set_person(ELLEN.id)
        busy.settled()
    assert breaches == []
