"""The window over the real store, engine and a real central: one outage, from call to ledger."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import main
from app.cli.commands import run_line
from app.domain.lifecycle import RowState
from tests.support.programs import Central, DeskProgram
from tests.support.ui_forbidden import GUI_THREAD, Stalls
from tests.support.ui_screens import Screens, desk_screens
from ui.desk_app import OpenDesk

pytestmark = pytest.mark.e2e


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    with Central(tmp_path / "central") as running:
        yield running


@pytest.fixture
def program(tmp_path: Path, central: Central) -> DeskProgram:
    """An enrolled desk, not open."""
    desk = DeskProgram(tmp_path / "desk")
    desk.enrol(central)
    return desk


def opener(program: DeskProgram) -> OpenDesk:
    opening = main.Opening(program.profile, program.secret, runs_sync=True)
    return lambda: main.open_desk(opening, run_line)


def test_a_call_in_an_outage_survives_the_program_and_arrives_once(
    qtbot: QtBot, central: Central, program: DeskProgram
) -> None:
    """Given a call in an outage, when the desk starts again and central is back, then it is
    in central's own ledger exactly once; and no screen touched SQL, network or keyring.
    """
    with desk_screens(qtbot, opener(program), "") as before:
        central.kill()
        take_call(before)
        taken = before.call.taken
        assert taken is not None
        reference = taken.reference

    with desk_screens(qtbot, opener(program), "") as after:
        stalls = Stalls()
        with GUI_THREAD.watched() as breaches:
            after.press("Ctrl+K")
            after.type(reference)
            after.until(lambda: after.work.commands._answer.tickets)
            after.press("Return")
            after.until(lambda: after.work.ticket.detail is not None)
            detail = after.work.ticket.detail
            assert detail is not None
            assert detail.row.state in (RowState.SAVED_HERE, RowState.WAITING, RowState.SENDING)
            back = threading.Thread(target=central.start)
            back.start()
            after.until(lambda: not back.is_alive())
            after.press("F5")
            after.until(lambda: _state(after) is RowState.SENT)
            after.press("N")
            after.type("Told her it is on its way.")
            after.press("Ctrl+Return", "Esc", "G, O", "G, S", "G, B", "G, Q")
            after.settled()
        sys.stdout.write(f"longest stall of the journey: {stalls.stop():.0f} ms\n")
        assert breaches == []
    found = [line for line in central.ledger() if line["ref"] == reference]
    assert len(found) == 1
    assert found[0]["fields"]["fault"] == "Remote does nothing"


def take_call(screens: Screens) -> None:
    screens.take_call("07700 900118", "Remote does nothing")
    screens.press("Tab")
    screens.type("the small grey one")
    screens.save()


def _state(screens: Screens) -> RowState | None:
    detail = screens.work.ticket.detail
    return detail.row.state if detail else None


def test_a_draft_survives_a_desk_that_was_closed(qtbot: QtBot, program: DeskProgram) -> None:
    with desk_screens(qtbot, opener(program), "") as before:
        before.take_call("07700 900333", "Ice in the drawer")
        before.settled()
    with desk_screens(qtbot, opener(program), "") as after:
        after.until(lambda: not after.window.news.isHidden())
        after.window.news.acted.emit("drafts")
        after.until(lambda: after.work.calls.screens)
        assert after.call.form.fault.text() == "Ice in the drawer"


def test_the_command_line_works_on_the_open_desk(qtbot: QtBot, program: DeskProgram) -> None:
    """`take` from another process while the window has the profile: one desk, one ticket."""
    name = main.socket_name(program.profile)
    with desk_screens(qtbot, opener(program), name) as screens:
        other = program.start("take", "--phone", "07700 900451", "--fault", "Door seal leaks")
        screens.until(lambda: other.poll() is not None)
        out, err = other.communicate()
        assert other.returncode == 0, err
        assert '"ref"' in out
        queue = screens.work.queue_page.queue
        screens.until(lambda: [row.fault for row in queue.model.rows] == ["Door seal leaks"])
