"""Work handed from desk to desk: one draft becomes one ticket, and no file is made in vain."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.central.contract.hand_overs import HandOverReceipt
from app.central.contract.seeds import fingerprint
from app.domain.configuration import Configuration, DeskEntry
from app.domain.desk_keys import DESK_KEY, SEALING_KEY
from app.domain.errors import EnvironmentFault, Invalid, NotFound, OffhookError, Refused
from app.domain.giving_up import GivenUp
from app.domain.ids import Millis, PersonId
from app.domain.operations import FieldConflict, Json
from app.domain.people import Person, Role
from app.domain.views import ConflictRow
from app.ports.store import Store
from app.providers.phones import LibPhoneNumbers
from app.providers.system import SystemRandom
from app.services.blanks import BLANKS
from app.services.desk import Desk, Tools
from app.services.handing_over import HandingOver
from app.services.intake import Intake
from tests.support.ui_desk import IDENTITY, NOON, FixedClock
from tests.support.ui_store import Contents, MemoryStore
from tests.support.virtual_time import SeededIds

ANN = Person(PersonId("p-ann"), "Ann", frozenset({Role.AGENT}))
NAMES = ("north", "south", "east")


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@dataclass
class Party:
    """A desk that knows the keys of the others."""

    contents: Contents
    desk: Desk

    def __post_init__(self) -> None:
        self.intake = Intake(self.desk)
        self.handing = HandingOver(self.desk, SystemRandom().bytes)

    async def draft(self, fault: str) -> str:
        call = replace(self.intake.new_call("07700 900118"), fault=fault)
        await self.intake.keep_draft(call, ANN)
        return call.draft_id

    async def save(self, draft_id: str) -> None:
        (call,) = [d.call for d in await self.intake.drafts() if d.call.draft_id == draft_id]
        await self.intake.take(call, ANN)

    def tickets(self) -> int:
        return sum(one.kind == "ticket.create" for one in self.contents.outbox.values())

    @property
    def has_begun_again(self) -> bool:
        return "started_again" in self.contents.settings


class PassingClock(FixedClock):
    """No two looks at it see the same time."""

    def now(self) -> Millis:
        self.at = Millis(self.at + 1)
        return self.at


class Parties:
    """Three desks of one directory."""

    def __init__(self) -> None:
        keys = {name: (Ed25519PrivateKey.generate(), X25519PrivateKey.generate()) for name in NAMES}
        directory = tuple(
            DeskEntry(
                f"desk-{name}", name.title(), (f"{name[0].upper()}7",), "",
                text(key.public_key().public_bytes_raw()),
                text(box.public_key().public_bytes_raw()),
            )
            for name, (key, box) in keys.items()
        )  # fmt: skip
        self.configuration = Configuration(1, "o", (ANN,), desks=directory)
        ids = SeededIds()
        for name, (key, box) in keys.items():
            identity = replace(
                IDENTITY,
                desk_id=f"desk-{name}",
                desk_code=f"{name[0].upper()}7",
                spare_codes=("X7", "Y7"),
            )
            settings: dict[str, Json] = {
                DESK_KEY: text(key.private_bytes_raw()),
                SEALING_KEY: {
                    "private": text(box.private_bytes_raw()),
                    "public": text(box.public_key().public_bytes_raw()),
                },
            }
            store = MemoryStore(Contents(settings=settings), identity)
            tools = Tools(PassingClock(), ids, LibPhoneNumbers())
            desk = Desk(cast("Store", store), tools, identity, self.configuration)
            setattr(self, name, Party(store.contents, desk))

    north: Party
    south: Party
    east: Party


Story = Callable[[Parties, Path], Coroutine[object, object, None]]


def told(story: Story) -> Callable[[Path], None]:
    """Run it among three fresh desks."""

    def run_it(tmp_path: Path) -> None:
        asyncio.run(cast("Coroutine[Any, Any, None]", story(Parties(), tmp_path)))

    run_it.__name__ = story.__name__
    run_it.__doc__ = story.__doc__
    return run_it


@told
async def test_a_draft_that_was_handed_over_becomes_one_ticket(all_: Parties, folder: Path) -> None:
    """Given a draft given and taken, then only the taker saves it, however often it is taken."""
    file = folder / "work"
    draft = await all_.north.draft("No picture")
    await all_.north.handing.give_to_file("south", file, ANN)
    assert (await all_.south.handing.take_file(file, None, ANN)).drafts == 1
    with pytest.raises(Refused, match="handed over to South"):
        await all_.north.save(draft)
    assert await all_.north.intake.away() == {draft: "South"}
    assert [one.call.draft_id for one in await all_.north.intake.drafts()] == [draft]
    await all_.south.save(draft)
    again = await all_.south.handing.take_file(file, None, ANN)
    assert (again.drafts, await all_.south.intake.drafts()) == (0, [])
    second = folder / "second"
    await all_.north.handing.give_to_file("south", second, ANN)
    assert (await all_.south.handing.take_file(second, None, ANN)).drafts == 0
    elsewhere = await all_.north.handing.give_to_file("east", folder / "third", ANN)
    assert (elsewhere.drafts, elsewhere.elsewhere) == (0, 1), "a third desk does not get it too"
    assert [one.tickets() for one in (all_.north, all_.south)] == [0, 1]


@told
async def test_a_draft_is_taken_back_on_purpose_and_goes_back_and_forth(
    all_: Parties, folder: Path
) -> None:
    """Given a lost file, when a person takes the draft back, then it is this desk's again."""
    first, second, third = (folder / name for name in ("first", "second", "third"))
    draft = await all_.north.draft("No picture")
    with pytest.raises(NotFound):
        await all_.north.intake.take_back(draft, ANN)
    await all_.north.handing.give_to_file("south", first, ANN)
    await all_.north.intake.take_back(draft, ANN)
    assert (await all_.north.handing.give_to_file("east", second, ANN)).drafts == 1
    assert (await all_.east.handing.take_file(second, None, ANN)).drafts == 1
    await all_.east.handing.give_to_file("north", third, ANN)
    assert (await all_.north.handing.take_file(third, None, ANN)).drafts == 1
    await all_.north.save(draft)
    assert (await all_.east.handing.take_file(second, None, ANN)).drafts == 0, "an old file"
    with pytest.raises(Refused):
        await all_.east.save(draft)


