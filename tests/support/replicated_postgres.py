"""A PostgreSQL primary with a follower that can be stopped, left behind and promoted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.postgres import USER, free_port, own, programs, run

_START_S = 60


class Server:
    """One server of the pair."""

    def __init__(self, folder: Path, bin_: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._bin = bin_
        self.running = False

    def create(self) -> None:
        """An empty cluster."""
        run(self._bin / "initdb", "-D", str(self._data), "-U", USER, "--auth=trust", "--no-sync")

    def follow(self, primary: Server) -> None:
        """A copy of the primary that goes on following it."""
        run(
            self._bin / "pg_basebackup", "-D", str(self._data), "-R", "-X", "stream", "--no-sync",
            "-c", "fast", "-h", "127.0.0.1", "-p", str(primary.port), "-U", USER,
        )  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        run(self._bin / "pg_ctl", "-D", str(self._data), "-w", "-t", str(_START_S), "-l",
            str(self.folder / "log"), "-o", options, "start")  # fmt: skip
        self.running = True

    def stop(self) -> None:
        """End it at once, as a crash would."""
        if self.running:
            run(self._bin / "pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")
            self.running = False

    def promote(self) -> None:
        """Make a follower the primary, with what had reached it."""
        run(self._bin / "pg_ctl", "-D", str(self._data), "-w", "-t", str(_START_S), "promote")

    @property
    def url(self) -> str:
        """This one alone, whatever it is."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    @property
    def _data(self) -> Path:
        return self.folder / "data"


class Pair:
    """The primary and its follower."""

    def __init__(self, primary: Server, follower: Server) -> None:
        self.primary = primary
        self.follower = follower

    @property
    def url(self) -> str:
        """Names both; whoever connects takes the one that may be written to."""
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in (self.primary, self.follower))
        return f"postgresql://{USER}@/postgres?{hosts}&target_session_attrs=read-write"


@contextmanager
def pair() -> Iterator[Pair]:
    """Both run, the follower follows; both are stopped in the end.

    In a folder of their own: another test run closes the folders of all runs to other users.
    """
    bin_ = programs()
    if bin_ is None:
        raise FileNotFoundError("PostgreSQL's server programs are not installed")
    with TemporaryDirectory(prefix="offhook-pg-") as name:
        made = Pair(*(Server(Path(name) / part, bin_) for part in ("primary", "follower")))
        Path(name).chmod(0o711)
        try:
            _begin(made)
            yield made
        finally:
            made.follower.stop()
            made.primary.stop()


def _begin(made: Pair) -> None:
    for server in (made.primary, made.follower):
        own(server.folder)
    made.primary.create()
    made.primary.start()
    made.follower.follow(made.primary)
    made.follower.start()
