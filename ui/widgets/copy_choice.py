"""Where a second copy of what is decided here is kept: the folder, and how it stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.views import CopyWord, SecondCopy
from ui.text import PlainLabel, WrappedLabel
from ui.theme import Space, Token, Type
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import LineInput
from ui.widgets.surfaces import column, line


class CopyChoice(QWidget):
    """`wanted` carries the folder once a person says so; empty ends the second copy.

    `state` is laid out below it by whoever owns it, so that its lines make room for themselves.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("Second copy")
        self.folder = LineInput(self)
        self.folder.setAccessibleName(name)
        self.folder.setPlaceholderText(self.tr("a folder on a share or a stick"))
        self.folder.returnPressed.connect(self._tell)
        label = PlainLabel(name, self, ink=Token.TEXT2)
        label.setBuddy(self.folder)
        self.choose = Button(self.tr("Choose..."), self, kind=ButtonKind.QUIET)
        self.choose.clicked.connect(self._choose)
        self.keep = Button(self.tr("Keep it there"), self)
        self.keep.clicked.connect(self._tell)
        self.state = WrappedLabel("", parent or self, step=Type.SMALL, ink=Token.TEXT2)
        row, body = line(gap=Space.S), column(self, gap=Space.S)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        row.addWidget(self.keep)
        body.addWidget(label)
        body.addLayout(row)
        self.show_copy(SecondCopy())

    def show_copy(self, copy: SecondCopy) -> None:
        """Say where it is and how it stands; what somebody is typing stays."""
        if not self.folder.hasFocus():
            self.folder.setText(copy.folder)
        self.state.set_passage({
            CopyWord.NONE: self.tr(
                "Only on this computer: what central does not have would be lost with it."
            ),
            CopyWord.BEHIND: self.tr(
                "Only on this computer: the folder cannot be reached. It is tried again by itself."
            ),
            CopyWord.CURRENT: self.tr("In two places: the folder has everything saved here."),
        }[copy.word])  # fmt: skip
        self.folder.setCursorPosition(0)

    def _choose(self) -> None:
        """By the system's own dialog."""
        found = QFileDialog.getExistingDirectory(self, self.tr("Second copy"), self.folder.text())
        if found:
            self.folder.setText(found)
            self._tell()

    def _tell(self) -> None:
        self.wanted.emit(self.folder.text().strip())
