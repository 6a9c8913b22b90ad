"""The device catalog on screen: merged, apart again, retired, words forgotten and pointed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.central_services import Aggregate
from tests.support.model_desk import ModelDesk, entry
from tests.support.ui_desk import ELLEN, TOM, UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from ui.views.catalog_view import CatalogView
from ui.widgets.rail import RailRow

SAID = "the velna that dries"
VELNA, DELL, OTHER_DELL = (f"01900000-0000-7000-8000-00000000eee{n}" for n in range(3))
WORDS = tuple(f"01900000-0000-7000-8000-00000000ccc{n}" for n in range(4))
ENTRIES = {
    VELNA: ("Velna", "Spin 20", "VS-20", "dryer"),
    DELL: ("Dell", "Latitude 5440", "5440", "laptop"),
    OTHER_DELL: ("Dell", "Latitude 5430", "5430", "laptop"),
}


@pytest.fixture
def models(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    made.tickets(SAID, "the VELNA that dries", "dell 3511")
    for id_, names in ENTRIES.items():
        made.put(Aggregate.CATALOG_ENTRY, id_, entry(*names))
    made.remembered(SAID, VELNA, WORDS[0])
    made.remembered("dell 3511", DELL, WORDS[1])
    yield made
    made.inside.store.close_now()


@pytest.fixture
def desk(models: ModelDesk) -> UiDesk:
    return ui_desk(real=models.desk.store)


@pytest.fixture
def screens(qtbot: QtBot, desk: UiDesk) -> Iterator[Screens]:
    with desk_screens(qtbot, desk) as shown:
        yield shown


def outbox(models: ModelDesk) -> list[str]:
    rows = models.inside.read(lambda tx: tx.outbox.rows())
    return [row.kind for row in rows if row.kind != "ticket.create"]


def looking_at(screens: Screens, words: str, *, as_person: str = TOM.id) -> CatalogView:
    """The catalog with the first entry that those words find."""
    screens.work.set_person(as_person)
    screens.settled()
    screens.press("G,D")
    page = screens.work.work_lists.catalog
    screens.until(lambda: page.isVisible() and page.search.hasFocus())
    screens.type(words)
    screens.until(lambda: page.detail.card is not None and bool(page.current))
    screens.until(
        lambda: page.detail.card is not None and page.detail.card.entry.id == page.current
    )
    screens.press("Return")
    return page


def titled(page: CatalogView) -> str:
    return page.detail.card.entry.id if page.detail.card is not None else ""


def test_the_rail_leads_to_the_catalog(screens: Screens) -> None:
    """It stands after the approvals that fill it; nothing waits in it, so it counts nothing."""
    rail = screens.window.rail
    rows = [one for group in rail._groups for one in group.items]
    keys = [one.key for one in rows]
    at = keys.index("catalog")
    assert keys[at - 1 : at + 2] == ["to_approve", "catalog", "outbox"]
    assert rows[at].count is None
    rail.chosen.emit("catalog")
    screens.until(screens.work.work_lists.catalog.isVisible)
    (row,) = [one for one in rail.findChildren(RailRow) if one.item.key == "catalog"]
    assert row.isChecked()


def test_an_entry_shows_its_words_and_the_tickets_that_read_as_it(screens: Screens) -> None:
    page = looking_at(screens, "velna spin 20")
    card = page.detail.card
    assert card is not None
    assert [one.words for one in card.words] == [SAID]
    assert [one.words for one in card.tickets] == [SAID, "the VELNA that dries"]
    assert "2 tickets" in page.detail.effect.words()


def test_two_entries_become_one_and_two_again(screens: Screens, models: ModelDesk) -> None:
    """Given one model under two entries, then what would be touched is said first, the ticket
    reads as the other from then on, and both the undo and Shift+M take it back.
    """
    page = looking_at(screens, "dell latitude 5440")
    assert titled(page) == DELL
    form = page.work.merge_form
    screens.press("M")
    screens.until(lambda: form.chosen is not None and form.chosen.id == OTHER_DELL)
    assert "1 open ticket" in form.effect.text()
    assert "1 wording" in form.effect.text()
    assert outbox(models) == []
    screens.press("Ctrl+Return")
    screens.until(lambda: outbox(models) == ["catalog_entry.merge"])
    ticket = models.inside.read(lambda tx: tx.models.tickets_of(OTHER_DELL))
    assert [one.words for one in ticket] == ["dell 3511"]
    screens.until(lambda: page.detail.card is not None and page.detail.card.into is not None)
    screens.press("Ctrl+Z")
    screens.until(lambda: outbox(models) == [])
    screens.until(lambda: titled(page) == DELL)
    screens.press("M")
    screens.until(lambda: form.chosen is not None and form.chosen.id == OTHER_DELL)
    screens.press("Ctrl+Return")
    screens.until(lambda: page.detail.card is not None and page.detail.card.into is not None)
    assert page.merge.isHidden()
    screens.press("Shift+M")
    screens.until(lambda: "catalog_entry.unmerge" in outbox(models) or outbox(models) == [])
    screens.until(lambda: page.detail.card is not None and page.detail.card.into is None)
    assert titled(page) == DELL


def test_an_entry_is_retired_and_supported_again(screens: Screens, models: ModelDesk) -> None:
    """Given an entry with tickets, then what retiring does is said before anything is written."""
    page = looking_at(screens, "velna spin 20")
    form = page.work.retire_form
    screens.press("R")
    screens.until(form.isVisible)
    told = form.effect.text()
    assert "2 open tickets and 1 wording go on reading as it; nothing is rewritten." in told
    assert "K7-0001-M, K7-0002-M" in told
    assert "Support again" in told
    screens.press("Esc", "R")
    screens.until(form.isVisible)
    assert outbox(models) == []
    screens.press("Ctrl+Return")
    screens.until(lambda: outbox(models) == ["catalog_entry.set"])
    screens.until(lambda: page.retire.label == "Support again")
    screens.press("R")
    screens.until(lambda: len(outbox(models)) == 2)
    screens.until(lambda: page.retire.label == "Retire")


def test_words_are_forgotten_and_the_undo_brings_them_back(
    screens: Screens, models: ModelDesk
) -> None:
    page = looking_at(screens, "velna spin 20")
    screens.press("W")
    screens.until(lambda: outbox(models) == ["alias.set"])
    screens.until(lambda: page.detail.card is not None and not page.detail.card.words)
    assert len(models.inside.read(lambda tx: tx.models.waiting())) == 1
    screens.press("Ctrl+Z")
    screens.until(lambda: page.detail.card is not None and bool(page.detail.card.words))
    assert outbox(models) == []


def test_the_outbox_says_what_of_the_words_was_changed(screens: Screens, models: ModelDesk) -> None:
    """In words, and without who and when, which the row says already."""
    looking_at(screens, "velna spin 20")
    screens.press("W")
    screens.until(lambda: outbox(models) == ["alias.set"])
    screens.work.go("outbox")
    waiting = screens.work.delivery.outbox.model
    screens.until(lambda: any("Changed words" in str(one.cells) for one in waiting.rows))
    (row,) = [one for one in waiting.rows if "Changed words" in str(one.cells)]
    assert "'Means'" in str(row.cells)


def test_words_are_pointed_elsewhere_but_not_to_where_they_fit_others(
    screens: Screens, models: ModelDesk
) -> None:
    page = looking_at(screens, "dell latitude 5440")
    form = page.work.point_form
    screens.press("P")
    screens.until(lambda: form.chosen is not None)
    form.search.set_text("bosch serie 4")
    screens.until(lambda: form.chosen is not None and form.chosen.id == "e-5")
    assert "1 open ticket" in form.effect.text()
    screens.press("Ctrl+Return")
    screens.until(lambda: form.search.error)
    assert "fit other models" in form.search.error
    assert outbox(models) == []
    models.remembered("the kgn39 bosch", DELL, WORDS[2])
    screens.until(lambda: page.detail.card is not None and len(page.detail.card.words) == 2)
    assert outbox(models) == []
    screens.press("Esc", "C", "P")
    screens.until(lambda: form.chosen is not None and form.chosen.id == "e-5")
    screens.press("Ctrl+Return")
    screens.until(lambda: outbox(models) == ["alias.set"])
    screens.until(lambda: page.detail.card is not None and len(page.detail.card.words) == 1)


def test_an_agent_may_care_for_words_and_not_for_entries(
    screens: Screens, models: ModelDesk
) -> None:
    page = looking_at(screens, "velna spin 20", as_person=ELLEN.id)
    screens.press("M", "R")
    screens.settled()
    assert not page.merge.isEnabled()
    assert outbox(models) == []
    assert page.forget.isEnabled()


def test_what_somebody_else_decided_shows_without_asking(
    screens: Screens, models: ModelDesk
) -> None:
    page = looking_at(screens, "velna spin 20")
    models.remembered("my velna", VELNA, WORDS[3])
    screens.until(lambda: page.detail.card is not None and len(page.detail.card.words) == 2)
    screens.press("O")
    screens.until(screens.work.ticket.isVisible)
    assert screens.window.pages.currentWidget() is screens.work.ticket
    assert outbox(models) == []
