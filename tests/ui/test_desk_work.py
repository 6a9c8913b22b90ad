"""A desk's work as a file, another desk's work here, the removal, and what a seed waits for."""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pytestqt.qtbot import QtBot

from app.central.contract import hand_overs, wire
from app.central.contract.hand_overs import HandOver, HandOverReceipt
from app.domain.call import Call, Draft
from app.domain.central_services import Service
from app.domain.desk_keys import DESK_KEY, SEALING_KEY
from app.domain.errors import Refused
from app.domain.seeding import SEED_SETTING
from app.domain.views import ServiceWord
from app.services.handed_drafts import GIVEN
from tests.support.ui_desk import NOON, TOM, UiDesk
from tests.support.ui_screens import Screens, desk_screens

OURS, THEIRS = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
OUR_BOX, THEIR_BOX = X25519PrivateKey.generate(), X25519PrivateKey.generate()


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@pytest.fixture
def keyed(desk: UiDesk) -> UiDesk:
    """This desk and one in Leeds know each other's keys."""
    known = desk.opened.desk.configuration
    theirs = text(THEIRS.public_key().public_bytes_raw())
    box = text(THEIR_BOX.public_key().public_bytes_raw())
    own, leeds, *rest = known.desks
    desks = (own, replace(leeds, public_key=theirs, sealing_key=box), *rest)
    desk.opened.desk.configuration = replace(known, desks=desks)
    desk.contents.settings[DESK_KEY] = text(OURS.private_bytes_raw())
    desk.contents.settings[SEALING_KEY] = {
        "private": text(OUR_BOX.private_bytes_raw()),
        "public": text(OUR_BOX.public_key().public_bytes_raw()),
    }
    return desk


def chosen(screens: Screens, words: str) -> None:
    """By the palette alone."""
    screens.press("Ctrl+K")
    screens.type(words)
    screens.settled()
    screens.press("Return")
    screens.settled()


def news(screens: Screens) -> str:
    return screens.window.news.words()


