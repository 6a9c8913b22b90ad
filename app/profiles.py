"""A profile's store on this machine: making it at enrolment, unlocking and opening it."""

from __future__ import annotations

import base64
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from app.domain.errors import Invalid
from app.ports.store import Store, WriteTx
from app.ports.system import SecretStore
from app.providers.executor import ThreadExecutor
from app.providers.platform import SystemPlatform, keep_new_files_private
from app.providers.system import SystemClock, SystemRandom, Uuid7Source
from local_store import profile as store_files
from local_store.keys import KEY_BYTES, Keys
from local_store.store import SqlStore

PLATFORM = SystemPlatform()
CLOCK = SystemClock(PLATFORM)
RANDOM = SystemRandom()
IDS = Uuid7Source(CLOCK, RANDOM)

LOCK = "profile.lock"


def require_enrolled(profile: Path) -> None:
    """Raise StoreAbsent before anything is made in a folder that is no desk's, and StoreKeyMissing
    where a store lies there without its key slots.
    """
    Keys(profile, PLATFORM).require()


def lock(profile: Path) -> AbstractContextManager[bool]:
    """Hold the profile for this process; yields False where another one has it."""
    return PLATFORM.lock(profile / LOCK)


def open_store(profile: Path, passphrase_file: Path | None, closing: ExitStack) -> Store:
    """Unlock and open; the store is closed with `closing`. Raises the Store* errors."""
    keep_new_files_private()
    key = Keys(profile, PLATFORM).unlock(
        passphrase=passphrase(passphrase_file),
        secrets=None if passphrase_file else keyring(),
    )
    store = store_files.open_(profile, key, PLATFORM, ThreadExecutor())
    closing.callback(store.close_now)
    return store


def create_store(profile: Path, passphrase_file: Path | None, recovery_key: str) -> SqlStore:
    """A new random key in its slots, then an empty store. Raises StoreLocked over an old one."""
    keep_new_files_private()
    PLATFORM.private_directory(profile)
    key = RANDOM.bytes(KEY_BYTES)
    Keys(profile, PLATFORM).create(
        key,
        passphrase=passphrase(passphrase_file),
        recovery_public=recovery_key,
        secrets=None if passphrase_file else keyring(),
    )
    return store_files.create(profile, key, PLATFORM, ThreadExecutor())


def recover(profile: Path, recovery_file: Path, new_passphrase_file: Path) -> None:
    """Open with the organisation's recovery key and add a passphrase slot; the pages are verified.

    Raises StoreKeyWrong, StoreKeyMissing, StoreDamaged.
    """
    require_enrolled(profile)
    try:
        private = base64.b64decode(recovery_file.read_text("utf-8").strip(), validate=True)
    except (OSError, ValueError) as error:
        raise Invalid("The recovery key's file cannot be read.") from error
    fresh = passphrase(new_passphrase_file) or b""
    key = Keys(profile, PLATFORM).recover(private, fresh)
    store_files.verify(profile / "store.db", key)


def passphrase(file: Path | None) -> bytes | None:
    """The file's text without its last line end. Raises Invalid."""
    if file is None:
        return None
    try:
        text = file.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise Invalid("The passphrase's file cannot be read.") from error
    if not text:
        raise Invalid("The passphrase is empty.")
    return text


def keyring() -> SecretStore:
    """The operating system's keyring, behind a deadline."""
    from app.providers.keyring_slot import KeyringSlot  # slow to import, and seldom needed

    return KeyringSlot()


async def start_again(profile: Path, passphrase_file: Path | None) -> dict[str, object]:
    """After a restore: a new incarnation under the next spare desk code."""
    with ExitStack() as closing:
        store = open_store(profile, passphrase_file, closing)

        def write(tx: WriteTx) -> dict[str, object]:
            tx.desk.start_again(IDS.new_id())
            identity = tx.desk.identity()
            return {"desk": identity.desk_id, "desk_code": identity.desk_code}

        return await store.write(write)
