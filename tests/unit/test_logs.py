"""The log names what happened and where, and nothing a customer said."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import logs

MARK = "Quokka Street 7"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    logs.start(tmp_path / "logs")
    yield tmp_path / "logs"
    logs.stop()


def _lines(folder: Path) -> list[dict[str, Any]]:
    raw = (folder / "offhook.log").read_text("utf-8")
    assert MARK not in raw
    return [json.loads(line) for line in raw.splitlines()]


def test_an_error_of_ours_is_named_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        int(MARK)
    except ValueError:
        logging.getLogger("app.sync").exception("The %s loop starts again.", MARK)
    (line,) = _lines(folder)
    assert line["event"] == "The %s loop starts again."
    assert (line["error"], line["level"], line["logger"]) == ("ValueError", "error", "app.sync")
    assert line["where"].startswith("test_logs.py:")
    assert capsys.readouterr().err == ""


def test_only_allowed_keys_are_written(folder: Path) -> None:
    logging.getLogger("app.sync").info("Pulled.", extra={"count": 7, "customer": MARK})
    (line,) = _lines(folder)
    assert line["count"] == 7
    assert set(line) == {"event", "logger", "level", "timestamp", "count"}


def test_what_a_library_says_is_not_quoted(folder: Path) -> None:
    logging.getLogger("asyncio").error(f"Task exception was never retrieved: {MARK}")  # noqa: G004  # as libraries do
    (line,) = _lines(folder)
    assert line["logger"] == "asyncio"


def test_afterwards_the_file_is_let_go(folder: Path) -> None:
    logs.stop()
    logging.getLogger("app.sync").info("Nobody hears this.")
    assert not (folder / "offhook.log").exists()


def test_opening_a_desk_does_not_wait_for_the_library_of_its_logs(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from app import logs; "
        f"logs.start(pathlib.Path({str(tmp_path)!r})); assert 'structlog' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
