"""The server's end, and places that hold no ledger."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.contract.speaker import Speaker
from tests.support.programs import CODE, ROOT, Central

_COMMAND = [sys.executable, "-m", "app.central.reference"]
_PROMPT_S = 30.0
"""A hang guard: it ends within two seconds; a poll left alone takes 25."""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_polls_open(tmp_path: Path, sign: signal.Signals) -> None:
    with Central(tmp_path / "central") as central, Speaker(central.url, CODE) as desk:
        cursor = desk.changes()["next_cursor"]
        ended: list[str] = []

        def poll() -> None:
            try:
                desk.http.get("/v1/tickets/changes", params={"cursor": cursor, "wait": 25})
                ended.append("answered")
            except httpx.TransportError:
                ended.append("torn")

        polls = [threading.Thread(target=poll) for _ in range(4)]
        for one in polls:
            one.start()
        time.sleep(0.5)
        began = time.monotonic()
        assert central.end(sign, _PROMPT_S) == 0
        assert time.monotonic() - began < 20
        for one in polls:
            one.join(_PROMPT_S)
        assert len(ended) == 4


def _ledger(*place: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_COMMAND, "ledger", *place], capture_output=True, text=True, cwd=ROOT, check=False,
        timeout=60,
    )  # fmt: skip


def test_a_folder_without_a_ledger_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    for folder in (tmp_path / "empty", tmp_path / "absent"):
        if folder.name == "empty":
            folder.mkdir()
        done = _ledger("--data", str(folder))
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"there is no ledger in {folder}\n"
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_another_file_of_that_name_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"nothing of the kind" * 100)
    assert _ledger("--data", str(tmp_path)).stderr == f"there is no ledger in {tmp_path}\n"


def test_a_central_that_was_killed_while_it_was_founded_starts_again(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    assert _ledger("--data", str(tmp_path)).returncode == 2
    with Central(tmp_path) as central:
        assert central.ledger() == []


def test_a_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO setting VALUES ('schema', '1')")
    connection.close()
    before = (tmp_path / "ledger.db").read_bytes()
    for words in (["ledger"], []):
        done = subprocess.run(
            [*_COMMAND, *words, "--data", str(tmp_path)], capture_output=True, text=True, cwd=ROOT,
            check=False, timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"the ledger in {tmp_path} was made by another version\n"
    assert (tmp_path / "ledger.db").read_bytes() == before
