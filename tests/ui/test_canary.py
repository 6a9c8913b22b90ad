"""PySide6's signals and slots leave reference counts alone (6.12.0 on Python 3.11 does not).

Where they do not, the interpreter aborts sooner or later; so the bird sits in a process of its own,
on a cushion of references that keeps it alive long enough to say what it counted.
"""

from __future__ import annotations

import json
import subprocess
import sys

CALLS = 20_000
MARGIN = 1_000
"""The interpreter's own work moves the counts a little; the fault moves them by CALLS."""

BIRD = f"""
import json, sys
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    rung = Signal(bool)

heard = []
sender = Sender()
sender.rung.connect(heard.append)
cushion = [True] * {4 * CALLS}, [None] * {4 * CALLS}
heard.extend([True] * {CALLS})
heard.clear()
before = sys.getrefcount(True), sys.getrefcount(None)
for _ in range({CALLS}):
    sender.rung.emit(True)
    sender.setObjectName("canary")
rung = len(heard)
heard.clear()
after = sys.getrefcount(True), sys.getrefcount(None)
print(json.dumps([rung, after[0] - before[0], after[1] - before[1]]), flush=True)
"""


def test_emits_and_void_calls_leave_true_and_none_as_they_were() -> None:
    flown = subprocess.run(
        [sys.executable, "-c", BIRD], check=False, capture_output=True, text=True, timeout=120
    )
    assert flown.stdout, f"the interpreter did not live to count: {flown.stderr}"
    rung, true_moved, none_moved = json.loads(flown.stdout)
    assert rung == CALLS
    assert abs(true_moved) < MARGIN, f"{CALLS} emits moved the count of True by {true_moved}"
    assert abs(none_moved) < MARGIN, f"{CALLS} void calls moved the count of None by {none_moved}"
