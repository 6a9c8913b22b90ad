"""Smoke, gas, shock or water in a call: what to say and whom to ring, before everything else."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.safety import Danger
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.views.conversation import Conversation
from ui.widgets.buttons import ButtonKind
from ui.widgets.message import Message, MessageAction

CLEAR_KEYS = "Alt+X"


class DangerNotice(QObject):
    """Follows the words of the call; one key says that it is none."""

    def __init__(self, session: Session, talk: Conversation, message: Message) -> None:
        super().__init__(talk)
        self._session, self._talk, self._message = session, talk, message
        message.acted.connect(self.clear)

    def show(self) -> None:
        """Look at the words and say what must be said."""
        danger = self._session.intake.danger(self._talk.call)
        if danger is None:
            self._message.clear()
            return
        say, ring = self._texts(danger)
        fact = self.tr("{danger}: \u201c{words}\u201d. Say: {say}").format(
            danger=terms.safety(danger.safety), words=one_line(danger.words), say=say
        )
        clear = MessageAction("clear", self.tr("No danger"), CLEAR_KEYS, ButtonKind.PLAIN)
        self._message.show_message(fact, ring, (clear,))

    def clear(self) -> None:
        """A person says the words are none."""
        self._talk.change(safety_cleared=True, safety="none")
        self._talk.answered.emit()

    def _texts(self, danger: Danger) -> tuple[str, str]:
        """From the configuration, in the language of the screens if there is one."""
        texts = [
            one
            for one in self._session.opened.desk.configuration.safety_texts
            if one.safety == danger.safety
        ]
        mine = [one for one in texts if one.language == self._session.language]
        found = next(iter(mine or texts), None)
        if found is None:
            return self.tr("Leave the device alone and get to safety."), self.tr("Ring 112 or 999.")
        return found.say, found.ring
