"""A ticket's thread: what was said and done, oldest first, all of it plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.views import ThreadEntry
from ui.delegates.parts import Icon, Part, Pill, Text, small, taken_in_outage
from ui.session import Session
from ui.terms import terms
from ui.text import WrappedLabel, one_line
from ui.theme import READING_COLUMN, Space, Token, Type, theme
from ui.times import moment, time_words
from ui.widgets.marks import Avatar, PartsLabel
from ui.widgets.surfaces import Surface, column, line

_SPOKEN = ("call", "note")
_ICONS = {
    "change": "pencil",
    "promise": "handshake",
    "promise_kept": "check",
    "claim": "article",
    "sent": "paper-plane-tilt",
}
_MOST_SHOWN = 200
"""Entries; older ones are counted in one line."""


class Thread(QScrollArea):
    """The entries of one ticket; scrolls to the newest."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[ThreadEntry, ...] = ()
        self._called: Millis | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Thread"))
        self._inside = Surface(Token.SURFACE)
        self._body = column(self._inside, gap=Space.L)
        self._body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self.setWidget(self._inside)

    def show_entries(self, entries: Sequence[ThreadEntry], *, fresh: bool) -> None:
        """Show the entries; `fresh` is another ticket than before."""
        if tuple(entries) == self._shown and not fresh:
            return
        self._shown = tuple(entries)
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._called = next((one.at for one in entries if one.kind == "call"), None)
        hidden = len(entries) - _MOST_SHOWN
        if hidden > 0:
            words = self.tr("%n earlier entries are not shown here.", "", hidden)
            self._body.addWidget(PartsLabel((small(words),), self._inside))
        for entry in entries[-_MOST_SHOWN:]:
            self._body.addWidget(self._made(entry))
        self._body.addStretch(1)
        QTimer.singleShot(0, self, self._to_end)

    def _to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _made(self, entry: ThreadEntry) -> QWidget:
        holder = QWidget(self._inside)
        holder.setMaximumWidth(round(READING_COLUMN * theme().effective_factor))
        row = line(holder, gap=Space.M)
        now = self._session.now
        if entry.kind in _SPOKEN:
            self._add_spoken(row, entry, now, holder)
        else:
            row.addWidget(PartsLabel(self._event(entry, now), holder).stretching())
        return holder

    def _add_spoken(
        self, row: QHBoxLayout, entry: ThreadEntry, now: Millis, holder: QWidget
    ) -> None:
        name = self._session.name_of(entry.by) or self.tr("Central")
        words = column(gap=Space.XS)
        head: list[Part] = [Text(name, step=Type.STRONG), small(moment(entry.at, now))]
        if entry.kind == "call":
            head.append(small(self.tr("took the call")))
        if entry.offline:
            head.append(taken_in_outage())
        if entry.state is not RowState.SENT:
            head.append(Pill(entry.state))
        words.addWidget(PartsLabel(head, holder))
        if entry.text:
            words.addWidget(WrappedLabel(entry.text, holder))
        row.addWidget(Avatar(name, holder), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _event(self, entry: ThreadEntry, now: Millis) -> tuple[Part, ...]:
        icon = Icon(_ICONS.get(entry.kind, "circle"), Token.MUTED)
        said = one_line(self.words_of(entry))
        state = () if entry.state is RowState.SENT else (Pill(entry.state),)
        return (icon, Text(said, Token.TEXT2), *state, small(moment(entry.at, now)))

    def words_of(self, entry: ThreadEntry) -> str:
        """One line: who did what."""
        by = self._session.name_of(entry.by)
        match entry.kind:
            case "change":
                news = "; ".join(self._news(name, one) for name, one in entry.fields.items())
                return self.tr("{person} set {fields}").format(person=by, fields=news)
            case "promise":
                to = str(entry.fields.get("to") or "")
                said = self.tr("{person} promised {whom}: {what}")
                return said.format(person=by, whom=one_line(to), what=one_line(entry.text))
            case "promise_kept":
                return self.tr("{person} kept a promise").format(person=by)
            case "claim":
                return self.tr("{person} noted a payment of {amount}, not verified").format(
                    person=by, amount=self._amount(entry)
                )
            case "sent":
                return self._sent(entry)
            case _:
                return f"{by} {one_line(entry.text)}".strip()

    def _news(self, name: str, value: Json) -> str:
        shown = str(value or "") if name == "owner" else ""
        words = self._session.name_of(shown) if shown else terms.value(name, value)
        return self.tr("{field} to {value}").format(field=terms.field(name), value=one_line(words))

    def _amount(self, entry: ThreadEntry) -> str:
        amount = entry.fields.get("amount")
        minor = int(amount) if isinstance(amount, int | float) else 0
        return terms.money(minor, str(entry.fields.get("currency") or ""))

    def _sent(self, entry: ThreadEntry) -> str:
        if self._called is None:
            return self.tr("Sent to central")
        late = time_words.length(max(0, entry.at - self._called))
        return self.tr("Sent to central {length} after the call; due counts from the call.").format(
            length=late
        )
