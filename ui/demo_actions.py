"""The demo's two extra commands: cut its central, and bring it back."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.ports.demo import DemoControls
from ui.actions import Actions, ActionSpec, Scope
from ui.main_window import MainWindow
from ui.tasks import async_slot


class DemoActions(QObject):
    """In the palette under "demo"; the work runs off the GUI thread."""

    def __init__(self, demo: DemoControls, window: MainWindow, actions: Actions) -> None:
        super().__init__(window)
        self._demo = demo
        self._cut = self._bind(actions, window, "demo_cut", self.tr("Demo: cut central"))
        self._restore = self._bind(
            actions, window, "demo_restore", self.tr("Demo: bring central back")
        )
        self._cut.triggered.connect(self.cut)
        self._restore.triggered.connect(self.restore)
        self._aim()

    def _bind(self, actions: Actions, window: MainWindow, act: str, text: str) -> QAction:
        return actions.add(ActionSpec(act, Scope.ANYWHERE, text, icon="flask"), window)

    def _aim(self) -> None:
        self._cut.setEnabled(not self._demo.is_cut)
        self._restore.setEnabled(self._demo.is_cut)

    @async_slot
    async def cut(self) -> None:
        """Kill central's process."""
        await asyncio.get_running_loop().run_in_executor(None, self._demo.cut)
        self._aim()

    @async_slot
    async def restore(self) -> None:
        """Start it again."""
        await asyncio.get_running_loop().run_in_executor(None, self._demo.restore)
        self._aim()
