"""Narrowing a queue: words, town, due today; and keeping that as a view."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import QueueFilter, QueueView
from ui.theme import Size, Space, Token
from ui.times import starts_tomorrow
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import LineInput
from ui.widgets.flow import Flow
from ui.widgets.surfaces import Surface


class FilterBar(Surface):
    """Hidden until asked for; `edited` after each change."""

    edited = Signal()
    kept = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.PANEL, parent, line_below=True)
        self.words = self._input(self.tr("Words"))
        self.city = self._input(self.tr("Town"))
        self.today = QCheckBox(self.tr("Due today"), self)
        self.today.setAccessibleName(self.tr("Due today"))
        keep = Button(
            self.tr("Keep as a view"), self, icon="bookmark", keys="Ctrl+S",
            height=Size.BUTTON_LINE,
        )  # fmt: skip
        close = Button(
            self.tr("Show all"), self, kind=ButtonKind.QUIET, keys="Ctrl+Backspace",
            height=Size.BUTTON_LINE,
        )  # fmt: skip
        row = Flow(self, gap=Space.M)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.add(self.words, 2)
        row.add(self.city, 1)
        for widget in (self.today, keep, close):
            row.add(widget)
        self.today.toggled.connect(lambda _on: self.edited.emit())
        keep.clicked.connect(self.kept)
        close.clicked.connect(self.closed)
        self.hide()

    def _input(self, name: str) -> LineInput:
        edit = LineInput(self)
        edit.setAccessibleName(name)
        edit.setPlaceholderText(name)
        edit.textChanged.connect(lambda _text: self.edited.emit())
        return edit

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the queue now."""
        return bool(self.words.text().strip() or self.city.text().strip() or self.today.isChecked())

    def apply(self, which: QueueFilter, now: Millis) -> QueueFilter:
        """The view, narrowed by what stands here."""
        return replace(
            which,
            words=self.words.text().strip(),
            city=self.city.text().strip(),
            due_before=starts_tomorrow(now) if self.today.isChecked() else None,
        )

    def name(self) -> str:
        """What a kept view is called: its words."""
        parts = [self.city.text().strip(), self.words.text().strip()]
        if self.today.isChecked():
            parts.append(self.tr("due today"))
        return ", ".join(part for part in parts if part)

    def as_json(self, view: QueueView) -> dict[str, Json]:
        """What the settings keep of a view."""
        return {
            "name": self.name(),
            "view": str(view),
            "words": self.words.text().strip(),
            "city": self.city.text().strip(),
            "today": self.today.isChecked(),
        }

    def show_json(self, kept: dict[str, Json]) -> None:
        """Put a kept view's narrowing into the fields; nobody is told."""
        self.blockSignals(True)
        self.words.setText(str(kept.get("words") or ""))
        self.city.setText(str(kept.get("city") or ""))
        self.today.setChecked(bool(kept.get("today")))
        self.blockSignals(False)

    def clear(self) -> None:
        self.show_json({})


def filter_of(kept: dict[str, Json], person: str, now: Millis) -> QueueFilter:
    """A kept view as the store reads it."""
    view = str(kept.get("view") or QueueView.OPEN)
    known = QueueView(view) if view in set(QueueView) else QueueView.OPEN
    return QueueFilter(
        known,
        owner=person if known is QueueView.MINE else None,
        words=str(kept.get("words") or ""),
        city=str(kept.get("city") or ""),
        due_before=starts_tomorrow(now) if kept.get("today") else None,
    )
