"""The one place for calls that exist, or mean the same, on one kind of system only."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel's limit for a Unix socket's address is 104 (macOS) or 108 (Linux)."""


class _CommonPlatform(ABC):
    """What both kinds of system do the same way around their own calls."""

    @abstractmethod
    def _try_lock(self, descriptor: int) -> bool: ...

    @abstractmethod
    def _unlock(self, descriptor: int) -> None: ...

    @abstractmethod
    def boot_seconds(self) -> float: ...

    @abstractmethod
    def _computer(self) -> str: ...

    def file_mark(self, path: Path) -> str:
        """The same for as long as a file lies where it is; another one for each copy of it, on this
        computer or another. Empty where the file system numbers no files.

        A copy of a whole disk, put into the same computer, is not told from the disk.
        """
        number = path.stat().st_ino
        named = f"{self._computer()} {number}"
        return hashlib.sha256(named.encode()).hexdigest()[:32] if number else ""

    @contextmanager
    def lock(self, path: Path) -> Iterator[bool]:
        """Hold an exclusive lock on the file; yields False at once where another one has it.

        The lock ends with the process, whatever ends it; the file itself stays.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            held = self._try_lock(descriptor)
            try:
                yield held
            finally:
                if held:
                    self._unlock(descriptor)
        finally:
            os.close(descriptor)

    def has_library(self, name: str) -> bool:
        """Whether a shared library Qt's window needs is there; elsewhere Qt brings its own."""
        if not sys.platform.startswith("linux"):
            return True
        from ctypes.util import find_library  # asks the linker, which takes a moment

        return find_library(name) is not None

    def free_bytes(self, path: Path) -> int:
        """Bytes this user may still write on the file system of that path."""
        return shutil.disk_usage(path).free


def _network_card() -> str:
    """The number of a network card, empty where Python would make one up."""
    number = uuid.getnode()
    return "" if number >> 40 & 1 else f"{number:012x}"


def _short_name(profile: Path) -> str:
    return hashlib.sha256(os.fsencode(profile.resolve())).hexdigest()[:24]


if sys.platform == "win32":
    import ctypes
    import msvcrt
    import subprocess
    import winreg

    class SystemPlatform(_CommonPlatform):
        """Windows: access lists, byte-range locks, named pipes."""

        def private_directory(self, path: Path) -> None:
            """Make the directory; only this user keeps rights on it and what joins it later."""
            path.mkdir(parents=True, exist_ok=True)
            self._grant_owner_only(path, ":(OI)(CI)F")

        def private_file(self, path: Path) -> None:
            """Take everybody else's rights away from a file."""
            self._grant_owner_only(path, ":F")

        def _grant_owner_only(self, path: Path, rights: str) -> None:
            program = Path(os.environ["SYSTEMROOT"]) / "System32" / "icacls.exe"
            user = f"{os.environ.get('USERDOMAIN', '.')}\\{os.environ['USERNAME']}"
            subprocess.run(  # noqa: S603 - the system's own program, by its full path
                [str(program), str(path), "/inheritance:r", "/grant:r", user + rights],
                check=True,
                capture_output=True,
                timeout=30,
            )

        def sync_directory(self, path: Path) -> None:
            """Nothing to do: NTFS journals its names, and there is no such call."""

        def _try_lock(self, descriptor: int) -> bool:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True

        def _unlock(self, descriptor: int) -> None:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

        def socket_name(self, profile: Path) -> str:
            """The name of the desk's pipe."""
            return f"offhook-{_short_name(profile)}"

        def _computer(self) -> str:
            """What Windows called this computer when it was installed; else its network card."""
            with (
                suppress(OSError),
                winreg.OpenKey(
                    winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography"
                ) as key,
            ):
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
            return _network_card()

        def boot_seconds(self) -> float:
            """Seconds since the system started, sleep and hibernation included."""
            ticks = ctypes.windll.kernel32.GetTickCount64
            ticks.restype = ctypes.c_ulonglong
            return float(ticks()) / 1_000

    def keep_new_files_private() -> None:
        """Nothing to do: what joins the profile's directory inherits its access list."""

else:
    import fcntl

    _COUNTS_SUSPEND = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    """Linux has a clock for it; the monotonic one of macOS counts sleep by itself."""

    class SystemPlatform(_CommonPlatform):
        """Linux and macOS: modes, flock, Unix sockets."""

        def private_directory(self, path: Path) -> None:
            """Make the directory, readable by this user only (0700)."""
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o700)

        def private_file(self, path: Path) -> None:
            """Take everybody else's rights away from a file (0600)."""
            path.chmod(0o600)

        def sync_directory(self, path: Path) -> None:
            """Make a rename or a new name in that directory durable."""
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

        def _try_lock(self, descriptor: int) -> bool:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        def _unlock(self, descriptor: int) -> None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)

        def socket_name(self, profile: Path) -> str:
            """The path of the desk's Unix socket: in the profile, or where that is too long a path,
            in a directory of this user's own.
            """
            inside = profile.resolve() / "desk.socket"
            if len(os.fsencode(inside)) <= _LONGEST_SOCKET_PATH:
                return str(inside)
            runtime = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
            folder = Path(runtime) / f"offhook-{os.getuid()}"
            self.private_directory(folder)  # raises where the name belongs to somebody else
            return str(folder / f"{_short_name(profile)}.socket")

        def _computer(self) -> str:
            """What systemd or D-Bus calls this computer; else its network card."""
            for file in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
                with suppress(OSError):
                    if found := file.read_text("ascii", errors="ignore").strip():
                        return found
            return _network_card()

        def boot_seconds(self) -> float:
            """Seconds of a monotonic clock that counts suspend."""
            return time.clock_gettime(_COUNTS_SUSPEND)

    def keep_new_files_private() -> None:
        """From here on no file this process makes is readable by others (umask 077)."""
        os.umask(0o077)


def has_display() -> bool:
    """Whether a window would be seen; on Linux the session says so."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_open_window() -> bool:
    """Whether Qt can make a window at all: on a screen, or offscreen because somebody asked."""
    return has_display() or bool(os.environ.get("QT_QPA_PLATFORM"))
