"""A theme for every test of a part, without motion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import Look, Theme, theme


@pytest.fixture
def look(qtbot: QtBot) -> Iterator[Theme]:
    """The light theme laid on at 100 %, and put back after the test."""
    shown = theme()
    shown.set_reduced_motion(reduced=True)
    shown.set_look(Look.LIGHT)
    shown.set_font_scale(1.0)
    yield shown
    # Widgets the test closed are waiting for their deletion; a style sheet visits every one left.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown.set_look(Look.LIGHT)
    shown.set_font_scale(1.0)
