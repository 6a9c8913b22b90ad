"""What holds for every test: loopback only, a home of its own, no screen needed."""

from __future__ import annotations

import ipaddress
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.figures import FiguresOfARun
from tests.support.seconds import SecondsPerGroup

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def _is_loopback(host: object) -> bool:
    """True for the names and addresses of this very machine."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refuse_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: connecting, sending or looking up a name beyond loopback is an error."""
    if event in ("socket.connect", "socket.sendto", "socket.bind"):
        address = arguments[1]
        if isinstance(address, tuple) and not _is_loopback(address[0]):
            raise PermissionError(f"a test reached for the network: {address!r}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        if host is not None and not _is_loopback(host):
            raise PermissionError(f"a test looked up {host!r}")


sys.addaudithook(refuse_the_network)


@pytest.fixture(scope="session", autouse=True)
def _home_of_its_own() -> Iterator[Path]:
    """Every test run has an empty HOME, so that nobody's real profile is read or written."""
    with tempfile.TemporaryDirectory(prefix="offhook-home-") as name:
        home = Path(name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HOME", name)
            patch.setenv("USERPROFILE", name)
            for variable, folder in (
                ("XDG_CONFIG_HOME", "config"),
                ("XDG_DATA_HOME", "data"),
                ("XDG_STATE_HOME", "state"),
                ("XDG_CACHE_HOME", "cache"),
            ):
                (home / folder).mkdir()
                patch.setenv(variable, str(home / folder))
            yield home


@pytest.fixture(scope="session")
def matching_data() -> Path:
    """The folder of real models and queries (OFFHOOK_MATCHING_DATA), or a skip that says so."""
    named = os.environ.get("OFFHOOK_MATCHING_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data" / "matching"
    if not (folder / "catalog.csv").is_file():
        pytest.skip(f"needs the shared data: no catalog.csv in {folder} (OFFHOOK_MATCHING_DATA)")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked `linux` are skipped elsewhere, by name; two tests of one name are an error.

    Processes that share the work know tests by their names: of two alike, one would never run.
    """
    names = Counter(item.nodeid for item in items)
    if twice := [name for name, count in names.items() if count > 1]:
        raise pytest.UsageError(f"tests of one name: {', '.join(twice)}")
    if sys.platform != "linux":
        for item in items:
            if item.get_closest_marker("linux"):
                item.add_marker(pytest.mark.skip(reason="needs Linux"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:  # noqa: ANN401 - xdist's own
    """With --dist loadfile, but the tests of some files each by itself."""
    from tests.support.side_by_side import SideBySide

    return SideBySide(config, log) if config.getvalue("dist") == "loadfile" else None


_SECONDS = SecondsPerGroup()
_FIGURES = FiguresOfARun()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count each phase of each test towards its group; keep the figures it found out."""
    _SECONDS.note(report.nodeid, report.when, report.duration)
    _FIGURES.note(report.user_properties)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was found out, and where the time went."""
    for title, lines in (("figures", _FIGURES.lines()), ("seconds per group", _SECONDS.lines())):
        if lines:
            terminalreporter.section(title)
        for line in lines:
            terminalreporter.line(line)
