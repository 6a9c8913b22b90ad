"""The model work: words to resolve and proposals to approve, by keyboard, with a way back."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.changes import Changes
from app.domain.model_work import ProposalView, WaitingWords, by_skill
from app.domain.people import Permission
from ui.actions import Act, Actions
from ui.session import Session
from ui.tasks import Debounce, NewestWins
from ui.theme import Size
from ui.views.catalog_import import CatalogImport
from ui.views.catalog_import_form import ImportForm
from ui.views.list_and_detail import ListAndDetail
from ui.views.model_acts import press
from ui.views.model_detail import ModelDetail
from ui.views.model_foot import ModelFoot
from ui.views.model_list import HERE, PROPOSAL, WORDS, Key, ModelList, ModelWork
from ui.views.proposal_work import ProposalWork
from ui.views.words_work import WordsWork
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.surfaces import column, turn_to

_JOIN_MS = 150


class ModelsView(QWidget):
    """One list, one row looked at, and what may be done about it."""

    ticket_chosen = Signal(str)
    done = Signal(object, str)
    """Operation ids and what was done, for the undo."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._work = ModelWork()
        self._skills: tuple[str, ...] = ()
        self._wanted_first: Key | None = None
        self._make()
        self._lay_out()
        self._connect()
        self._bind(actions)

    # --- making -----------------------------------------------------------------------------

    def _make(self) -> None:
        self.list = ModelList(self._session.name_of, self)
        self.take_in = Button(
            self.tr("Import\u2026"), self.list.head, kind=ButtonKind.QUIET, keys="I",
            height=Size.BUTTON_LINE,
        )  # fmt: skip
        self.list.head.add_action(self.take_in)
        self.detail = ModelDetail(self._session, self)
        self.empty = EmptyState(self)
        self.foot = ModelFoot(self._session, self)
        self.deciding = ProposalWork(self._session, lambda: self.proposal, self.detail, self)
        self.resolving = WordsWork(
            self._session, lambda: self.words, lambda: self._work.to_resolve, self.detail, self
        )
        self.import_form = ImportForm(self)
        self.importing = CatalogImport(self._session, self.import_form, self)
        self.forms = (*self.deciding.forms, *self.resolving.forms, self.import_form)

    def _lay_out(self) -> None:
        self.split = ListAndDetail(self.list, self.detail, self.foot, self.forms, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.split)
        self._pages.addWidget(self.empty)
        column(self).addWidget(self._pages)

    def _connect(self) -> None:
        session, foot = self._session, self.foot
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self._reading = NewestWins(self._ask_work, self._show_work)
        self.list.moved.connect(lambda _key: self.show_current())
        self.list.list.chosen.connect(lambda _index: self._open_ticket())
        self.detail.ticket_chosen.connect(self.ticket_chosen)
        session.statuses_changed.connect(self._name_foot)
        session.person_changed.connect(self._other_person)
        self.resolving.judged.connect(self._name_foot)
        self.take_in.clicked.connect(self.import_form.open_empty)
        deciding, resolving = self.deciding, self.resolving
        table: tuple[tuple[Button, Callable[[], object]], ...] = (
            (foot.next, self.list.step), (foot.approve, deciding.start_approval),
            (foot.reject, deciding.start_rejection), (foot.ask, deciding.ask_form.open_empty),
            (foot.answer, deciding.answer_form.open_empty),
            (foot.delegate, deciding.start_delegation), (foot.link, resolving.link_tickets),
            (foot.remember, resolving.remember_words), (foot.propose, resolving.start_proposal),
            (foot.unsupported, resolving.tell_form.open_empty),
            (foot.plate, resolving.start_plate), (foot.together, self._mark),
        )  # fmt: skip
        for button, do in table:
            button.clicked.connect(do)
        for part in (deciding, resolving, self.importing):
            part.done.connect(self._done)
        for form in self.forms:
            form.closed.connect(self.list.focus_list)

    def _bind(self, actions: Actions) -> None:
        foot = self.foot
        table = (
            (Act.MODEL_NEXT, foot.next), (Act.APPROVE, foot.approve), (Act.REJECT, foot.reject),
            (Act.ASK_BACK, foot.ask), (Act.ANSWER, foot.answer), (Act.DELEGATE, foot.delegate),
            (Act.LINK_MODEL, foot.link), (Act.REMEMBER_WORDS, foot.remember),
            (Act.PROPOSE_MODEL, foot.propose), (Act.NOT_SUPPORTED, foot.unsupported),
            (Act.RATING_PLATE, foot.plate), (Act.IMPORT_CATALOG, self.take_in),
            (Act.PROPOSE_TOGETHER, foot.together),
        )  # fmt: skip
        for act, button in table:
            actions.bind(act, self, functools.partial(press, button))
        actions.bind(Act.NEXT_CANDIDATE, self, self.resolving.next_candidate)
        actions.bind(Act.FIND_MODEL, self, self.detail.search.setFocus)
        actions.bind(Act.MODEL_TICKET, self, self._open_ticket)

    # --- reading ----------------------------------------------------------------------------

    def open_at(self, section: str, key: str = "") -> None:
        """Show the page at a row, or at the first of a section where that row is not."""
        self._wanted_first = (section, key)
        self.reload()

    def reload(self) -> None:
        self._reading.request(None)

    def changed(self, changes: Changes) -> None:
        """Something was committed."""
        moved = changes.touches("ticket", "proposal", "alias", "catalog_entry", "outbox")
        if moved and changes.touches("proposal", "alias", "catalog_entry"):
            self.resolving.offers.clear()
        if moved and self.isVisible():
            self._joining.touch()

    async def _ask_work(self, _question: None) -> ModelWork:
        opened, offers = self._session.opened, self.resolving.offers
        proposals = await opened.approvals.proposals()
        here = await opened.approvals.decided_here()
        waiting = await opened.models.waiting()
        self._skills = tuple(await opened.models.skills(self._session.person))
        for row in waiting:
            if row.key not in offers and row.proposal_id is None:
                offers[row.key] = await opened.finder.find(row.words)
        in_order = by_skill(waiting, self.resolving.category, self._skills)
        return ModelWork(proposals, here, in_order)

    def _show_work(self, _question: None, work: ModelWork) -> None:
        before = self._of(self.list.current)
        self._work = work
        self.resolving.marked &= {one.key for one in work.to_resolve}
        self._show_list()
        has_rows = bool(self.list.model.rows)
        self.empty.explain(
            "circle-wavy-check",
            self.tr("Every model is known"),
            self.tr("Words that no model is known for, and proposals, stand here."),
        )
        if self._pages.currentIndex() != (0 if has_rows else 1):
            turn_to(self._pages, 0 if has_rows else 1)  # else an open form would lose the keyboard
        if self._wanted_first is not None:
            wanted, self._wanted_first = self._wanted_first, None
            keys = [one.key for one in self.list.model.rows if isinstance(one.key, tuple)]
            first = next((one for one in keys if one[0] == wanted[0]), None)
            self.list.select(wanted if wanted in keys else first)
        if self._of(self.list.current) != before:
            self.show_current()

    def _show_list(self) -> None:
        self.list.show_work(
            self._work, self.resolving.offers, self._session.now, self.resolving.marked
        )

    def _mark(self) -> None:
        """The words under the cursor join or leave the next proposal."""
        self.resolving.mark()
        self._show_list()
        self._name_foot()

    def focus_list(self) -> None:
        """To the rows, or to the reason why there are none."""
        self.list.focus_list() if self._pages.currentIndex() == 0 else self.empty.setFocus()

    # --- the row under the cursor -----------------------------------------------------------

    def _of(self, key: Key | None) -> ProposalView | WaitingWords | None:
        kind, id_ = key or ("", "")
        if kind == WORDS:
            return next((row for row in self._work.waiting if row.key == id_), None)
        views = self._work.proposals if kind == PROPOSAL else self._work.here
        return next((one for one in views if one.id == id_), None)

    @property
    def words(self) -> WaitingWords | None:
        found = self._of(self.list.current)
        return found if isinstance(found, WaitingWords) else None

    @property
    def proposal(self) -> ProposalView | None:
        """The proposal to decide about."""
        key = self.list.current
        found = self._of(key)
        return found if isinstance(found, ProposalView) and key and key[0] == PROPOSAL else None

    def show_current(self) -> None:
        """The row under the cursor, and what may be done about it."""
        key = self.list.current
        found = self._of(key)
        if isinstance(found, WaitingWords):
            self.detail.show_words(found, self.resolving.offers.get(found.key))
        elif found is not None:
            here = key is not None and key[0] == HERE
            said = self._work.tickets_of(found.id)
            tag = self.tr("Decided here") if here else ""
            self.detail.show_proposal(found, said, decided=tag)
            self.deciding.look_near(found)
            if not here:
                self.deciding.show_effect(found, sum(len(row.tickets) for row in said))
        self._name_foot()

    def _name_foot(self) -> None:
        chosen = self.detail.chosen is not None
        together, may = len(self.resolving.together()), self.resolving.may_remember
        self.foot.name_words(self.words, together, chosen=chosen, may_remember=may)
        self.foot.name_proposal(self.proposal)
        decides = self._session.person.may(Permission.DECIDE_MODELS)
        self.take_in.set_reason("" if decides else self.tr("A supervisor decides."))

    def _other_person(self) -> None:
        if self.isVisible():
            self.reload()
            self.show_current()

    def _done(self, op_ids: list[str], words: str) -> None:
        """Pass the undo on, and look at what is left."""
        self.done.emit(op_ids, words)
        self.reload()

    def _open_ticket(self) -> None:
        """The oldest ticket of the row."""
        found = self._of(self.list.current)
        rows = self._work.tickets_of(found.id) if isinstance(found, ProposalView) else ()
        row = found if isinstance(found, WaitingWords) else rows[0] if rows else None
        if row is not None:
            self.ticket_chosen.emit(row.tickets[0].id)
