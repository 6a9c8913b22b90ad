"""The drill on its window: the mark, the checklist, outages to simulate, and the way to real."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QAction

from app.domain.call import Call
from app.domain.central_services import Service
from app.domain.drill import STEPS, Observed, Step, advanced
from app.domain.errors import OffhookError
from app.domain.views import ServiceWord
from app.ports.drill import DrillControls
from ui.actions import Actions, ActionSpec, Scope
from ui.tasks import async_slot
from ui.terms import terms
from ui.times import time_words
from ui.widgets.message import MessageAction
from ui.workplace import Workplace

REAL_KEYS = "Ctrl+Alt+R"
ALL_KEYS = "Ctrl+Alt+O"
_LOOK_MS = 500


class DrillActions(QObject):
    """Follows what the agent does; the steps tick themselves off."""

    def __init__(self, drill: DrillControls, work: Workplace) -> None:
        super().__init__(work)
        self._drill, self._work = drill, work
        self._done = 0
        self._finished = False
        self._given = set[str]()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._bind(work.actions)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        work.window.drill.acted.connect(self._act)
        self._show()

    def _bind(self, actions: Actions) -> None:
        self._add(actions, "drill_all", self.tr("Drill: all services away, or back"), ALL_KEYS)(
            self.toggle_all
        )
        for service in Service:
            name = terms.service(service)
            text = self.tr("Drill: {service} away, or back").format(service=name)
            self._add(actions, f"drill_{service}", text)(
                functools.partial(self.toggle, frozenset({service}))
            )
        self._add(actions, "drill_real", self.tr("This call is real"), REAL_KEYS)(self.make_real)

    def _add(
        self, actions: Actions, act: str, text: str, keys: str = ""
    ) -> Callable[[Callable[[], object]], None]:
        spec = ActionSpec(act, Scope.ANYWHERE, text, (keys,) if keys else (), "flask")
        action: QAction = actions.add(spec, self._work.window)

        def connect(do: Callable[[], object]) -> None:
            action.triggered.connect(lambda _checked=False: do())

        return connect

    # --- outages ----------------------------------------------------------------------------

    def toggle_all(self) -> None:
        """Every service away; all back where any is away."""
        self.simulate(frozenset() if self._drill.away else frozenset(Service))

    def toggle(self, some: frozenset[Service]) -> None:
        self.simulate(self._drill.away ^ some)

    @async_slot
    async def simulate(self, away: frozenset[Service]) -> None:
        """Let exactly these be away."""
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(None, self._drill.simulate, away)
        except OffhookError as problem:
            self._work.session.refuse(problem)
            return
        if not away:
            self._work.session.sync.probe_all()
        self.look()

    # --- the checklist ----------------------------------------------------------------------

    @property
    def done(self) -> int:
        """How many steps are done."""
        return self._done

    @async_slot
    async def look(self) -> None:
        """See what the agent has done, and show the next step."""
        counts = await self._work.session.outgoing.counts()
        page = self._work.window.pages.currentWidget()
        tickets = self._work.session.status(Service.TICKETS)
        seen = Observed(
            away=len(self._drill.away),
            marked_down=tickets is not None and tickets.word is ServiceWord.DOWN,
            waiting=counts.waiting,
            looks_at_outbox=page is self._work.delivery,
            looks_at_catch_up=page is self._work.catch_up,
        )
        before, self._done = self._done, advanced(self._done, seen)
        if self._done != before:
            self._show()
        if self._done == len(STEPS) and not self._finished:
            self._finished = True
            seconds = self._clock.elapsed() / 1_000
            await asyncio.get_running_loop().run_in_executor(None, self._drill.completed, seconds)

    def _show(self) -> None:
        real = MessageAction("real", self.tr("This call is real"), REAL_KEYS)
        away = MessageAction("all", self.tr("Simulate an outage"), ALL_KEYS)
        fact = self.tr("Drill: nothing here is real.")
        self._work.window.drill.show_message(
            f"{fact} {self._progress()}", self._words(), (away, real)
        )

    def _progress(self) -> str:
        if self._done == len(STEPS):
            length = time_words.length(self._clock.elapsed())
            return self.tr("Completed in {length}.").format(length=length)
        return self.tr("Step {at} of {count}.").format(at=self._done + 1, count=len(STEPS))

    def _words(self) -> str:
        if self._done == len(STEPS):
            return self.tr("You have taken a call in an outage and seen it arrive, once.")
        return {
            Step.CUT: self.tr("Take central away: Ctrl+Alt+O."),
            Step.SEE: self.tr("Watch the status bar: Tickets goes down. Work goes on."),
            Step.TAKE: self.tr("F2: a phone number, Tab, Tab, the fault, Ctrl+Enter. Read it out."),
            Step.OUTBOX: self.tr("See what waits: G, then O."),
            Step.BACK: self.tr("Bring central back: Ctrl+Alt+O."),
            Step.SENT: self.tr("Do nothing: the outbox empties by itself."),
            Step.CATCH_UP: self.tr("See what is left to do: G, then K."),
        }[STEPS[self._done]]

    def _act(self, key: str) -> None:
        if key == "all":
            self.toggle_all()
        elif key == "real":
            self.make_real()

    # --- the real desk ----------------------------------------------------------------------

    @async_slot
    async def make_real(self) -> None:
        """A real caller rang during the drill: what was typed goes on in the real desk.

        A call is given there once: given again after it was saved there, it would be a second one.
        """
        screen = self._work.calls.active
        call: Call | None = screen.call if screen is not None else None
        news = self._work.window.news
        if call is None:
            news.show_message(self.tr("No call is open here."))
            return
        if call.draft_id not in self._given:
            self._given.add(call.draft_id)
            try:
                await asyncio.get_running_loop().run_in_executor(None, self._drill.to_real, call)
            except OffhookError as problem:
                self._given.discard(call.draft_id)
                self._work.session.refuse(problem)
                return
        news.show_message(
            self.tr("The call goes on in the real desk."),
            self.tr("Save it there and read out the reference it gives."),
        )
