"""The running desk answers other processes of this user, and only those."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from app.drill import Drill
from app.providers.platform import SystemPlatform
from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens, desk_screens
from ui import local_socket

pytestmark = [
    pytest.mark.linux,  # socket paths; on Windows the names are pipes
    pytest.mark.qt_log_ignore("does not support raise", extend=True),  # the offscreen platform
]

ROOT = Path(__file__).resolve().parents[2]

_ASK = """
import sys
from ui import local_socket
print(local_socket.ask(sys.argv[1], sys.argv[2:], 20.0))
"""


def ask_from_outside(screens: Screens, name: Path, *argv: str) -> str:
    """What another process is answered, while this one's window lives on."""
    with subprocess.Popen(
        [sys.executable, "-c", _ASK, str(name), *argv], stdout=subprocess.PIPE, text=True
    ) as other:
        screens.until(lambda: other.poll() is not None)
        return other.communicate()[0].strip()


def test_nobody_listens(tmp_path: Path) -> None:
    assert local_socket.ask(str(tmp_path / "none"), ["status"], 1.0) is None


def test_a_command_is_answered_by_the_running_desk(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    name = tmp_path / "s"
    with desk_screens(qtbot, desk, str(name)) as screens:
        assert stat.S_IMODE(name.stat().st_mode) & 0o077 == 0
        assert ask_from_outside(screens, name, "search", "elli") == "(0, '{}')"
    assert desk.commands == [["search", "elli"]]


def test_a_call_is_handed_over(qtbot: QtBot, desk: UiDesk, tmp_path: Path) -> None:
    name = tmp_path / "s"
    with desk_screens(qtbot, desk, str(name)) as screens:
        assert ask_from_outside(screens, name, "call", "07700 900118") == "(0, '')"
        assert screens.call.form.phone.text() == "07700 900118"


def test_what_a_killed_desk_left_is_cleared_away(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    name = tmp_path / "s"
    script = f"""
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QLocalServer
import os, signal
app = QCoreApplication([])
server = QLocalServer()
assert server.listen({str(name)!r})
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", script], check=False)
    assert name.exists()
    with desk_screens(qtbot, desk, str(name)) as screens:
        assert ask_from_outside(screens, name, "raise") == "(0, '')"


def test_a_second_desk_does_not_take_the_name(qtbot: QtBot, tmp_path: Path) -> None:
    async def nothing(_argv: list[str]) -> tuple[int, str]:
        return 0, ""

    name = str(tmp_path / "s")
    first = QLocalServer()
    assert first.listen(name)
    assert not local_socket.LocalServer(nothing).listen(name)
    first.close()


def test_garbage_is_answered_and_a_giant_frame_is_cut_off(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    from PySide6.QtNetwork import QLocalSocket

    name = tmp_path / "s"
    with desk_screens(qtbot, desk, str(name)) as screens:
        socket = QLocalSocket()
        socket.connectToServer(str(name))
        socket.write(b"\x00\x00\x00\x03{{{")
        screens.until(lambda: socket.bytesAvailable() > 4)
        assert b"not a command line" in socket.readAll().data()
        socket.write(b"\xff\xff\xff\xff")
        screens.until(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)


def test_a_second_drill_brings_the_running_one_forward(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    """And removes nothing: central and desk of the running drill stay."""
    real = tmp_path / "desk"
    real.mkdir()
    (real / "keys.json").touch()
    drill = Drill(real)
    drill.desk.profile.mkdir(parents=True)
    kept = drill.desk.profile / "store"
    kept.touch()
    name = SystemPlatform().socket_name(drill.desk.profile)
    with drill.alone() as alone, desk_screens(qtbot, desk, name) as screens:
        assert alone
        ended = _second_drill(screens, real)
        assert (ended.returncode, ended.stderr) == (0, "")
    assert kept.exists()


def test_a_second_drill_is_refused_while_the_first_does_not_answer(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    real = tmp_path / "desk"
    real.mkdir()
    (real / "keys.json").touch()
    drill = Drill(real)
    kept = drill.desk.profile / "store"
    kept.parent.mkdir(parents=True)
    kept.touch()
    with drill.alone(), desk_screens(qtbot, desk) as screens:
        ended = _second_drill(screens, real)
        assert ended.returncode == 3
        assert "A drill of this desk is open already." in ended.stderr
    assert kept.exists()


def _second_drill(screens: Screens, real: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", "drill", "--profile", "."]
    with subprocess.Popen(
        command, cwd=real, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as other:  # fmt: skip
        try:
            screens.until(lambda: other.poll() is not None)
        finally:
            other.kill()
        out, err = other.communicate()
    return subprocess.CompletedProcess(command, other.returncode, out, err)


_ASK_SHORTLY = """
import sys
from app.domain.errors import DeskSilent
from ui import local_socket
local_socket._READY_S = 0.5
try:
    print(local_socket.ask(sys.argv[1], sys.argv[3:], float(sys.argv[2])))
except DeskSilent as silent:
    print(silent.safe)
"""


def _asker(name: Path, patience_s: float, *argv: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _ASK_SHORTLY, str(name), str(patience_s), *argv],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_a_desk_that_hung_does_nothing_for_somebody_who_has_gone(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    """Given a desk that hangs, when the asker gave up and the desk goes on, nothing is done."""
    name = tmp_path / "s"
    with desk_screens(qtbot, desk, str(name)) as screens:
        with _asker(name, 60.0, "take", "--phone", "07700 900118") as other:
            said, _none = other.communicate(timeout=60)  # nothing turns the window's loop
        assert said.strip() == "Nothing was done."
        screens.turn(300)
        assert desk.commands == []
        assert ask_from_outside(screens, name, "take", "--phone", "07700 900118") == "(0, '{}')"
    assert len(desk.commands) == 1


def test_a_second_try_hears_of_what_the_first_had_begun(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    """Given a call whose asker gave up while it was saved, trying again saves no second one."""
    name = tmp_path / "s"
    begun: list[list[str]] = []
    may_end = asyncio.Event()

    async def slowly(argv: list[str]) -> tuple[int, str]:
        begun.append(argv)
        await may_end.wait()
        return 0, f"taken {len(begun)}"

    desk.opened = replace(desk.opened, run_command=slowly)
    with desk_screens(qtbot, desk, str(name)) as screens:
        with _asker(name, 0.5, "take", "--fault", "Hums") as other:
            screens.until(lambda: other.poll() is not None)
            said, _none = other.communicate()
        assert said.strip() == "It had begun: what was asked may have been done."
        with _asker(name, 60.0, "take", "--fault", "Hums") as other:
            screens.turn(1500)
            may_end.set()
            screens.until(lambda: other.poll() is not None)
            said, _none = other.communicate()
        assert said.strip() == "(0, 'taken 1')"
        assert ask_from_outside(screens, name, "take", "--fault", "Hums") == "(0, 'taken 2')"
    assert len(begun) == 2, "heard once, the same words are another call"
