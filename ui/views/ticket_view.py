"""One ticket opened: head and steps, thread, promises, notes; cards at the right."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.activities import Activity
from app.domain.errors import NotFound
from app.domain.links import link_to
from app.domain.model_rule import OPEN_STATES, ResolutionState
from app.domain.tickets import Status, moves_from
from app.domain.views import TicketDetail
from ui.actions import Act, Actions, explain
from ui.offers import Offers
from ui.printing import print_text
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.terms import terms
from ui.text import ElidedLabel, one_line, plain_button_text, quoted
from ui.theme import VERY_NARROW_BELOW, Size, Space, State, Token, Type, theme
from ui.views.disputed_lines import OwnDisputed
from ui.views.field_forms import FieldsForm, FormArea, ModelBackForm, PromiseForm
from ui.views.note_writer import NoteWriter
from ui.views.promise_list import PromiseList
from ui.views.thread import Thread
from ui.views.ticket_cards import TO_FIND, TicketCards
from ui.views.ticket_head import TicketHead
from ui.views.ticket_merging import TicketMerging
from ui.views.ticket_paper import ticket_paper
from ui.views.ticket_work import TicketWork
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.message import Message
from ui.widgets.surfaces import Surface, column, line

_DISPATCHED = (Status.READY, Status.SCHEDULED)
"""Somebody is sent there, or is about to be."""


class TicketView(QWidget):
    """Shows a ticket and lets a person work on it; every change is an operation with an undo."""

    left = Signal()
    moved = Signal(int)
    """To the next (1) or the previous (-1) ticket of the queue."""
    copied = Signal(str, str)
    """That something is on the clipboard, and what."""
    done = Signal(str, str)
    """Operation id and what was done, for the undo."""
    customer_chosen = Signal(str)
    visit_wanted = Signal(str)
    """The ticket's id: tell an expert by phone."""
    compare_wanted = Signal(str)
    model_wanted = Signal(str)
    """The caller's words: which model do they mean?"""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offers = Offers(session, self)
        self._detail: TicketDetail | None = None
        self._wanted = ""
        self._make()
        self._lay_out()
        self._connect()
        self._bind(actions)

    # --- making -----------------------------------------------------------------------------

    def _make(self) -> None:
        self.back = Button(
            self.tr("Queue"), self, kind=ButtonKind.QUIET, icon="arrow-left", keys="Esc",
            height=Size.BUTTON_LINE,
        )  # fmt: skip
        self._place = ElidedLabel("", self, ink=Token.TEXT2, tabular=True)
        self._narrow = False
        self.details = Button(
            self.tr("Details"), self, kind=ButtonKind.QUIET, icon="columns",
            height=Size.BUTTON_LINE,
        )  # fmt: skip
        self.details.hide()
        self.previous = self._turn(self.tr("Previous ticket"), "caret-up")
        self.next = self._turn(self.tr("Next ticket"), "caret-down")
        self._fault = ElidedLabel("", self, step=Type.VIEW)
        self.mine = Button(self._offers.verb(Activity.ASSIGN), self, keys="A")
        self.moves = Button(self.tr("Status"), self, keys="S", icon="caret-down")
        self.edit = Button(self.tr("Complete"), self, keys="E")
        self._head = TicketHead(self._session, self)
        self.conflict = OwnDisputed("C", self)
        self.unknown = Message(State.WARN, "warning", self)
        self.fields = FieldsForm(self)
        self.promise = PromiseForm(self)
        self.model_back = ModelBackForm(self)
        self.merging = TicketMerging(self._session, self)
        self._forms = FormArea(
            (self.fields, self.promise, self.model_back, self.merging.form), self
        )
        self.entries = Thread(self._session, self)
        self._promises = PromiseList(self._session, self._offers, self)
        self.note = NoteWriter(self._session.settings, self)
        self.cards = TicketCards(self._session, self).without_head()
        self.work = TicketWork(self._session, lambda: self._detail, self)
        self._newest = NewestWins(self._session.tickets.detail, self._show)

    def _turn(self, name: str, icon: str) -> Button:
        return Button(
            name, self, kind=ButtonKind.QUIET, icon=icon, icon_only=True, height=Size.BUTTON_LINE
        )

    def _lay_out(self) -> None:
        path, title = line(gap=Space.S), line(gap=Space.S)
        path.addWidget(self.back)
        path.addStretch(1)
        for widget in (self.details, self._place, self.previous, self.next):
            path.addWidget(widget)
        title.addWidget(self._fault, 1)
        for button in (self.mine, self.moves, self.edit):
            title.addWidget(button)
        head = column(gap=Space.S)
        head.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        head.addLayout(path)
        head.addLayout(title)
        head.addWidget(self._head)
        head.addWidget(self.conflict)
        head.addWidget(self.unknown)
        head.addWidget(self.merging)
        centre = Surface(Token.SURFACE)
        body = column(centre)
        body.addLayout(head)
        body.addWidget(self._forms)
        body.addWidget(self.entries, 1)
        self._below = QWidget(centre)
        below = column(self._below)
        self._promises.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        below.addWidget(self._promises)
        below.addWidget(self.note)
        body.addWidget(self._below)
        body.addStretch(0)  # an open form that stands alone begins at the top
        row = line(self, gap=0)
        row.addWidget(centre, 1)
        row.addWidget(self.cards)
        self.cards.setFixedWidth(theme().px(Size.CONTEXT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the cards give way to the thread; Details brings them back."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        if narrow is not self._narrow:
            self._narrow = narrow
            self.details.setVisible(narrow)
            self.cards.setHidden(narrow)
            self.note.set_scarce(scarce=narrow)

    def _make_room(self) -> None:
        """Very narrow, an open form has the page to itself."""
        alone = self._narrow and self._forms.form_open is not None
        self.entries.setHidden(alone)
        self._below.setHidden(alone)

    def toggle_details(self) -> None:
        """Show or hide the cards."""
        self.cards.setHidden(not self.cards.isHidden())

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.details.clicked.connect(self.toggle_details)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.mine.clicked.connect(self.take_it)
        self.moves.clicked.connect(self.open_moves)
        self.edit.clicked.connect(self.open_fields)
        self.note.wanted.connect(self.save_note)
        self.work.done.connect(self.done)
        self.work.noted.connect(self._forget_note)
        self.work.objected.connect(self.fields.show_errors)
        self.fields.wanted.connect(self.work.set_fields)
        self._forms.turned.connect(self._make_room)
        for form in (self.fields, self.promise, self.model_back, self.merging.form):
            form.closed.connect(self._focus_thread)
        self.merging.done.connect(self.work.tell)
        self.promise.wanted.connect(self.work.save_promise)
        self.model_back.wanted.connect(self.work.revert_model)
        self.cards.revert_wanted.connect(self.open_model_back)
        self.cards.model_wanted.connect(self.model_wanted)
        self._promises.kept.connect(self.work.keep_promise)
        self.cards.complete_wanted.connect(self.open_fields)
        self.cards.customer_chosen.connect(self.customer_chosen)
        self.conflict.acted.connect(lambda _key: self.compare())
        self._session.statuses_changed.connect(self._name_save)
        self._session.statuses_changed.connect(self.reread)

    def _bind(self, actions: Actions) -> None:
        table: dict[str, Callable[[], object]] = {
            "ticket_note": self.focus_note,
            Act.SAVE_NOTE: self.save_what_is_open,
            "ticket_assign": self.take_it,
            Act.MOVE: self.open_moves,
            Act.EDIT_FIELDS: self.open_fields,
            Act.PROMISE: self.open_promise,
            Act.MERGE: self.open_merge,
            Act.UNMERGE: self.merging.take_apart,
            Act.TICKET_CUSTOMER: self.open_customer,
            Act.REVERT_MODEL: self.open_model_back,
            Act.TICKET_MODEL: self.find_model,
            Act.VISIT: self.open_visit,
            Act.COMPARE: self.compare,
            Act.KEPT: self.work.keep_first_promise,
            Act.COPY_REFERENCE: self.copy_reference,
            Act.COPY_LINK: self.copy_link,
            Act.PRINT_TICKET: self.print_ticket,
            Act.NEXT: functools.partial(self.moved.emit, 1),
            Act.PREVIOUS: functools.partial(self.moved.emit, -1),
            Act.BACK: self.step_back,
        }
        self._acts = {act: actions.bind(act, self, do) for act, do in table.items()}

    # --- showing ----------------------------------------------------------------------------

    @property
    def detail(self) -> TicketDetail | None:
        """What is on screen."""
        return self._detail

    async def recall(self) -> None:
        """Notes that were typed and not saved before the program ended."""
        await self.note.recall()

    def open_ticket(self, ticket_id: str) -> None:
        """Open a ticket; the one on screen keeps its unsaved note."""
        if ticket_id != self._wanted:
            self._forms.close_open()
            self._wanted = ticket_id
            self._detail = None
            self.note.open_for(ticket_id)
        self._newest.request(ticket_id)

    def reread(self) -> None:
        """The data moved under the ticket."""
        if self._wanted and self.isVisible():
            self._newest.request(self._wanted)

    def show_place(self, words: str) -> None:
        """4 of 16, and whether there are others to go to."""
        self._place.setText(words)
        self.previous.setEnabled(bool(words))
        self.next.setEnabled(bool(words))

    def _show(self, ticket_id: str, detail: TicketDetail | None) -> None:
        if ticket_id != self._wanted:
            return
        if detail is None:
            self._leave_gone(ticket_id)
            return
        fresh = self._detail is None or self._detail.row.id != detail.row.id
        self._detail = detail
        self._fault.setText(detail.row.fault)
        self._head.show_detail(detail)
        self.conflict.show_fields([terms.field(one.conflict.field) for one in detail.conflicts])
        self.merging.show_detail(detail)
        self.entries.show_entries(detail.thread, fresh=fresh)
        self._promises.show_promises(detail.promises)
        self._warn_of_model(detail)
        self.cards.show_detail(detail)
        mine = detail.row.owner == self._session.person.id
        yours = self.tr("It is yours already.") if mine else ""
        self.mine.set_reason(yours)
        explain(self._acts["ticket_assign"], yours)
        words = detail.model.state in OPEN_STATES
        theirs = self.tr("The caller's words count already.") if words else ""
        explain(self._acts[Act.REVERT_MODEL], theirs)
        stays = self._why_it_stays(detail.row.status)
        self.moves.set_reason(stays)
        explain(self._acts[Act.MOVE], stays)
        self._name_save()

    def _why_it_stays(self, status: str) -> str:
        """Why its status cannot be changed; empty where it can."""
        if moves_from(status):
            return ""
        if status == Status.MERGED:
            return self.tr("A merged ticket stays as it is.")
        return self.tr("Only a newer version of this program knows what follows this status.")

    @async_slot
    async def _leave_gone(self, ticket_id: str) -> None:
        """Central took the ticket away: it is not shown on, and a sentence says why."""
        gone = await self._session.tickets.gone(ticket_id)
        if gone is not None and ticket_id == self._wanted and self.isVisible():
            self.left.emit()
            self._session.refuse(gone)

    def _name_save(self) -> None:
        """The verbs say whether it goes out at once."""
        verb = self._offers.verb
        self.note.set_verb(verb(Activity.WRITE_NOTE))
        self.mine.set_text(verb(Activity.ASSIGN))
        self.fields.save_button.set_text(verb(Activity.EDIT_TICKET))
        self.promise.save_button.set_text(verb(Activity.PROMISE))

    def step_back(self) -> None:
        """Esc: close the form that is open, else leave the ticket."""
        form = self._forms.form_open
        if form is not None:
            form.close_form()
            return
        self.left.emit()

    def save_what_is_open(self) -> None:
        """Ctrl+Enter: the open form, else the note."""
        form = self._forms.form_open
        if form is not None:
            form.save()
            return
        self.save_note()

    # --- notes ------------------------------------------------------------------------------

    def focus_note(self) -> None:
        self.note.focus_text()

    def _focus_thread(self) -> None:
        self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_note(self) -> None:
        """Append the note; an empty one is refused beside its field by doing nothing."""
        text = self.note.written()
        if text.strip():
            self.work.save_note(text, internal=self.note.internal.isChecked())
        else:
            self.focus_note()

    def _forget_note(self, ticket_id: str) -> None:
        self.note.saved(ticket_id)
        self._focus_thread()  # so that Ctrl+Z takes the note back, not a letter

    # --- fields -----------------------------------------------------------------------------

    def open_fields(self) -> None:
        if self._detail is not None:
            self.fields.open_for(self._detail)

    def _warn_of_model(self, detail: TicketDetail) -> None:
        """Whoever sends somebody there sees that nobody knows the model, or that it is not ours."""
        state, row = detail.model.state, detail.row
        if state is ResolutionState.NOT_SUPPORTED and detail.model.decision is not None:
            why = detail.model.decision.why
            self.unknown.show_message(self.tr("This model is not supported."), why)
        elif row.device_is_words and row.status in _DISPATCHED:
            said = self.tr("The caller said {words}.").format(words=quoted(one_line(row.device)))
            self.unknown.show_message(self.tr("The model is not known."), said)
        else:
            self.unknown.clear()

    def open_model_back(self) -> None:
        """W: why the caller's words alone are to count again."""
        if self._detail is not None and self._detail.model.state not in OPEN_STATES:
            self.model_back.open_for()

    def find_model(self) -> None:
        """D: which model the caller's words mean."""
        detail = self._detail
        if detail is not None and detail.row.device_is_words and detail.model.state in TO_FIND:
            self.model_wanted.emit(str(detail.fields.get("model_words") or ""))

    def take_it(self) -> None:
        self.work.set_fields({"owner": self._session.person.id})

    def open_moves(self) -> None:
        """The statuses this ticket may move to; no others."""
        if self._detail is None:
            return
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Change the status"))
        for status in sorted(moves_from(self._detail.row.status), key=list(Status).index):
            action = QAction(plain_button_text(terms.status(status)), menu)
            action.triggered.connect(functools.partial(self.set_status, str(status)))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.moves.mapToGlobal(QPoint(0, self.moves.height())))

    def set_status(self, status: str, *_checked: bool) -> None:
        self.work.set_fields({"status": status})

    def compare(self) -> None:
        """C: the values that were changed in two places."""
        if self._detail is not None and self._detail.conflicts:
            self.compare_wanted.emit(self._detail.row.id)

    def open_visit(self) -> None:
        """The visit of this ticket, by telephone."""
        if self._detail is not None:
            self.visit_wanted.emit(self._detail.row.id)

    def open_customer(self) -> None:
        """U: everything else of the customer whose ticket this is."""
        if self._detail is None:
            return
        if self._detail.customer is None:
            self._session.refuse(NotFound("This ticket names no customer yet."))
        else:
            self.customer_chosen.emit(self._detail.customer.id)

    # --- promises ---------------------------------------------------------------------------

    def open_promise(self) -> None:
        if self._detail is not None:
            self.promise.open_for(self._detail, self._session.now)

    def open_merge(self) -> None:
        """M: this ticket is part of another one."""
        if self._detail is not None:
            self.merging.form.open_for()

    def copy_reference(self) -> None:
        """Put the reference on the clipboard."""
        if self._detail is not None:
            QGuiApplication.clipboard().setText(self._detail.row.reference)

    def copy_link(self) -> None:
        """Put a link to the ticket on the clipboard; any desk opens it."""
        if self._detail is not None:
            QGuiApplication.clipboard().setText(link_to(self._detail.row.reference))
            self.copied.emit(self.tr("The link is copied."), link_to(self._detail.row.reference))

    def print_ticket(self) -> None:
        """The ticket as plain text, on paper or as PDF."""
        if self._detail is not None:
            text = ticket_paper.lines(
                self._detail, self._session, self.entries, self.cards.claims.states
            )
            print_text(self, self._detail.row.reference, text)
