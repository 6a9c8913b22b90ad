"""PySide6's signals and slots leave reference counts alone (6.12.0 on Python 3.11 does not)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

CALLS = 20_000
MARGIN = 1_000
"""A run of other threads and of the test runner moves the counts a little; the fault, by CALLS."""


class _Sender(QObject):
    rung = Signal(bool)


def test_emits_and_void_calls_leave_true_and_none_as_they_were() -> None:
    sender = _Sender()
    heard = 0

    def hear(_: bool) -> None:
        nonlocal heard
        heard += 1

    sender.rung.connect(hear)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(CALLS):
        sender.rung.emit(True)
        sender.setObjectName("canary")
    after = sys.getrefcount(True), sys.getrefcount(None)

    assert heard == CALLS
    assert abs(after[0] - before[0]) < MARGIN, "each emit takes a reference from True"
    assert abs(after[1] - before[1]) < MARGIN, "each void call takes a reference from None"
