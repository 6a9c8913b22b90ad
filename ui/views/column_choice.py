"""Which columns a queue shows: chosen per lane or view, remembered, and by keyboard."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.models.queue import Column
from ui.tasks import async_slot
from ui.text import plain_button_text

if TYPE_CHECKING:
    from app.services.settings import Settings

_SETTING = "hidden_columns"
CHOICES = (Column.DEVICE, Column.CUSTOMER, Column.ASSIGNED)
"""The others say what is to be done, and when; they never go."""


class ColumnChoice(QObject):
    """What is hidden in each lane; `changed` asks the queue to lay its columns out anew."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._over = settings, parent
        self._hidden: dict[str, list[str]] = {}

    async def recall(self) -> None:
        """What was chosen before."""
        kept = (await self._settings.read(_SETTING)).get(_SETTING)
        if isinstance(kept, dict):
            self._hidden = {
                lane: [str(one) for one in names]
                for lane, names in kept.items()
                if isinstance(names, list)
            }
            self.changed.emit()

    def hides(self, lane: str, column: Column) -> bool:
        return column.name in self._hidden.get(lane, ())

    def open(self, lane: str, titles: dict[Column, str]) -> None:
        """A menu of the columns that may go, checked while they show."""
        menu = QMenu(self._over)
        menu.setAccessibleName(self.tr("Columns"))
        for column in CHOICES:
            action = QAction(plain_button_text(titles[column]), menu)
            action.setCheckable(True)
            action.setChecked(not self.hides(lane, column))
            action.toggled.connect(functools.partial(self.show_column, lane, column))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._over.mapToGlobal(QPoint(self._over.width() // 2, 0)))
        menu.setActiveAction(menu.actions()[0])

    @async_slot
    async def show_column(
        self, lane: str, column: Column, shown: bool
    ) -> None:  # a QAction's signal
        """Show or hide one, and remember it for this lane."""
        names = [one for one in self._hidden.get(lane, []) if one != column.name]
        self._hidden[lane] = names if shown else [*names, column.name]
        self.changed.emit()
        await self._settings.keep(
            {_SETTING: {lane: [*kept] for lane, kept in self._hidden.items()}}
        )
