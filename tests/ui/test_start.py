"""Starting: the window before everything else, and a call taken while the desk still opens."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.errors import StoreLocked
from app.services.opened import OpenedDesk
from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens, desk_screens
from ui import desk_app
from ui.loading import WHOLE_DESK, load
from ui.main_window import MainWindow
from ui.views.queue_view import QueueScreen
from ui.widgets.rail import RailRow
from ui.widgets.service_bar import BarButton

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("sqlalchemy", "sqlcipher3", "httpx", "keyring", "alembic", "phonenumbers", "babel",
         "msgspec", "cryptography", "uvicorn", "starlette", "ui.workplace")  # fmt: skip

_FIRST_PAINT = """
import sys, threading
from app.__main__ import main
import app.desk
from PySide6.QtCore import QTimer
from ui import desk_app
from ui.main_window import MainWindow

def stop_at_the_first_paint(self, event, paint=MainWindow.paintEvent):
    paint(self, event)
    print(" ".join(sys.modules), flush=True)
    import os
    os._exit(0)

MainWindow.paintEvent = stop_at_the_first_paint
sys.exit(main(["--profile", sys.argv[1]]))
"""


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    done = subprocess.run(  # our own program
        [sys.executable, "-c", _FIRST_PAINT, str(tmp_path / "desk")],
        capture_output=True, text=True, check=False, timeout=60, cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"},
    )  # fmt: skip
    loaded = done.stdout.split()
    assert "ui.main_window" in loaded, done.stderr
    assert [one for one in HEAVY if one in loaded] == []


class SlowStore:
    """What opens the desk, and takes until it is told."""

    def __init__(self, desk: UiDesk) -> None:
        self._desk = desk
        self.asked = threading.Event()
        self.may_open = threading.Event()
        self.faults: list[StoreLocked] = []

    def __call__(self) -> OpenedDesk:
        self.asked.set()
        self.may_open.wait(20)
        if self.faults:
            raise self.faults.pop()
        return self._desk.opened


@pytest.fixture
def slow(desk: UiDesk) -> SlowStore:
    return SlowStore(desk)


def _at_work(screens: Screens) -> Callable[[], bool]:
    return lambda: screens.program.workplace is not None


def test_a_call_is_typed_before_the_desk_is_open_and_goes_on_after(
    qtbot: QtBot, desk: UiDesk, slow: SlowStore
) -> None:
    """Given a store that is still opening, when F2 is pressed, then not a letter is lost."""
    with desk_screens(qtbot, slow, wait=False) as screens:
        screens.window.activateWindow()
        screens.turn(50)
        screens.press("F2")
        screens.type("07700 900118")
        screens.press("Tab", "Tab")
        screens.type("No pict")
        slow.may_open.set()
        screens.until(_at_work(screens))
        screens.until(lambda: screens.work.calls.active is not None)
        screens.type("ure")
        form = screens.call.form
        assert (form.phone.text(), form.fault.text()) == ("07700 900118", "No picture")
        screens.until(lambda: len(screens.call.assist.matches) == 2)
        screens.settled()
        assert screens.window.pages.currentWidget() is screens.work.calls
        screens.save()
        assert screens.call.taken is not None
        assert len(desk.contents.contacts) == 1
        screens.press("F2")
        screens.turn(20)
        assert len(screens.work.calls.screens) == 2


def test_a_desk_that_does_not_open_keeps_the_words(qtbot: QtBot, slow: SlowStore) -> None:
    slow.faults.append(StoreLocked("held"))
    with desk_screens(qtbot, slow, wait=False) as screens:
        screens.window.activateWindow()
        screens.turn(50)
        screens.press("F2")
        screens.type("07700 900118")
        slow.may_open.set()
        screens.until(lambda: screens.window.pages.currentWidget() is screens.window.waiting)
        screens.press("F2")
        screens.turn(20)
        labels = screens.window.findChildren(QLabel)
        words = " ".join(one.text() for one in labels if one.isVisible())
        assert "Another program holds this desk's data." in words
        assert "still opening" not in words
        screens.type("9")
        screens.window.retry_wanted.emit()
        screens.until(_at_work(screens))
        screens.until(lambda: screens.work.calls.active is not None)
        assert screens.call.form.phone.text() == "07700 9001189"
        screens.settled()


def test_a_desk_without_a_call_shows_its_queue(qtbot: QtBot, slow: SlowStore) -> None:
    slow.may_open.set()
    with desk_screens(qtbot, slow) as screens:
        assert screens.window.pages.currentWidget() is screens.work.queue_page
        screens.press("F2")
        screens.until(lambda: screens.work.calls.active is not None)


def test_the_first_queue_shows_before_the_other_pages_and_before_the_network(
    qtbot: QtBot, desk: UiDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a desk that opens, its rows are there when the rest begins to be imported."""
    seen: list[tuple[list[str], int]] = []

    async def load_slowly(modules: Sequence[str]) -> None:
        if modules is WHOLE_DESK:
            window = next(one for one in QApplication.topLevelWidgets() if one.isVisible())
            queue = window.findChild(QueueScreen)
            assert queue is not None
            assert isinstance(window, MainWindow)
            said = [one.accessibleName() for one in window.bar.findChildren(BarButton)]
            assert [one for one in said if one.startswith("Outbox")] == ["Outbox"]
            assert window.rail.findChildren(RailRow)  # the lanes stand there
            seen.append(([row.reference for row in queue.model.rows], desk.sync.started))
        await load(modules)

    monkeypatch.setattr(desk_app, "load", load_slowly)
    with desk_screens(qtbot, desk) as screens:
        shown = [row.reference for row in screens.work.queue_page.queue.model.rows]
    assert shown
    assert seen == [(shown, 1)]


def test_a_window_closed_while_the_desk_opens_closes_the_desk(
    qtbot: QtBot, desk: UiDesk, slow: SlowStore
) -> None:
    closed = threading.Event()
    opened = replace(desk.opened, close=closed.set)
    desk.opened = opened
    with desk_screens(qtbot, slow, wait=False) as screens:
        screens.until(slow.asked.is_set)
        screens.window.closing.emit()
        screens.turn(20)
        slow.may_open.set()
    assert closed.wait(20)


def test_starting_takes_the_focus_from_nobody(qtbot: QtBot, desk: UiDesk) -> None:
    """Given the first queue, when the palette is opened at once, then it keeps the keys."""
    with desk_screens(qtbot, desk, wait=False) as screens:
        screens.until(_at_work(screens))
        screens.press("Ctrl+K")
        palette = screens.work.palette
        screens.until(palette.isVisible)
        held = screens.focused()
        screens.settled()
        assert screens.focused() is held
        assert held is not None
        assert palette.isAncestorOf(held)
