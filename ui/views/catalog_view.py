"""The catalog: find an entry, see what hangs on it, and care for it by keyboard with a way back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.model_work import EntryCard
from app.domain.people import Permission
from app.domain.views import EntryNames
from ui.actions import Act, Actions
from ui.delegates.parts import Break, Part, RowKind, Spring, Tag, Text, group_head, small
from ui.delegates.rows import PartsModel, PartsRow, key_of
from ui.session import Session
from ui.tasks import Debounce, NewestWins
from ui.terms import terms
from ui.text import one_line
from ui.theme import Space, State, Token, Type
from ui.views.entry_detail import EntryDetail
from ui.views.entry_work import EntryWork
from ui.views.list_and_detail import ListAndDetail
from ui.views.model_acts import press
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.parts_view import PartsList
from ui.widgets.surfaces import Surface, column, turn_to
from ui.widgets.view_head import ActionFoot, ViewHead

_JOIN_MS = 150
_MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What the list shows."""

    found: Sequence[EntryNames] = ()
    merged: Sequence[EntryNames] = ()
    """Entries that readers are sent on from: no search finds them."""


class CatalogView(QWidget):
    """One search, one entry looked at, and what may be done about it."""

    ticket_chosen = Signal(str)
    compare_wanted = Signal(str)
    """The entry, or words of it, that were changed in two places."""
    done = Signal(object, str)
    """Operation ids and what was done, for the undo."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = ""
        self._make()
        self._lay_out()
        self._connect()
        self._bind(actions)

    # --- making -----------------------------------------------------------------------------

    def _make(self) -> None:
        self.left = Surface(Token.SURFACE, self, line_right=True)
        self.head = ViewHead(self.tr("Device catalog"), self.left)
        self.search = Field(self.tr("Find a model"), self.left)
        self.model = PartsModel(parent=self)
        self.list = PartsList(self.tr("Models found"), self.left)
        self.list.setModel(self.model)
        self.detail = EntryDetail(self._session, self)
        self.empty = EmptyState(self)
        self.work = EntryWork(self._session, self.detail, self)
        self.foot = ActionFoot(self)
        self.retire = self._button(self.tr("Retire"), "R", ButtonKind.QUIET)
        self.unmerge = self._button(self.tr("Take apart again"), "Shift+M")
        self.merge = self._button(self.tr("Merge into\u2026"), "M")
        self.forget = self._button(self.tr("Forget the words"), "W")
        self.point = self._button(self.tr("Point elsewhere\u2026"), "P")
        self._seldom = (self.retire, self.unmerge, self.merge)
        self._often = (self.point, self.forget)
        for button in self._seldom:
            self.foot.add_left(button)
        for button in self._often:
            self.foot.add_right(button)

    def _button(self, text: str, keys: str, kind: ButtonKind = ButtonKind.PLAIN) -> Button:
        return Button(text, self.foot, kind=kind, keys=keys)

    def _lay_out(self) -> None:
        left = column(self.left)
        left.addWidget(self.head)
        search = column()
        search.setContentsMargins(Space.L, 0, Space.L, Space.M)
        search.addWidget(self.search)
        left.addLayout(search)
        left.addWidget(self.list, 1)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.detail)
        self._pages.addWidget(self.empty)
        self.split = ListAndDetail(self.left, self._pages, self.foot, self.work.forms, self)
        column(self).addWidget(self.split)

    def _connect(self) -> None:
        session = self._session
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self._finding = NewestWins(self._find, self._show_found)
        self._reading = NewestWins(session.opened.catalog.card, self._show_card)
        self.search.changed.connect(self._finding.request)
        self.search.entered.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._look())
        self.list.chosen.connect(lambda _index: self._open_ticket())
        self.detail.ticket_chosen.connect(self.ticket_chosen)
        self.detail.entry_chosen.connect(self.open_entry)
        self.detail.words_moved.connect(self._name_foot)
        self.detail.disputed.acted.connect(lambda _key: self.compare())
        session.person_changed.connect(self._name_foot)
        self.work.done.connect(self._done)
        for form in self.work.forms:
            form.closed.connect(self.list.setFocus)

    def _bind(self, actions: Actions) -> None:
        work = self.work
        table: tuple[tuple[Act, Button, Callable[[], object]], ...] = (
            (Act.MERGE_ENTRY, self.merge, work.start_merge),
            (Act.UNMERGE_ENTRY, self.unmerge, work.unmerge),
            (Act.RETIRE_ENTRY, self.retire, work.retire_or_support),
            (Act.FORGET_WORDS, self.forget, work.forget),
            (Act.POINT_WORDS, self.point, work.start_pointing),
        )
        for act, button, do in table:
            button.clicked.connect(do)
            actions.bind(act, self, functools.partial(press, button))
        actions.bind(Act.NEXT_WORDS, self, self.detail.next_words)
        actions.bind(Act.FIND_ENTRY, self, self.search.setFocus)
        actions.bind(Act.ENTRY_TICKET, self, self._open_ticket)
        actions.bind(Act.ENTRY_COMPARE, self, self.compare)

    # --- reading ----------------------------------------------------------------------------

    def open(self) -> None:
        """Show the page, with what was looked for last."""
        self.reload()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_entry(self, entry_id: str) -> None:
        """Look at that entry, whether a search finds it or not."""
        card = self.detail.card
        known = (*card.merged, *((card.into,) if card.into else ())) if card is not None else ()
        self._wanted = entry_id
        self.search.set_text(next((one.title for one in known if one.id == entry_id), ""))

    def reload(self) -> None:
        self._finding.request(self.search.text())

    def changed(self) -> None:
        """The data moved."""
        if self.isVisible():
            self._joining.touch()

    async def _find(self, words: str) -> Found:
        opened = self._session.opened
        offer = await opened.finder.find(words, _MOST_FOUND)
        merged = [one.entry for one in await opened.catalog.merged_away()]
        said = words.casefold().split()
        like = [one for one in merged if all(word in one.title.casefold() for word in said)]
        return Found([one.entry for one in offer.candidates], like)

    def _show_found(self, _words: str, found: Found) -> None:
        before, self._wanted = self._wanted or self.current, ""
        parts = ((self.tr("Found"), found.found), (self.tr("Merged away"), found.merged))
        rows: list[PartsRow] = []
        for name, entries in parts:
            if entries:
                rows.append(PartsRow(name, (group_head(name, len(entries)),), RowKind.HEAD))
                rows += [self._row(one) for one in entries]
        self.model.set_rows(rows)
        count = len(found.found) + len(found.merged)
        self.head.set_note(self.tr("%n found", "", count) if count else "")
        at = self.model.row_of((before,)) if before else -1
        first = next((n for n, one in enumerate(rows) if isinstance(one.key, tuple)), -1)
        self.list.setCurrentIndex(self.model.index(at if at >= 0 else first, 0))
        self._look()

    def _row(self, one: EntryNames) -> PartsRow:
        retired: tuple[Part, ...] = (Tag(self.tr("retired"), State.WARN),) if one.retired else ()
        kind = one_line(one.detail or terms.category(one.category))
        cells: tuple[Part, ...] = (
            Text(one_line(one.title), step=Type.LEAD), Spring(), *retired, Break(), small(kind),
        )  # fmt: skip
        return PartsRow((one.id,), (cells,), RowKind.TWO_LINES)

    @property
    def current(self) -> str:
        """The id of the entry under the cursor, empty without one."""
        found = key_of(self.list.currentIndex())
        return str(found[0]) if isinstance(found, tuple) else ""

    def _look(self) -> None:
        """Read what hangs on the entry under the cursor."""
        if self.current:
            self._reading.request(self.current)
        else:
            self._show_card("", None)

    def _show_card(self, _id: str, card: EntryCard | None) -> None:
        if card is None:
            self.detail.card = None
            self.empty.explain(
                "magnifying-glass",
                self.tr("Look for a model"),
                self.tr("Its words, the tickets that read as it and what was merged stand here."),
            )
        else:
            self.detail.show_card(card)
        wanted = 0 if card is not None else 1
        if self._pages.currentIndex() != wanted:
            turn_to(self._pages, wanted)
        self._name_foot()

    # --- what may be done -------------------------------------------------------------------

    def _name_foot(self) -> None:
        card, person = self.detail.card, self._session.person
        away = card is not None and card.into is not None
        for button in (self.merge, self.retire):
            button.setVisible(card is not None and not away)
        self.unmerge.setVisible(away)
        for button in (self.forget, self.point):
            button.setVisible(card is not None and bool(card.words))
        if card is not None and card.entry.retired:
            self.retire.set_text(self.tr("Support again"))
        else:
            self.retire.set_text(self.tr("Retire"))
        role = "" if person.may(Permission.DECIDE_MODELS) else self.tr("A supervisor decides.")
        waits = self.tr("Central has not confirmed it yet.")
        provisional = waits if card is not None and card.entry.provisional else ""
        for button in self._seldom:
            button.set_reason(role or provisional)
        may = person.may(Permission.RESOLVE_MODELS)
        for button in self._often:
            button.set_reason("" if may else self.tr("It needs another role."))
        self.split.make_room()

    def _done(self, op_ids: list[str], words: str) -> None:
        """Pass the undo on, and look at what it is now."""
        self.done.emit(op_ids, words)
        self.reload()

    def _open_ticket(self) -> None:
        """The oldest ticket that reads as the entry."""
        card = self.detail.card
        if card is not None and card.tickets:
            self.ticket_chosen.emit(card.tickets[0].id)

    def compare(self) -> None:
        """The values that were changed in two places."""
        card = self.detail.card
        if card is not None and card.disputed:
            self.compare_wanted.emit(card.disputed[0].target)
