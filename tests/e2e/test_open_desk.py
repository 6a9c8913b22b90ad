"""Commands beside an open window: they go through it, and what they saved outlives it."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from app.providers.platform import SystemPlatform
from tests.support.programs import Central, DeskProgram

pytestmark = [pytest.mark.e2e, pytest.mark.linux]

_OPENS_S = 120.0


def test_a_command_goes_through_the_open_desk_and_survives_its_kill(tmp_path: Path) -> None:
    """Given an open desk, when a script takes a call and the desk is killed, then it is there."""
    desk = DeskProgram(tmp_path / "desk")
    with Central(tmp_path / "central") as central:
        desk.enrol(central)
        window = desk.start()
        try:
            _until(Path(SystemPlatform().socket_name(desk.profile)))
            taken = desk.run("take", "--phone", "07700 900118", "--fault", "Door seal leaks cold")
            assert taken.code == 0, taken.err
            assert desk.run("call", "07700 900451").code == 0
            examined = desk.run("doctor").json
            assert examined["store"] == "open in the running desk"
            assert examined["endpoints"]["tickets"]["endpoint"] == central.url
            assert window.poll() is None
        finally:
            window.send_signal(signal.SIGKILL)
            window.communicate()
        report = desk.run("sync", "--once").json
        assert report["waiting"] == 0, (report, desk.run("outbox").json)
        found = [line for line in central.ledger() if line["ref"] == taken.json["ref"]]
        assert len(found) == 1
        assert len(found[0]["operations"]) == 1


def test_without_a_screen_the_desk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence and exit code 3, not an abort inside Qt."""
    desk = DeskProgram(tmp_path / "desk")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    ended = desk.run(platform="")
    assert ended.code == 3
    assert "no screen" in ended.err


def _until(socket: Path) -> None:
    deadline = time.monotonic() + _OPENS_S
    while not socket.exists():
        assert time.monotonic() < deadline, "the window did not open"
        time.sleep(0.1)
