"""A call taken while the desk still opens: the form at once, handed over once it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from app.domain.call import Call
from app.domain.ids import Millis
from ui.actions import Act
from ui.main_window import MainWindow
from ui.theme import Space, State, Token
from ui.widgets.message import Message
from ui.widgets.surfaces import Surface, column

if TYPE_CHECKING:
    from ui.views.call_form import CallForm


class EarlyCall(QObject):
    """New call before there is a desk: what is typed waits here for `take`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._form: CallForm | None = None
        self._since = QElapsedTimer()
        self._begun: Millis | None = None
        self._note: Message | None = None
        self._failed = ""
        self._takes_calls = True
        self._action = window.actions_.bind(Act.NEW_CALL, window, self.open)
        window.top.new_call_chosen.connect(self.open)

    def open(self) -> None:
        """F2: the form, with the focus on the caller's phone; no form for a desk that is none."""
        if self._form is None:
            if not self._takes_calls:
                return
            from ui.views.call_form import CallForm  # not before the first window shows

            self._form = CallForm("", self._window)
            self._window.add_page(self._page(self._form))
            self._since.start()
        page = self._form.parentWidget()
        if page is not None:
            self._window.show_page(page)
        self._form.phone.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _page(self, form: CallForm) -> QWidget:
        page = Surface(Token.SURFACE)
        page.setProperty("primary", True)
        self._note = Message(State.NEU, "hourglass", page)
        self._say()
        notes = column()
        notes.setContentsMargins(Space.XL, Space.M, Space.XL, 0)
        notes.addWidget(self._note)
        body = column(page)
        body.addLayout(notes)
        body.addWidget(form, 1)
        return page

    def opening(self) -> None:
        """The desk is being opened (again)."""
        self._failed, self._takes_calls = "", True
        self._say()

    def failed(self, happened: str, *, is_desk: bool) -> None:
        """The desk did not open: what happened, and whether there is one to take a call for."""
        self._failed, self._takes_calls = happened, is_desk
        self._say()

    def _say(self) -> None:
        if self._note is None:
            return
        if self._failed:
            kept = self.tr("What you type is taken over once the desk opens.")
            self._note.show_message(self._failed, kept)
        else:
            self._note.show_message(
                self.tr("The desk is still opening."),
                self.tr("Go on typing: the call is taken over as it stands."),
            )

    def go_on(self, call: Call, name: str, cursor: int) -> None:
        """Open with what was typed before the window was made anew."""
        self.open()
        if self._form is not None:
            self._begun = call.started
            self._form.show_call(call)
            put_cursor(self._form, name, cursor)

    @property
    def is_open(self) -> bool:
        return self._form is not None

    def take(self, fresh: Call) -> tuple[Call, str, int] | None:
        """The call as typed so far, the field in use and the cursor in it; None without one.

        New calls are the desk's own from here on.
        """
        self._window.top.new_call_chosen.disconnect(self.open)
        self._window.removeAction(self._action)
        self._action.setEnabled(False)
        if self._form is None:
            return None
        name, cursor = self._place(self._form)
        begun = self._begun or Millis(fresh.started - self._since.elapsed())
        return replace(self._form.read(fresh), started=begun), name, cursor

    @staticmethod
    def _place(form: CallForm) -> tuple[str, int]:
        focused = QApplication.focusWidget()
        for name, field in form.fields.items():
            edit = field.edit
            if edit is focused:
                at = edit.cursorPosition() if isinstance(edit, QLineEdit) else 0
                if isinstance(edit, QPlainTextEdit):
                    at = edit.textCursor().position()
                return name, at
        return "phone", 0


def put_cursor(form: CallForm, name: str, at: int) -> None:
    """Go on where the person was typing."""
    edit = form.fields[name].edit
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(edit, QLineEdit):
        edit.setCursorPosition(at)
    else:
        cursor = edit.textCursor()
        cursor.setPosition(at)
        edit.setTextCursor(cursor)