def test_unsent_work_goes_into_a_file_by_keyboard(
    keyed: UiDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    """Only the desk that was chosen opens it, and a file that is there is not written over."""
    keyed.contents.drafts["d-1"] = Draft(Call(draft_id="d-1", started=NOON), TOM.id, NOON)
    file, there = tmp_path / "work.handover", tmp_path / "there"
    there.write_text("mine")
    with desk_screens(qtbot, keyed) as screens:
        panel = screens.work.desk_work.giving
        chosen(screens, "this desk's work")
        screens.until(lambda: panel.is_open)
        assert panel.to.currentText() == "Leeds"
        screens.press("Tab")
        screens.type(str(there))
        screens.press("Return")
        screens.until(lambda: "there already" in panel.state.text())
        assert there.read_text() == "mine"
        panel.file.edit.clear()
        screens.type(str(file))
        screens.press("Return")
        screens.until(file.exists)
        screens.until(lambda: "Leeds" in news(screens))
        assert not panel.is_open
    found = hand_overs.opened(file.read_bytes(), THEIR_BOX.private_bytes_raw())
    assert [one.call.draft_id for one in found.drafts] == ["d-1"]


def test_a_call_that_another_desk_finishes_is_saved_here_only_once_it_was_taken_back(
    desk: UiDesk, qtbot: QtBot
) -> None:
    """Given a call on screen that was handed over, then it says so and its save is refused."""
    call = Call(draft_id="d-1", started=NOON, phone="07700 900118", fault="It hums")
    desk.contents.drafts["d-1"] = Draft(call, TOM.id, NOON)
    desk.contents.settings[GIVEN] = {
        "d-1": {"to": "desk-2", "hand_over": "h", "words": "w", "at": int(NOON)}
    }
    with desk_screens(qtbot, desk) as screens:
        screens.work.calling.open_drafts(handed=True)
        screens.until(lambda: screens.work.calls.active is not None)
        screens.until(lambda: "handed over to Leeds" in screens.call.away.words())
        screens.press("Ctrl+Return")
        screens.until(lambda: not screens.window.trouble.isHidden())
        assert screens.call.taken is None
        assert not desk.contents.outbox
        screens.call.handed.take_back()
        screens.until(screens.call.away.isHidden)
        screens.press("Ctrl+Return")
        screens.until(lambda: screens.call.taken is not None)


def test_another_desks_file_is_taken_over_and_confirmed(
    keyed: UiDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    draft = Draft(Call(draft_id="d-9", started=NOON, fault="It hums"), TOM.id, NOON)
    certificate = wire.TakeOver("desk-2", "desk-1", "inc-2", hand_overs.digest_of(()), "t", "")
    hand_over = HandOver(hand_overs.certified(certificate, THEIRS), [], [draft])
    box = text(OUR_BOX.public_key().public_bytes_raw())
    file, receipt = tmp_path / "work.handover", tmp_path / "work.receipt"
    file.write_bytes(hand_overs.sealed(hand_over, box, os.urandom))
    with desk_screens(qtbot, keyed) as screens:
        panel = screens.work.desk_work.taking
        chosen(screens, "take over another")
        screens.until(lambda: panel.is_open)
        screens.press("Return")
        screens.until(lambda: "Name the file" in panel.state.text())
        screens.type(str(file) + "x")
        screens.press("Return")
        screens.until(lambda: "cannot be read" in panel.state.text())
        screens.press("Backspace")
        panel.receipt.edit.setText(str(receipt))
        screens.press("Return")
        screens.until(lambda: "Leeds" in news(screens))
    assert "d-9" in keyed.contents.drafts
    said = msgspec.json.decode(receipt.read_bytes(), type=HandOverReceipt)
    assert hand_overs.is_receipt_of(said, text(OURS.public_key().public_bytes_raw()))


def test_a_desk_with_work_only_here_is_not_removed(desk: UiDesk, qtbot: QtBot) -> None:
    desk.contents.drafts["d-1"] = Draft(Call(draft_id="d-1", started=NOON), TOM.id, NOON)
    gone: list[str] = []

    def remove(receipt: str, *, give_up: bool) -> bool:
        gone.append(f"{receipt} {give_up}")
        return True

    with desk_screens(qtbot, desk, remove=remove) as screens:
        panel = screens.work.desk_work.removing
        chosen(screens, "remove this desk")
        screens.until(lambda: panel.is_open)
        screens.press("Return")
        screens.until(lambda: "not at central yet" in panel.state.text())
        assert not panel.is_sure
    assert gone == []


def test_a_desk_without_such_work_is_asked_for_twice_then_closed_then_removed(
    desk: UiDesk, qtbot: QtBot
) -> None:
    """The window of a removal that failed says so, and stays until it is closed."""
    asked: list[tuple[str, bool]] = []

    def remove(receipt: str, *, give_up: bool) -> bool:
        asked.append((receipt, give_up))
        raise Refused("Nothing was removed.")

    desk.contents.outbox.clear()
    with desk_screens(qtbot, desk, remove=remove) as screens:
        panel = screens.work.desk_work.removing
        chosen(screens, "remove this desk")
        screens.until(lambda: panel.is_open)
        screens.press("Return")
        screens.until(lambda: panel.is_sure)
        assert asked == []
        screens.press("Return")
        screens.until(lambda: asked == [("", False)])
        screens.until(lambda: screens.window.pages.currentWidget() is screens.window.waiting)
        assert screens.window.isVisible()


def test_a_removal_that_central_was_not_told_of_says_so_until_the_window_is_closed(
    desk: UiDesk, qtbot: QtBot
) -> None:
    def remove(receipt: str, *, give_up: bool) -> bool:
        del receipt, give_up
        return False

    desk.contents.outbox.clear()
    with desk_screens(qtbot, desk, remove=remove) as screens:
        chosen(screens, "remove this desk")
        screens.until(lambda: screens.work.desk_work.removing.is_open)
        screens.press("Return")
        screens.until(lambda: screens.work.desk_work.removing.is_sure)
        screens.press("Return")
        waiting = screens.window.waiting
        screens.until(lambda: "could not be told" in waiting.accessibleName())
        assert screens.window.isVisible()


def test_what_only_this_desk_has_is_given_up_on_purpose(desk: UiDesk, qtbot: QtBot) -> None:
    """Given a file that is only here, then a tick says that nobody needs it."""
    asked: list[bool] = []

    def remove(receipt: str, *, give_up: bool) -> bool:
        asked.append(give_up)
        raise Refused(receipt or "Nothing was removed.")

    desk.contents.outbox.clear()
    desk.contents.files["f-1"] = b"a picture"
    with desk_screens(qtbot, desk, remove=remove) as screens:
        panel = screens.work.desk_work.removing
        chosen(screens, "remove this desk")
        screens.until(lambda: panel.is_open)
        screens.press("Return")
        screens.until(lambda: "files of evidence 1" in panel.state.text())
        assert not panel.is_sure
        panel.give_up.setChecked(True)
        screens.press("Return")
        screens.until(lambda: panel.is_sure)
        screens.press("Return")
        screens.until(lambda: asked == [True])


def test_a_desk_from_a_seed_says_what_it_waits_for(desk: UiDesk, qtbot: QtBot) -> None:
    """Waiting, then taken by another, then known: the line follows and ends."""
    desk.contents.settings[SEED_SETTING] = {"token": "t", "public_key": "k"}
    with desk_screens(qtbot, desk) as screens:
        seed = screens.window.seed
        screens.until(lambda: "does not know it yet" in seed.words())
        desk.contents.settings[SEED_SETTING] = {"refused": True}
        desk.sync.set(Service.TICKETS, word=ServiceWord.SIGN_IN)
        screens.until(lambda: "Another computer" in seed.words())
        desk.contents.settings[SEED_SETTING] = None
        desk.sync.set(Service.TICKETS, word=ServiceWord.UP)
        screens.until(seed.isHidden)
