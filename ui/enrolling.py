"""Where there is no desk yet: the first window offers to begin one from a seed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.errors import OffhookError, StoreAbsent
from ui.problems import problems
from ui.tasks import async_slot
from ui.wording import wording

if TYPE_CHECKING:  # nothing of it is needed where a desk opens
    from app.ports.enrolling import SeedEnrolling
    from ui.dialogs.seed_panel import SeedPanel
    from ui.main_window import MainWindow


class FirstEnrolment:
    """`opened_again` is called where the desk is to be opened once more."""

    def __init__(self, seed: SeedEnrolling | None, opened_again: Callable[[], None]) -> None:
        self._seed, self._open_again = seed, opened_again
        self._may = False
        self.panel: SeedPanel | None = None

    async def offered_for(self, problem: OffhookError) -> str:
        """The words of the one action beside the problem; empty where it is to try again."""
        self._may = False
        if self._seed is not None and problem.code == StoreAbsent.code:
            loop = asyncio.get_running_loop()
            self._may = await loop.run_in_executor(None, self._seed.is_possible)
        return wording.enrol_from_seed() if self._may else ""

    def act(self, window: MainWindow) -> None:
        """What the action does."""
        if not self._may:
            self._open_again()
            return
        if self.panel is None:
            from ui.dialogs.seed_panel import SeedPanel

            self.panel = SeedPanel(window)
            self.panel.wanted.connect(self.enrol)
        self.panel.open_empty()

    @async_slot
    async def enrol(self) -> None:
        """Make the desk, away from the window's thread, then open it."""
        panel, seed = self.panel, self._seed
        if panel is None or seed is None:
            return
        panel.set_busy(busy=True)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(None, seed.enrol, *panel.words())
        except OffhookError as problem:
            panel.set_busy(busy=False)
            panel.say(problems.sentence(problem))
            return
        panel.close_overlay()
        self._open_again()
