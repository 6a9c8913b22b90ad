"""Private files, the profile's lock, names and clocks of this system."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.ports.system import Platform
from app.providers.platform import SystemPlatform

HOLDS_THE_LOCK = """
import sys, pathlib
from app.providers.platform import SystemPlatform
with SystemPlatform().lock(pathlib.Path(sys.argv[1])) as held:
    print(held, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def platform() -> Platform:
    return SystemPlatform()


@pytest.mark.linux
def test_directory_and_file_belong_to_this_user_only(platform: Platform, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "profile"
    platform.private_directory(folder)
    file = folder / "store.db"
    file.write_bytes(b"x")
    file.chmod(0o644)
    platform.private_file(file)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.linux
def test_a_directory_that_was_open_to_others_is_closed(platform: Platform, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    platform.private_directory(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_syncing_a_directory_that_is_not_there_is_an_error(
    platform: Platform, tmp_path: Path
) -> None:
    platform.sync_directory(tmp_path)
    if sys.platform != "win32":
        with pytest.raises(FileNotFoundError):
            platform.sync_directory(tmp_path / "absent")


def test_the_lock_is_refused_at_once_while_another_process_holds_it(
    platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_LOCK, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "True"
        with platform.lock(path) as held:
            assert held is False
        other.stdin.write("\n")
        other.stdin.flush()
        other.wait(60)
    with platform.lock(path) as held:
        assert held is True


def test_the_lock_ends_with_the_process_that_was_killed(platform: Platform, tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_LOCK, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "True"
        other.kill()
        other.wait(60)
        with platform.lock(path) as held:
            assert held is True


@pytest.mark.linux
def test_socket_names_fit_and_differ_by_profile(platform: Platform, tmp_path: Path) -> None:
    short = platform.socket_name(tmp_path / "one")
    deep = tmp_path.joinpath(*["a-rather-long-folder-name"] * 6)
    names = {short, platform.socket_name(deep), platform.socket_name(deep / "other")}
    assert len(names) == 3
    assert all(len(os.fsencode(name)) <= 100 for name in names)
    assert platform.socket_name(deep) == platform.socket_name(deep / "x" / "..")


def test_boot_seconds_go_forward(platform: Platform) -> None:
    before = platform.boot_seconds()
    assert platform.boot_seconds() >= before > 0


def test_free_bytes_of_a_file_system(platform: Platform, tmp_path: Path) -> None:
    assert platform.free_bytes(tmp_path) > 0