@told
async def test_a_receipt_covers_the_drafts_of_its_hand_over_and_no_others(
    all_: Parties, folder: Path
) -> None:
    """Given drafts begun or changed after the hand-over, then the desk is not removed."""
    file, receipt = folder / "work", folder / "receipt"
    early = await all_.north.draft("No picture")
    await all_.north.handing.give_to_file("south", file, ANN)
    await all_.south.handing.take_file(file, receipt, ANN)
    assert await all_.north.handing.require_removable_by(receipt) == 0
    late = await all_.north.draft("It hums")
    with pytest.raises(Refused, match="drafts: 1"):
        await all_.north.handing.require_removable_by(receipt)
    await all_.north.intake.drop_draft(late)
    (kept,) = await all_.north.intake.drafts()
    assert kept.call.draft_id == early
    await all_.north.intake.keep_draft(kept.call, ANN)
    assert await all_.north.handing.require_removable_by(receipt) == 0, "only touched"
    await all_.north.intake.keep_draft(replace(kept.call, fault="No picture, no sound"), ANN)
    with pytest.raises(Refused, match="drafts: 1"):
        await all_.north.handing.require_removable_by(receipt)


@told
async def test_a_receipt_names_drafts_by_the_takers_own_word(all_: Parties, folder: Path) -> None:
    """Given a receipt whose drafts were added to afterwards, then it is no receipt."""
    file, receipt = folder / "work", folder / "receipt"
    await all_.north.handing.give_to_file("south", file, ANN)
    taken = await all_.south.handing.take_file(file, None, ANN)
    forged = msgspec.structs.replace(taken.receipt, drafts=["more"])
    receipt.write_bytes(msgspec.json.encode(forged))
    with pytest.raises(Invalid):
        await all_.north.handing.require_removable_by(receipt)
    receipt.write_bytes(msgspec.json.encode(taken.receipt))
    assert await all_.north.handing.require_removable_by(receipt) == 0
    assert msgspec.json.decode(receipt.read_bytes(), type=HandOverReceipt) == taken.receipt


@told
async def test_a_path_that_cannot_be_written_uses_no_code(all_: Parties, folder: Path) -> None:
    """Given wrong paths, then code, incarnation and drafts stay; a refusal leaves no file."""
    draft = await all_.north.draft("No picture")
    there = folder / "there"
    there.write_text("mine")
    for wrong in (folder / "no folder" / "work", folder, there):
        with pytest.raises((EnvironmentFault, Invalid)):
            await all_.north.handing.give_to_file("south", wrong, ANN)
    with pytest.raises(NotFound):
        await all_.north.handing.give_to_file("west", folder / "work", ANN)
    assert not (folder / "work").exists()
    assert there.read_text() == "mine"
    assert not all_.north.has_begun_again
    await all_.north.save(draft)


