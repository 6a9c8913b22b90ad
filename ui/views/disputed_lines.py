"""That values were changed in two places: a line on the record's own screen, one for all others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.views import Disputed
from ui.record_words import record_words
from ui.session import Session
from ui.tasks import NewestWins
from ui.theme import State
from ui.widgets.buttons import ButtonKind
from ui.widgets.message import Message, MessageAction

_MOST_NAMED = 3
_COMPARE = "compare"


class OwnDisputed(Message):
    """On the screen of a record: which of its fields wait for a choice. `acted` compares them."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(State.REV, "git-merge", parent)
        self._keys = keys

    def show_fields(self, names: Sequence[str]) -> None:
        """The fields' names; the line goes where there are none."""
        if not names:
            self.clear()
            return
        fact = self.tr("Changed at central too: {fields}.").format(fields=", ".join(names))
        more = self.tr("Nothing was overwritten; your values wait here.")
        compare = MessageAction(_COMPARE, self.tr("Compare"), self._keys, ButtonKind.PLAIN)
        self.show_message(fact, more, (compare,))


class OtherDisputed(Message):
    """Where tickets are reviewed: the records beside them that wait for a choice."""

    compare_wanted = Signal(str)
    """The record that waits longest."""
    shown = Signal()
    """It was read anew, and may need more or less room than before."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(State.REV, "git-merge", parent)
        self._session = session
        self._first = ""
        self._newest = NewestWins(self._ask, self._show)
        self.acted.connect(lambda _key: self.compare_wanted.emit(self._first))

    def reload(self) -> None:
        self._newest.request(None)

    async def _ask(self, _nothing: None) -> Sequence[Disputed]:
        return await self._session.opened.conflicts.disputed()

    def _show(self, _nothing: None, found: Sequence[Disputed]) -> None:
        others = [one for one in found if not one.is_ticket]
        self._first = others[0].target if others else ""
        if others:
            fact = self.tr("%n other record(s) changed in two places.", "", len(others))
            named = ", ".join(map(self._named, others[:_MOST_NAMED]))
            more = "\N{HORIZONTAL ELLIPSIS}" if len(others) > _MOST_NAMED else ""
            compare = MessageAction(_COMPARE, self.tr("Compare"), "G, W", ButtonKind.PLAIN)
            self.show_message(fact, named + more, (compare,))
        else:
            self.clear()
        self.shown.emit()

    def _named(self, one: Disputed) -> str:
        parts = (record_words.kind(one.aggregate), one.reference, record_words.title(one))
        return " ".join(part for part in parts if part)
