"""Who works at the profile, as commands name people or leave them out."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from app.cli.commands import EXIT_DONE, EXIT_REFUSED, run_line
from app.domain.configuration import Configuration
from app.domain.ids import Millis
from tests.support.ui_desk import AUDITOR, CONFIGURATION, ELLEN, TOM, UiDesk, ui_desk

_TAKE = ["take", "--phone", "07700 900118", "--fault", "No picture"]


@pytest.fixture
def desk() -> UiDesk:
    return ui_desk()


def _run(desk: UiDesk, *words: str) -> int:
    return asyncio.run(run_line(desk.opened, list(words)))[0]


def _current(desk: UiDesk) -> str:
    return asyncio.run(desk.opened.people.current()).id


def test_a_refused_command_changes_nobody(desk: UiDesk) -> None:
    """Given somebody without the role, when a command is refused, then who worked here still does.

    Where it is done, whoever was named works here from then on.
    """
    assert _run(desk, *_TAKE, "--as", AUDITOR.id) == EXIT_REFUSED
    assert _run(desk, *_TAKE, "--as", "nobody") == EXIT_REFUSED
    assert _current(desk) == ELLEN.id
    assert _run(desk, *_TAKE, "--as", TOM.id) == EXIT_DONE
    assert _current(desk) == TOM.id


def test_nobody_revoked_is_chosen_by_default(desk: UiDesk) -> None:
    """Neither as the first agent nor as who worked here last."""
    asyncio.run(desk.opened.people.choose(ELLEN.id))
    desk.opened.desk.configuration = _without(ELLEN.id)
    assert _current(desk) == TOM.id
    assert _run(desk, *_TAKE) == EXIT_DONE
    assert _run(desk, *_TAKE, "--as", ELLEN.id) == EXIT_REFUSED


def _without(person_id: str) -> Configuration:
    people = tuple(
        replace(one, revoked_at=Millis(1)) if one.id == person_id else one
        for one in CONFIGURATION.people
    )
    return replace(CONFIGURATION, people=people)
