"""The two programs whose start is measured: a bare Qt window, and the desk.

Nothing is imported before the window that the window itself does not need.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

_TICK_MS = 5
_PRESS_AGAIN = 10
"""Ticks; a key press that comes before the window is active falls."""


def bare() -> None:
    """A window with a table of 256 rows, painted; then one line."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView, QVBoxLayout
    from PySide6.QtWidgets import QWidget as Widget

    app = QApplication([])
    model = QStandardItemModel(256, 7)
    for row in range(256):
        for column in range(7):
            model.setItem(row, column, QStandardItem(f"{row} {column}"))
    window, body, field, view = QMainWindow(), Widget(), QLineEdit(), QTableView()
    layout = QVBoxLayout(body)
    layout.addWidget(field)
    layout.addWidget(view)
    view.setModel(model)
    window.setCentralWidget(body)
    window.resize(1440, 900)
    window.show()
    field.setFocus()
    app.processEvents()
    tell()


def desk(until: str, profile: Path, secret: Path) -> None:
    """The desk until its first queue is painted, or until the caller's field has taken a digit."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit
    from qasync import QEventLoop

    from app.desk import opener
    from ui.desk_app import Program, application

    app = application()
    waited = 0

    def painted() -> bool:
        queues = sys.modules.get("ui.views.queue_view")
        shown = program.window.findChild(queues.QueueScreen) if queues else None
        return shown is not None and shown.isVisible() and bool(shown.model.rows)

    def typed() -> bool:
        nonlocal waited
        field = app.focusWidget()
        if isinstance(field, QLineEdit):
            QTest.keyClick(field, Qt.Key.Key_0)
            return field.text() == "0"
        if waited % _PRESS_AGAIN == 0:
            QTest.keySequence(program.window.windowHandle(), QKeySequence("F2"))
        waited += 1
        return False

    there = painted if until == "queue" else typed

    def look() -> None:
        if program.window.isVisible() and there():
            timer.stop()
            QApplication.processEvents()
            tell()
            program.window.closing.emit()

    loop = QEventLoop(app)
    with loop:
        program = Program(opener(profile, secret), "")
        timer = QTimer(interval=_TICK_MS)
        timer.timeout.connect(look)
        timer.start()
        loop.run_until_complete(program.live())


def tell() -> None:
    """Say that it is there, with how much CPU and memory so far."""
    status = Path("/proc/self/status").read_text("utf-8")
    kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    print(json.dumps({"mb": kib / 1_024, "cpu": time.process_time()}), flush=True)


def main(words: list[str]) -> None:
    """`bare`, or `queue` or `field` with a profile and its passphrase's file."""
    if words[0] == "bare":
        bare()
    else:
        desk(words[0], Path(words[1]), Path(words[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
