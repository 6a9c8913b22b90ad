"""A desk with a code from central: where central is, the code, what the desk is called."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.task_panel import TaskPanel


class CodePanel(TaskPanel):
    """The way for a day on which central answers; the seed is the other one."""

    seed_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            window,
            self.tr("Enrol this computer"),
            self.tr(
                "Central's people give the address and a code that works once. The desk fetches "
                "its tickets and models, and from then on also works without central."
            ),
            self.tr("Make it a desk"),
        )
        self.central = self.add_line(self.tr("Central's address"))
        self.central.setPlaceholderText("https://central.example")
        self.code = self.add_line(self.tr("Enrolment code"))
        self.name = self.add_line(self.tr("What the desk is called, for supervisors"))
        self.from_seed = self.add_way(self.tr("Central is down: from a seed..."))
        self.from_seed.clicked.connect(self.seed_wanted)

    def open_empty(self) -> None:
        self.code.clear()
        self.say("")
        self.set_busy(busy=False)
        self.open()

    def words(self) -> tuple[list[str], str, str]:
        """Addresses (one or several, by spaces), code and name, as typed."""
        return self.central.text().split(), self.code.text().strip(), self.name.text().strip()
