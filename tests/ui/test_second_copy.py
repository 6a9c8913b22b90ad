"""Where a second copy is kept: said by the status, chosen by keyboard in the settings."""

from __future__ import annotations

from app.domain.errors import EnvironmentFault
from app.domain.views import CopyWord, SecondCopy
from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens
from ui.dialogs.settings import SettingsPanel
from ui.views.status_view import StatusView


def _panel(screens: Screens) -> SettingsPanel:
    return screens.window.findChildren(SettingsPanel)[0]


def _note(screens: Screens) -> str:
    (view,) = screens.window.findChildren(StatusView)
    return view.head._note.text()


def test_a_folder_is_named_and_ended_by_keyboard(screens: Screens, desk: UiDesk) -> None:
    screens.press("Ctrl+,")
    choice = _panel(screens).copy
    screens.until(lambda: "would be lost" in choice.state.text())
    choice.folder.setFocus()
    screens.type("/media/stick")
    screens.press("Return")
    screens.until(lambda: desk.store.copy.folder == "/media/stick")
    screens.until(lambda: choice.state.text().startswith("In two places"))
    choice.folder.clear()
    screens.press("Return")
    screens.until(lambda: desk.store.copy == SecondCopy())
    screens.until(lambda: "would be lost" in choice.state.text())
    assert choice.folder.text() == ""
    assert not choice.state.text().startswith("In two places")


def test_what_cannot_be_written_is_said_and_nothing_changes(screens: Screens, desk: UiDesk) -> None:
    said: list[object] = []
    screens.work.session.refused.connect(said.append)
    screens.press("Ctrl+,")
    desk.store.copy_trouble = EnvironmentFault("The second copy could not be written there.")
    choice = _panel(screens).copy
    choice.folder.setFocus()
    screens.type("/nowhere")
    screens.press("Return")
    screens.until(lambda: said)
    assert desk.store.copy.word is CopyWord.NONE


def test_the_status_says_where_what_is_saved_here_is(screens: Screens, desk: UiDesk) -> None:
    here, there = "only on this computer", "in two places"
    screens.press("G,S")
    screens.until(lambda: here in _note(screens))
    assert there not in _note(screens)
    for copy, words, others in (
        (SecondCopy(CopyWord.CURRENT, "/media/stick"), there, here),
        (SecondCopy(CopyWord.BEHIND, "/media/stick", 9.0), here, there),
    ):
        desk.store.copy = copy
        screens.work.session.read_statuses()
        screens.until(lambda words=words: words in _note(screens))  # type: ignore[misc]  # a lambda with defaults has no type
        assert others not in _note(screens)
