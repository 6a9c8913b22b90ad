"""The desk as a program: window first, the desk opened behind it, one instance, an orderly end."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Awaitable, Callable
from importlib.resources import files

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.domain.errors import Bug, OffhookError
from app.ports.demo import DemoControls
from app.services.opened import OpenedDesk
from ui import languages, local_socket
from ui.actions import Act, Actions
from ui.demo_actions import DemoActions
from ui.local_socket import LocalServer
from ui.main_window import MainWindow, frame_actions
from ui.preferences import Remembering
from ui.session import Session
from ui.tasks import reporting
from ui.theme import Look, Theme
from ui.tray import Tray
from ui.workplace import Workplace

OpenDesk = Callable[[], Awaitable[OpenedDesk] | OpenedDesk]

_HAND_OVER_S = 5.0
_RAISE = "raise"
_CALL = "call"
_REFUSED = 3


def run(
    open_desk: OpenDesk,
    *,
    socket_name: str,
    call_number: str | None = None,
    demo: DemoControls | None = None,
) -> int:
    """Show the window, open the desk, work until the person quits; the exit code.

    A second start on the same profile raises the first one's window (or hands it the call) and
    returns 0.
    """
    app = application()
    words = [_CALL, call_number] if call_number else [_RAISE]
    answer = _asked(socket_name, words)
    if answer is not None:
        return answer
    loop = QEventLoop(app)
    with loop:
        program = Program(open_desk, socket_name, demo)
        return loop.run_until_complete(program.live(call_number))


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
        answer = local_socket.ask(socket_name, words, _HAND_OVER_S)
    except TimeoutError:
        return 0  # it runs, and is busy: the request is in its hands
    return answer[0] if answer is not None else None


class Program:
    """One run of the desk's window."""

    def __init__(
        self, open_desk: OpenDesk, socket_name: str, demo: DemoControls | None = None
    ) -> None:
        self._open_desk = open_desk
        self._socket_name = socket_name
        self._demo = demo
        self.workplace: Workplace | None = None
        self.remembering: Remembering | None = None
        self._demo_actions: DemoActions | None = None
        self._anew: asyncio.Task[None] | None = None
        self._opened: asyncio.Future[OpenedDesk] | None = None
        self._end = asyncio.Event()
        self._again = asyncio.Event()
        self._server = LocalServer(self.answer)
        self.window = self._made_window()
        reporting.set_reporter(self.report)

    def _made_window(self) -> MainWindow:
        window = MainWindow(Actions())
        window.setWindowIcon(_icon())
        frame_actions(window, window.actions_)
        window.closing.connect(self._end.set)
        window.retry_wanted.connect(self._again.set)
        return window

    async def live(self, call_number: str | None) -> int:
        """From the first window to the last commit."""
        self._opened = asyncio.get_running_loop().create_future()
        self._server.listen(self._socket_name)
        self.window.show()
        opening = reporting.start(self._open(call_number))
        await self._end.wait()
        opening.cancel()
        await self._close()
        return 0

    async def _open(self, call_number: str | None) -> None:
        opened = await self._opened_desk()
        await self._furnish(opened)
        if self._opened is not None and not self._opened.done():
            self._opened.set_result(opened)
        if call_number and self.workplace is not None:
            self.workplace.calling.call_number(call_number)

    async def _furnish(self, opened: OpenedDesk) -> None:
        """Fill the window with the desk's pages; twice where what was kept asks for it."""
        person = await opened.people.current()
        session = Session(opened, person, self.window)
        self.remembering = Remembering(session, self.window)
        if await self.remembering.recall():
            chosen = self.remembering.now
            self._change_window()
            session.stop()
            session = Session(opened, person, self.window)
            self.remembering = Remembering(session, self.window)
            self.remembering.now = chosen
        self.workplace = Workplace(session, self.window)
        self._furnish_rest()
        self.workplace.set_split(await self.remembering.split())
        await self.workplace.start()

    def _furnish_rest(self) -> None:
        if self.remembering is None or self.workplace is None:
            return
        actions = self.window.actions_
        actions.bind(Act.SETTINGS, self.window, self.remembering.open)
        self.remembering.rebuild_wanted.connect(self._rebuild)
        tray = Tray(self.window, actions, _icon())
        self.workplace.rail.counted.connect(tray.show_counts)
        if self._demo is not None:
            self._demo_actions = DemoActions(self._demo, self.window, actions)

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
        opened, calls = self.workplace.session.opened, self.workplace.open_calls()
        chosen = self.remembering.now
        await self.workplace.stop()
        self.window.be_still()
        await reporting.finished()
        self._change_window()
        session = Session(opened, await opened.people.current(), self.window)
        self.remembering = Remembering(session, self.window)
        self.remembering.now = chosen
        self.workplace = Workplace(session, self.window)
        self._furnish_rest()
        await self.workplace.start(offer_drafts=False)
        for call in calls:
            self.workplace.calling.take_call(call)

    async def _opened_desk(self) -> OpenedDesk:
        """Open in a thread, as often as a person asks for it after a fault."""
        while True:
            try:
                return await asyncio.get_running_loop().run_in_executor(None, self._open_now)
            except OffhookError as problem:
                self.window.fail_to_open(problem)
            except Exception as error:  # noqa: BLE001  # our bug while opening: shown, not a dead window
                self.window.fail_to_open(Bug(f"The desk could not be opened ({_name(error)})."))
            self._again.clear()
            await self._again.wait()
            self.window.show_opening()

    def _open_now(self) -> OpenedDesk:
        made = self._open_desk()
        return asyncio.run(_awaited(made)) if inspect.isawaitable(made) else made

    async def _close(self) -> None:
        """Drafts saved, screens deaf, engine stopped, store closed, window gone."""
        self._server.close()
        if self.workplace is not None and self.remembering is not None:
            await self.remembering.keep_place(self.workplace.split())
            await self.workplace.stop()
            self.window.be_still()
            await reporting.finished()
            close = self.workplace.session.opened.close
            await asyncio.get_running_loop().run_in_executor(None, close)
        self.window.hide()
        reporting.set_reporter(None)

    # --- other processes --------------------------------------------------------------------

    async def answer(self, argv: list[str]) -> tuple[int, str]:
        """A command line from another process: ours is to come forward, the rest the desk's."""
        if argv[:1] == [_RAISE]:
            self.window.come_forward()
            return 0, ""
        if self._opened is None:
            return _REFUSED, ""
        opened = await asyncio.shield(self._opened)
        if argv[:1] == [_CALL] and len(argv) > 1 and self.workplace is not None:
            self.workplace.calling.call_number(argv[1])
            return 0, ""
        return await opened.run_command(argv)

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
