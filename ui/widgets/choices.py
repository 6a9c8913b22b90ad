"""Edits that are no text: one of a few words, and a time; as high as a field beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QVBoxLayout, QWidget

from ui.text import WrappedLabel
from ui.theme import Size, Space, Token, Type, theme
from ui.widgets.surfaces import column


class Choice(QComboBox):
    """One of a few words; a wheel that passes over it changes nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """A letter looks for a word here, and is no key of the screen around it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
            )  # fmt: skip
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return _as_high_as_a_field(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return _as_high_as_a_field(super().minimumSizeHint())


class When(QDateTimeEdit):
    """A day and a time of day; a wheel that passes over it changes nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDisplayFormat("ddd d MMM HH:mm")
        self.lineEdit().setTextMargins(Space.ICON, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        return _as_high_as_a_field(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return _as_high_as_a_field(super().minimumSizeHint())


def labelled(label: str, edit: QWidget) -> QVBoxLayout:
    """The edit under its label, as a `Field` has it."""
    name = WrappedLabel(label, edit.parentWidget(), step=Type.LABEL, ink=Token.TEXT2)
    name.setBuddy(edit)
    beside = column(gap=Space.XS)
    beside.addWidget(name)
    beside.addWidget(edit)
    beside.addStretch(1)
    return beside


def _as_high_as_a_field(hint: QSize) -> QSize:
    return QSize(hint.width(), max(theme().px(Size.FIELD), hint.height()))
