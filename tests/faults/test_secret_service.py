"""Promise P13: the keyring in seven states, against a real Secret Service."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import secretstorage
from keyring.backends import SecretService as Backend

from app.domain.errors import OffhookError, SecretsUnavailable, StoreKeyWrong, StoreLocked
from app.providers.executor import InlineExecutor
from app.providers.keyring_slot import KeyringSlot
from app.providers.platform import SystemPlatform
from local_store import profile as store_files
from local_store.keys import KEYS, STORE, Keys
from tests.support.programs import CODE, ROOT, Central
from tests.support.secret_service import SecretService, is_there

pytestmark = [
    pytest.mark.faults,
    pytest.mark.linux,
    pytest.mark.skipif(not is_there(), reason="needs dbus-daemon, gnome-keyring and Xvfb"),
]

PLATFORM = SystemPlatform()
KEY = bytes(range(32))
DEADLINE_S = 3.0


class Desk:
    """A profile whose store opens by the keyring alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        Keys(folder, PLATFORM).create(KEY, secrets=KeyringSlot())
        store_files.create(folder, KEY, PLATFORM, InlineExecutor()).close_now()
        self._before = self._files()

    def _files(self) -> tuple[bytes, bytes]:
        return (self.folder / KEYS).read_bytes(), (self.folder / STORE).read_bytes()[:4096]

    def unlock(self) -> bytes:
        return Keys(self.folder, PLATFORM).unlock(passphrase=None, secrets=KeyringSlot(DEADLINE_S))

    def refuses(self, kind: type[OffhookError]) -> OffhookError:
        """Unlocking fails as it should; no second key, nothing in plaintext, nothing changed."""
        with pytest.raises(kind) as refused:
            self.unlock()
        with pytest.raises(StoreLocked):
            Keys(self.folder, PLATFORM).create(bytes(32), secrets=KeyringSlot(DEADLINE_S))
        assert self._files() == self._before
        assert not self._files()[1].startswith(b"SQLite format 3")
        assert KEY not in b"".join(
            path.read_bytes() for path in self.folder.rglob("*") if path.is_file()
        )
        assert refused.value.safe
        assert refused.value.todo
        return refused.value


def _use(service: SecretService, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in service.environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def no_connection_is_left() -> Iterator[None]:
    """What was given up at its deadline ends with the service; nothing is left to the collector."""
    yield
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(timeout=30)
            assert not thread.is_alive()
    gc.collect()


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    with SecretService(tmp_path / "session") as started:
        _use(started, monkeypatch)
        yield started


@pytest.fixture
def desk(service: SecretService, tmp_path: Path) -> Desk:
    assert service.environment
    return Desk(tmp_path / "desk")


def _lock() -> None:
    with contextlib.closing(secretstorage.dbus_init()) as connection:
        collection = secretstorage.get_default_collection(connection)
        collection.lock()
        assert collection.is_locked()


def test_unlocked_it_opens_the_store(desk: Desk) -> None:
    assert desk.unlock() == KEY


def test_a_prompt_that_is_dismissed_changes_nothing(desk: Desk) -> None:
    """Locked, and nowhere to ask: the service dismisses its own prompt."""
    _lock()
    assert "locked" in desk.refuses(SecretsUnavailable).happened


def test_a_prompt_nobody_answers_ends_by_the_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SecretService(tmp_path / "session", with_prompts=True) as service:
        _use(service, monkeypatch)
        desk = Desk(tmp_path / "desk")
        _lock()
        assert "in time" in desk.refuses(SecretsUnavailable).happened


def test_a_service_that_hangs_is_given_up(desk: Desk, service: SecretService) -> None:
    service.hang()
    assert "in time" in desk.refuses(SecretsUnavailable).happened
    service.go_on()
    assert desk.unlock() == KEY


def test_without_a_service_nothing_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    desk.refuses(SecretsUnavailable)
    with pytest.raises(SecretsUnavailable):
        Keys(desk.folder.parent, PLATFORM).create(KEY, secrets=KeyringSlot(DEADLINE_S))
    assert not (desk.folder.parent / KEYS).exists()


def test_another_secret_under_its_name_is_a_wrong_key(desk: Desk) -> None:
    with contextlib.closing(secretstorage.dbus_init()) as connection:
        (item,) = secretstorage.get_default_collection(connection).get_all_items()
        item.set_secret(b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    before = (desk.folder / KEYS).read_bytes()
    desk.refuses(StoreKeyWrong)
    assert (desk.folder / KEYS).read_bytes() == before, "the slots stay as they were"


@pytest.mark.parametrize(
    "named", ["keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring"]
)
def test_no_null_and_no_plaintext_backend_is_ever_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", named)
    assert desk.unlock() == KEY
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    assert not Backend.Keyring.viable
    desk.refuses(SecretsUnavailable)


def test_a_desk_enrols_and_works_by_its_keyring_alone(
    service: SecretService, tmp_path: Path
) -> None:
    """The real programs: enrol without a passphrase, take a call; locked, the call is refused."""
    profile = tmp_path / "profile"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "app", *words, "--profile", str(profile)],
            capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
            env={**os.environ, **service.environment},
        )  # fmt: skip

    with Central(tmp_path / "central") as central:
        assert run("enrol", "--central", central.url, "--code", CODE).returncode == 0
    taken = run("take", "--phone", "07700 900118", "--fault", "No heat")
    assert json.loads(taken.stdout)["ref"]
    _lock()
    refused = run("take", "--phone", "07700 900118", "--fault", "No heat")
    assert refused.returncode == 3
    assert "keyring is locked" in refused.stderr
