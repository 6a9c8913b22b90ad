"""The desk as a program: window first, the desk opened behind it, one instance, an orderly end."""

from __future__ import annotations

import asyncio
import functools
import gc
import inspect
import sys
from collections.abc import Awaitable, Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol, TypeAlias

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.domain.errors import Bug, DeskSilent, OffhookError, StoreAbsent
from ui import languages, local_socket
from ui.actions import Act, Actions, ActionSpec, Scope
from ui.early_call import EarlyCall, put_cursor
from ui.enrolling import FirstEnrolment
from ui.loading import FIRST_QUEUE, WHOLE_DESK, load
from ui.local_socket import LocalServer
from ui.main_window import MainWindow, frame_actions
from ui.problems import problems
from ui.tasks import reporting
from ui.theme import Look, Theme
from ui.wording import wording

# What a desk at work needs is imported behind the first window (ui/loading.py).
if TYPE_CHECKING:
    from app.domain.call import Call
    from app.ports.demo import DemoControls
    from app.ports.drill import DrillControls
    from app.ports.enrolling import Enrolling
    from app.services.opened import OpenedDesk
    from ui.demo_actions import DemoActions
    from ui.drill_actions import DrillActions
    from ui.preferences import Remembering
    from ui.session import Session
    from ui.views.queue_page import QueuePage
    from ui.workplace import Workplace


class RemoveDesk(Protocol):
    """Takes the closed desk off the computer; whether central was told."""

    def __call__(self, receipt: str, *, give_up: bool) -> bool: ...


OpenDesk: TypeAlias = "Callable[[], Awaitable[OpenedDesk] | OpenedDesk]"

_HAND_OVER_S = 20.0
_RAISE = "raise"
_CALL, _OPEN = "call", "open"
_DRILL, _DRILL_CALL = "drill", "drill-call"
_REFUSED, _SILENT = 3, 5
_FRAME_S = 0.02
"""Long enough for what was shown to be painted."""


def run(
    open_desk: OpenDesk,
    *,
    socket_name: str,
    errand: tuple[str, ...] = (),
    demo: DemoControls | None = None,
    drill: DrillControls | None = None,
    start_drill: Callable[[], None] | None = None,
    remove: RemoveDesk | None = None,
    enrolling: Enrolling | None = None,
) -> int:
    """Show the window, open the desk, work until the person quits; the exit code.

    `remove` takes the closed desk off the computer, with a receipt's file or "", and what no
    hand-over carries only where a person gave it up.

    A second start on the same profile raises the first one's window (or hands it the call) and
    returns 0.
    """
    app = application()
    answer = _asked(socket_name, list(errand or (_RAISE,)))
    if answer is not None:
        return answer
    loop = QEventLoop(app)
    with loop:
        program = Program(open_desk, socket_name, demo, drill, start_drill, remove, enrolling)
        return loop.run_until_complete(program.live(errand))


