"""A desk that began from a seed: what it waits for, until central knows it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.seeding import Registration
from ui.main_window import MainWindow
from ui.session import Session
from ui.tasks import async_slot
from ui.widgets.message import MessageAction


class SeedNotice(QObject):
    """A line above the pages; looked at again whenever a service's state moves, until it is over.

    Without it a second computer from the same seed would only show "sign in".
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._is_over = False
        session.statuses_changed.connect(self.look)

    @async_slot
    async def look(self) -> None:
        """Ask what is known of the registration, and say it."""
        if self._is_over:
            return
        known = await self._session.opened.oversight.registration()
        self._is_over = known is Registration.REGISTERED
        if known is Registration.REGISTERED:
            self._window.seed.clear()
        elif known is Registration.WAITS:
            self._window.seed.show_message(
                self.tr("This desk began from a seed: central does not know it yet."),
                self.tr("It registers itself once central answers. Calls are taken and kept."),
            )
        else:
            hand_over = MessageAction("give", self.tr("Hand its work over"))
            self._window.seed.show_message(
                self.tr("Another computer began from the same seed and is this desk at central."),
                self.tr(
                    "Nothing can be sent from here, and nothing is lost: hand the work to another "
                    "desk, which asks for the fingerprint shown with the file. Then remove this "
                    "one with its receipt, and enrol it again with a code of its own."
                ),
                (hand_over,),
            )
