"""The first window of a computer without a desk: a code, or a seed, and never over what is left."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Invalid, StoreAbsent
from app.services.opened import OpenedDesk
from local_store.errors import gone
from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens, desk_screens
from tests.ui.test_local_socket import ask_from_outside
from ui.dialogs.code_panel import CodePanel


class NoDeskYet:
    """A profile without a desk; the right code or seed makes it one."""

    def __init__(self, desk: UiDesk, folder: Path | None = None) -> None:
        self._desk = desk
        self._folder = folder
        self.asked: list[tuple[str, str, str]] = []
        self.made = False

    def is_possible(self) -> bool:
        return not self.made

    def with_code(self, central: Sequence[str], code: str, name: str) -> None:
        self.asked.append((" ".join(central), code, name))
        if code != "two-words":
            raise Invalid("Central does not know this enrolment code.")
        if self._folder is not None:
            self._folder.mkdir()
        self.made = True

    def from_seed(self, file: Path, passphrase: str, organisation: str) -> None:
        self.asked.append((str(file), passphrase, organisation))
        if not organisation:
            raise Invalid("The seed is of the organisation 1a2b.")
        self.made = True

    def open(self) -> OpenedDesk:
        if not self.made:
            raise StoreAbsent("No desk is enrolled in this profile.")
        return self._desk.opened


def test_a_computer_without_a_desk_is_enrolled_with_a_code_by_keyboard(
    desk: UiDesk, qtbot: QtBot
) -> None:
    """What is missing is said before central is asked, what central says stays in the panel."""
    profile = NoDeskYet(desk)
    with desk_screens(qtbot, profile.open, wait=False, enrolling=profile) as screens:
        screens.until(lambda: "No desk" in " ".join(said(screens.window.waiting)))
        screens.until(lambda: QApplication.focusWidget() is not None)
        screens.press("F2")
        screens.turn(20)
        assert screens.window.pages.currentWidget() is screens.window.waiting
        screens.press("Space")
        panel = code_panel(screens)
        screens.until(panel.central.hasFocus)
        screens.type("https://one.example https://two.example")
        screens.press("Return")
        screens.until(lambda: "a code" in panel.state.text())
        assert profile.asked == []
        screens.press("Tab")
        screens.type("one word")
        screens.press("Return")
        screens.until(lambda: "does not know" in panel.state.text())
        assert not profile.made
        panel.code.clear()
        screens.type("two-words")
        screens.press("Tab")
        screens.type("Van 7")
        screens.press("Return")
        screens.until(lambda: screens.program.workplace is not None)
    assert profile.asked[-1] == ("https://one.example https://two.example", "two-words", "Van 7")


def test_a_computer_without_a_desk_begins_from_a_seed_by_keyboard(
    desk: UiDesk, qtbot: QtBot
) -> None:
    """It says whose seed it is before anything is made; then the desk opens."""
    profile = NoDeskYet(desk)
    with desk_screens(qtbot, profile.open, wait=False, enrolling=profile) as screens:
        enrolment = screens.program.enrolment
        screens.until(lambda: "No desk" in " ".join(said(screens.window.waiting)))
        screens.window.waiting.acted.emit()
        code_panel(screens).from_seed.setFocus()
        screens.press("Space")
        screens.until(lambda: enrolment.seed is not None and enrolment.seed.is_open)
        panel = enrolment.seed
        assert panel is not None
        screens.type("/media/stick/van.seed")
        screens.press("Tab", "Tab")
        screens.type("three words only")
        screens.press("Return")
        screens.until(lambda: "1a2b" in panel.state.text())
        assert not profile.made
        screens.press("Tab")
        screens.type("1a2b")
        screens.press("Return")
        screens.until(lambda: screens.program.workplace is not None)
    assert profile.asked[-1] == ("/media/stick/van.seed", "three words only", "1a2b")


@pytest.mark.linux  # socket paths; on Windows the names are pipes
def test_a_desk_enrolled_in_its_window_is_reached_by_other_programs(
    desk: UiDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    """Given a window before its profile, when the profile is made, then its socket lies there."""
    folder = tmp_path / "desk"
    profile = NoDeskYet(desk, folder)
    name = folder / "s"
    with desk_screens(qtbot, profile.open, str(name), wait=False, enrolling=profile) as screens:
        screens.until(lambda: "No desk" in " ".join(said(screens.window.waiting)))
        screens.window.waiting.acted.emit()
        panel = code_panel(screens)
        panel.central.setText("https://one.example")
        panel.code.setText("two-words")
        panel.wanted.emit()
        screens.until(lambda: screens.program.workplace is not None)
        assert ask_from_outside(screens, name, "search", "elli") == "(0, '{}')"


@pytest.mark.linux
def test_a_profile_made_anew_behind_the_window_is_listened_at(
    desk: UiDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    """A drill's profile is taken away and made again while its window opens."""
    folder = tmp_path / "desk"
    folder.mkdir()

    def open_() -> OpenedDesk:
        shutil.rmtree(folder)
        folder.mkdir()
        return desk.opened

    with desk_screens(qtbot, open_, str(folder / "s")) as screens:
        assert ask_from_outside(screens, folder / "s", "search", "elli") == "(0, '{}')"


def code_panel(screens: Screens) -> CodePanel:
    """The panel for a code, once it is open."""
    enrolment = screens.program.enrolment
    screens.until(lambda: enrolment.code is not None and enrolment.code.is_open)
    assert enrolment.code is not None
    return enrolment.code


def said(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel)]


def test_a_store_that_is_gone_is_not_taken_for_a_computer_without_a_desk(qtbot: QtBot) -> None:
    """It names both ways back, and offers no new enrolment over the old keys."""

    def open_() -> OpenedDesk:
        raise gone()

    with desk_screens(qtbot, open_, wait=False, enrolling=AlwaysFree()) as screens:
        screens.until(lambda: "is gone" in " ".join(said(screens.window.waiting)))
        words = " ".join(said(screens.window.waiting))
        assert "--from-journal" in words
        assert "--from-second-place" in words
        screens.window.waiting.acted.emit()
        assert screens.program.enrolment.code is None


class AlwaysFree:
    def is_possible(self) -> bool:
        return True

    def from_seed(self, file: Path, passphrase: str, organisation: str) -> None:
        raise AssertionError(file, passphrase, organisation)

    def with_code(self, central: Sequence[str], code: str, name: str) -> None:
        raise AssertionError(central, code, name)
