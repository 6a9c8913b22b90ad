"""A call-back that falls due says so: a line in the desk, and the system's notification."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens
from ui.tray import Tray


class RecordingIcon(QSystemTrayIcon):
    """A tray's icon that writes down what it was asked to show."""

    shown: Sequence[tuple[str, str]] = ()

    def show(self) -> None:
        """There is no tray to show it in."""

    def showMessage(self, title: str, words: str, *_more: object) -> None:
        self.shown = (*self.shown, (title, words))


@pytest.fixture
def icon(screens: Screens) -> RecordingIcon:
    """Joined as the program joins the real one."""
    made: list[RecordingIcon] = []

    def make(picture: QIcon, parent: QObject) -> QSystemTrayIcon:
        made.append(RecordingIcon(picture, parent))
        return made[0]

    tray = Tray(screens.window, screens.window.actions_, QIcon(), make)
    screens.work.rail.fell_due.connect(tray.tell_due)
    tray.call_backs_wanted.connect(screens.work.show_call_backs)
    return made[0]


def test_a_call_back_that_falls_due_is_told_once(
    qtbot: QtBot, screens: Screens, desk: UiDesk, icon: RecordingIcon
) -> None:
    """Given a promise for 12:06, when it is 12:07, then both tell, and never again."""
    assert screens.window.news.isHidden()
    screens.take_call("07700 900333", "Ice")
    focused = screens.focused()
    desk.clock.pass_minutes(61)
    screens.work.rail.count()
    screens.until(lambda: not screens.window.news.isHidden())
    assert screens.focused() is focused
    assert "1 call-back due now" in screens.window.news.words()
    assert [title for title, _words in icon.shown] == ["1 call-back due now"]
    assert "Margaret" not in str(icon.shown)
    screens.work.rail.count()
    screens.settled()
    assert len(icon.shown) == 1


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # the offscreen platform
def test_the_notification_leads_to_the_call_backs(screens: Screens, icon: RecordingIcon) -> None:
    assert screens.window.pages.currentWidget() is not screens.work.call_backs
    icon.messageClicked.emit()
    screens.until(lambda: screens.window.pages.currentWidget() is screens.work.call_backs)
    assert screens.work.call_backs.isVisible()
