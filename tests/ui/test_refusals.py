"""What the services refuse is said in the language of the screens, every sentence of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.errors import MoveNotAllowed, NotAllowed
from tests.support.ui_desk import AUDITOR, UiDesk
from tests.support.ui_screens import desk_screens
from ui import languages
from ui.problems import problems
from ui.refusals import in_our_words

ROOT = Path(__file__).resolve().parent.parent.parent
_REFUSALS = {"NotAllowed", "NotFound", "Refused", "Invalid", "MoveNotAllowed", "CentralUnavailable"}
_OF_ENROLMENT = (
    "app/enrolling.py",
    "app/seeding.py",
    "app/central/client/enrolment.py",
    "app/central/client/transport.py",
)
_VALUES = {"present": "ready", "wanted": "closed", "reference": "K7-0422-0"}
_SHOWN_BY_FIELD = {"phone", "fault"}
"""Fields of the call form; their sentences are `Problems.field`'s own."""


def _sentences(node: ast.expr) -> Iterator[str]:
    """The texts an argument may be, its placeholders filled with something."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_part(one) for one in node.values)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and key.value in _SHOWN_BY_FIELD):
                yield from _sentences(value)


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.FormattedValue)
    name = ast.unparse(node.value)
    return "" if name == "where" else _VALUES.get(name, "ready, closed")


def refusals() -> Iterator[str]:
    """Every sentence that a service, the domain or an enrolment can refuse with."""
    for named in ("app/services/*.py", "app/domain/*.py", *_OF_ENROLMENT):
        for source in sorted(ROOT.glob(named)):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                if node.func.id in _REFUSALS:
                    values = [*node.args, *(one.value for one in node.keywords)]
                    for value in values:
                        yield from _sentences(value)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    languages.use(qapp, "de")
    yield
    languages.use(qapp, "en")


@pytest.mark.usefixtures("german")
def test_every_refusal_is_known_in_german() -> None:
    found = sorted(set(refusals()))
    assert len(found) > 40
    assert [one for one in found if in_our_words(one) == one] == []


@pytest.mark.usefixtures("german")
def test_what_is_wrong_with_a_statement_is_said_in_german() -> None:
    """Every reason the readers of statements give, alone or behind what cannot be read."""
    reasons = sorted(set(_of_statements()))
    assert len(reasons) > 20
    assert [one for one in reasons if in_our_words(one) == one] == []
    said = in_our_words("Entry 7 cannot be read: no date, mark and amount.")
    assert said == "Eintrag 7 ist nicht lesbar: kein Datum, Vorzeichen und Betrag."


def _of_statements() -> Iterator[str]:
    for folder in ("app/providers/statements", "app/domain/payments"):
        for source in sorted((ROOT / folder).glob("*.py")):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                bug = "two currencies" in ast.unparse(node)
                if node.func.id in {"NotAStatement", "ValueError"} and node.args and not bug:
                    yield from _sentences(node.args[0])


@pytest.mark.usefixtures("german")
def test_statuses_stand_under_their_names_of_the_screens() -> None:
    problem = MoveNotAllowed(
        "A ticket that is ready cannot become merged.",
        safe="Nothing was written.",
        todo="It can become: closed, scheduled.",
    )
    said = problems.sentence(problem)
    assert "Bereit" in said
    assert "Geschlossen, Eingeplant" in said
    assert "ready" not in said


@pytest.mark.usefixtures("german")
def test_a_sentence_of_central_stays_as_it_came() -> None:
    assert in_our_words("Le plan est fermé.") == "Le plan est fermé."
    assert problems.parts(NotAllowed("Something new.")) == ("Something new.", "", "")


def test_a_refusal_on_screen_is_german_in_a_german_desk(qtbot: QtBot, desk: UiDesk) -> None:
    """Given an auditor at a German desk, when they assign a ticket, then all of it is German."""
    with desk_screens(qtbot, desk, language="de") as screens:
        screens.work.set_person(AUDITOR.id)
        screens.until(lambda: screens.work.session.person == AUDITOR)
        screens.press("G,A")
        screens.until(screens.work.queue_page.queue.current)
        screens.press("A")
        screens.until(lambda: not screens.window.trouble.isHidden())
        happened, safe, todo = (
            "Ada Quist darf das nicht: Es braucht eine andere Rolle.",
            "Nichts wurde geschrieben.",
            "Fragen Sie jemanden mit der Rolle, oder arbeiten Sie als andere Person.",
        )
        shown = screens.window.trouble.words()
        assert shown == f"{happened}  {safe} {todo}"
