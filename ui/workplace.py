"""The desk at work: which page shows, what the rail counts, what keys do."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.call import Call
from app.domain.changes import Changes
from app.domain.views import CallBack, OutboxCounts, QueueFilter, QueueView
from app.domain.words import words_key
from ui.actions import MOST_CALLS, Act, Scope
from ui.calling import OPEN_DRAFTS, Calling
from ui.desk_work_actions import DeskWorkActions
from ui.dialogs.commands import Commands
from ui.hand_over_actions import HandOverActions
from ui.lanes import (
    APPROVE,
    CALL_BACKS,
    CATCH_UP,
    DRAFTS,
    FIRST_LANE,
    HANDED_DRAFTS,
    LANE_OF,
    MODELS,
    OUTBOX,
    PLACES,
    STATUS,
    VIEW_PREFIX,
    Lanes,
)
from ui.main_window import MainWindow
from ui.offers import Offers
from ui.outage import OutageLine
from ui.person_menu import PersonMenu
from ui.rail_counts import RailCounting
from ui.seed_notice import SeedNotice
from ui.session import Session
from ui.tasks import async_slot, reporting
from ui.ticket_edits import TicketEdits
from ui.undoing import Undoing
from ui.views.call_backs_view import CallBacksView
from ui.views.calls_view import CallsView
from ui.views.catch_up_view import CatchUpView
from ui.views.filter_bar import filter_of
from ui.views.model_list import PROPOSAL, WORDS
from ui.views.models_view import ModelsView
from ui.views.queue_export import QueueExport
from ui.views.queue_page import QueuePage
from ui.views.queue_view import Queue
from ui.views.status_view import Delivery
from ui.wayfinding import Wayfinding
from ui.widgets.message import MessageAction
from ui.widgets.palette import Palette
from ui.widgets.shortcut_sheet import ShortcutGroup, ShortcutSheet
from ui.work_lists import PAPER, REPORT, WorkLists

VIEWS = "views"
_COUNT_MS = 150
_TICK_MS = 30_000
_MOST_CALL_BACKS = 200
_FEET = (0, 1, 2, 1, 1, 0, 1, 0, 1)
"""How many action feet high the foot of each page is; the toast stands above it."""
_IN_A_ROW = frozenset(f"call_{number}" for number in range(2, MOST_CALLS + 1))
"""The sheet shows the first of these; the others are the next digits."""


class Workplace(QObject):
    """Joins session, window and pages; made once the desk is open."""

    ended = Signal()

    def __init__(self, session: Session, window: MainWindow, queue_page: QueuePage) -> None:
        """`queue_page` is in the window already: it shows before the other pages are made."""
        super().__init__(window)
        self.session = session
        self.window = window
        self.actions = window.actions_
        self._lanes = Lanes(self.actions, self)
        self._lane = str(FIRST_LANE)
        self.queue_page = queue_page
        self.queue_export = QueueExport(session, queue_page.queue)
        self._clock = QTimer(self, interval=_TICK_MS)
        self.offers = Offers(session, self)
        self._make_pages()
        self.undoing = Undoing(session, window.toast)
        self.work_lists = WorkLists(session, window, self.undoing)
        on_screen = self.ways.ticket_on_screen
        self.calling = Calling(session, window, self.calls, self.undoing, on_screen)
        self.edits = TicketEdits(session, self.undoing, self)
        self.people = PersonMenu(session, window)
        self.outage = OutageLine(session, window)
        self.hand_over = HandOverActions(session, window)
        self.desk_work = DeskWorkActions(session, window)
        self.seed = SeedNotice(session, window)
        window.seed.acted.connect(lambda _key: self.desk_work.give())
        drafts = self.calling.drafts_on_screen
        self.rail = RailCounting(session, window, self._lanes, drafts)
        self._make_overlays()
        self._connect()
        self._bind()

    def _make_pages(self) -> None:
        self.calls = CallsView(self.session, self.actions)
        self.ways = Wayfinding(self.session, self.window, self.queue_page, self.offers)
        self.ticket, self.customer = self.ways.ticket, self.ways.customer
        self.conflict = self.ways.conflict
        self.delivery = Delivery(self.session, self.actions)
        self.call_backs = CallBacksView(self.session, self.actions)
        self.catch_up = CatchUpView(self.session, self.actions)
        self.models = ModelsView(self.session, self.actions)
        for page in (self.calls, self.ticket, self.conflict, self.models):
            page.setProperty("primary", True)
        pages = (
            self.queue_page, self.calls, self.ticket, self.delivery, self.call_backs,
            self.customer, self.conflict, self.catch_up, self.models,
        )  # fmt: skip
        for one, feet in zip(pages, _FEET, strict=True):
            one.setProperty("feet", feet)
            if one is not self.queue_page:
                self.window.add_page(one)

    def _make_overlays(self) -> None:
        self.palette = Palette(self.window)
        self.commands = Commands(self.session, self.palette, self.actions, self.offers)
        self.sheet = ShortcutSheet(self.window)
        commands = self.commands
        commands.opening.connect(self.hand_over.follow)
        commands.ticket_chosen.connect(self.ways.open_ticket)
        commands.reference_chosen.connect(self.ways.open_reference)
        commands.customer_chosen.connect(lambda hit: self.ways.show_customer(hit.id))
        commands.call_chosen.connect(self.calling.call_customer)
        commands.model_chosen.connect(self.calling.call_about)
        self.palette.shortcuts_wanted.connect(self.show_shortcuts)
        self.ways.leave_note.wanted.connect(self.edits.note_elsewhere)

    def _connect(self) -> None:
        session, window, queue = self.session, self.window, self.queue_page.queue
        session.changed.connect(self._changed)
        session.person_changed.connect(self._person_changed)
        session.refused.connect(window.refuse)
        window.rail.chosen.connect(self.go)
        self.people.chosen.connect(self.set_person)
        window.top.new_call_chosen.connect(self.calling.new_call)
        window.top.search_chosen.connect(self.commands.open)
        window.narrowed.connect(lambda narrow: self.queue_page.set_narrow(narrow=narrow))
        self.outage.status_wanted.connect(lambda: self.go(STATUS))
        self.rail.counted.connect(self._counted)
        self.rail.fell_due.connect(self._tell_due)
        window.news.acted.connect(self._act_on_news)
        window.bar.outbox_chosen.connect(lambda: self.go(OUTBOX))
        window.bar.service_chosen.connect(lambda _key: self.go(STATUS))
        queue.view_kept.connect(self.keep_view)
        queue.unassigned_wanted.connect(lambda: self.go(QueueView.UNASSIGNED))
        self.queue_page.assign_wanted.connect(self.edits.assign)
        self._connect_tickets()
        self.calling.saved.connect(self.rail.soon)
        self.calls.emptied.connect(lambda: self.go(self._lane))
        self.calls.left.connect(self.rail.soon)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _connect_tickets(self) -> None:
        page, view = self.queue_page, self.ticket
        self.ways.back_wanted.connect(lambda: self.go(self._lane))
        opened = (
            page.queue, self.calls, self.delivery.outbox, self.call_backs, self.catch_up,
            self.models,
        )  # fmt: skip
        for screen in opened:
            screen.ticket_chosen.connect(self.ways.open_ticket)
        view.done.connect(self.undoing.offer)
        view.copied.connect(self.window.tell)
        for one in (view, page.cards):
            one.model_wanted.connect(self.find_model)
        self.queue_export.written.connect(self.window.tell)
        self.conflict.done.connect(self.undoing.offer_all)
        for line in (page.disputed, self.delivery.oversight.disputed):
            line.compare_wanted.connect(self.ways.compare)
        self.work_lists.catalog.compare_wanted.connect(self.ways.compare)
        self.models.done.connect(self.undoing.offer_all)
        self.customer.call_wanted.connect(self.calling.call_customer)
        self.customer.merging.done.connect(self.undoing.offer)
        self.call_backs.ring_wanted.connect(self.calling.call_number)
        self.catch_up.call_backs_wanted.connect(self.show_call_backs)
        self.catch_up.triage_wanted.connect(lambda: self.go(QueueView.QUARANTINE))
        self.work_lists.ticket_chosen.connect(self.ways.open_ticket)
        self.work_lists.place_wanted.connect(self.go)
        self.work_lists.follow_ticket(view)
        self.work_lists.follow_claims(page.cards.claims, view.cards.claims)

    def _bind(self) -> None:
        bind, window = self.actions.bind, self.window
        bind(Act.NEW_CALL, window, self.calling.new_call)
        bind(Act.UNDO, window, window.toast.undo)
        bind(Act.SEARCH, window, self.commands.open)
        bind(Act.SHORTCUTS, window, self.show_shortcuts)
        bind(Act.PERSON, window, self.people.open)
        bind(Act.TRY_ALL, window, self.session.sync.probe_all)
        bind(Act.ADD_CALL, window, self.calling.add_call)
        places = {**LANE_OF, **PLACES, Act.GO_PAPER: PAPER, Act.GO_REPORT: REPORT}
        for act, key in places.items():
            bind(act, window, functools.partial(self.go, str(key)))
        bind(Act.GO_DISPUTED, window, self.ways.compare_first)
        bind(Act.WHAT_WORKS, window, self.outage.show_what_works)
        for number in range(1, MOST_CALLS + 1):
            bind(f"call_{number}", window, functools.partial(self.calling.show_number, number))
        page, queue = self.queue_page, self.queue_page.queue
        bind(Act.DETAILS, page, page.toggle_details)
        bind(Act.FILTER, page, queue.open_filter)
        bind(Act.COLUMNS, page, queue.choose_columns)
        bind(Act.EXPORT_QUEUE, page, self.queue_export.ask)
        bind(Act.SHOW_ALL, page, queue.show_all)
        bind(Act.KEEP_VIEW, page, self.keep_view)
        bind(Act.DROP_VIEW, page, self.drop_view)
        bind(Act.ASSIGN, page, lambda: self._with_current(self.edits.assign))
        bind(Act.NOTE, page, lambda: self._with_current(self.ways.write_note))
        bind(Act.CUSTOMER, page, page.choose_customer)

    # --- starting ---------------------------------------------------------------------------

    async def start(self, *, offer_drafts: bool = True, in_call: bool = False) -> None:
        """Show the first queue, then everything that is remembered; `in_call` leaves a call be."""
        self.people.show_person()
        self.queue_page.set_narrow(narrow=self.window.is_narrow)
        await self.rail.recall()
        await self.ticket.recall()
        await self.queue_page.queue.columns.recall()
        self.outage.show_statuses()
        self.seed.look()
        queue = self._queue_of(self._lane)
        if in_call and queue is not None:
            self.queue_page.queue.show_queue(queue)
        elif not self.queue_page.queue.is_loaded:
            self.go(self._lane)
        else:
            self.window.rail.set_current(self._lane)  # it shows, and somebody may be typing
        self.rail.count()
        _ = reporting.start(self.session.opened.finder.warm())
        if offer_drafts:
            await self.calling.offer_drafts()

    def _act_on_news(self, key: str) -> None:
        self.window.news.clear()
        if key == OPEN_DRAFTS:
            self.go(DRAFTS)
        elif key in (CALL_BACKS, CATCH_UP):
            self.go(key)

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
        if key in (DRAFTS, HANDED_DRAFTS):
            self.calling.open_drafts(handed=key == HANDED_DRAFTS)
            return
        self._lane = key
        self.window.rail.set_current(key)
        queue = self._queue_of(key)
        if self.work_lists.go(key):
            return
        if key in (OUTBOX, STATUS):
            self.window.show_page(self.delivery)
            self.delivery.show_both(outbox=key == OUTBOX)
        elif key == CALL_BACKS:
            self.window.show_page(self.call_backs)
            self.call_backs.reload()
            self.call_backs.focus_list()
        elif key == CATCH_UP:
            self.window.show_page(self.catch_up)
            self.catch_up.reload()
            self.catch_up.focus_list()
        elif key in (MODELS, APPROVE):
            self.window.show_page(self.models)
            self.models.open_at(PROPOSAL if key == APPROVE else WORDS)
            self.models.focus_list()
        elif queue is not None:
            self.queue_page.queue.show_queue(queue)
            self.queue_page.look_beside()
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

    def find_model(self, words: str) -> None:
        """Which model the words of a ticket mean, among the others that wait for one."""
        self.go(MODELS)
        self.models.open_at(WORDS, words_key(words))

    def show_call_backs(self) -> None:
        """Who waits to be rung back."""
        self.go(CALL_BACKS)

    def _tell_due(self, call_backs: list[CallBack]) -> None:
        """A line in the layout; it moves nothing and covers nothing."""
        named = ", ".join(one.reference for one in call_backs if one.reference)
        fact = self.tr("%n call-back(s) due now.", "", len(call_backs))
        show = MessageAction(CALL_BACKS, self.tr("Show them"), "G, B")
        self.window.news.show_message(fact, named, (show,))

    def _counted(self, outbox: OutboxCounts) -> None:
        on_lane = self.window.pages.currentWidget() is not self.calls
        self.window.rail.set_current(self._lane if on_lane else "")
        self.outage.show_counts(outbox)

    # --- overlays ---------------------------------------------------------------------------

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

    def _with_current(self, do: Callable[[str], object]) -> None:
        row = self.queue_page.queue.current()
        if row is not None:
            do(row.id)

    # --- people -----------------------------------------------------------------------------

    @async_slot
    async def set_person(self, person_id: str) -> None:
        """Somebody else works here; open calls survive the change."""
        await self.calls.store_drafts()
        self.session.set_person(await self.session.opened.people.choose(person_id))

    def _person_changed(self) -> None:
        self.queue_page.queue.name_people()
        if self._lane in set(QueueView):
            queue = self._queue_of(self._lane)
            if queue is not None and self.window.pages.currentWidget() is self.queue_page:
                self.queue_page.queue.show_queue(queue)
        self.catch_up.changed()
        self.rail.soon()

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
        if changes.touches("ticket", "outbox", "contact", "draft", "configuration", "conflict"):
            self.rail.soon()
        if changes.touches("conflict"):
            self.queue_page.look_beside()
            self.delivery.oversight.disputed.reload()
            self.conflict.reread()
            self.customer.reread()
        if changes.touches("outbox", "ticket"):
            self.delivery.outbox.changed()
        self.models.changed(changes)
        if changes.touches("proposal", "alias", "catalog_entry"):
            self.rail.soon()
        if changes.touches("incident"):
            self.delivery.oversight.changed()
        if changes.touches("ticket", "contact"):
            self.call_backs.changed()
        if changes.touches("ticket", "contact", "outbox", "outage", "conflict"):
            self.catch_up.changed()
        self.work_lists.changed(changes)
        if changes.touches(
            "ticket", "outbox", "customer", "payment", "plan", "device", "alias", "catalog_entry"
        ):
            self.queue_page.reread()
            self.ticket.reread()
            self.customer.reread()
            self.conflict.reread()
            self.calling.follow_saved()

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
