"""Where a ticket's note is written: the text, whether it is internal, and what is not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from app.domain.cards import mask_cards
from app.domain.operations import Json
from ui.tasks import Debounce, async_slot
from ui.theme import Size, Space, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import AreaInput
from ui.widgets.surfaces import column, line

if TYPE_CHECKING:
    from app.services.settings import Settings

_NOTES = "note_drafts"
_MOST_NOTES = 20
_PAUSE_MS = 1_000
_NO_LIMIT = (1 << 24) - 1


class NoteWriter(QWidget):
    """One note per ticket; typed notes outlive the program. `wanted` asks to save."""

    wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._ticket = ""
        self._unsent: dict[str, str] = {}
        self._scarce = False
        self.text = AreaInput(self)
        self.text.setAccessibleName(self.tr("Note"))
        self.text.setPlaceholderText(self.tr("Write a note"))
        self.internal = QCheckBox(self.tr("Internal note"), self)
        self._save = Button(
            self.tr("Save the note"), self, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter"
        )
        self._foot = QWidget(self)
        self._lay_out()
        self._pause = Debounce(_PAUSE_MS, self.keep, self)
        self.text.textChanged.connect(self._pause.touch)
        self.text.installEventFilter(self)
        self._save.clicked.connect(self.wanted)

    def _lay_out(self) -> None:
        foot = line(self._foot, gap=Space.M)
        foot.addWidget(self.internal)
        foot.addStretch(1)
        foot.addWidget(self._save)
        body = column(self, gap=Space.S)
        body.setContentsMargins(Space.XL, Space.S, Space.XL, Space.L)
        body.addWidget(self.text)
        body.addWidget(self._foot)

    # --- the text ---------------------------------------------------------------------------

    def written(self) -> str:
        """What stands in the field."""
        return self.text.toPlainText()

    def open_for(self, ticket_id: str) -> None:
        """Another ticket: the note of the one before is kept for it."""
        self._hold()
        self._ticket = ticket_id
        self.text.setPlainText(self._unsent.get(ticket_id, ""))
        self._fit()

    def saved(self, ticket_id: str) -> None:
        """The note is in the outbox."""
        self._unsent.pop(ticket_id, None)
        self.text.setPlainText("")

    def set_verb(self, verb: str) -> None:
        """What the button says: whether it goes out at once."""
        if self._save.label != verb:
            self._save.set_text(verb)

    def focus_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- unsaved notes ----------------------------------------------------------------------

    async def recall(self) -> None:
        """Notes that were typed and not saved before the program ended."""
        kept = (await self._settings.read(_NOTES)).get(_NOTES)
        if isinstance(kept, dict):
            self._unsent = {ticket: str(text) for ticket, text in kept.items()}

    def _hold(self) -> None:
        text = mask_cards(self.written())
        self._unsent.pop(self._ticket, None)
        if text.strip() and self._ticket:
            self._unsent[self._ticket] = text

    @async_slot
    async def keep(self) -> None:
        """Store what is typed so far."""
        self._hold()
        kept: dict[str, Json] = dict(list(self._unsent.items())[-_MOST_NOTES:])
        await self._settings.keep({_NOTES: kept})

    # --- room -------------------------------------------------------------------------------

    def set_scarce(self, *, scarce: bool) -> None:
        """Height is scarce: one line until somebody writes."""
        self._scarce = scarce
        self._fit()

    def _fit(self) -> None:
        focused = QApplication.focusWidget()
        writing = focused is not None and self.isAncestorOf(focused)
        small = self._scarce and not writing and not self.written()
        self._foot.setHidden(small)
        self.text.setMaximumHeight(theme().px(Size.FIELD) if small else _NO_LIMIT)
        self.text.set_small(small=small)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._fit)
        return False
