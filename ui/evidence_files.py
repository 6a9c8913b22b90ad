"""Files of evidence: chosen, kept encrypted, and written out again; never shown by this program."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import NotFound, OffhookError
from app.domain.evidence import LARGEST_BYTES, EvidenceFile
from app.domain.payments.reconciliation import ClaimView
from app.domain.visible import visible
from app.services.evidence import Evidence
from ui.session import Session
from ui.tasks import async_slot
from ui.undoing import Done


class EvidenceFiles(QObject):
    """Asks for files in windows that block nothing; reads and writes off the window's thread."""

    done = Signal(object)
    """A `Done`, for the undo."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._evidence = Evidence(session.opened.desk)

    def choose(self, view: ClaimView) -> None:
        """A file for this claim."""
        dialog = self._dialog(self.tr("Add a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.keep(view, Path(chosen)))
        dialog.open()

    def choose_target(self, file: EvidenceFile) -> None:
        """Where a copy of it goes."""
        dialog = self._dialog(self.tr("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(visible(file.name))
        dialog.fileSelected.connect(lambda chosen: self.save_copy(file, Path(chosen)))
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    @async_slot
    async def keep(self, view: ClaimView, path: Path) -> None:
        """Read it, at most a byte more than may be kept, and keep it."""
        try:
            content = await asyncio.to_thread(_read, path)
            decided = await self._evidence.keep(
                view.said_in.id, view.claim.id, path.name, content, self._session.person
            )
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        self.done.emit(Done(self.tr("The file is kept, encrypted"), op_id=decided.op_id))

    @async_slot
    async def save_copy(self, file: EvidenceFile, target: Path) -> None:
        """Out of the desk, for a program that can show it."""
        try:
            await self._evidence.save_copy(file.id, target, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.done.emit(Done(self.tr("Written: {file}").format(file=target.name)))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise NotFound("The file cannot be read.") from error
