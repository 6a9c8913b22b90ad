"""A small program beside the desk's: commits rows to an encrypted file and says each aloud.

`python -m tests.support.committing FILE SYNCHRONOUS COUNT`: the control of the crash states.
With FULL nothing said may be lost; with NORMAL something must be, else the states prove nothing.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from sqlcipher3 import dbapi2

KEY = "ab" * 32


def opened(path: Path, key: str = KEY) -> dbapi2.Connection:
    """Open (or make) a file with its raw key, in hex."""
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")  # damage is what the states are for
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    return connection


def connect(path: Path) -> dbapi2.Connection:
    """The program's own connection."""
    connection = opened(path)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def make(path: Path) -> None:
    """An empty table, durable before the recording begins."""
    connection = connect(path)
    connection.execute("CREATE TABLE call (ref TEXT PRIMARY KEY, words TEXT)")
    connection.close()


def commit(path: Path, synchronous: str, count: int) -> None:
    """One transaction per row; each is said once the commit has returned."""
    connection = connect(path)
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA wal_autocheckpoint = 12")
    for number in range(count):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO call VALUES (?, ?)", (f"R{number}", "words " * 1_200))
        connection.execute("COMMIT")
        os.write(1, f"ack R{number}\n".encode())
    connection.close()


if __name__ == "__main__":
    arguments = (Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    thread = threading.Thread(target=commit, args=arguments)
    thread.start()  # in a thread, because the recorder has to follow threads
    thread.join()