@told
async def test_nothing_is_taken_where_the_receipt_cannot_be_written(
    all_: Parties, folder: Path
) -> None:
    file, there = folder / "work", folder / "there"
    await all_.north.draft("No picture")
    await all_.north.handing.give_to_file("south", file, ANN)
    there.write_text("mine")
    for wrong in (there, folder / "no folder" / "receipt"):
        with pytest.raises((EnvironmentFault, Invalid)):
            await all_.south.handing.take_file(file, wrong, ANN)
    assert there.read_text() == "mine"
    assert not await all_.south.intake.drafts()
    receipt = folder / "receipt"
    with pytest.raises(OffhookError):
        await all_.south.handing.take_file(there, receipt, ANN)
    assert not receipt.exists(), "a refused take leaves no file"
    assert (await all_.south.handing.take_file(file, receipt, ANN)).drafts == 1


@told
async def test_of_desks_of_one_name_none_is_guessed(all_: Parties, folder: Path) -> None:
    """Given two desks of one name, then both are named; one that opens nothing is passed over."""
    known = all_.configuration
    north, south, east = known.desks
    twin = replace(east, name="South")
    all_.north.desk.configuration = replace(known, desks=(north, twin, south))
    with pytest.raises(Refused, match=r"South \(E7\); South \(S7\)"):
        await all_.north.handing.give_to_file("south ", folder / "work", ANN)
    given = await all_.north.handing.give_to_file("s7", folder / "work", ANN)
    assert given.to.desk_id == "desk-south"
    silent = replace(twin, sealing_key="")
    all_.north.desk.configuration = replace(known, desks=(north, silent, south))
    given = await all_.north.handing.give_to_file("South", folder / "another", ANN)
    assert given.to.desk_id == "desk-south"


@told
async def test_what_no_hand_over_carries_is_asked_about_before_a_desk_goes(
    all_: Parties, folder: Path
) -> None:
    """Given a conflict, a file and paper here, then each is settled or given up by name."""
    desk, held = all_.north, all_.north.contents
    assert await desk.handing.require_removable(None) == 0
    held.conflicts.append(_conflict("op-1", "place"))
    held.conflicts.append(_conflict("op-1", "serial"))
    held.files["f-1"] = b"a picture"
    held.settings[BLANKS] = ["N7-0401-X", "N7-0402-X"]
    named = "undecided conflicts 1, files of evidence 1, paper blanks that nobody entered 2"
    with pytest.raises(Refused, match=named):
        await desk.handing.require_removable(None)
    for left in GivenUp:
        with pytest.raises(Refused):
            await desk.handing.require_removable(None, set(GivenUp) - {left})
    assert await desk.handing.require_removable(None, set(GivenUp)) == 0
    await desk.draft("No picture")
    with pytest.raises(Refused, match="drafts: 1"):
        await desk.handing.require_removable(None, set(GivenUp))


def _conflict(op_id: str, field: str) -> ConflictRow:
    return ConflictRow(
        op_id, "ticket.set", "t-1", NOON, FieldConflict(field, "was", "mine", "theirs", None, None)
    )


@told
async def test_a_key_that_the_directory_does_not_have_is_believed_by_its_fingerprint(
    all_: Parties, folder: Path
) -> None:
    """Given the second computer of a seed, then its work is taken once its key was compared."""
    file, receipt = folder / "work", folder / "receipt"
    listed = all_.configuration
    north, south, east = listed.desks
    for key in ("", east.public_key):
        first = replace(listed, desks=(replace(north, public_key=key), south, east))
        all_.north.desk.configuration = all_.south.desk.configuration = first
        draft = await all_.north.draft("No picture")
        given = await all_.north.handing.give_to_file("south", file, ANN)
        assert given.fingerprint
        for wrong in (None, "", "0" * 40, fingerprint(east.public_key)):
            with pytest.raises(Refused, match=given.fingerprint):
                await all_.south.handing.take_file(file, None, ANN, wrong)
        typed = given.fingerprint.replace("-", " ").upper()
        assert (await all_.south.handing.take_file(file, receipt, ANN, typed)).drafts == 1
        assert await all_.north.handing.require_removable_by(receipt) == 0
        await all_.north.intake.drop_draft(draft)
        file.unlink()
        receipt.unlink()
    all_.north.desk.configuration = listed
    given = await all_.north.handing.give_to_file("south", file, ANN)
    assert given.fingerprint == "", "nothing to compare"
