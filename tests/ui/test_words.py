"""Words of the screens: both languages whole, plurals right, keys documented, long words uncut."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.domain.lifecycle import RowState
from app.domain.tickets import Missing, Safety, Status
from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import desk_screens
from ui import languages
from ui.terms import terms
from ui.widgets.buttons import Button
from ui.wording import wording

ROOT = Path(__file__).resolve().parent.parent.parent
I18N = ROOT / "resources" / "i18n"


def messages(language: str) -> list[ET.Element]:
    tree = ET.parse(I18N / f"offhook_{language}.ts")  # noqa: S314  # our own file
    return list(tree.getroot().iter("message"))


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_no_word_is_left_untranslated(language: str) -> None:
    open_ = [
        message.findtext("source")
        for message in messages(language)
        if (found := message.find("translation")) is None or found.get("type") == "unfinished"
    ]
    assert open_ == []


def test_placeholders_survive_translation() -> None:
    for message in messages("de"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        assert translation is not None
        forms = [one.text or "" for one in translation.iter("numerusform")] or [
            translation.text or ""
        ]
        for form in forms:
            wanted = set(re.findall(r"\{\w+\}|%n", source))
            assert set(re.findall(r"\{\w+\}|%n", form)) == wanted, source


def test_the_compiled_words_are_those_of_the_source(tmp_path: Path) -> None:
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    for language in languages.LANGUAGES:
        target = tmp_path / f"{language}.qm"
        subprocess.run(
            [str(tool), "-silent", str(I18N / f"offhook_{language}.ts"), "-qm", str(target)],
            check=True,
        )
        assert target.read_bytes() == (I18N / f"offhook_{language}.qm").read_bytes()


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[None]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    languages.use(app, "de")
    yield
    languages.use(app, "en")


@pytest.mark.usefixtures("german")
def test_every_state_has_a_german_word() -> None:
    words = [wording.row_state(state) for state in RowState]
    words += [terms.status(status) for status in Status]
    words += [terms.safety(safety) for safety in Safety]
    words += [terms.missing(part) for part in Missing]
    assert all(words)
    assert wording.row_state(RowState.NEEDS_REVIEW) == "Zu prüfen"
    assert terms.spoken("seven") == "sieben"


def test_the_sheet_of_keys_in_the_docs_is_fresh() -> None:
    done = subprocess.run([sys.executable, "docs/shortcuts.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run: python docs/shortcuts.py"


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_no_button_is_cut_at_the_first_size(qtbot: QtBot, desk: UiDesk, language: str) -> None:
    """Given the longest words of a language at 1440 x 900, then each button has its room."""
    with desk_screens(qtbot, desk, language=language) as screens:
        screens.press("F2")
        pages = screens.window.pages
        cut = []
        for at in range(pages.count()):
            pages.setCurrentIndex(at)
            screens.turn(5)
            for button in screens.window.findChildren(QAbstractButton):
                shown = isinstance(button, Button) and button.isVisible()
                if shown and button.width() < button.sizeHint().width():
                    cut.append(button.text())
        assert cut == []
