"""Customers that are one: whom this one is the same as, who is part of them, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import OffhookError
from app.domain.views import CallerMatch, CustomerPage
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.text import one_line
from ui.theme import State
from ui.views.call_assist import address_of
from ui.views.field_forms import FormArea, TicketForm
from ui.widgets.buttons import ButtonKind
from ui.widgets.choices import Choice, labelled
from ui.widgets.field import Field
from ui.widgets.message import Message, MessageAction
from ui.widgets.surfaces import column


class CustomerMerging(QWidget):
    """A line and a form under the customer's name; `done` carries the operation's id and words."""

    done = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._page: CustomerPage | None = None
        self.message = Message(State.NEU, "git-merge", self)
        self.form = SameCustomerForm(self)
        body = column(self)
        body.addWidget(self.message)
        body.addWidget(FormArea((self.form,), self))
        self._newest = NewestWins(self._ask, self._offer)
        self.form.words.changed.connect(self._newest.request)
        self.form.wanted.connect(self.merge)
        self.message.acted.connect(lambda _key: self.take_apart())

    def show_page(self, page: CustomerPage) -> None:
        """Who is merged into the customer on screen."""
        if self._page is not None and page.customer.id != self._page.customer.id:
            self.form.close_form()
        self._page = page
        if not page.merged_here:
            self.message.clear()
            return
        names = ", ".join(one_line(name) for _id, name in page.merged_here)
        fact = self.tr("%n other record(s) are this customer: {names}.", "", len(page.merged_here))
        apart = MessageAction("apart", self.tr("Take apart"), "Shift+M", ButtonKind.PLAIN)
        self.message.show_message(fact.format(names=names), "", (apart,))

    def open_form(self) -> None:
        """M: who this customer really is."""
        if self._page is not None:
            self.form.open_for()

    async def _ask(self, words: str) -> Sequence[CallerMatch]:
        return await self._session.intake.matches(words, words)

    def _offer(self, words: str, found: Sequence[CallerMatch]) -> None:
        own = self._page.customer.id if self._page is not None else ""
        others = [one.customer for one in found if one.customer.id != own]
        self.form.offer(
            words, {one.id: f"{one_line(one.name)}, {address_of(one)}" for one in others}
        )

    @async_slot
    async def merge(self, into: str) -> None:
        """From here on readers of this one arrive at the other."""
        if self._page is None:
            return
        own = self._page.customer
        try:
            decided = await self._session.opened.merging.merge_customers(
                own.id, into, self._session.person
            )
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        words = self.tr("{name} is merged into another customer")
        self.done.emit(decided.op_id, words.format(name=one_line(own.name)))

    @async_slot
    async def take_apart(self) -> None:
        """Shift+M: the last of the records that are this customer stands for itself again."""
        if self._page is None or not self._page.merged_here:
            return
        id_, name = self._page.merged_here[-1]
        try:
            decided = await self._session.opened.merging.unmerge_customer(id_, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        words = self.tr("{name} is a customer of their own again")
        self.done.emit(decided.op_id, words.format(name=one_line(name)))


class SameCustomerForm(TicketForm):
    """The customer who stays, found by phone or name; both records stay readable."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The same as another customer"), self.tr("Merge them"), parent)
        self.words = Field(self.tr("Phone or name of the customer who stays"), self)
        holder = QWidget(self)
        self.who = Choice(self.tr("The customer who stays"), holder)
        holder.setLayout(labelled(self.who.accessibleName(), self.who))
        self._body.addWidget(self.words)
        self._body.addWidget(holder)
        self._body.addLayout(self._foot)

    def open_for(self) -> None:
        self.words.set_text("")
        self.offer("", {})
        self.open_form()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def offer(self, words: str, known: dict[str, str]) -> None:
        """Those who fit the words, by id; the best one is chosen."""
        self.who.clear()
        for id_, name in known.items():
            self.who.addItem(name, id_)
        nobody = bool(words.strip()) and not known
        self.words.set_error(self.tr("Nobody else here fits these words.") if nobody else "")

    def save(self) -> None:
        into = self.who.currentData()
        if not isinstance(into, str):
            self.words.set_error(self.tr("Which one stays?"))
            return
        self.wanted.emit(into)
        self.close_form()
