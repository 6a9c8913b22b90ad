"""One ticket opened: head and steps, thread, promises, notes; cards at the right."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from app.domain.cards import mask_cards
from app.domain.central_services import Service
from app.domain.errors import Invalid, OffhookError
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.tickets import MOVES, Status
from app.domain.views import Promise, TicketDetail
from ui.actions import Act, Actions
from ui.delegates.parts import Part, Pill, Text, danger, intake, lead, small, taken_in_outage
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.terms import terms
from ui.text import ElidedLabel, plain_button_text
from ui.theme import VERY_NARROW_BELOW, Size, Space, State, Token, Type, theme
from ui.times import moment, time_words
from ui.views.field_forms import FieldsForm, FormArea, PromiseForm, TicketForm
from ui.views.thread import Thread
from ui.views.ticket_cards import TicketCards
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import AreaInput
from ui.widgets.marks import PartsLabel
from ui.widgets.message import Message, MessageAction
from ui.widgets.progress import Step, Stepper, StepState
from ui.widgets.surfaces import Surface, column, line

_PATH = (
    Status.NEW, Status.TO_COMPLETE, Status.READY, Status.SCHEDULED, Status.DONE, Status.CLOSED,
)  # fmt: skip
_NOTES = "note_drafts"
_MOST_NOTES = 20
_NOTE_PAUSE_MS = 1_000


class TicketView(QWidget):
    """Shows a ticket and lets a person work on it; every change is an operation with an undo."""

    left = Signal()
    moved = Signal(int)
    """To the next (1) or the previous (-1) ticket of the queue."""
    done = Signal(str, str)
    """Operation id and what was done, for the undo."""
    customer_chosen = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._detail: TicketDetail | None = None
        self._wanted = ""
        self._unsent: dict[str, str] = {}
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
        self.mine = Button(self.tr("Take it"), self, keys="A")
        self.moves = Button(self.tr("Status"), self, keys="S", icon="caret-down")
        self.edit = Button(self.tr("Complete"), self, keys="E")
        self._meta = PartsLabel((), self).stretching()
        self._steps = Stepper(parent=self)
        self.conflict = Message(State.REV, "git-merge", self)
        self.fields = FieldsForm(self)
        self.promise = PromiseForm(self)
        self.entries = Thread(self._session, self)
        self._promises = column(gap=Space.XS)
        self.note = AreaInput(self)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Write a note"))
        self.internal = QCheckBox(self.tr("Internal note"), self)
        self.save_note_button = Button(
            self.tr("Save the note"), self, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter"
        )
        self.cards = TicketCards(self._session, self).without_head()
        self._newest = NewestWins(self._session.tickets.detail, self._show)
        self._noting = Debounce(_NOTE_PAUSE_MS, self.keep_unsent, self)

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
        head.addWidget(self._meta)
        head.addSpacing(Space.XS)
        head.addWidget(self._steps)
        head.addWidget(self.conflict)
        centre = Surface(Token.SURFACE)
        body = column(centre)
        body.addLayout(head)
        body.addWidget(FormArea((self.fields, self.promise), self))
        body.addWidget(self.entries, 1)
        self._below = QWidget(centre)
        below = column(self._below)
        self._promises.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        below.addLayout(self._promises)
        below.addLayout(self._composer())
        body.addWidget(self._below)
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

    def _make_room(self) -> None:
        """Very narrow, an open form has the page to itself."""
        alone = self._narrow and self._open_form() is not None
        self.entries.setHidden(alone)
        self._below.setHidden(alone)

    def toggle_details(self) -> None:
        """Show or hide the cards."""
        self.cards.setHidden(not self.cards.isHidden())

    def _composer(self) -> QVBoxLayout:
        foot = line(gap=Space.M)
        foot.addWidget(self.internal)
        foot.addStretch(1)
        foot.addWidget(self.save_note_button)
        composer = column(gap=Space.S)
        composer.setContentsMargins(Space.XL, Space.S, Space.XL, Space.L)
        composer.addWidget(self.note)
        composer.addLayout(foot)
        return composer

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.details.clicked.connect(self.toggle_details)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.mine.clicked.connect(self.take_it)
        self.moves.clicked.connect(self.open_moves)
        self.edit.clicked.connect(self.open_fields)
        self.save_note_button.clicked.connect(self.save_note)
        self.fields.wanted.connect(self.set_fields)
        for form in (self.fields, self.promise):
            form.shown.connect(self._make_room)
            form.closed.connect(self._make_room)
        self.fields.closed.connect(self._focus_thread)
        self.promise.closed.connect(self._focus_thread)
        self.promise.wanted.connect(self.save_promise)
        self.cards.complete_wanted.connect(self.open_fields)
        self.cards.customer_chosen.connect(self.customer_chosen)
        self.conflict.acted.connect(lambda _key: self.open_fields())
        self.note.textChanged.connect(self._noting.touch)
        self._session.statuses_changed.connect(self._name_save)

    def _bind(self, actions: Actions) -> None:
        table: dict[str, Callable[[], object]] = {
            "ticket_note": self.focus_note,
            Act.SAVE_NOTE: self.save_what_is_open,
            "ticket_assign": self.take_it,
            Act.MOVE: self.open_moves,
            Act.EDIT_FIELDS: self.open_fields,
            Act.PROMISE: self.open_promise,
            Act.KEPT: self.keep_first_promise,
            Act.COPY_REFERENCE: self.copy_reference,
            Act.NEXT: functools.partial(self.moved.emit, 1),
            Act.PREVIOUS: functools.partial(self.moved.emit, -1),
            Act.BACK: self.step_back,
        }
        for act, do in table.items():
            actions.bind(act, self, do)

    # --- showing ----------------------------------------------------------------------------

    @property
    def detail(self) -> TicketDetail | None:
        """What is on screen."""
        return self._detail

    async def recall(self) -> None:
        """Notes that were typed and not saved before the program ended."""
        kept = (await self._session.settings.read(_NOTES)).get(_NOTES)
        if isinstance(kept, dict):
            self._unsent = {ticket: str(text) for ticket, text in kept.items()}

    def open_ticket(self, ticket_id: str) -> None:
        """Open a ticket; the one on screen keeps its unsaved note."""
        if ticket_id != self._wanted:
            self._keep_note()
            self.fields.close_form()
            self.promise.close_form()
            self._wanted = ticket_id
            self._detail = None
            self.note.setPlainText(self._unsent.get(ticket_id, ""))
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
        if detail is None or ticket_id != self._wanted:
            return
        fresh = self._detail is None or self._detail.row.id != detail.row.id
        self._detail = detail
        self._fault.setText(detail.row.fault)
        self._meta.set_parts(self._meta_parts(detail))
        self._steps.set_steps(self._path(detail))
        self._show_conflicts(detail)
        self.entries.show_entries(detail.thread, fresh=fresh)
        self._show_promises(detail)
        self.cards.show_detail(detail)
        mine = detail.row.owner == self._session.person.id
        self.mine.set_reason(self.tr("It is yours already.") if mine else "")
        moves = MOVES[Status(detail.row.status)]
        self.moves.set_reason("" if moves else self.tr("A merged ticket stays as it is."))
        self._name_save()

    def _meta_parts(self, detail: TicketDetail) -> tuple[Part, ...]:
        row = detail.row
        parts: list[Part] = [lead(row.reference), Pill(row.state)]
        if row.danger:
            parts.append(danger(terms.safety(row.safety)))
        if detail.fields.get("offline"):
            parts.append(taken_in_outage())
        parts.append(intake(str(detail.fields.get("intake") or "phone")))
        by = self._session.name_of(str(detail.fields.get("taken_by") or ""))
        time = moment(row.happened_at, self._session.now)
        parts.append(small(self.tr("{person}, {time}").format(person=by or "central", time=time)))
        return tuple(parts)

    def _path(self, detail: TicketDetail) -> tuple[Step, ...]:
        status = Status(detail.row.status)
        path = _PATH if status in _PATH else (Status.NEW, status)
        at = path.index(status)
        state = (StepState.DONE, StepState.CURRENT, StepState.TO_COME)
        order = [(number > at) + (number >= at) for number in range(len(path))]
        first = moment(detail.row.happened_at, self._session.now)
        return tuple(
            Step(terms.status(one), state[order[number]], first if number == 0 else "")
            for number, one in enumerate(path)
        )

    def _show_conflicts(self, detail: TicketDetail) -> None:
        if not detail.conflicts:
            self.conflict.clear()
            return
        names = ", ".join(terms.field(one.conflict.field) for one in detail.conflicts)
        fact = self.tr("Changed at central too: {fields}.").format(fields=names)
        more = self.tr("Nothing was overwritten; your values wait here.")
        compare = MessageAction("edit", self.tr("Look at them"), "", ButtonKind.PLAIN)
        self.conflict.show_message(fact, more, (compare,))

    def _show_promises(self, detail: TicketDetail) -> None:
        while (item := self._promises.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for promise in detail.promises:
            if promise.kept_at is None:
                self._promises.addWidget(self._promise_row(promise))

    def _promise_row(self, promise: Promise) -> QWidget:
        holder = QWidget(self)
        row = line(holder, gap=Space.M)
        words = self.tr("Promised to {whom}: {what}").format(whom=promise.to, what=promise.what)
        parts: list[Part] = [Text(words, step=Type.LEAD)]
        if promise.by_when is not None:
            late = promise.by_when < self._session.now
            due = time_words.due(promise.by_when, self._session.now)
            parts.append(Text(due, Token.BAD if late else Token.TEXT2, tabular=True))
        row.addWidget(PartsLabel(parts, holder).stretching(), 1)
        kept = Button(self.tr("Kept"), holder, keys="K", height=Size.BUTTON_LINE)
        kept.clicked.connect(functools.partial(self.keep_promise, promise.id))
        row.addWidget(kept)
        return holder

    def _name_save(self) -> None:
        up = self._session.is_up(Service.TICKETS)
        text = self.tr("Save the note") if up else self.tr("Save and send later")
        if self.save_note_button.label != text:
            self.save_note_button.set_text(text)

    def step_back(self) -> None:
        """Esc: close the form that is open, else leave the ticket."""
        form = self._open_form()
        if form is not None:
            form.close_form()
            return
        self.left.emit()

    def save_what_is_open(self) -> None:
        """Ctrl+Enter: the open form, else the note."""
        form = self._open_form()
        if form is not None:
            form.save()
            return
        self.save_note()

    def _open_form(self) -> TicketForm | None:
        forms = (self.fields, self.promise)
        return next((one for one in forms if not one.isHidden()), None)

    # --- notes ------------------------------------------------------------------------------

    def focus_note(self) -> None:
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_thread(self) -> None:
        self.entries.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_note(self) -> None:
        text = mask_cards(self.note.toPlainText())
        self._unsent.pop(self._wanted, None)
        if text.strip() and self._wanted:
            self._unsent[self._wanted] = text

    @async_slot
    async def keep_unsent(self) -> None:
        """Typed notes outlive the program."""
        self._keep_note()
        latest = dict(list(self._unsent.items())[-_MOST_NOTES:])
        kept: dict[str, Json] = dict(latest)
        await self._session.settings.keep({_NOTES: kept})

    @async_slot
    async def save_note(self) -> None:
        """Append the note; an empty one is refused beside its field by doing nothing."""
        detail, text = self._detail, self.note.toPlainText()
        if detail is None or not text.strip():
            self.focus_note()
            return
        internal = self.internal.isChecked()
        person = self._session.person
        try:
            decided = await self._session.tickets.note(
                detail.row.reference, text, person, internal=internal
            )
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.note.setPlainText("")
        self._focus_thread()  # so that Ctrl+Z takes the note back, not a letter
        self._unsent.pop(detail.row.id, None)
        self._written(decided.op_id, self.tr("Note saved at {reference}"), detail)

    def _written(self, op_id: str, done: str, detail: TicketDetail) -> None:
        self._session.saved()
        self.done.emit(op_id, done.format(reference=detail.row.reference))

    # --- fields -----------------------------------------------------------------------------

    def open_fields(self) -> None:
        if self._detail is not None:
            self.promise.close_form()
            self.fields.open_for(self._detail)

    @async_slot
    async def set_fields(self, wanted: Mapping[str, Json]) -> None:
        """Change fields; what a rule says no to stands beside its field."""
        detail = self._detail
        if detail is None:
            return
        person = self._session.person
        try:
            decided = await self._session.tickets.set_fields(detail.row.reference, wanted, person)
        except Invalid as problem:
            self.fields.show_errors(problem.fields)
        except OffhookError as problem:
            self._session.refuse(problem)
        else:
            self._written(decided.op_id, self.tr("Changed {reference}"), detail)

    def take_it(self) -> None:
        self.set_fields({"owner": self._session.person.id})

    def open_moves(self) -> None:
        """The statuses this ticket may move to; no others."""
        if self._detail is None:
            return
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Change the status"))
        for status in sorted(MOVES[Status(self._detail.row.status)], key=list(Status).index):
            action = QAction(plain_button_text(terms.status(status)), menu)
            action.triggered.connect(functools.partial(self.set_status, str(status)))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.moves.mapToGlobal(QPoint(0, self.moves.height())))

    def set_status(self, status: str, *_checked: bool) -> None:
        self.set_fields({"status": status})

    # --- promises ---------------------------------------------------------------------------

    def open_promise(self) -> None:
        if self._detail is not None:
            self.fields.close_form()
            self.promise.open_for(self._detail, self._session.now)

    @async_slot
    async def save_promise(self, what: str, to: str, until: Millis) -> None:
        """Promise it; it is listed among the call-backs until it is kept."""
        detail = self._detail
        if detail is None:
            return
        person, reference = self._session.person, detail.row.reference
        try:
            decided = await self._session.tickets.promise(reference, what, to, until, person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._written(decided.op_id, self.tr("Promised at {reference}"), detail)

    def keep_first_promise(self) -> None:
        """K: the oldest open promise was kept."""
        promises = self._detail.promises if self._detail is not None else ()
        open_ = [one for one in promises if one.kept_at is None]
        if open_:
            self.keep_promise(open_[0].id)

    @async_slot
    async def keep_promise(self, promise_id: str) -> None:
        detail = self._detail
        if detail is None:
            return
        person, reference = self._session.person, detail.row.reference
        try:
            decided = await self._session.tickets.keep_promise(reference, promise_id, person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._written(decided.op_id, self.tr("Promise kept at {reference}"), detail)

    def copy_reference(self) -> None:
        """Put the reference on the clipboard."""
        if self._detail is not None:
            QGuiApplication.clipboard().setText(self._detail.row.reference)
