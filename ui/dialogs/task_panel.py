"""A panel that does one thing with a file: a title, what it means, fields, one primary button."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ui.text import WrappedLabel
from ui.theme import Space, Token, Type
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choices import labelled
from ui.widgets.field import LineInput
from ui.widgets.flow import Flow
from ui.widgets.overlay import Overlay
from ui.widgets.surfaces import column, line


class Picks(Enum):
    """What the system's own dialog asks for."""

    PRESENT = "present"
    FRESH = "fresh"


class FileField(QWidget):
    """A file by its name, typed or chosen."""

    def __init__(self, name: str, picks: Picks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._picks = name, picks
        self.edit = LineInput(self)
        self.edit.setAccessibleName(name)
        label = WrappedLabel(name, self, ink=Token.TEXT2)
        label.setBuddy(self.edit)
        self.choose = Button(self.tr("Choose..."), self, kind=ButtonKind.QUIET)
        self.choose.clicked.connect(self._choose)
        row, body = line(gap=Space.S), column(self, gap=Space.XS)
        row.addWidget(self.edit, 1)
        row.addWidget(self.choose)
        body.addWidget(label)
        body.addLayout(row)

    def text(self) -> str:
        return self.edit.text().strip()

    def _choose(self) -> None:
        if self._picks is Picks.FRESH:
            found, _kind = QFileDialog.getSaveFileName(self, self._name, self.edit.text())
        else:
            found, _kind = QFileDialog.getOpenFileName(self, self._name, self.edit.text())
        if found:
            self.edit.setText(found)


class TaskPanel(Overlay):
    """Enter in a field is the primary button's; Esc closes. `wanted` carries nothing: who listens
    reads the fields.
    """

    wanted = Signal()

    def __init__(self, window: QWidget, title: str, meaning: str, do: str) -> None:
        super().__init__(window)
        self._fields: list[QWidget] = []
        self.state = WrappedLabel("", self.panel, step=Type.SMALL, ink=Token.TEXT2)
        self.do = Button(do, self.panel, kind=ButtonKind.PRIMARY, keys="Enter")
        self.do.clicked.connect(self._tell)
        close = Button(self.tr("Close"), self.panel, kind=ButtonKind.QUIET, keys="Esc")
        close.clicked.connect(self.close_overlay)
        self._content, self._foot = column(gap=Space.L, edge=Space.XL), Flow()
        self._content.addWidget(WrappedLabel(title, self.panel, step=Type.VIEW))
        self._content.addWidget(WrappedLabel(meaning, self.panel, ink=Token.TEXT2))
        self._at = self._content.count()
        for button in (self.do, close):
            self._foot.add(button)
        self._foot.add_stretch()
        self._content.addWidget(self.state)
        self._content.addLayout(self._foot)
        self.hold(self._content)

    def add_field(self, field: QWidget) -> None:
        """Below the fields there are."""
        self._content.insertWidget(self._at + len(self._fields), field)
        self._fields.append(field)
        for edit in field.findChildren(QLineEdit):
            edit.installEventFilter(self)

    def add_line(self, name: str) -> LineInput:
        """A field of one line under its name."""
        holder = QWidget(self.panel)
        edit = LineInput(holder)
        edit.setAccessibleName(name)
        holder.setLayout(labelled(name, edit))
        self.add_field(holder)
        return edit

    def add_way(self, words: str) -> Button:
        """Another way to the same end, at the far side of the foot."""
        way = Button(words, self.panel, kind=ButtonKind.QUIET)
        self._foot.add(way)
        return way

    def say(self, words: str) -> None:
        """How it stands, or what it has done."""
        self.state.set_passage(words)
        self.place()

    def set_busy(self, *, busy: bool) -> None:
        """While it is done it cannot be asked for again."""
        self.do.setEnabled(not busy)

    def focus_first(self) -> None:
        for field in self._fields:
            edits = field.findChildren(QLineEdit)
            (edits[0] if edits else field).setFocus(Qt.FocusReason.PopupFocusReason)
            return
        self.do.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and isinstance(watched, QLineEdit)
        ):
            self._tell()
            return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        if self.do.isEnabled():
            self.wanted.emit()
