"""Forms of the catalog's care: another entry chosen, and what would be done said before it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.views import EntryNames
from ui.delegates.parts import RowKind, Spring, Text, small
from ui.delegates.rows import PartsModel, PartsRow
from ui.terms import terms
from ui.text import WrappedLabel, one_line
from ui.theme import Token, Type
from ui.views.field_forms import TicketForm
from ui.widgets.field import Field
from ui.widgets.parts_view import PartsList


class PreviewForm(TicketForm):
    """Says what would be done, and does it; there is nothing to type."""

    wanted = Signal()

    def __init__(self, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(title, save, parent)
        self.effect = WrappedLabel("", self, ink=Token.TEXT2)
        self._body.addWidget(self.effect)
        self._body.addLayout(self._foot)

    def open_for(self, effect: str) -> None:
        """With what would be touched."""
        self.effect.set_passage(effect)
        self.open_form()
        self.save_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        self.close_form()
        self.wanted.emit()


class EntryChoiceForm(TicketForm):
    """A search with its candidates; what would be touched stands below before it is done."""

    wanted = Signal(object)
    """The EntryNames that were chosen."""
    typed = Signal(str)
    moved = Signal(object)
    """The EntryNames under the cursor, None without one."""

    def __init__(self, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(title, save, parent)
        self.search = Field(self.tr("Find the other model"), self)
        self._entries: tuple[EntryNames, ...] = ()
        self.model = PartsModel(parent=self)
        self.candidates = PartsList(self.tr("Candidates"), self)
        self.candidates.setModel(self.model)
        self.candidates.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.effect = WrappedLabel("", self, ink=Token.TEXT2)
        self._body.addWidget(self.search)
        self._body.addWidget(self.candidates)
        self._body.addWidget(self.effect)
        self._body.addLayout(self._foot)
        self._body.addStretch(1)
        self.search.changed.connect(self.typed)
        self.search.entered.connect(self.candidates.setFocus)
        self.candidates.chosen.connect(lambda _index: self.save())
        self.candidates.selectionModel().currentChanged.connect(
            lambda *_: self.moved.emit(self.chosen)
        )

    def open_for(self, words: str) -> None:
        """Search for those words first; a person goes on from there."""
        self.search.set_text(words)
        self.search.set_error("")
        self.show_entries(())
        self.open_form()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.typed.emit(words)

    def show_entries(self, entries: Sequence[EntryNames]) -> None:
        """What was found; the first one is chosen."""
        self._entries = tuple(entries)
        rows = []
        for one in entries:
            kind = one_line(one.detail or terms.category(one.category))
            cells = (Text(one_line(one.title), step=Type.LEAD), Spring(), small(kind))
            rows.append(PartsRow(one.id, (cells,), RowKind.ROW, f"{one.title}, {kind}"))
        self.model.set_rows(rows)
        self.candidates.setVisible(bool(rows))
        self.candidates.setFixedHeight(max(1, self.candidates.content_height()))
        self.candidates.setCurrentIndex(self.model.index(0, 0))
        self.moved.emit(self.chosen)
        QTimer.singleShot(0, self, self._fit)  # once the rows have their height

    def _fit(self) -> None:
        if not self.isHidden():
            self.shown.emit()

    @property
    def chosen(self) -> EntryNames | None:
        at = self.candidates.currentIndex().row()
        return self._entries[at] if 0 <= at < len(self._entries) else None

    def show_effect(self, text: str) -> None:
        """What would be touched."""
        self.effect.set_passage(text)

    def refuse(self, sentence: str) -> None:
        """It was not done, and why."""
        self.open_form()
        self.search.set_error(sentence)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        entry = self.chosen
        if entry is None:
            self.search.set_error(self.tr("Choose a model first."))
            return
        self.close_form()
        self.wanted.emit(entry)
