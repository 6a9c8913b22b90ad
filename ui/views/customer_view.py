"""A customer's page: their tickets and calls, devices, cover, and the last promise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.tickets import Group
from app.domain.views import CustomerCall, CustomerHit, CustomerPage, DeviceCard, TicketRow
from app.services.customers import Customers
from ui.actions import Act, Actions
from ui.ages import Ages
from ui.delegates.parts import Icon, Part, Pill, Text, Words, lead, past_due, second, small
from ui.delegates.rows import PartsModel, PartsRow
from ui.record_words import record_words
from ui.session import Session
from ui.tasks import NewestWins
from ui.terms import terms
from ui.text import ElidedLabel, one_line
from ui.theme import VERY_NARROW_BELOW, Size, Space, State, Token, Type, theme
from ui.times import date, moment, time_words
from ui.views.call_assist import address_of
from ui.views.customer_merging import CustomerMerging
from ui.views.disputed_lines import OwnDisputed
from ui.views.queue_view import widest_pill
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.card import Card, CardStack
from ui.widgets.marks import PartsLabel
from ui.widgets.message import Message
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, line
from ui.widgets.view_head import ViewHead

_ENDED = ("closed", "cancelled", "merged")
_OUTCOME_ICONS = {"dropped": "phone-x", "added_to_ticket": "copy"}
_SAMPLES = {0: "K7-0000-00", 3: "Samsung RB38C602CS9", 4: "Mon 24 Nov 10:42"}


class CustomerView(QWidget):
    """All of one customer on this computer; `call_wanted` carries a CustomerHit."""

    left = Signal()
    ticket_chosen = Signal(str)
    call_wanted = Signal(object)
    compare_wanted = Signal(str)
    """The customer, or a device of theirs, that was changed in two places."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ages = Ages(session)
        self._customers = Customers(session.opened.desk)
        self._wanted = ""
        self.page: CustomerPage | None = None
        """What is on screen; None while nothing is."""
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._connect(actions)

    def _make(self) -> None:
        self.back = Button(
            self.tr("Back"), self, kind=ButtonKind.QUIET, icon="arrow-left", keys="Esc",
            height=Size.BUTTON_LINE,
        )  # fmt: skip
        self._name = ElidedLabel("", self, step=Type.VIEW)
        self._meta = PartsLabel((), self).stretching()
        self.call = Button(self.tr("New call with them"), self, icon="phone-call", keys="C")
        self.trouble = Message(State.NEU, "info", self)
        self.disputed = OwnDisputed("Shift+C", self)
        self.merging = CustomerMerging(self._session, self)
        heads = (
            self.tr("Ticket"), self.tr("State"), self.tr("Fault"), self.tr("Device"),
            self.tr("Due"),
        )  # fmt: skip
        self.tickets = PartsModel(heads, self)
        self.table = PartsTable(self.tr("Tickets"), self)
        self.table.setModel(self.tickets)
        self.calls = PartsModel(
            (self.tr("Call"), self.tr("Caller"), self.tr("About"), self.tr("Taken by")), self
        )
        self.call_table = PartsTable(self.tr("Calls"), self)
        self.call_table.setModel(self.calls)
        self._calls_head = ViewHead(self.tr("Calls"), self)
        self.cards = CardStack(self)
        self._person = Card("user", self.tr("Customer"), self)
        self._promise = Card("handshake", self.tr("Last promise"), self)
        self._devices = Card("television", self.tr("Devices"), self)
        self._cover = Card("shield-check", self.tr("Coverage"), self)
        for card in (self._person, self._promise, self._devices, self._cover):
            self.cards.add_card(card)

    def _lay_out(self) -> None:
        path, title = line(gap=Space.S), line(gap=Space.S)
        path.addWidget(self.back)
        path.addStretch(1)
        title.addWidget(self._name, 1)
        title.addWidget(self.call)
        head = column(gap=Space.S)
        head.setContentsMargins(Space.XL, Space.S, Space.XL, Space.M)
        for layout in (path, title):
            head.addLayout(layout)
        head.addWidget(self._meta)
        head.addWidget(self.disputed)
        head.addWidget(self.trouble)
        head.addWidget(self.merging)
        centre = Surface(Token.SURFACE)
        body = column(centre)
        body.addLayout(head)
        body.addWidget(self.table, 3)
        body.addWidget(self._calls_head)
        body.addWidget(self.call_table, 2)
        row = line(self, gap=0)
        row.addWidget(centre, 1)
        row.addWidget(self.cards)
        self.cards.setFixedWidth(theme().px(Size.CONTEXT))
        self._set_widths()

    def _set_widths(self) -> None:
        metrics = theme().metrics(Type.LEAD, tabular=True)
        for table, stretched in ((self.table, 2), (self.call_table, 2)):
            header = table.header()
            header.setStretchLastSection(False)
            header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        for at, sample in _SAMPLES.items():
            edge = Space.L if at == 0 else 0
            width = metrics.horizontalAdvance(sample) + edge + Space.M
            self.table.header().resizeSection(at, width)
        self.table.header().resizeSection(1, widest_pill() + Space.M)
        for at, sample in enumerate(
            ("Mon 24 Nov 10:42", "Margaret Ellison", "", self.tr("Taken by") + "mmm")
        ):
            if sample:
                width = metrics.horizontalAdvance(sample) + Space.XL
                self.call_table.header().resizeSection(at, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the cards give way to the lists."""
        super().resizeEvent(event)
        wide = self.window().width() / theme().effective_factor
        self.cards.setHidden(wide < VERY_NARROW_BELOW)

    def _make_room(self, *, wanted: bool) -> None:
        """While the form is open it stands above the tickets alone, large letters or not."""
        for widget in (self._calls_head, self.call_table):
            widget.setHidden(wanted)

    def _connect(self, actions: Actions) -> None:
        self.back.clicked.connect(self.left)
        self.merging.form.shown.connect(lambda: self._make_room(wanted=True))
        self.merging.form.closed.connect(lambda: self._make_room(wanted=False))
        self.call.clicked.connect(self.call_them)
        self.table.chosen.connect(lambda _index: self._open(self.table))
        self.call_table.chosen.connect(lambda _index: self._open(self.call_table))
        table: dict[str, Callable[[], object]] = {
            Act.CUSTOMER_CALL: self.call_them,
            Act.COPY_NUMBER: self.copy_number,
            Act.CUSTOMER_BACK: self.left.emit,
            Act.CUSTOMER_MERGE: self.merging.open_form,
            Act.CUSTOMER_UNMERGE: self.merging.take_apart,
            Act.CUSTOMER_COMPARE: self.compare,
        }
        for act, do in table.items():
            actions.bind(act, self, do)
        self.disputed.acted.connect(lambda _key: self.compare())
        self._session.statuses_changed.connect(self.show_ages)

    # --- reading ----------------------------------------------------------------------------

    def open_customer(self, customer_id: str) -> None:
        """Show this customer; what is on screen of another goes at once."""
        if customer_id != self._wanted:
            self.page = None
            self._name.setText("")
            self._meta.set_parts(())
            for model in (self.tickets, self.calls):
                model.set_rows([])
        self._wanted = customer_id
        self._newest.request(customer_id)

    def reread(self) -> None:
        """The data moved under the page."""
        if self._wanted and self.isVisible():
            self._newest.request(self._wanted)

    async def _ask(self, customer_id: str) -> CustomerPage | OffhookError:
        try:
            return await self._customers.page(customer_id)
        except OffhookError as problem:
            return problem

    def _show(self, customer_id: str, found: CustomerPage | OffhookError) -> None:
        if customer_id != self._wanted:
            return
        if isinstance(found, OffhookError):
            self._session.refuse(found)
            return
        fresh = self.page is None
        self.page = found
        self._name.setText(one_line(found.customer.name))
        self._meta.set_parts(self._meta_parts(found))
        self.tickets.set_rows([self._ticket_row(row) for row in found.tickets])
        self.calls.set_rows([self._call_row(one) for one in found.calls])
        self._explain(found)
        self.disputed.show_fields([
            record_words.field(one.aggregate, row.conflict.field) for one in found.disputed
            for row in one.rows
        ])  # fmt: skip
        self.merging.show_page(found)
        self._show_person(found)
        self._show_promise(found)
        self._show_devices(found.devices)
        self._show_cover(found)
        self.show_ages()
        if fresh:
            self._focus_first(found)

    def compare(self) -> None:
        """The values that were changed in two places."""
        if self.page is not None and self.page.disputed:
            self.compare_wanted.emit(self.page.disputed[0].target)

    def show_ages(self) -> None:
        """How old each card is, once that is too old."""
        for group, card in (
            (Group.CUSTOMER, self._person), (Group.CONTACT, self._promise),
            (Group.DEVICE, self._devices), (Group.COVERAGE, self._cover),
        ):  # fmt: skip
            self._ages.mark(card, group)

    def _focus_first(self, page: CustomerPage) -> None:
        table, model = self.table, self.tickets
        if not page.tickets and page.calls:
            table, model = self.call_table, self.calls
        table.setCurrentIndex(model.index(0, 0))
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _explain(self, page: CustomerPage) -> None:
        if page.tickets or page.calls:
            self.trouble.clear()
            return
        self.trouble.show_message(
            self.tr("No tickets and no calls of this customer are on this computer."),
            self.tr("Older ones may be at central only."),
        )

    def _meta_parts(self, page: CustomerPage) -> tuple[Part, ...]:
        open_ = sum(row.status not in _ENDED for row in page.tickets)
        tickets = self.tr("%n open ticket(s)", "", open_)
        calls = self.tr("%n call(s) in the last 30 days", "", page.calls_30_days)
        return (Text(tickets, step=Type.LEAD), small(calls, Token.TEXT2))

    # --- rows -------------------------------------------------------------------------------

    def _ticket_row(self, row: TicketRow) -> PartsRow:
        device: Part = Words(row.device) if row.device_is_words else second(row.device)
        cells = (
            (lead(row.reference),), (Pill(row.state),), (Text(one_line(row.fault)),),
            (device,), (self._due(row),),
        )  # fmt: skip
        return PartsRow(row.id, cells, tooltip=row.fault)

    def _due(self, row: TicketRow) -> Part:
        if row.status in _ENDED or row.due is None:
            return small(terms.status(row.status))
        words = time_words.due(row.due, self._session.now)
        return past_due(words) if row.due < self._session.now else Text(words, tabular=True)

    def _call_row(self, call: CustomerCall) -> PartsRow:
        icon = Icon(_OUTCOME_ICONS.get(call.outcome, "phone"), Token.MUTED)
        about: tuple[Part, ...] = (Text(self.tr("The call dropped; ring back"), Token.TEXT2),)
        if call.reference:
            about = (lead(call.reference), Text(one_line(call.fault)))
        elif call.outcome != "dropped":
            about = (small(self.tr("no ticket")),)
        when = moment(call.started, self._session.now)
        by = self._session.name_of(call.agent) if call.agent else self.tr("central")
        cells = (
            (Text(when, tabular=True),), (Text(one_line(call.caller)),), (icon, *about),
            (second(by),),
        )  # fmt: skip
        return PartsRow((call.id, call.ticket_id), cells, tooltip=call.fault)

    # --- cards ------------------------------------------------------------------------------

    def _show_person(self, page: CustomerPage) -> None:
        card, customer = self._person, page.customer
        card.clear()
        for number in customer.phones:
            _, shown = self._session.intake.read_phone(number)
            card.add_text(shown or number, tabular=True)
        if address := address_of(customer):
            card.add_text(address)
        if customer.since:
            card.add_text(self.tr("customer since {year}").format(year=customer.since[:4]))
        card.set_note(self.tr("provisional") if customer.provisional else "")

    def _show_promise(self, page: CustomerPage) -> None:
        promise = page.last_promise
        self._promise.clear()
        self._promise.setVisible(promise is not None)
        if promise is None:
            return
        self._promise.add_lead(promise.what)
        if promise.kept_at is not None:
            self._promise.add_text(self.tr("kept"), ink=Token.OK)
        elif promise.by_when is None:
            self._promise.add_text(time_words.no_time_said())
        else:
            self._promise.add_parts(self._until(promise.by_when))

    def _until(self, by_when: Millis) -> Part:
        words = time_words.due(by_when, self._session.now)
        return past_due(words) if by_when < self._session.now else Text(words, tabular=True)

    def _show_devices(self, devices: tuple[DeviceCard, ...]) -> None:
        self._devices.clear()
        self._devices.set_note(str(len(devices)) if devices else "")
        for device in devices:
            self._devices.add_lead(device.name)
            said = [self.tr("Serial {serial}").format(serial=one_line(device.serial))] * bool(
                device.serial
            )
            if device.bought_on:
                bought = self.tr("bought {date}").format(date=date(device.bought_on))
                said.append(bought)
            if said:
                self._devices.add_text(", ".join(said), Type.SMALL)
        if not devices:
            text = self.tr("No device is known on this computer.")
            self._devices.add_text(text, ink=Token.MUTED)

    def _show_cover(self, page: CustomerPage) -> None:
        self._cover.clear()
        for plan in page.plans:
            self._cover.add_lead(plan.name)
            runs = self.tr("Runs to {date}. {covers}").format(
                date=date(plan.ends), covers=one_line(plan.covers)
            )
            self._cover.add_text(runs)
        if not page.plans:
            self._cover.add_text(self.tr("No plan is known on this computer."), ink=Token.MUTED)

    # --- acting -----------------------------------------------------------------------------

    def _open(self, table: PartsTable) -> None:
        key = table.current_key
        ticket_id = key[1] if isinstance(key, tuple) else key
        if isinstance(ticket_id, str) and ticket_id:
            self.ticket_chosen.emit(ticket_id)

    def call_them(self) -> None:
        """A new call; the customer is offered and accepted as one known by name."""
        if self.page is not None:
            customer = self.page.customer
            phone = customer.phones[0] if customer.phones else ""
            hit = CustomerHit(customer.id, customer.name, phone, customer.city, 0)
            self.call_wanted.emit(hit)

    def copy_number(self) -> None:
        """Put the first phone number on the clipboard."""
        if self.page is not None and self.page.customer.phones:
            QGuiApplication.clipboard().setText(self.page.customer.phones[0])
