"""A part of the outage story played on the real window: real key events, pictures, one line."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.domain.lifecycle import RowState
from ui.desk_app import OpenDesk, Program, application
from ui.views.call_screen import CallScreen
from ui.views.ticket_view import TicketView
from ui.wording import wording

_TICK_MS = 40
_PATIENCE_TICKS = 3_000
"""Two minutes: a first start on a slow machine, ten times over."""
_SETTLED_TICKS = 25
"""A second: counts, cards and the first statuses are there."""
_PHONE = "07700 900118"
_NAME = "Margaret Ellison"
_FAULT = "No picture since this morning, sound works. Standby light blinks twice."
_MODEL = "Samsng 55 inch UE-something"

Step = Callable[[], bool]
"""Does something, or looks whether something is there; true when the next step may come."""


def play(scene: str, pictures: Path, words: Sequence[str], open_desk: OpenDesk) -> int:
    """Play a scene and print its line of JSON; then wait to be ended.

    Scenes: `take` (a call by keyboard alone), `look REF` (the ticket is here), `sent REF` (until
    it reads Sent). Returns 1 where a step did not come true in two minutes.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    loop = QEventLoop(app)
    with loop:
        program = Program(open_desk, "")
        player = Player(program, pictures, scene, words)
        done = loop.run_until_complete(program.live())
        return done or player.code


class Player(QObject):
    """Plays steps from a timer, as a person's hands would: never inside a coroutine."""

    def __init__(self, program: Program, pictures: Path, scene: str, words: Sequence[str]) -> None:
        super().__init__()
        self._program, self._pictures = program, pictures
        self._scene = scene
        self._steps = iter(self._script(scene, words))
        self._step: Step = self._at_work
        self._ticks = 0
        self.code = 0
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._play)
        self._timer.start()

    def _play(self) -> None:
        self._ticks += 1
        if self._ticks > _PATIENCE_TICKS:
            self.code = 1
            self._program.window.closing.emit()
        elif self._step():
            following = next(self._steps, None)
            if following is None:
                self._timer.stop()
            else:
                self._step, self._ticks = following, 0

    # --- scripts ----------------------------------------------------------------------------

    def _script(self, scene: str, words: Sequence[str]) -> Iterator[Step]:
        if scene == "take":
            return iter(self._take())
        reference = words[0]
        there = functools.partial(self._on_ticket, reference)
        wanted = (lambda: self._reads(RowState.SENT)) if scene == "sent" else there
        return iter((
            self._picture("1-queue"), self._press("Ctrl+K"), self._type(reference),
            self._pause(), self._press("Return"), there, wanted,
            self._picture("2-ticket"), self._tell_word,
        ))  # fmt: skip

    def _take(self) -> tuple[Step, ...]:
        return (
            self._picture("1-queue"), self._press("F2"), self._on_call, self._type(_PHONE),
            self._pause(), self._picture("2-match"), self._press("Tab"), self._press("Ctrl+A"),
            self._type(_NAME), self._press("Tab"), self._type(_FAULT), self._press("Tab"),
            self._type(_MODEL), self._pause(), self._picture("3-call"), self._press("Alt+0"),
            self._press("Ctrl+Return"), self._is_saved, self._pause(),
            self._picture("4-reference"), self._tell_reference,
        )  # fmt: skip

    # --- steps ------------------------------------------------------------------------------

    def _at_work(self) -> bool:
        work = self._program.workplace
        if work is None or not work.rail.is_counted:
            return False
        self._program.window.activateWindow()
        return self._ticks > _SETTLED_TICKS

    def _press(self, keys: str) -> Step:
        def press() -> bool:
            QTest.keySequence(self._program.window.windowHandle(), QKeySequence(keys))
            return True

        return press

    def _type(self, text: str) -> Step:
        def type_() -> bool:
            focused = QApplication.focusWidget()
            if focused is None:
                return False
            QTest.keyClicks(focused, text)
            return True

        return type_

    def _pause(self, ticks: int = 20) -> Step:
        return lambda: self._ticks > ticks

    def _picture(self, name: str) -> Step:
        def take_picture() -> bool:
            target = self._pictures / f"{self._scene}-{name}.png"
            return self._program.window.grab().save(str(target))

        return take_picture

    def _call(self) -> CallScreen | None:
        return self._program.workplace.calls.active if self._program.workplace else None

    def _ticket(self) -> TicketView | None:
        return self._program.workplace.ticket if self._program.workplace else None

    def _on_call(self) -> bool:
        return self._call() is not None

    def _is_saved(self) -> bool:
        call = self._call()
        return call is not None and call.taken is not None

    def _on_ticket(self, reference: str) -> bool:
        ticket = self._ticket()
        detail = ticket.detail if ticket is not None else None
        return detail is not None and detail.row.reference == reference

    def _reads(self, state: RowState) -> bool:
        ticket = self._ticket()
        return ticket is not None and ticket.detail is not None and ticket.detail.row.state is state

    def _tell_reference(self) -> bool:
        call = self._call()
        if call is not None and call.taken is not None:
            _tell({"reference": call.taken.reference, "state": call.taken.state})
        return True

    def _tell_word(self) -> bool:
        ticket = self._ticket()
        if ticket is not None and ticket.detail is not None:
            row = ticket.detail.row
            _tell({"reference": row.reference, "word": wording.row_state(row.state)})
        return True


def _tell(line: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
