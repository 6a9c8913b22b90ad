"""A drill on the window: marked, guided by a checklist, and one key from the real desk."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.call import Call
from app.domain.central_services import Service
from app.domain.drill import STEPS
from app.domain.errors import EnvironmentFault
from app.domain.views import ServiceWord
from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens, desk_screens
from ui.drill_actions import DrillActions

_READ_S, _KEY_S, _THINK_S = 0.4, 1.2, 1.35
"""Of a new agent: seconds per word read, per key, per decision (keystroke-level model)."""
_WAIT_S = 10.0 + 60.0
"""Until the mark comes, and until all is sent after the return, as promised."""
_TEN_MINUTES_S = 600.0


@dataclass
class FakeDrill:
    """Implements the port; outages show on the desk's engine as they would."""

    desk: UiDesk
    away: frozenset[Service] = frozenset()
    seconds: list[float] = field(default_factory=list)
    real: list[Call] = field(default_factory=list)
    trouble: EnvironmentFault | None = None

    def simulate(self, away: frozenset[Service]) -> None:
        self.away = away

    def completed(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def to_real(self, call: Call) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.real.append(call)


def show(drill: FakeDrill) -> None:
    for service in Service:
        down = service in drill.away
        drill.desk.sync.set(service, word=ServiceWord.DOWN if down else ServiceWord.UP)


def step(screens: Screens, actions: DrillActions, wanted: int) -> str:
    """The words of the step, once it is the next one."""
    screens.until(lambda: actions.done == wanted)
    return " ".join(one.text() for one in screens.window.drill.findChildren(QLabel))


def test_a_new_agent_is_led_through_an_outage_by_keys_within_ten_minutes(
    desk: UiDesk, qtbot: QtBot
) -> None:
    """Given the checklist, when only what it names is pressed, the drill completes in time."""
    drill = FakeDrill(desk)
    words, keys = 0, 0
    with desk_screens(qtbot, desk) as screens:
        screens.window.mark_drill()
        actions = DrillActions(drill, screens.work)
        assert not screens.window.drill.isHidden()
        assert "Drill" in screens.window.windowTitle()

        def press(*some: str) -> None:
            nonlocal keys
            keys += len(some)
            screens.press(*some)

        def read(wanted: int) -> None:
            nonlocal words
            words += len(step(screens, actions, wanted).split())

        read(0)
        press("Ctrl+Alt+O")
        screens.until(lambda: drill.away == frozenset(Service))
        show(drill)
        read(2)
        press("F2")
        screens.until(lambda: screens.work.calls.active is not None)
        for text in ("07700900118", "No picture"):
            screens.type(text)
            keys += len(text)
            press("Tab", "Tab")
        screens.save()
        keys += 1
        read(3)
        press("G,O")
        read(4)
        press("Ctrl+Alt+O")
        screens.until(lambda: not drill.away)
        desk.contents.outbox.clear()
        show(drill)
        read(6)
        press("G,K")
        read(len(STEPS))
        screens.until(lambda: drill.seconds)
        assert len(drill.seconds) == 1, "noted once"
    assert words > 50, "the words of every step were read"
    took = words * _READ_S + keys * _KEY_S + len(STEPS) * 2 * _THINK_S + _WAIT_S
    assert took < _TEN_MINUTES_S / 2, "with as much time again for slips"


def test_one_key_gives_the_call_to_the_real_desk(desk: UiDesk, qtbot: QtBot) -> None:
    drill = FakeDrill(desk)
    with desk_screens(qtbot, desk) as screens:
        DrillActions(drill, screens.work)
        screens.take_call("07700 900118", "Smoke from the oven")
        screens.press("Ctrl+Alt+R")
        screens.until(lambda: drill.real)
        assert drill.real[0].fault == "Smoke from the oven"
        assert not desk.contents.outbox, "nothing was saved in the drill"
        screens.press("Ctrl+Alt+R")
        screens.turn(20)
        assert len(drill.real) == 1, "it may be saved there by now, and would come a second time"


def test_a_call_that_the_real_desk_did_not_take_can_be_given_again(
    desk: UiDesk, qtbot: QtBot
) -> None:
    drill = FakeDrill(desk, trouble=EnvironmentFault("The real desk did not take the call."))
    with desk_screens(qtbot, desk) as screens:
        DrillActions(drill, screens.work)
        screens.take_call("07700 900118", "Smoke from the oven")
        screens.press("Ctrl+Alt+R")
        screens.until(lambda: not screens.window.trouble.isHidden())
        assert len(screens.work.calls.screens) == 1, "the call is still there"
        drill.trouble = None
        screens.press("Ctrl+Alt+R")
        screens.until(lambda: drill.real)


def test_a_drills_profile_is_marked_however_it_is_opened(desk: UiDesk, qtbot: QtBot) -> None:
    desk.contents.settings["desk.drill"] = True
    with desk_screens(qtbot, desk) as screens:
        assert "Drill" in screens.window.windowTitle()
        assert not screens.window.drill.isHidden()


def test_the_palette_begins_a_drill_beside_the_desk(desk: UiDesk, qtbot: QtBot) -> None:
    begun: list[bool] = []
    with desk_screens(qtbot, desk) as screens:
        screens.program._start_drill = lambda: begun.append(True)  # as a start gives it
        screens.program._furnish_rest()  # again, now with it
        screens.press("Ctrl+K")
        screens.type("drill")
        screens.settled()
        assert begun == [], "to name it begins nothing"
        screens.press("Return")
        screens.until(lambda: begun)
        screens.settled()
    assert begun == [True]
