"""Handing over from the palette: what is open goes to a colleague, or to the next shift."""

from __future__ import annotations

import functools

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.domain.errors import OffhookError
from app.services.shift import NEXT_SHIFT
from ui.actions import ActionSpec, Scope
from ui.main_window import MainWindow
from ui.session import Session
from ui.tasks import async_slot
from ui.text import one_line

_MOST = 100


class HandOverActions(QObject):
    """One command per colleague who can finish it, found under "hand over"; notes say what was
    promised.
    """

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._takers: dict[str, QAction] = {}
        self._add(NEXT_SHIFT, self.tr("Hand over to the next shift"))

    def follow(self) -> None:
        """Offer whom it can go to now: people join and leave, and another person sits here."""
        able = self._session.opened.shift.takers(self._session.person)[:_MOST]
        for person in able:
            if person.id not in self._takers:
                name = one_line(person.name)
                words = self.tr("Hand over to {name}").format(name=name)
                self._takers[person.id] = self._add(person.id, words)
        ids = {person.id for person in able}
        for id_, action in self._takers.items():
            action.setEnabled(id_ in ids)

    def _add(self, to: str, text: str) -> QAction:
        spec = ActionSpec(f"hand_over_{to}", Scope.ANYWHERE, text, icon="handshake")
        action = self._window.actions_.add(spec, self._window)
        action.triggered.connect(functools.partial(self.give, to))
        return action

    @async_slot
    async def give(self, to: str) -> None:
        """Everything of the person who sits here; all of it or nothing."""
        session = self._session
        try:
            done = await session.opened.shift.give(to, session.person)
        except OffhookError as problem:
            session.refuse(problem)
            return
        session.saved()
        who = self.tr("the next shift") if to == NEXT_SHIFT else one_line(session.name_of(to))
        counts = (
            self.tr("%n draft(s)", "", done.drafts),
            self.tr("%n ticket(s) with promises", "", len(done.tickets)),
            self.tr("%n call-back(s)", "", done.call_backs),
        )
        fact = self.tr("Handed over to {who}.").format(who=who)
        self._window.news.show_message(fact, ", ".join(counts))
