"""Cold start to the first focusable field, and memory, beside a bare Qt window with a table.

`python -m benchmarks.start` makes a demo central and a desk with 50 000 tickets first.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.harness import ROUNDS, Figure, table
from tests.support.programs import Central, DeskProgram, environment

_CHILD = "child"
_TICK_MS = 5
_PRESS_AGAIN = 100
"""Ticks: a window that was not active yet lets the first key press fall."""


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


def desk(profile: Path, secret: Path) -> None:
    """The desk until its queue is painted and F2 gave the caller's phone the focus."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QLineEdit
    from qasync import QEventLoop

    from app.cli.commands import run_line
    from app.main import Opening, open_desk
    from ui.desk_app import Program, application

    app = application()
    opening = Opening(profile, secret, runs_sync=True)
    waited = 0

    def look() -> None:
        nonlocal waited
        work = program.workplace
        if work is None:
            return
        if work.calls.active is None and program.window.pages.currentWidget() is work.queue_page:
            program.window.activateWindow()
            if waited % _PRESS_AGAIN == 0:
                QTest.keySequence(program.window.windowHandle(), QKeySequence("F2"))
            waited += 1
        elif work.calls.active is not None and isinstance(app.focusWidget(), QLineEdit):
            timer.stop()
            QApplication.processEvents()
            tell()
            program.window.closing.emit()

    loop = QEventLoop(app)
    with loop:
        program = Program(lambda: open_desk(opening, run_line), "")
        timer = QTimer(interval=_TICK_MS)
        timer.timeout.connect(look)
        timer.start()
        loop.run_until_complete(program.live(None))


def tell() -> None:
    """Say that it is there, and with how much memory."""
    status = Path("/proc/self/status").read_text("utf-8")
    kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    print(json.dumps({"mb": kib / 1_024}), flush=True)


def timed(*words: str) -> tuple[float, float]:
    """Seconds from starting a child to its line, and its memory in MB."""
    command = [sys.executable, "-m", "benchmarks.start", _CHILD, *words]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as child:
        line = child.stdout.readline() if child.stdout else ""
        took = time.perf_counter() - began
        child.wait(timeout=60)
    return took, float(json.loads(line)["mb"])


def main() -> None:
    """Prepare a desk, then start both in turns."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("words", nargs="*")
    words = arguments.parse_args().words
    if words[:1] == [_CHILD]:
        if words[1] == "bare":
            bare()
        else:
            desk(Path(words[2]), Path(words[3]))
        return
    with tempfile.TemporaryDirectory(prefix="offhook-start-") as name:
        print(table("Start, 50 000 tickets", measured(Path(name))))


def measured(folder: Path) -> list[Figure]:
    """The figures, central running as it does on a normal morning."""
    program = DeskProgram(folder / "desk")
    with Central(folder / "central", "--demo") as central:
        program.enrol(central)
        for _ in range(3):
            program.run("sync", "--once")
        taken: dict[str, list[tuple[float, float]]] = {"bare": [], "desk": []}
        for _ in range(ROUNDS):
            taken["bare"].append(timed("bare"))
            taken["desk"].append(timed("desk", str(program.profile), str(program.secret)))
    plain, ours = (
        [statistics.median(column) for column in zip(*taken[name], strict=True)]
        for name in ("bare", "desk")
    )
    return [
        Figure("cold start to the caller's field focused", f"{ours[0]:.2f} s", f"{plain[0]:.2f} s",
               ours[0] / plain[0], "1.5 x; under 2 s"),
        Figure("memory then", f"{ours[1]:.0f} MB", f"{plain[1]:.0f} MB", ours[1] / plain[1],
               "200 MB"),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
