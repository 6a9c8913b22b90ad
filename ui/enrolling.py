"""Where there is no desk yet: the first window offers to begin one, with a code or from a seed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.errors import OffhookError, StoreAbsent
from ui.problems import problems
from ui.tasks import async_slot
from ui.wording import wording

if TYPE_CHECKING:  # nothing of it is needed where a desk opens
    from app.ports.enrolling import Enrolling
    from ui.dialogs.code_panel import CodePanel
    from ui.dialogs.seed_panel import SeedPanel
    from ui.dialogs.task_panel import TaskPanel
    from ui.main_window import MainWindow


class FirstEnrolment:
    """`opened_again` is called where the desk is to be opened once more."""

    def __init__(self, enrolling: Enrolling | None, opened_again: Callable[[], None]) -> None:
        self._enrolling, self._open_again = enrolling, opened_again
        self._may = False
        self.code: CodePanel | None = None
        self.seed: SeedPanel | None = None

    async def offered_for(self, problem: OffhookError) -> str:
        """The words of the one action beside the problem; empty where it is to try again."""
        self._may = False
        if self._enrolling is not None and problem.code == StoreAbsent.code:
            loop = asyncio.get_running_loop()
            self._may = await loop.run_in_executor(None, self._enrolling.is_possible)
        return wording.enrol() if self._may else ""

    def act(self, window: MainWindow) -> None:
        """What the action does."""
        if not self._may:
            self._open_again()
            return
        if self.code is None:
            from ui.dialogs.code_panel import CodePanel
            from ui.dialogs.seed_panel import SeedPanel

            self.code, self.seed = CodePanel(window), SeedPanel(window)
            self.code.seed_wanted.connect(self._turn_to_seed)
            self.code.wanted.connect(self.enrol_with_code)
            self.seed.wanted.connect(self.enrol_from_seed)
        self.code.open_empty()

    def _turn_to_seed(self) -> None:
        if self.code is not None and self.seed is not None:
            self.code.close_overlay()
            self.seed.open_empty()

    @async_slot
    async def enrol_with_code(self) -> None:
        """Make the desk at central, away from the window's thread, then open it."""
        if self.code is None or self._enrolling is None:
            return
        central, code, name = self.code.words()
        if not central or not code:
            self.code.say(wording.enrolment_lacks())
            return
        enrolling = self._enrolling
        await self._make(self.code, lambda: enrolling.with_code(central, code, name))

    @async_slot
    async def enrol_from_seed(self) -> None:
        """Make the desk from its seed, away from the window's thread, then open it."""
        if self.seed is None or self._enrolling is None:
            return
        file, passphrase, organisation = self.seed.words()
        enrolling = self._enrolling
        await self._make(self.seed, lambda: enrolling.from_seed(file, passphrase, organisation))

    async def _make(self, panel: TaskPanel, make: Callable[[], None]) -> None:
        panel.set_busy(busy=True)
        try:
            await asyncio.get_running_loop().run_in_executor(None, make)
        except OffhookError as problem:
            panel.set_busy(busy=False)
            panel.say(problems.sentence(problem))
            return
        panel.close_overlay()
        self._open_again()
