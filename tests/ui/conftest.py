"""The desk's window over a store in memory, for the journeys of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.support.ui_desk import UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import morning


@pytest.fixture
def desk() -> UiDesk:
    """The morning of the pictures."""
    return ui_desk(morning())


@pytest.fixture
def screens(qtbot: QtBot, desk: UiDesk) -> Iterator[Screens]:
    """Its window, open."""
    with desk_screens(qtbot, desk) as open_:
        yield open_
