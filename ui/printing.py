"""Plain text on paper or into a PDF, through the system's print window, which blocks nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.errors import EnvironmentFault
from app.domain.visible import visible

_POINTS = 10


def text_document(title: str, text: str) -> QTextDocument:
    """The text as it stands, never read as HTML; the title first."""
    document = QTextDocument()
    document.setDefaultFont(QFont("monospace", _POINTS))  # of paper, however large the screen's are
    document.setPlainText(visible(f"{title}\n\n{text}\n"))
    return document


def write_pdf(path: Path, title: str, text: str) -> None:
    """The text as a new PDF file; off the window's thread, since it writes to the disk.

    Raises EnvironmentFault where the file is there already or cannot be written.
    """
    from PySide6.QtGui import QPageSize, QPdfWriter

    if path.exists():
        raise EnvironmentFault("There is a file of that name already.", safe="It was left alone.")
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setTitle(visible(title))
    text_document(title, text).print_(writer)
    del writer
    if not path.exists() or not path.stat().st_size:
        raise EnvironmentFault("The PDF could not be written.")


def print_text(parent: QWidget, title: str, text: str) -> None:
    """Ask for a printer, then print; a PDF is one of the choices of the window."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # loaded for the first print only

    printer = QPrinter()
    dialog = QPrintDialog(printer, parent)
    document = text_document(title, text)

    def ended(result: int) -> None:
        if result:
            document.print_(printer)  # the printer lives as long as this does
        dialog.deleteLater()

    dialog.finished.connect(ended)
    QDialog.open(dialog)
