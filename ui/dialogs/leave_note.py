"""A note for a ticket that is at another desk: it finds its ticket at central."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.text import PlainLabel, WrappedLabel
from ui.theme import Space, Token, Type
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import Field
from ui.widgets.overlay import Overlay
from ui.widgets.surfaces import column, line


class LeaveNote(Overlay):
    """Says which desk has the ticket and how to ring it, and takes a note."""

    wanted = Signal(str, str)
    """Reference and text."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._reference = ""
        self._title = PlainLabel("", self.panel, step=Type.VIEW)
        self._where = WrappedLabel("", self.panel, ink=Token.TEXT2)
        self.text = Field(self.tr("Note"), self.panel, multi_line=True)
        self.save_button = Button("", self.panel, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter")
        close = Button(self.tr("Close"), self.panel, kind=ButtonKind.QUIET, keys="Esc")
        self.save_button.clicked.connect(self.save)
        close.clicked.connect(self.close_overlay)
        foot = line(gap=Space.S)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.save_button)
        body = column(gap=Space.M, edge=Space.XL)
        for widget in (self._title, self._where, self.text):
            body.addWidget(widget)
        body.addLayout(foot)
        self.hold(body)

    def open_for(self, reference: str, where: str, verb: str) -> None:
        """Ask for the note; an earlier text for the same reference is kept."""
        self.save_button.set_text(verb)
        if reference != self._reference:
            self.text.set_text("")
        self._reference = reference
        self._title.setText(reference)
        self._where.set_passage(where)
        self.open()

    def focus_first(self) -> None:
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    def save(self) -> None:
        """Hand the note on; an empty one is refused beside the field."""
        if not self.text.text().strip():
            self.text.set_error(self.tr("Write something."))
            return
        self.text.set_error("")
        self.wanted.emit(self._reference, self.text.text())
        self.text.set_text("")
        self.close_overlay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return
        super().keyPressEvent(event)
