"""Held deletions on the status screen: seen by everybody, decided by a supervisor with a reason."""

from __future__ import annotations

import pytest

from app.domain.deletions import HeldDeletions
from app.domain.ids import EntityId
from app.domain.incidents import Incident, IncidentKind
from tests.support.ui_desk import NOON, TOM, UiDesk
from tests.support.ui_screens import Screens
from ui.views.oversight_view import Oversight


def incident(kind: str, *, closed: bool = False) -> Incident:
    return Incident(
        f"{kind}/tickets/1", kind, "tickets", "1", "", 1, NOON, NOON, NOON if closed else None,
        "repair" if closed else None,
    )  # fmt: skip


@pytest.fixture
def desk(desk: UiDesk) -> UiDesk:
    desk.contents.held.append(
        HeldDeletions("tickets", 300, 600, NOON, refused=False, examples=(EntityId("1"),))
    )
    desk.contents.incidents += [
        incident(IncidentKind.MASS_DELETION), incident("row_differs", closed=True),
    ]  # fmt: skip
    return desk


def shown(screens: Screens) -> Oversight:
    """The status screen, once it has been read."""
    screens.press("G", "S")
    view = screens.work.delivery.oversight
    screens.until(lambda: not view.held.isHidden())
    return view


def test_everybody_sees_what_is_held_and_what_was_put_right(screens: Screens) -> None:
    view = shown(screens)
    assert "300" in view.held.words()
    assert not view.repaired.isHidden()
    assert view.ongoing.isHidden()
    assert view.overtaken.isHidden()


def test_what_stands_though_it_was_taken_back_is_told(screens: Screens, desk: UiDesk) -> None:
    desk.contents.incidents.append(incident(IncidentKind.OVERTAKEN, closed=True))
    view = shown(screens)
    assert not view.overtaken.isHidden()
    assert "taken back" in view.overtaken.words()


def test_a_copied_folder_says_so_and_what_becomes_of_the_other(
    screens: Screens, desk: UiDesk
) -> None:
    assert shown(screens).copied.isHidden()
    desk.contents.incidents.append(incident(IncidentKind.COPIED, closed=True))
    view = shown(screens)
    assert not view.copied.isHidden()
    assert "another code" in view.copied.words()


def test_a_supervisor_lets_them_happen_with_a_reason(screens: Screens, desk: UiDesk) -> None:
    screens.work.session.set_person(TOM)
    view = shown(screens)
    screens.press("D")
    assert view.form.isVisible()
    screens.type("agreed with the owner of the data")
    screens.press("Ctrl+Return")
    screens.until(view.held.isHidden)
    assert desk.contents.decided == [
        ("tickets", "released by tom: agreed with the owner of the data")
    ]


def test_an_agent_is_told_that_it_needs_another_role(screens: Screens, desk: UiDesk) -> None:
    view = shown(screens)
    screens.press("D")
    screens.type("because")
    screens.press("Ctrl+Return")
    screens.settled()
    assert desk.contents.decided == []
    assert view.form.isVisible()
