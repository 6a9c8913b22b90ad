"""A kept call that another desk finishes: said above the form, and taken back on purpose."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.errors import OffhookError
from ui.session import Session
from ui.tasks import async_slot
from ui.text import one_line
from ui.views.conversation import Conversation
from ui.widgets.buttons import ButtonKind
from ui.widgets.message import Message, MessageAction

_BACK = "back"


class HandedCall(QObject):
    """The service refuses to save such a call; this says why before anybody tries."""

    def __init__(self, session: Session, talk: Conversation, message: Message) -> None:
        super().__init__(message)
        self._session, self._talk, self._message = session, talk, message
        message.acted.connect(self.take_back)

    @async_slot
    async def look(self) -> None:
        """Say which desk has it; nothing where none has."""
        away = await self._session.intake.away()
        desk = away.get(self._talk.call.draft_id)
        if desk is None:
            self._message.clear()
            return
        back = MessageAction(_BACK, self.tr("Take it back"), "", ButtonKind.PLAIN)
        self._message.show_message(
            self.tr("This call was handed over to {desk}.").format(desk=one_line(desk)),
            self.tr(
                "It is finished there and cannot be saved here. Take it back only where that desk "
                "will not finish it: else one call becomes two tickets."
            ),
            (back,),
        )

    @async_slot
    async def take_back(self) -> None:
        """From now on it is this desk's again."""
        session = self._session
        try:
            await session.intake.take_back(self._talk.call.draft_id, session.person)
        except OffhookError as problem:
            session.refuse(problem)
        self._message.clear()
