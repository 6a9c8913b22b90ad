"""Catalog entries and words changed on two desks: found and settled by keyboard, at a central."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import main
from app.cli.commands import run_line
from app.domain.central_services import Aggregate
from app.domain.operations import Json
from app.domain.people import Person, Role
from app.services.opened import OpenedDesk
from tests.support.desk_in_process import DeskInProcess, desk_in_process
from tests.support.programs import Central, DeskProgram
from tests.support.ui_screens import Screens, desk_screens
from ui.desk_app import OpenDesk
from ui.views.conflict_view import ConflictView

pytestmark = [pytest.mark.e2e, pytest.mark.linux]

HEAD = "id,manufacturer,model_name,model_number,category,source\n"
ONE, OTHER, THIRD = (f"01900000-0000-7000-8000-00000000eee{n}" for n in range(3))
FILE = HEAD + "".join(
    f"{id_},Velna,Spin {number},VS-{number},dryer,us\n"
    for id_, number in ((ONE, 20), (OTHER, 31), (THIRD, 42))
)
SAID = "a velna, vs-20 or vs-31"
"""Words that tell either entry from all others."""


@dataclass(frozen=True)
class Two:
    """Two desks of one central; what one knows of the other comes through it alone."""

    one: DeskProgram
    other: DeskProgram

    def at(self, desk: DeskProgram, *work: Callable[[DeskInProcess], Awaitable[object]]) -> None:
        """Do these at that desk, one after the other."""

        async def told() -> None:
            async with desk_in_process(desk.profile, desk.secret) as opened:
                for each in work:
                    await each(opened)

        asyncio.run(told())

    def both(
        self,
        mine: Callable[[DeskInProcess], Awaitable[object]],
        theirs: Callable[[DeskInProcess], Awaitable[object]],
    ) -> None:
        """The other desk's decision arrives first; neither has seen the other's."""
        self.at(self.one, sync)
        self.at(self.other, sync, theirs)
        self.at(self.one, mine)
        self.at(self.other, sync)
        self.at(self.one, sync)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    with Central(tmp_path / "central") as central:
        made = Two(DeskProgram(tmp_path / "one"), DeskProgram(tmp_path / "other"))
        made.one.enrol(central)
        made.other.enrol(central)
        made.at(made.one, taken_in(FILE), remembered, sync)
        yield made


async def sync(desk: DeskInProcess) -> None:
    report = await desk.sync()
    assert (report.waiting, report.needs_review) == (0, 0)


def supervisor(opened: OpenedDesk) -> Person:
    people = opened.desk.configuration.people
    return next(one for one in people if Role.SUPERVISOR in one.roles)


def taken_in(text: str) -> Callable[[DeskInProcess], Awaitable[object]]:
    async def take_in(desk: DeskInProcess) -> None:
        catalog = desk.opened.catalog
        preview = await catalog.preview(text)
        await catalog.apply(text, preview.digest, supervisor(desk.opened))

    return take_in


async def remembered(desk: DeskInProcess) -> None:
    await desk.opened.models.remember(SAID, ONE, supervisor(desk.opened))


def merged(into: str) -> Callable[[DeskInProcess], Awaitable[object]]:
    return lambda desk: desk.opened.merging.merge_entries(ONE, into, supervisor(desk.opened))


def pointed(entry_id: str | None) -> Callable[[DeskInProcess], Awaitable[object]]:
    async def point(desk: DeskInProcess) -> None:
        models = desk.opened.models
        (words,) = await models.words_of(ONE)
        await models.point(words.id, entry_id, supervisor(desk.opened))

    return point


def opener(program: DeskProgram) -> OpenDesk:
    opening = main.Opening(program.profile, program.secret, runs_sync=True)
    return lambda: main.open_desk(opening, run_line)


def compared(screens: Screens, *keys: str) -> ConflictView:
    """The first record in conflict, as a supervisor reaches it by those keys."""
    opened = screens.work.session.opened
    screens.work.set_person(supervisor(opened).id)
    screens.settled()
    screens.press(*keys)
    view = screens.work.conflict
    screens.until(lambda: view.isVisible() and bool(view.fields))
    return view


def values(view: ConflictView) -> list[str]:
    return [card.value.text for field in view.fields[:1] for card in field.cards]


def fields_at(desk: DeskProgram, two: Two, aggregate: Aggregate, id_: str) -> dict[str, Json]:
    """A record as that desk has it from central."""
    found: dict[str, Json] = {}

    async def look(opened: DeskInProcess) -> None:
        read = opened.opened.desk.store.read
        known = await read(lambda tx: tx.own_record(aggregate, id_))
        found.update(known[0] if known else {})

    two.at(desk, sync, look)
    return found


def test_an_entry_renamed_on_two_desks_is_compared_from_its_own_screen(
    qtbot: QtBot, two: Two
) -> None:
    """Given theirs at central, when mine is chosen by keyboard, then every desk has mine."""
    two.both(
        taken_in(FILE.replace("Spin 20", "Spin Twenty")),
        taken_in(FILE.replace("Spin 20", "Spin XX")),
    )
    with desk_screens(qtbot, opener(two.one), "") as screens:
        screens.work.set_person(supervisor(screens.work.session.opened).id)
        screens.settled()
        screens.press("G,D")
        page = screens.work.work_lists.catalog
        screens.until(lambda: page.isVisible() and page.search.hasFocus())
        screens.type("velna vs-20")
        screens.until(lambda: page.current == ONE)
        screens.until(lambda: not page.detail.disputed.isHidden())
        assert "Model" in page.detail.disputed.words()
        screens.press("Return")
        view = compared(screens, "Shift+C")
        assert values(view) == ["Spin 20", "Spin Twenty", "Spin XX"]
        assert not view.save_button.isEnabled()
        screens.press("M", "Ctrl+Return")
        screens.until(page.isVisible)
        screens.until(page.detail.disputed.isHidden)
    two.at(two.one, sync)
    entry = fields_at(two.other, two, Aggregate.CATALOG_ENTRY, ONE)
    assert entry["name"] == "Spin Twenty"


def test_a_merge_and_remembered_words_are_settled_from_the_list_of_what_needs_review(
    qtbot: QtBot, two: Two
) -> None:
    """Given an entry merged twice and words pointed twice, then the rail counts both, `G, W`
    opens them one after the other, and what is chosen stands at central.
    """
    two.both(pointed(None), pointed(OTHER))
    two.both(merged(OTHER), merged(THIRD))
    with desk_screens(qtbot, opener(two.one), "") as screens:
        screens.press("G,R")
        line = screens.work.queue_page.disputed
        screens.until(lambda: not line.isHidden())
        assert "2 other records" in line.words()
        assert _review_count(screens) == 2
        view = compared(screens, "G,W")
        assert values(view) == ["Velna Spin 20", "no model: forgotten", "Velna Spin 31"]
        screens.press("T", "J")  # what is chosen is still chosen when one comes back
        theirs = ["stands for itself", "Velna Spin 31", "Velna Spin 42"]
        screens.until(lambda: values(view) == theirs)
        screens.press("M", "Ctrl+Return")
        screens.until(screens.work.queue_page.isVisible)
        screens.until(lambda: "1 other record " in line.words())
        view = compared(screens, "G,W")
        assert values(view)[0] == "Velna Spin 20"
        assert view.fields[0].cards[2].isChecked()
        screens.press("Ctrl+Return")
        screens.until(screens.work.queue_page.isVisible)
        screens.until(line.isHidden)
        screens.until(lambda: _review_count(screens) == 0)
    two.at(two.one, sync)
    assert fields_at(two.other, two, Aggregate.CATALOG_ENTRY, ONE)["merged_into"] == OTHER


def _review_count(screens: Screens) -> int | None:
    rows = [one for group in screens.window.rail._groups for one in group.items]
    return next(one.count for one in rows if one.key == "needs_review")
