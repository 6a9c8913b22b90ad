"""A desk from a seed file, while central is down: the file, its passphrase, whose it must be."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.dialogs.task_panel import FileField, Picks, TaskPanel


class SeedPanel(TaskPanel):
    """Without a fingerprint it says whose seed it is, to be compared by a person."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(
            window,
            self.tr("Enrol this computer from a seed"),
            self.tr(
                "Central is not asked: the desk works at once, and registers itself when central "
                "answers."
            ),
            self.tr("Make it a desk"),
        )
        self.file = FileField(self.tr("Seed file"), Picks.PRESENT, self.panel)
        self.add_field(self.file)
        self.passphrase = self.add_line(self.tr("Its passphrase"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.organisation = self.add_line(self.tr("Fingerprint of the organisation, as compared"))

    def open_empty(self) -> None:
        self.passphrase.clear()
        self.say("")
        self.set_busy(busy=False)
        self.open()

    def words(self) -> tuple[Path, str, str]:
        """The file, its passphrase and the fingerprint, as typed."""
        return Path(self.file.text()), self.passphrase.text(), self.organisation.text().strip()
