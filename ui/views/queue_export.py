"""The queue on screen as a CSV file, for those who may take data out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import OffhookError
from ui.session import Session
from ui.tasks import async_slot
from ui.views.queue_view import QueueScreen


class QueueExport(QWidget):
    """Asks where to, in a window that blocks nothing; the right is the service's to check."""

    written = Signal(str, str)
    """What was written, in words, and where."""

    def __init__(self, session: Session, queue: QueueScreen) -> None:
        super().__init__(queue)
        self._session, self._queue = session, queue
        self.hide()

    def ask(self) -> None:
        """Ctrl+E: choose a new file for the rows of this lane or view, filter and all."""
        if not self._session.opened.exporting.may(self._session.person):
            self.write("")  # says who may
            return
        dialog = QFileDialog(self, self.tr("Export CSV"), "tickets.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is written over at all
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        dialog.open()

    @async_slot
    async def write(self, target: str) -> None:
        """Write them; what is wrong is said in the window."""
        session = self._session
        try:
            count = await session.opened.exporting.queue(
                self._queue.shown_filter(), Path(target), session.person
            )
        except OffhookError as problem:
            session.refuse(problem)
            return
        self.written.emit(self.tr("%n ticket(s) written.", "", count), target)
