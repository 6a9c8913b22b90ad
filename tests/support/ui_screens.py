"""The desk's real window in a test: real key events, the loop turned by Qt itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

from app.ports.enrolling import Enrolling
from tests.support.ui_desk import UiDesk
from ui import languages
from ui.desk_app import OpenDesk, Program, RemoveDesk
from ui.main_window import MainWindow
from ui.tasks import reporting
from ui.theme import Look, theme
from ui.views.call_screen import CallScreen
from ui.workplace import Workplace

_PATIENCE_MS = 20_000
_LOOK_MS = 20
_LOOKS, _QUIET_LOOKS = 20, 4
_PAUSE_MS = 1_000
"""No pause of typing is that long; what waits longer is not waited for."""


class Patience(Protocol):
    """Lets Qt's loop turn; pytest-qt's bot does."""

    def wait(self, ms: int) -> None: ...

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None: ...


class Screens:
    """The window of one desk, with a person's hands."""

    def __init__(self, qtbot: Patience, program: Program) -> None:
        self._qtbot = qtbot
        self.program = program

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def work(self) -> Workplace:
        assert self.program.workplace is not None
        return self.program.workplace

    @property
    def call(self) -> CallScreen:
        """The call on screen."""
        active = self.work.calls.active
        assert active is not None
        return active

    def press(self, *keys: str) -> None:
        """Key events to the window itself, so that shortcuts fire."""
        for one in keys:
            QTest.keySequence(self.window.windowHandle(), QKeySequence(one))
            self.turn()

    def type(self, text: str) -> None:
        """Into whatever has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        QTest.keyClicks(focused, text)
        self.turn()

    def turn(self, milliseconds: int = 1) -> None:
        """Let the loop turn."""
        self._qtbot.wait(milliseconds)

    def grow(self, scale: float) -> None:
        """Larger letters, as the settings give them: the window is made anew."""
        remembering, before = self.program.remembering, self.window
        assert remembering is not None
        remembering.choose(replace(remembering.now, font_scale=scale, look=theme().look))
        self.until(lambda: self.window is not before and self.work.window is self.window)
        self.until(lambda: self.work.queue_page.queue.is_loaded)
        self.settled()
        self.turn(600)

    def until(self, true: Callable[[], object]) -> None:
        """Wait until something holds; a hang ends after twenty seconds."""
        self._qtbot.waitUntil(lambda: bool(true()), timeout=_PATIENCE_MS)

    def settled(self) -> None:
        """Wait out the pauses of typing and drafts: until nothing of the screens runs or is due."""
        quiet = 0
        for _ in range(_LOOKS):
            self.turn(_LOOK_MS)
            quiet = 0 if self._is_busy() else quiet + 1
            if quiet == _QUIET_LOOKS:
                return

    def _is_busy(self) -> bool:
        due = (
            one.isActive() and one.isSingleShot() and one.interval() < _PAUSE_MS
            for one in self.window.findChildren(QTimer)
        )
        return bool(reporting._running) or any(due)

    def focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    def has_focus_in(self, widget: QWidget) -> bool:
        """Whether `widget`, or something inside it, takes what is typed."""
        focused = self.focused()
        return focused is not None and (focused is widget or widget.isAncestorOf(focused))

    def take_call(self, phone: str = "", fault: str = "") -> CallScreen:
        """F2, the phone, and the fault."""
        self.press("F2")
        self.until(lambda: self.work.calls.active is not None)
        self.type(phone)
        self.press("Tab", "Tab")
        if fault:
            self.type(fault)
        return self.call

    def save(self) -> None:
        """Ctrl+Enter, until the reference is there."""
        self.press("Ctrl+Return")
        self.until(lambda: self.call.taken is not None)


@contextmanager
def desk_screens(
    qtbot: Patience,
    desk: UiDesk | OpenDesk,
    socket_name: str = "",
    *,
    wait: bool = True,
    language: str = "en",
    remove: RemoveDesk | None = None,
    enrolling: Enrolling | None = None,
) -> Iterator[Screens]:
    """The window over this desk, or what opens one; at work, and closed in order afterwards."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    _plain_screens(app, language)
    open_desk = (lambda: desk.opened) if isinstance(desk, UiDesk) else desk
    loop = QEventLoop(app)
    asyncio._set_running_loop(loop)  # Qt turns it; the test itself is no coroutine
    errors: list[BaseException] = []
    program = Program(open_desk, socket_name, remove=remove, enrolling=enrolling)
    reporting.set_reporter(errors.append)
    life = asyncio.ensure_future(program.live(), loop=loop)
    screens = Screens(qtbot, program)
    try:
        if wait:
            screens.until(lambda: program.workplace is not None and _at_work(program))
            program.window.activateWindow()
            screens.settled()
        yield screens
    finally:
        program.window.closing.emit()
        qtbot.waitUntil(life.done, timeout=_PATIENCE_MS)
        program.window.deleteLater()
        _end(loop)
        _plain_screens(app)
    assert not errors, errors


def _plain_screens(app: QApplication, language: str = "en") -> None:
    """English, light, 100 %, still: whatever an earlier test left."""
    languages.use(app, language)
    theme().set_reduced_motion(reduced=True)
    theme().set_look(Look.LIGHT)
    theme().set_font_scale(1.0)


def _at_work(program: Program) -> bool:
    work = program.workplace
    return work is not None and program.window.pages.currentWidget() is work.queue_page


def _end(loop: QEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
    QTest.qWait(5)
    asyncio._set_running_loop(None)
    loop.close()


def focusable(root: QWidget) -> Iterator[QWidget]:
    """Every widget below that Tab can reach."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(root):
            yield widget
