"""The desk at work: which page shows, what the rail counts, what keys do."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.domain.call import Call, Taken
from app.domain.changes import Changes
from app.domain.errors import NotFound, OffhookError
from app.domain.operations import Json
from app.domain.views import CustomerHit, ModelCandidate, OutboxCounts, QueueFilter, QueueView
from ui.actions import MOST_CALLS, Act, Scope
from ui.dialogs.commands import Commands
from ui.dialogs.leave_note import LeaveNote
from ui.lanes import CALL_BACKS, DRAFTS, LANE_OF, OUTBOX, PLACES, STATUS, VIEW_PREFIX, Lanes
from ui.main_window import MainWindow
from ui.outage import OutageLine
from ui.problems import problems
from ui.rail_counts import RailCounting
from ui.session import Session
from ui.tasks import async_slot
from ui.terms import terms
from ui.text import plain_button_text
from ui.views.call_backs_view import CallBacksView
from ui.views.call_screen import CallScreen
from ui.views.calls_view import CallsView
from ui.views.filter_bar import filter_of
from ui.views.queue_page import QueuePage
from ui.views.queue_view import Queue
from ui.views.status_view import Delivery
from ui.views.ticket_view import TicketView
from ui.widgets.message import MessageAction
from ui.widgets.palette import Palette
from ui.widgets.shortcut_sheet import ShortcutGroup, ShortcutSheet

VIEWS = "views"
_COUNT_MS = 150
_TICK_MS = 30_000
_MOST_CALL_BACKS = 200
_LONGEST_NAMES = 200
_FEET = (0, 1, 2, 1, 1)
"""How many action feet high the foot of each page is; the toast stands above it."""
_IN_A_ROW = frozenset(f"call_{number}" for number in range(2, MOST_CALLS + 1))
"""The sheet shows the first of these; the others are the next digits."""


class Workplace(QObject):
    """Joins session, window and pages; made once the desk is open."""

    ended = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self.session = session
        self.window = window
        self.actions = window.actions_
        self._lanes = Lanes(self.actions, self)
        self._lane = str(QueueView.MINE)
        self._last_ticket: tuple[str, str] | None = None
        self._undo: tuple[str, CallScreen | None] | None = None
        self._clock = QTimer(self, interval=_TICK_MS)
        self._make_pages()
        self.outage = OutageLine(session, window)
        self.rail = RailCounting(session, window, self._lanes, self._drafts_on_screen)
        self._make_overlays()
        self._connect()
        self._bind()

    def _make_pages(self) -> None:
        self.queue_page = QueuePage(self.session)
        self.calls = CallsView(self.session, self.actions)
        self.ticket = TicketView(self.session, self.actions)
        self.delivery = Delivery(self.session, self.actions)
        self.call_backs = CallBacksView(self.session, self.actions)
        for page in (self.calls, self.ticket):
            page.setProperty("primary", True)
        pages = (self.queue_page, self.calls, self.ticket, self.delivery, self.call_backs)
        for one, feet in zip(pages, _FEET, strict=True):
            one.setProperty("feet", feet)
            self.window.add_page(one)

    def _make_overlays(self) -> None:
        self.palette = Palette(self.window)
        self.commands = Commands(self.session, self.palette, self.actions)
        self.sheet = ShortcutSheet(self.window)
        self.leave_note = LeaveNote(self.window)
        commands = self.commands
        commands.ticket_chosen.connect(self.open_ticket)
        commands.reference_chosen.connect(self.open_reference)
        commands.customer_chosen.connect(lambda hit: self.show_customer(hit.name))
        commands.call_chosen.connect(self.call_customer)
        commands.model_chosen.connect(self.call_about)
        self.palette.shortcuts_wanted.connect(self.show_shortcuts)
        self.leave_note.wanted.connect(self.note_elsewhere)

    def _connect(self) -> None:
        session, window, queue = self.session, self.window, self.queue_page.queue
        session.changed.connect(self._changed)
        session.person_changed.connect(self._person_changed)
        session.refused.connect(window.refuse)
        window.rail.chosen.connect(self.go)
        window.person.clicked.connect(self.choose_person)
        window.top.new_call_chosen.connect(self.new_call)
        window.top.search_chosen.connect(self.commands.open)
        window.narrowed.connect(lambda narrow: self.queue_page.set_narrow(narrow=narrow))
        self.outage.status_wanted.connect(lambda: self.go(STATUS))
        self.rail.counted.connect(self._counted)
        window.news.acted.connect(self._act_on_news)
        window.bar.outbox_chosen.connect(lambda: self.go(OUTBOX))
        window.bar.service_chosen.connect(lambda _key: self.go(STATUS))
        window.toast.undone.connect(self.undo)
        window.toast.expired.connect(self._forget_undo)
        queue.view_kept.connect(self.keep_view)
        queue.unassigned_wanted.connect(lambda: self.go(QueueView.UNASSIGNED))
        self.queue_page.assign_wanted.connect(self.assign)
        self._connect_tickets()
        self.calls.saved.connect(self._call_saved)
        self.calls.emptied.connect(lambda: self.go(self._lane))
        self.calls.left.connect(self.rail.soon)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _connect_tickets(self) -> None:
        page, view = self.queue_page, self.ticket
        opened = (page.queue, self.calls, self.delivery.outbox, self.call_backs)
        for screen in opened:
            screen.ticket_chosen.connect(self.open_ticket)
        page.note_wanted.connect(self.write_note)
        page.cards.complete_wanted.connect(self._complete_current)
        view.left.connect(lambda: self.go(self._lane))
        view.moved.connect(self._turn_page)
        view.done.connect(self._offer_undo)
        for cards in (page.cards, view.cards):
            cards.customer_chosen.connect(self.show_customer)
        self.call_backs.ring_wanted.connect(self.call_number)

    def _bind(self) -> None:
        bind, window = self.actions.bind, self.window
        bind(Act.NEW_CALL, window, self.new_call)
        bind(Act.UNDO, window, window.toast.undo)
        bind(Act.SEARCH, window, self.commands.open)
        bind(Act.SHORTCUTS, window, self.show_shortcuts)
        bind(Act.PERSON, window, self.choose_person)
        bind(Act.TRY_ALL, window, self.session.sync.probe_all)
        bind(Act.ADD_CALL, window, self.add_call)
        places = {**LANE_OF, **PLACES}
        for act, key in places.items():
            bind(act, window, functools.partial(self.go, str(key)))
        bind(Act.WHAT_WORKS, window, self.outage.show_what_works)
        for number in range(1, MOST_CALLS + 1):
            bind(f"call_{number}", window, functools.partial(self.show_call_number, number))
        page, queue = self.queue_page, self.queue_page.queue
        bind(Act.DETAILS, page, page.toggle_details)
        bind(Act.FILTER, page, queue.open_filter)
        bind(Act.SHOW_ALL, page, queue.show_all)
        bind(Act.KEEP_VIEW, page, self.keep_view)
        bind(Act.DROP_VIEW, page, self.drop_view)
        bind(Act.ASSIGN, page, lambda: self._with_current(self.assign))
        bind(Act.NOTE, page, lambda: self._with_current(self.write_note))

    # --- starting ---------------------------------------------------------------------------

    async def start(self, *, offer_drafts: bool = True) -> None:
        """Show the first queue, then everything that is remembered."""
        self._show_person()
        self.queue_page.set_narrow(narrow=self.window.is_narrow)
        await self.rail.recall()
        await self.ticket.recall()
        self.outage.show_statuses()
        self.go(self._lane)
        self.rail.count()
        if offer_drafts:
            await self._offer_drafts()

    async def _offer_drafts(self) -> None:
        """What was not finished when the program ended is offered, never opened by itself."""
        drafts = await self.session.intake.drafts()
        if not drafts:
            return
        names = [draft.call.name or draft.call.caller or draft.call.phone for draft in drafts]
        fact = self.tr("%n call(s) were not finished.", "", len(drafts))
        actions = (
            MessageAction("drafts", self.tr("Open them")),
            MessageAction("later", self.tr("Later")),
        )
        self.window.news.show_message(
            fact, ", ".join(name for name in names if name)[:200], actions
        )

    def _act_on_news(self, key: str) -> None:
        self.window.news.clear()
        if key == "drafts":
            self.go(DRAFTS)

    def open_calls(self) -> list[Call]:
        """What is being typed now, for screens made anew."""
        return [one.call for one in self.calls.screens if one.taken is None]

    def split(self) -> list[int]:
        """How wide queue and context are."""
        return self.queue_page.split.sizes()

    def set_split(self, sizes: list[int]) -> None:
        if len(sizes) == self.queue_page.split.count() and not self.window.is_narrow:
            self.queue_page.split.setSizes(sizes)

    # --- where to ---------------------------------------------------------------------------

    def go(self, key: str) -> None:
        """A lane, a saved view, or a place."""
        if key == DRAFTS:
            self.open_drafts()
            return
        self._lane = key
        self.window.rail.set_current(key)
        queue = self._queue_of(key)
        if key in (OUTBOX, STATUS):
            self.window.show_page(self.delivery)
            self.delivery.show_both(outbox=key == OUTBOX)
        elif key == CALL_BACKS:
            self.window.show_page(self.call_backs)
            self.call_backs.reload()
            self.call_backs.table.setFocus()
        elif queue is not None:
            self.queue_page.queue.show_queue(queue)
            self.window.show_page(self.queue_page)
            self.queue_page.queue.focus_table()

    def _queue_of(self, key: str) -> Queue | None:
        person, now = self.session.person.id, self.session.now
        if key.startswith(VIEW_PREFIX):
            kept = self.rail.views[int(key.removeprefix(VIEW_PREFIX))]
            return Queue(key, str(kept["name"]), filter_of(kept, person, now))
        if key in set(QueueView):
            owner = person if key == QueueView.MINE else None
            return Queue(key, self._lanes.title(key), QueueFilter(QueueView(key), owner=owner))
        return None

    def _counted(self, outbox: OutboxCounts) -> None:
        on_lane = self.window.pages.currentWidget() is not self.calls
        self.window.rail.set_current(self._lane if on_lane else "")
        self.outage.show_counts(outbox)

    # --- calls ------------------------------------------------------------------------------

    def new_call(self) -> None:
        """F2 from anywhere; what was open stays open."""
        self.take_call(self.session.intake.new_call())

    def call_number(self, number: str) -> None:
        """`offhook call NUMBER`: the telephone hands a call over."""
        self.window.come_forward()
        self.take_call(self.session.intake.new_call(number))

    def take_call(self, call: Call) -> CallScreen | None:
        screen = self.calls.open_call(call)
        if screen is None:
            self.window.news.show_message(
                self.tr("Nine calls are open."), self.tr("Close one of them first.")
            )
            return None
        self._show_calls()
        screen.focus_first()
        return screen

    def _drafts_on_screen(self) -> int:
        return sum(one.taken is None and not one.is_empty for one in self.calls.screens)

    def _show_calls(self) -> None:
        self.window.rail.set_current("")
        self.window.show_page(self.calls)

    def show_call_number(self, number: int) -> None:
        if self.calls.show_number(number):
            self._show_calls()
            if self.calls.active is not None:
                self.calls.active.focus_first()

    @async_slot
    async def open_drafts(self) -> None:
        """All kept calls come back as open calls."""
        drafts = await self.session.intake.drafts()
        if drafts:
            self.calls.open_drafts(drafts)
            self._show_calls()

    def add_call(self) -> None:
        """Ctrl+J: this call, or a new one, belongs to the open ticket."""
        on_ticket = self.ticket.detail is not None and self._last_ticket is not None
        row = self.ticket.detail.row if on_ticket and self.ticket.detail is not None else None
        ticket = (row.id, row.reference) if row is not None else self._current_ticket()
        if ticket is None:
            return
        active = self.calls.active
        showing = self.window.pages.currentWidget() is self.calls
        screen = active if showing and active else self.take_call(self.session.intake.new_call())
        if screen is not None:
            screen.join_ticket(*ticket)

    def _current_ticket(self) -> tuple[str, str] | None:
        row = self.queue_page.queue.current()
        return (row.id, row.reference) if row else None

    def _call_saved(self, taken: Taken, screen: CallScreen) -> None:
        said = taken.reference or self.tr("the call-back")
        self._offer_undo(taken.op_id, self.tr("Saved {what}").format(what=said), screen)
        self.rail.soon()

    # --- undo -------------------------------------------------------------------------------

    def _offer_undo(self, op_id: str, done: str, screen: CallScreen | None = None) -> None:
        self.window.toast.offer(done)
        self._undo = (op_id, screen)

    def _forget_undo(self) -> None:
        self._undo = None

    @async_slot
    async def undo(self) -> None:
        """Take the last reversible thing back; a call's words are in its form again."""
        if self._undo is None:
            return
        (op_id, screen), self._undo = self._undo, None
        try:
            await self.session.outgoing.undo(op_id, self.session.person)
        except OffhookError as problem:
            self.session.refuse(problem)
            return
        if screen is not None and screen in self.calls.screens:
            self.calls.show_call(screen)
            screen.reopen()
            self._show_calls()

    # --- tickets ----------------------------------------------------------------------------

    def open_ticket(self, ticket_id: str) -> None:
        """The ticket's own page; the way back leads to the queue it came from."""
        self.ticket.open_ticket(ticket_id)
        model = self.queue_page.queue.model
        at, count = model.place_of(ticket_id), len(model.rows)
        place = self.tr("{at} of {count}").format(at=at + 1, count=count) if at >= 0 else ""
        self.ticket.show_place(place)
        row = model.rows[at] if at >= 0 else None
        self._last_ticket = (row.id, row.reference) if row else (ticket_id, "")
        self.window.show_page(self.ticket)
        self.ticket.entries.setFocus()

    def write_note(self, ticket_id: str) -> None:
        self.open_ticket(ticket_id)
        self.ticket.focus_note()

    def _complete_current(self) -> None:
        row = self.queue_page.queue.current()
        if row is not None:
            self.open_ticket(row.id)

    def _turn_page(self, step: int) -> None:
        """To the neighbour in the queue."""
        if self._last_ticket is None:
            return
        row = self.queue_page.queue.model.neighbour(self._last_ticket[0], step)
        if row is not None:
            self.queue_page.queue.select(row.id)
            self.open_ticket(row.id)

    @async_slot
    async def open_reference(self, text: str) -> None:
        """A reference as typed or heard; one of another desk takes a note."""
        try:
            detail = await self.session.tickets.by_reference(text)
        except NotFound as problem:
            self.leave_note.open_for(text, problems.sentence(problem))
        except OffhookError as problem:
            self.session.refuse(problem)
        else:
            self.open_ticket(detail.row.id)

    @async_slot
    async def note_elsewhere(self, reference: str, text: str) -> None:
        """The note finds its ticket at central."""
        try:
            decided = await self.session.tickets.note(reference, text, self.session.person)
        except OffhookError as problem:
            self.session.refuse(problem)
            return
        self.session.saved()
        self._offer_undo(decided.op_id, self.tr("Note left for {what}").format(what=reference))

    def call_customer(self, hit: CustomerHit) -> None:
        """A new call with a customer found by name; they are offered, as any caller is."""
        screen = self.take_call(self.session.intake.new_call(hit.phone))
        if screen is not None:
            screen.prefer(hit.id)

    def call_about(self, model: ModelCandidate) -> None:
        """A new call about a model found by name."""
        fresh = self.session.intake.new_call()
        self.take_call(replace(fresh, model=model.name, entry_id=model.entry_id))

    def show_shortcuts(self) -> None:
        """F1: every action with its keys, from the one registry."""
        groups = [
            ShortcutGroup(
                self.actions.scope_name(scope),
                tuple(
                    (one.text, one.shown_keys)
                    for one in self.actions.specs()
                    if one.scope is scope and one.keys and one.act not in _IN_A_ROW
                ),
            )
            for scope in Scope
        ]
        self.sheet.show_groups(groups)
        self.sheet.open()

    def show_customer(self, name: str) -> None:
        """All tickets of a customer, as a queue of their own."""
        self._lane = ""
        self.window.rail.set_current("")
        queue = Queue(f"customer:{name}", name, QueueFilter(QueueView.ALL, words=name))
        self.queue_page.queue.show_queue(queue)
        self.window.show_page(self.queue_page)
        self.queue_page.queue.focus_table()

    def _with_current(self, do: Callable[[str], object]) -> None:
        row = self.queue_page.queue.current()
        if row is not None:
            do(row.id)

    @async_slot
    async def assign(self, ticket_id: str) -> None:
        """The ticket is mine from here on."""
        detail = await self.session.tickets.detail(ticket_id)
        if detail is None:
            return
        person = self.session.person
        await self.set_fields(
            detail.row.reference, {"owner": person.id}, self.tr("Assigned to you")
        )

    async def set_fields(self, reference: str, fields: Mapping[str, Json], done: str) -> bool:
        """Change fields of a ticket with an undo; false where a rule says no."""
        try:
            decided = await self.session.tickets.set_fields(reference, fields, self.session.person)
        except OffhookError as problem:
            self.session.refuse(problem)
            return False
        self.session.saved()
        self._offer_undo(decided.op_id, done)
        return True

    # --- people -----------------------------------------------------------------------------

    def choose_person(self) -> None:
        """Who sits here now; open calls stay."""
        menu = QMenu(self.window)
        menu.setAccessibleName(self.tr("Who works here?"))
        for person in self.session.opened.people.everybody():
            roles = ", ".join(terms.role(role) for role in sorted(person.roles))
            action = QAction(plain_button_text(f"{person.name}  ({roles})"), menu)
            action.setCheckable(True)
            action.setChecked(person.id == self.session.person.id)
            action.triggered.connect(functools.partial(self.set_person, person.id))
            menu.addAction(action)
        button = self.window.person
        menu.aboutToHide.connect(menu.deleteLater)
        above = QPoint(0, menu.sizeHint().height())
        menu.popup(button.mapToGlobal(button.rect().topLeft()) - above)

    @async_slot
    async def set_person(self, person_id: str) -> None:
        """Somebody else works here; open calls survive the change."""
        await self.calls.store_drafts()
        self.session.set_person(await self.session.opened.people.choose(person_id))

    def _person_changed(self) -> None:
        self._show_person()
        self.queue_page.queue.name_people()
        if self._lane in set(QueueView):
            queue = self._queue_of(self._lane)
            if queue is not None and self.window.pages.currentWidget() is self.queue_page:
                self.queue_page.queue.show_queue(queue)
        self.rail.soon()

    def _show_person(self) -> None:
        person = self.session.person
        code = self.session.opened.desk.identity.desk_code
        roles = ", ".join(terms.role(role) for role in sorted(person.roles))
        self.window.person.set_person(
            person.name, self.tr("{roles}, desk {code}").format(roles=roles, code=code)
        )

    # --- saved views ------------------------------------------------------------------------

    @async_slot
    async def keep_view(self) -> None:
        """The filter becomes a row of the rail."""
        queue = self.queue_page.queue
        if not queue.filter.is_set:
            queue.open_filter()
            return
        at = await self.rail.keep_view(queue.filter.as_json(queue.queue.which.view))
        queue.filter.clear()
        queue.filter.hide()
        self.go(f"{VIEW_PREFIX}{at}")

    @async_slot
    async def drop_view(self) -> None:
        """The saved view on screen goes."""
        key = self.queue_page.queue.queue.key
        if key.startswith(VIEW_PREFIX):
            await self.rail.drop_view(int(key.removeprefix(VIEW_PREFIX)))
            self.go(QueueView.MINE)

    # --- what moved -------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        self.queue_page.queue.changed(changes)
        if changes.touches("ticket", "outbox", "contact", "draft", "configuration"):
            self.rail.soon()
        if changes.touches("outbox", "ticket"):
            self.delivery.outbox.changed()
        if changes.touches("ticket", "contact"):
            self.call_backs.changed()
        if changes.touches("ticket", "outbox", "customer", "payment", "plan", "device"):
            self.queue_page.reread()
            self.ticket.reread()
            self.follow_saved()

    @async_slot
    async def follow_saved(self) -> None:
        """Saved calls still on screen show when their ticket was sent."""
        for screen in self.calls.screens:
            if screen.taken is not None and screen.taken.ticket_id:
                detail = await self.session.tickets.detail(screen.taken.ticket_id)
                if detail is not None:
                    self.calls.show_row(detail.row)

    def _tick(self) -> None:
        self.session.read_statuses()
        self.rail.soon()

    # --- ending -----------------------------------------------------------------------------

    async def stop(self) -> None:
        """Drafts are stored, then nothing listens any more."""
        await self.calls.store_drafts()
        self._clock.stop()
        self.rail.stop()
        self.session.stop()
