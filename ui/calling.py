"""Calls from anywhere: new ones, kept ones, those of a customer or a ticket; and back to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.call import Call, Taken
from app.domain.views import CustomerHit, ModelCandidate
from ui.main_window import MainWindow
from ui.session import Session
from ui.tasks import async_slot
from ui.text import one_line
from ui.undoing import Undoing
from ui.views.call_screen import CallScreen
from ui.views.calls_view import CallsView
from ui.widgets.message import MessageAction

_LONGEST_NAMES = 200
OPEN_DRAFTS = "drafts"

TicketName = tuple[str, str]
"""Id and reference."""


class Calling(QObject):
    """Opens calls in the calls view and brings it to the front."""

    saved = Signal()

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        calls: CallsView,
        undoing: Undoing,
        open_ticket: Callable[[], TicketName | None],
    ) -> None:
        """`open_ticket` names the ticket on screen, for Ctrl+J."""
        super().__init__(window)
        self._session, self._window = session, window
        self._calls, self._undoing = calls, undoing
        self._open_ticket = open_ticket
        calls.saved.connect(self._call_saved)
        calls.thrown.connect(self._call_thrown)

    # --- opening ----------------------------------------------------------------------------

    def new_call(self) -> None:
        """F2 from anywhere; what was open stays open."""
        self.take_call(self._session.intake.new_call())

    def call_number(self, number: str) -> None:
        """`offhook call NUMBER`: the telephone hands a call over."""
        self._window.come_forward()
        self.take_call(self._session.intake.new_call(number))

    def call_customer(self, hit: CustomerHit) -> None:
        """A new call with a customer found by name; they are offered, as any caller is."""
        screen = self.take_call(self._session.intake.new_call(hit.phone))
        if screen is not None:
            screen.caller.prefer(hit.id)

    def call_about(self, model: ModelCandidate) -> None:
        """A new call about a model found by name."""
        fresh = self._session.intake.new_call()
        self.take_call(replace(fresh, model=model.name, entry_id=model.entry_id))

    def take_call(self, call: Call) -> CallScreen | None:
        """Open a call and show it; None where nine are open already."""
        screen = self._calls.open_call(call)
        if screen is None:
            self._window.news.show_message(
                self.tr("Nine calls are open."), self.tr("Close one of them first.")
            )
            return None
        self.show()
        screen.focus_first()
        return screen

    def show(self) -> None:
        """Bring the calls to the front."""
        self._window.rail.set_current("")
        self._window.show_page(self._calls)

    def show_number(self, number: int) -> None:
        """Ctrl+`number`."""
        if self._calls.show_number(number):
            self.show()
            if self._calls.active is not None:
                self._calls.active.focus_first()

    def add_call(self) -> None:
        """Ctrl+J: this call, or a new one, belongs to the open ticket."""
        ticket = self._open_ticket()
        if ticket is None:
            return
        showing = self._window.pages.currentWidget() is self._calls
        active = self._calls.active if showing else None
        screen = active or self.take_call(self._session.intake.new_call())
        if screen is not None:
            screen.joining.join(*ticket)

    # --- kept calls -------------------------------------------------------------------------

    async def offer_drafts(self) -> None:
        """What was not finished when the program ended is offered, never opened by itself."""
        drafts = (await self._session.intake.kept(self._session.person)).here
        if not drafts:
            return
        names = [draft.call.name or draft.call.caller or draft.call.phone for draft in drafts]
        fact = self.tr("%n call(s) were not finished.", "", len(drafts))
        actions = (
            MessageAction(OPEN_DRAFTS, self.tr("Open them")),
            MessageAction("later", self.tr("Later")),
        )
        who = ", ".join(one_line(name) for name in names if name)
        self._window.news.show_message(fact, one_line(who)[:_LONGEST_NAMES], actions)

    @async_slot
    async def open_drafts(self, *, handed: bool = False) -> None:
        """All kept calls come back as open calls; or those that were handed over, to be looked
        at or taken back.
        """
        found = await self._session.intake.kept(self._session.person)
        drafts = found.handed if handed else found.here
        if drafts:
            self._calls.open_drafts(drafts)
            self.show()

    def drafts_on_screen(self) -> frozenset[str]:
        """The drafts that are open as calls, and so are not "kept"."""
        calls = (one.call for one in self._calls.screens if one.taken is None)
        return frozenset(one.draft_id for one in calls)

    # --- afterwards -------------------------------------------------------------------------

    def _call_saved(self, taken: Taken, screen: CallScreen) -> None:
        said = taken.reference or self.tr("the call-back")
        done = self.tr("Saved {what}").format(what=said)
        self._undoing.offer(taken.op_id, done, lambda: self._bring_back(screen))
        self.saved.emit()

    def _bring_back(self, screen: CallScreen) -> None:
        """The save was undone: the words are in their form again."""
        if screen in self._calls.screens:
            self._calls.show_call(screen)
            screen.reopen()
            self.show()
        else:
            self.take_call(screen.call)

    def _call_thrown(self, call: Call) -> None:
        self._undoing.offer("", self.tr("Call thrown away"), lambda: self._take_again(call))

    def _take_again(self, call: Call) -> None:
        screen = self.take_call(call)
        if screen is not None:
            screen.keep_draft()

    @async_slot
    async def follow_saved(self) -> None:
        """Saved calls still on screen show when their ticket was sent."""
        for screen in self._calls.screens:
            if screen.taken is not None and screen.taken.ticket_id:
                detail = await self._session.tickets.detail(screen.taken.ticket_id)
                if detail is not None:
                    self._calls.show_row(detail.row)
