"""Care of the catalog: retire, merge, and a file taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.central.contract import bodies
from app.domain.catalog_import import MOST_ROWS, Fate
from app.domain.central_services import Aggregate
from app.domain.errors import Invalid, NotAllowed, Refused
from app.ports.system import IdSource
from app.services.approvals import Approvals
from app.services.catalog_care import CatalogCare
from app.services.merging import Merging
from local_store.person_keys import PersonKeys
from tests.support.model_desk import ModelDesk, entry
from tests.support.ui_desk import ELLEN, TOM

HEAD = "id,manufacturer,model_name,model_number,category,source\n"
FILE = HEAD + (
    "n-1,Zanto,Quill 12,ZQ-12,dryer,us\n"
    "e-6,Velna,Dry 640,VD-640 X,freezer,us\n"
    "e-5,Bosch,Serie 4 KGN39VIEAG,KGN39VIEAG,fridge,us\n"
    "n-2,Samsung,Some TV,UE55AU7100KXXU,television,us\n"
    "n-3,Zanto,Quill,zq12,dryer,us\n"
    "n-4,Zanto,,,dryer,us\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ModelDesk]:
    made = ModelDesk(tmp_path)
    yield made
    made.inside.store.close_now()


@pytest.fixture
def care(desk: ModelDesk) -> CatalogCare:
    return CatalogCare(desk.desk)


def outbox(desk: ModelDesk) -> list[str]:
    return [row.kind for row in desk.inside.read(lambda tx: tx.outbox.rows())]


async def test_a_file_is_shown_row_by_row_before_anything_changes(
    desk: ModelDesk, care: CatalogCare
) -> None:
    preview = await care.preview(FILE)
    assert [(one.row.id, one.fate) for one in preview.rows] == [
        ("n-1", Fate.NEW), ("e-6", Fate.CHANGED), ("e-5", Fate.SAME), ("n-2", Fate.DUPLICATE),
        ("n-3", Fate.DUPLICATE), ("n-4", Fate.BAD),
    ]  # fmt: skip
    assert preview.rows[1].changes == {"category": ("dryer", "freezer")}
    assert "e-1" in preview.rows[3].why
    assert "Line 2" in preview.rows[4].why
    assert outbox(desk) == []


async def test_what_was_confirmed_is_taken_in_and_nothing_else(
    desk: ModelDesk, care: CatalogCare
) -> None:
    preview = await care.preview(FILE)
    with pytest.raises(NotAllowed):
        await care.apply(FILE, preview.digest, ELLEN)
    assert len(await care.apply(FILE, preview.digest, TOM)) == 2
    assert outbox(desk) == ["catalog_entry.create", "catalog_entry.set"]
    again = await care.preview(FILE)
    assert [one.fate for one in again.rows[:3]] == [Fate.SAME] * 3


async def test_a_catalog_that_moved_since_takes_nothing_in(
    desk: ModelDesk, care: CatalogCare
) -> None:
    preview = await care.preview(FILE)
    desk.put(Aggregate.CATALOG_ENTRY, "n-1", entry("Zanto", "Quill 12", "ZQ-12", "dryer"))
    with pytest.raises(Refused):
        await care.apply(FILE, preview.digest, TOM)
    assert outbox(desk) == []


async def test_a_row_that_changed_once_more_is_not_what_was_shown(
    desk: ModelDesk, care: CatalogCare
) -> None:
    """Given a row shown as dryer to freezer, when the entry moved, then it is looked at again."""
    preview = await care.preview(FILE)
    desk.put(Aggregate.CATALOG_ENTRY, "e-6", entry("Velna", "Dry 640", "VD-640 X", "oven"), rev=2)
    with pytest.raises(Refused):
        await care.apply(FILE, preview.digest, TOM)
    assert outbox(desk) == []


class IdsWhileItMoves:
    """Ids for an import; while they are drawn, after the comparison, `arrive` happens once."""

    def __init__(self, inside: IdSource, arrive: Callable[[], None]) -> None:
        self._inside, self._arrive = inside, arrive

    def new_id(self) -> str:
        self._arrive, arrive = lambda: None, self._arrive
        arrive()
        return self._inside.new_id()


@pytest.mark.parametrize("arrives", ["the same model", "another model", "a proposal"])
async def test_what_arrives_between_the_comparison_and_the_taking_in_is_seen(
    desk: ModelDesk, care: CatalogCare, arrives: str
) -> None:
    """Given a duplicate that comes after apply has compared, then nothing at all is taken in."""

    def arrive() -> None:
        if arrives == "a proposal":
            desk.proposed("p-1", "zanto", ("Zanto", "Quill 12", "ZQ-12"))
        else:
            number = "ZQ-12" if arrives == "the same model" else "X-1"
            desk.put(Aggregate.CATALOG_ENTRY, "e-9", entry("Zanto", "Quill", number, "dryer"))

    preview = await care.preview(FILE)
    desk.desk.ids = IdsWhileItMoves(desk.desk.ids, arrive)
    with pytest.raises(Refused, match="has changed since it was shown"):
        await care.apply(FILE, preview.digest, TOM)
    assert outbox(desk) == []
    again = await care.preview(FILE)
    assert len(await care.apply(FILE, again.digest, TOM)) == again.count(Fate.NEW) + 1


async def test_ids_of_any_form_become_ids_of_the_contract(
    desk: ModelDesk, care: CatalogCare
) -> None:
    """Given a file with ids of its own, then central understands each, and a second file with the
    same ids changes what the first one made.
    """
    preview = await care.preview(FILE)
    await care.apply(FILE, preview.digest, TOM)
    rows = desk.inside.read(lambda tx: tx.outbox.rows())
    made = next(row for row in rows if row.kind == "catalog_entry.create")
    stored = desk.inside.read(lambda tx: tx.outbox.get(made.op_id))
    assert stored is not None
    assert bodies.read(stored.raw).target == made.lane
    later = await care.preview(HEAD + "n-1,Zanto,Quill 12 L,ZQ-12,dryer,us\n")
    assert [one.fate for one in later.rows] == [Fate.CHANGED]
    (done,) = await care.apply(HEAD + "n-1,Zanto,Quill 12 L,ZQ-12,dryer,us\n", later.digest, TOM)
    again = desk.inside.read(lambda tx: tx.outbox.get(done.op_id))
    assert again is not None
    assert bodies.read(again.raw).target == made.lane


async def test_what_was_approved_here_is_no_new_row(desk: ModelDesk, care: CatalogCare) -> None:
    """Given an approval central has not confirmed, then the same model in a file is a duplicate."""
    desk.proposed("01900000-0000-7000-8000-00000000aaa1", "z", ("Zanto", "Quill 12", "ZQ-12"))
    approvals = Approvals(desk.desk)
    (one,) = await approvals.proposals()
    signer, _ = PersonKeys().make(b"three good words")
    await approvals.approve(one.id, approvals.shown(one), TOM, signer)
    preview = await care.preview(FILE)
    assert preview.rows[0].fate is Fate.DUPLICATE


@pytest.mark.parametrize(
    "text",
    ["", "\0\0\0", "a;b\n1;2\n", "\u202e", HEAD.replace("model_name", "x"), "x" * 300_000],
)
async def test_what_is_no_catalog_is_refused(care: CatalogCare, text: str) -> None:
    with pytest.raises(Invalid):
        await care.preview(text)


async def test_evil_rows_are_rows(care: CatalogCare) -> None:
    evil = HEAD + f'{"x" * 500},A,B,C,dryer,s\n"\u202e1","=1+1","\0","9",none,s\n,,🔥,,,\n1,2\n'
    preview = await care.preview(evil)
    assert len(preview.rows) == 4
    many = HEAD + "".join(f"n{at},M,Model {at},N{at},dryer,s\n" for at in range(MOST_ROWS + 1))
    with pytest.raises(Invalid):
        await care.preview(many)


async def test_entries_are_retired_merged_and_all_of_it_taken_back(
    desk: ModelDesk, care: CatalogCare
) -> None:
    await desk.finder.warm()
    await care.retire("e-6", TOM)
    with pytest.raises(Refused):
        await care.retire("e-6", TOM)
    offer = await desk.finder.find("velna dry 640")
    assert offer.candidates[0].entry.retired
    await care.support("e-6", TOM)
    merging = Merging(desk.desk)
    await merging.merge_entries("e-4", "e-3", TOM)
    assert "e-4" not in await desk.found("dell inspiron 3511")
    with pytest.raises(Refused):
        await merging.merge_entries("e-3", "e-4", TOM)
    await merging.unmerge_entry("e-4", TOM)
    assert "e-4" in await desk.found("dell inspiron 3511")
    with pytest.raises(NotAllowed):
        await merging.merge_entries("e-4", "e-3", ELLEN)
