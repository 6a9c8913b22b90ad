"""A theme for every test of a part, without motion, and widgets that live as long as the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look, Theme, theme


class KeepingBot(QtBot):
    """Keeps a strong reference to each widget until it is deleted in order.

    pytest-qt keeps weak ones: Python may then collect a window in the middle of its own events,
    children before parents, which no running desk ever does.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._kept: list[QWidget] = []

    def addWidget(
        self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None
    ) -> None:
        super().addWidget(widget, before_close_func=before_close_func)
        self._kept.append(widget)

    def let_go(self) -> None:
        """Delete what the test made; pytest-qt has closed it by now."""
        for widget in self._kept:
            widget.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._kept.clear()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[KeepingBot]:
    """pytest-qt's robot, keeping what it is given."""
    bot = KeepingBot(request)
    yield bot
    bot.let_go()


@pytest.fixture
def look(qtbot: KeepingBot) -> Iterator[Theme]:
    """The light theme laid on at 100 %, and put back after the test."""
    shown = theme()
    shown.set_reduced_motion(reduced=True)
    shown.set_look(Look.LIGHT)
    shown.set_font_scale(1.0)
    yield shown
    shown.set_look(Look.LIGHT)
    shown.set_font_scale(1.0)