def application() -> QApplication:
    """The QApplication with the desk's look; made once."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Offhook")
    app.setDesktopFileName("offhook")
    app.setQuitOnLastWindowClosed(False)
    Theme(app, look=Look.SYSTEM).apply()
    languages.use(app, "")
    return app


def _asked(socket_name: str, words: list[str]) -> int | None:
    try:
        answer = local_socket.tell(socket_name, words, _HAND_OVER_S)
    except DeskSilent as problem:
        sys.stderr.write(f"{problem.sentence()}\n")
        return _SILENT
    return answer[0] if answer is not None else None


class Program:
    """One run of the desk's window."""

    def __init__(
        self,
        open_desk: OpenDesk,
        socket_name: str,
        demo: DemoControls | None = None,
        drill: DrillControls | None = None,
        start_drill: Callable[[], None] | None = None,
        remove: RemoveDesk | None = None,
        enrolling: Enrolling | None = None,
    ) -> None:
        self._open_desk = open_desk
        self._remove, self._receipt, self._give_up = remove, "", False
        self._is_leaving = False
        self._socket_name = socket_name
        self._demo = demo
        self._drill, self._start_drill = drill, start_drill
        self._is_drill = drill is not None
        self.drill_actions: DrillActions | None = None
        self.workplace: Workplace | None = None
        self.remembering: Remembering | None = None
        self._demo_actions: DemoActions | None = None
        self._anew: asyncio.Task[None] | None = None
        self._opened: asyncio.Future[OpenedDesk] | None = None
        self._made: OpenedDesk | None = None
        """What the opening thread opened, to be closed whether it was furnished or not."""
        self._end = asyncio.Event()
        self._again = asyncio.Event()
        self.enrolment = FirstEnrolment(enrolling, self._again.set)
        self._server = LocalServer(self.answer, self._is_open)
        self.window = self._made_window()
        self._early = EarlyCall(self.window)
        if demo is not None:
            self.window.show_opening(wording.demo_opening())
        reporting.set_reporter(self.report)

    def _made_window(self) -> MainWindow:
        window = MainWindow(Actions())
        window.setWindowIcon(_icon())
        frame_actions(window, window.actions_)
        if self._is_drill:
            window.mark_drill()
        window.closing.connect(self._end.set)
        window.retry_wanted.connect(lambda: self.enrolment.act(window))
        return window

    async def live(self, errand: tuple[str, ...] = ()) -> int:
        """From the first window to the last commit."""
        gc.disable()  # what is imported now stays: collecting among it is a tenth of the start
        self._opened = asyncio.get_running_loop().create_future()
        self._server.listen(self._socket_name)
        self.window.show()
        opening = reporting.start(self._open(errand))
        await self._end.wait()
        opening.cancel()
        await asyncio.wait({opening})
        gc.enable()
        await self._close()
        if self._is_leaving:
            await self._leave()
        self.window.hide()
        return 0

    def _begin_leaving(self, receipt: str, give_up: bool) -> None:  # a signal's
        """A person takes the desk off this computer: first it is closed like any other time."""
        self._is_leaving, self._receipt, self._give_up = True, receipt, give_up
        self._end.set()

    async def _leave(self) -> None:
        """What a last save left only here refuses it once more: then the desk stays, and says so
        until the window is closed.
        """
        if self._remove is None:
            return
        self.window.show_removing()
        self._end.clear()
        try:
            remove = functools.partial(self._remove, self._receipt, give_up=self._give_up)
            told = await asyncio.get_running_loop().run_in_executor(None, remove)
        except OffhookError as problem:
            self.window.fail_to_remove(problem)
            await self._end.wait()
            return
        if not told:
            self.window.show_removed_untold()
            await self._end.wait()

    async def _open(self, errand: tuple[str, ...]) -> None:
        opening = asyncio.ensure_future(self._opened_desk())
        try:
            await load(FIRST_QUEUE)
        except asyncio.CancelledError:
            opening.cancel()
            raise
        opened = await opening
        self._server.hold(self._socket_name)  # the profile may be younger than the window
        await self._furnish(opened)
        gc.freeze()
        gc.enable()
        if self._opened is not None and not self._opened.done():
            self._opened.set_result(opened)
        self._run_errand(errand)

    def _run_errand(self, errand: Sequence[str]) -> bool:
        """What another program or a link asks of the screens; whether it was for them."""
        work = self.workplace
        if work is None or len(errand) != len((_CALL, "number")):
            return False
        name, words = errand
        if name == _CALL:
            work.calling.call_number(words)
        elif name == _OPEN:
            self.window.come_forward()
            work.ways.open_reference(words)
        return name in (_CALL, _OPEN)

    async def _furnish(self, opened: OpenedDesk) -> None:
        """The first queue as soon as can be, then the desk's other pages behind it."""
        session, page = await self._first_queue(opened)
        await load(WHOLE_DESK)
        typed = self._early.take(opened.intake.new_call())
        self._make_workplace(session, page)
        if typed is not None:
            self._go_on_with(*typed)
        if self.workplace is not None:
            self.workplace.set_split(await self._split())
            await self.workplace.start(in_call=typed is not None)

    async def _first_queue(self, opened: OpenedDesk) -> tuple[Session, QueuePage]:
        """The queue that the desk opens with; the window is made twice where what was kept asks."""
        from ui.lanes import FIRST_LANE, Lanes, first_lane
        from ui.preferences import Remembering
        from ui.session import Session
        from ui.views.queue_page import QueuePage

        person = await opened.people.current()
        session = Session(opened, person, self.window)
        if (await session.settings.read(_DRILL)).get(_DRILL) is True:
            self._is_drill = True
            self.window.mark_drill()
        self.remembering = Remembering(session, self.window)
        if await self.remembering.recall():
            chosen, typed = self.remembering.now, self._early.take(opened.intake.new_call())
            self._change_window()
            session.stop()
            session = Session(opened, person, self.window)
            self.remembering = Remembering(session, self.window)
            self.remembering.now = chosen
            self._early = EarlyCall(self.window)
            if typed is not None:
                self._early.go_on(*typed)
        page = QueuePage(session)
        self.window.add_page(page)
        self.window.rail.show_groups(Lanes(self.window.actions_).groups(None, {}, ()))
        self.window.rail.set_current(str(FIRST_LANE))
        page.set_narrow(narrow=self.window.is_narrow)
        try:
            await page.queue.columns.recall()
            await page.queue.show_first(first_lane(self.window.actions_, person.id))
        except OffhookError as problem:
            self.report(problem)
        if not self._early.is_open:
            self.window.show_page(page)
            page.queue.focus_table()
        await asyncio.sleep(_FRAME_S)
        opened.sync.start()
        return session, page

    async def _split(self) -> list[int]:
        return await self.remembering.split() if self.remembering is not None else []

    def _make_workplace(self, session: Session, page: QueuePage) -> None:
        from ui.workplace import Workplace

        self.workplace = Workplace(session, self.window, page)
        self._furnish_rest()

    def _go_on_with(self, call: Call, name: str, cursor: int) -> None:
        """The call that was begun before the desk was open."""
        if self.workplace is not None:
            screen = self.workplace.calling.take_call(call)
            if screen is not None:
                put_cursor(screen.form, name, cursor)

    def _furnish_rest(self) -> None:
        if self.remembering is None or self.workplace is None:
            return
        from ui.demo_actions import DemoActions
        from ui.tray import Tray

        actions = self.window.actions_
        actions.bind(Act.SETTINGS, self.window, self.remembering.open)
        self.remembering.rebuild_wanted.connect(self._rebuild)
        tray = Tray(self.window, actions, _icon())
        self.workplace.rail.counted.connect(tray.show_counts)
        self.workplace.rail.fell_due.connect(tray.tell_due)
        tray.call_backs_wanted.connect(self.workplace.show_call_backs)
        if self._demo is not None:
            self._demo_actions = DemoActions(self._demo, self.window, actions)
        if self._start_drill is not None:
            spec = ActionSpec("drill", Scope.ANYWHERE, wording.start_drill(), icon="flask")
            actions.add(spec, self.window).triggered.connect(self._begin_drill)
        if self._remove is not None:
            self.workplace.desk_work.removal_wanted.connect(self._begin_leaving)
        else:
            self.workplace.desk_work.cannot_remove()
        if self._drill is not None:
            from ui.drill_actions import DrillActions

            self.drill_actions = DrillActions(self._drill, self.workplace)

    def _begin_drill(self) -> None:
        """In a window of its own, beside this one."""
        if self._start_drill is not None:
            self._start_drill()

    def _change_window(self) -> None:
        """The same place on the screen, made anew in another size or language."""
        old, self.window = self.window, self._made_window()
        self.window.setGeometry(old.geometry())
        self.window.show()
        old.be_still()
        old.hide()
        old.deleteLater()

    def _rebuild(self) -> None:
        self._anew = asyncio.ensure_future(self._make_anew())
        self._anew.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self.report(error)

    async def _make_anew(self) -> None:
        """Size or language changed: the screens are built again around the same desk."""
        if self.workplace is None or self.remembering is None:
            return
        from ui.preferences import Remembering
        from ui.session import Session
        from ui.views.queue_page import QueuePage

        opened, calls = self.workplace.session.opened, self.workplace.open_calls()
        chosen = self.remembering.now
        await self.workplace.stop()
        self.window.be_still()
        await reporting.finished()
        self._change_window()
        session = Session(opened, await opened.people.current(), self.window)
        self.remembering = Remembering(session, self.window)
        self.remembering.now = chosen
        page = QueuePage(session)
        self.window.add_page(page)
        self._make_workplace(session, page)
        await self.workplace.start(offer_drafts=False)
        for call in calls:
            self.workplace.calling.take_call(call)

    async def _opened_desk(self) -> OpenedDesk:
        """Open in a thread, as often as a person asks for it after a fault."""
        while True:
            try:
                return await asyncio.get_running_loop().run_in_executor(None, self._open_now)
            except OffhookError as problem:
                self._fail_to_open(problem, await self.enrolment.offered_for(problem))
            except Exception as error:  # noqa: BLE001  # our bug while opening: shown, not a dead window
                self._fail_to_open(Bug(f"The desk could not be opened ({_name(error)})."))
            self._again.clear()
            await self._again.wait()
            self.window.show_opening()
            self._early.opening()

    def _fail_to_open(self, problem: OffhookError, action: str = "") -> None:
        happened, _safe, _todo = problems.parts(problem)
        self._early.failed(happened, is_desk=problem.code != StoreAbsent.code)
        self.window.fail_to_open(problem, action)

    def _open_now(self) -> OpenedDesk:
        made = self._open_desk()
        opened = asyncio.run(_awaited(made)) if inspect.isawaitable(made) else made
        self._made = opened
        if self._end.is_set():
            opened.close()  # the window was closed meanwhile
        return opened

    async def _close(self) -> None:
        """Drafts saved, screens deaf, engine stopped, store closed, window gone."""
        self._server.close()
        if self.workplace is not None and self.remembering is not None:
            await self.remembering.keep_place(self.workplace.split())
            await self.workplace.stop()
            self.window.be_still()
            await reporting.finished()
        if self._made is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._made.close)
        reporting.set_reporter(None)

    # --- other processes --------------------------------------------------------------------

    async def _is_open(self) -> None:
        """Ends once commands can be carried out."""
        if self._opened is not None:
            await asyncio.shield(self._opened)

    async def answer(self, argv: list[str]) -> tuple[int, str]:
        """A command line from another process: ours is to come forward, the rest the desk's."""
        if argv[:1] == [_RAISE]:
            self.window.come_forward()
            return 0, ""
        if self._opened is None:
            return _REFUSED, ""
        opened = await asyncio.shield(self._opened)
        if self._run_errand(argv):
            return 0, ""
        answer = await opened.run_command(argv)
        if argv[:1] == [_DRILL_CALL] and self.workplace is not None:
            self.window.come_forward()
            self.workplace.calling.open_drafts()
            return 0, '{"running": true}'
        return answer

    # --- faults -----------------------------------------------------------------------------

    def report(self, error: BaseException) -> None:
        """What a coroutine of the screens raised: a sentence; a bug of ours by its kind alone."""
        problem = error if isinstance(error, OffhookError) else _bug(error)
        if self.workplace is not None:
            self.window.refuse(problem)
        else:
            self.window.fail_to_open(problem)


def _icon() -> QIcon:
    return QIcon(str(files("resources").joinpath("icons/offhook.svg")))


async def _awaited(made: Awaitable[OpenedDesk]) -> OpenedDesk:
    return await made


def _bug(error: BaseException) -> Bug:
    return Bug(
        f"Something in the program went wrong ({_name(error)}).",
        safe="What was saved is safe.",
        todo="Go on working; tell support the id.",
    )


def _name(error: BaseException) -> str:
    return type(error).__name__
