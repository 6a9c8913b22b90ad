"""What was promised about a ticket and is not kept yet, each with the key that says it was."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.views import Promise
from ui.delegates.parts import Part, Text
from ui.offers import Offers
from ui.session import Session
from ui.text import one_line
from ui.theme import Size, Space, Token, Type
from ui.times import time_words
from ui.widgets.buttons import Button
from ui.widgets.marks import PartsLabel
from ui.widgets.surfaces import column, line


def still_open(promises: Iterable[Promise]) -> list[Promise]:
    """Those that nobody has kept, in their order."""
    return [one for one in promises if one.kept_at is None]


class PromiseList(QWidget):
    """One line a promise."""

    kept = Signal(str)
    """The promise's id."""

    def __init__(self, session: Session, offers: Offers, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._offers = offers
        self._rows = column(self, gap=Space.XS)

    def show_promises(self, promises: Iterable[Promise]) -> None:
        """Only what is open is shown."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for promise in still_open(promises):
            self._rows.addWidget(self._row(promise))

    def _row(self, promise: Promise) -> QWidget:
        holder = QWidget(self)
        row = line(holder, gap=Space.M)
        words = self.tr("Promised to {whom}: {what}").format(
            whom=one_line(promise.to), what=one_line(promise.what)
        )
        parts: list[Part] = [Text(words, step=Type.LEAD)]
        if promise.by_when is None:
            parts.append(Text(time_words.no_time_said(), Token.TEXT2))
        else:
            late = promise.by_when < self._session.now
            due = time_words.due(promise.by_when, self._session.now)
            parts.append(Text(due, Token.BAD if late else Token.TEXT2, tabular=True))
        row.addWidget(PartsLabel(parts, holder).stretching(), 1)
        kept = Button(
            self._offers.verb(Activity.KEEP_PROMISE), holder, keys="K", height=Size.BUTTON_LINE
        )
        kept.clicked.connect(functools.partial(self.kept.emit, promise.id))
        row.addWidget(kept)
        return holder
