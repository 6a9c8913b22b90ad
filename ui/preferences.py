"""What the screens remember: palette, letters, language, and where the window stood."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtWidgets import QApplication

from app.domain.errors import OffhookError
from app.domain.operations import Json
from ui import languages
from ui.dialogs.settings import Preferences, SettingsPanel
from ui.main_window import MainWindow
from ui.session import Session
from ui.tasks import async_slot
from ui.theme import theme

_CHOSEN = "preferences"
_WINDOW = "window"
_SPLIT = "queue_split"
_MOST_SPLITS = 4


class Remembering(QObject):
    """Lays preferences on and keeps them; `rebuild_wanted` where the screens must be made anew."""

    rebuild_wanted = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.now = Preferences()
        self.panel = SettingsPanel(window)
        self.panel.chosen.connect(self.choose)
        self.panel.copy_wanted.connect(self.keep_copy)

    def open(self) -> None:
        """Show the settings."""
        self.panel.open_with(self.now)
        self._look_at_copy()

    @async_slot
    async def _look_at_copy(self) -> None:
        self.panel.copy.show_copy(await self._session.opened.copies.standing())

    @async_slot
    async def keep_copy(self, folder: str) -> None:
        """A person named the place of the second copy, or ended it."""
        copies, person = self._session.opened.copies, self._session.person
        try:
            self.panel.copy.show_copy(await copies.keep_in(folder, person))
        except OffhookError as problem:
            self._session.refuse(problem)
            self.panel.copy.show_copy(await copies.standing())

    async def recall(self) -> bool:
        """Lay on what was kept; true where the screens must be made anew for it."""
        kept = await self._session.settings.read(_CHOSEN, _WINDOW)
        place = kept.get(_WINDOW)
        if isinstance(place, str):
            self._window.restoreGeometry(QByteArray.fromHex(place.encode()))
        if _CHOSEN not in kept:
            look = theme()
            self.now = Preferences(look.look, look.font_scale, "", look.reduced_motion)
            return False
        before, self.now = self.now, Preferences.of(kept[_CHOSEN])
        return self._lay_on(before)

    async def keep_place(self, split: list[int]) -> None:
        """Remember window and columns; at the end."""
        place = bytes(self._window.saveGeometry().toHex().data()).decode()
        sizes: Json = list(split[:_MOST_SPLITS])
        await self._session.settings.keep({_WINDOW: place, _SPLIT: sizes})

    async def split(self) -> list[int]:
        """How wide queue and context were; empty where nobody moved them."""
        kept = (await self._session.settings.read(_SPLIT)).get(_SPLIT)
        sizes = kept if isinstance(kept, list) else []
        return [one for one in sizes if isinstance(one, int)]

    @async_slot
    async def choose(self, chosen: Preferences) -> None:
        """A person changed a setting."""
        before, self.now = self.now, chosen
        await self._session.settings.keep({_CHOSEN: chosen.as_json()})
        if self._lay_on(before):
            self.rebuild_wanted.emit()

    def _lay_on(self, before: Preferences) -> bool:
        look = theme()
        if look.look is not self.now.look:
            look.set_look(self.now.look)
        look.set_reduced_motion(reduced=self.now.reduced_motion)
        grown = abs(look.font_scale - self.now.font_scale) > 0.01
        if grown:
            look.set_font_scale(self.now.font_scale)
        spoken = before.language != self.now.language
        app = QApplication.instance()
        if spoken and isinstance(app, QApplication):
            languages.use(app, self.now.language)
        return grown or spoken
