"""What the fault tests share: room in memory, and the figures they print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.figures import Figures

_FIGURES = Figures()


@pytest.fixture
def figures() -> Figures:
    """Lines for the end of the run."""
    return _FIGURES


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder in memory, where there is a file system of it: thousands of disks are laid down."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with TemporaryDirectory(prefix="offhook-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was found out."""
    lines = _FIGURES.lines()
    if lines:
        terminalreporter.section("faults: figures")
        for line in lines:
            terminalreporter.line(line)
