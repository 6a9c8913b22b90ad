"""A private PostgreSQL cluster on a Unix socket and a loopback port, stopped with the test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

USER = "postgres"
_START_S = 60


def programs() -> Path | None:
    """Where Debian keeps the server's programs; None where they are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """Make and start a cluster; yields the URL of an empty database.

    In a folder of its own: another test run closes the folders of all runs to other users.
    """
    bin_ = programs()
    if bin_ is None:
        raise FileNotFoundError("PostgreSQL's server programs are not installed")
    with TemporaryDirectory(prefix="offhook-pg-") as name:
        folder, port = Path(name), free_port()
        data = folder / "data"
        own(folder)
        run(bin_ / "initdb", "-D", str(data), "-U", USER, "--auth=trust", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=on"
        run(bin_ / "pg_ctl", "-D", str(data), "-w", "-t", str(_START_S), "-l",
             str(folder / "log"), "-o", options, "start")  # fmt: skip
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            run(bin_ / "pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def own(folder: Path) -> None:
    """Make a folder the server may use: as root it runs under a user of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        for parent in folder.parents:
            if parent.owner() == "root" and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)


def run(program: Path, *arguments: str) -> None:
    """Run one of the server's programs to its end, as the server's user where this is root."""
    command = [str(program), *arguments]
    if os.geteuid() == 0:
        runuser = shutil.which("runuser") or "/usr/sbin/runuser"
        command = [runuser, "-u", USER, "--", *command]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd="/")


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
