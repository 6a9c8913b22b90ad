"""The finder while somebody types: always the catalog of the last commit, never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from app.domain.central_services import Aggregate
from app.domain.matching.resolution import Outcome
from app.domain.model_offer import Span, separating, tied, unsaid
from app.ports.system import Lane
from app.services import model_finding
from app.services.model_finding import ModelFinder
from tests.support.evil import corpus
from tests.support.model_desk import ENTRIES, ModelDesk, entry

T = TypeVar("T")
ENTRY = Aggregate.CATALOG_ENTRY


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    yield made
    made.inside.store.close_now()


async def test_before_the_index_is_there_the_store_answers(desk: ModelDesk) -> None:
    offer = await desk.finder.find("samsung ue55au7100k")
    assert (offer.ready, offer.outcome) == (False, Outcome.CHOOSE)
    assert offer.candidates[0].entry.id == "e-1"


async def test_an_approved_entry_is_found_by_the_next_question(desk: ModelDesk) -> None:
    await desk.finder.warm()
    assert "e-9" not in await desk.found("velna iron 77")
    desk.put(ENTRY, "e-9", entry("Velna", "Iron 77", "VI-77", "other"))
    assert (await desk.found("velna iron 77"))[0] == "e-9"


async def test_a_changed_entry_is_found_by_its_new_names_alone(desk: ModelDesk) -> None:
    await desk.finder.warm()
    desk.put(ENTRY, "e-6", entry("Zanto", "Quill 12", "ZQ12", "dryer"), rev=2)
    assert (await desk.found("zanto quill zq12"))[0] == "e-6"
    assert "e-6" not in await desk.found("velna dry 640")


async def test_a_merged_entry_is_not_offered(desk: ModelDesk) -> None:
    await desk.finder.warm()
    merged = entry(*ENTRIES["e-6"], merged_into="e-5")
    desk.put(ENTRY, "e-6", merged, rev=2)
    assert "e-6" not in await desk.found("velna dry 640")


async def test_remembered_words_come_first_and_are_linked(desk: ModelDesk) -> None:
    await desk.finder.warm()
    desk.remembered("the round one", "e-6")
    offer = await desk.finder.find("The round one!")
    assert (offer.outcome, offer.candidates[0].entry.id) == (Outcome.LINKED, "e-6")
    assert offer.candidates[0].remembered


async def test_what_moves_while_the_index_is_built_is_not_lost(desk: ModelDesk) -> None:
    """Given an entry that comes between reading the catalog and using its index."""

    class Slow:
        """Something is committed while it works."""

        async def run(self, lane: Lane, work: Callable[[], T]) -> T:
            del lane
            made = work()
            if not came:
                came.append(True)
                desk.put(ENTRY, "e-9", entry("Velna", "Iron 77", "VI-77", "other"))
            return made

        def close(self) -> None: ...

    came: list[bool] = []
    finder = ModelFinder(desk.desk, Slow())
    finder.follow()
    await finder.warm()
    assert came
    found = await finder.find("velna iron 77")
    assert found.candidates[0].entry.id == "e-9"


async def test_many_changes_build_the_index_anew(
    desk: ModelDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_finding, "_MOST_FRESH", 2)
    await desk.finder.warm()
    for at in range(4):
        desk.put(ENTRY, f"n-{at}", entry("Velna", f"Iron 7{at}", f"VI-7{at}", "other"))
    assert (await desk.found("velna iron 73"))[0] == "n-3"
    assert (await desk.found("velna iron 70"))[0] == "n-0"


async def test_whatever_is_typed_is_answered(desk: ModelDesk, tmp_path: Path) -> None:
    await desk.finder.warm()
    asked = (
        *corpus(tmp_path / "a.png"), "", "x", "356938035643809", "9" * 1_000_000,
        "' OR 1=1; --", "NEAR(a b) AND *",
        "my telly has been making a humming noise since the storm on sunday night",
    )  # fmt: skip
    for words in asked:
        offer = await desk.finder.find(words)
        assert len(offer.candidates) <= model_finding.MOST_OFFERED


def test_what_the_caller_did_not_say_is_marked() -> None:
    title = "Samsung UE55AU7100K Crystal"
    marks = unsaid([["samsung", "ue55au7020k"]], title)
    assert [title[one.start : one.start + one.length] for one in marks] == ["10"]
    assert unsaid([["ue", "55", "au7100k"]], title) == ()
    assert unsaid([["tv"]], title) == (Span(8, 11),)


def test_tied_candidates_are_separated_by_a_piece_of_their_own() -> None:
    assert tied([0.9, 0.1, 0.05]) == 2
    assert separating(["Dell Inspiron 15 3520", "Dell Inspiron 15 3511"]) == ("3520", "3511")
    assert separating(["Dell Inspiron", "Dell Inspiron 15"]) == ()
    assert separating(["One"]) == ()
