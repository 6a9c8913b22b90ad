"""A profile's store on this machine: making it at enrolment, unlocking and opening it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from app.domain.errors import Invalid, StoreKeyMissing, StoreLocked
from app.ports.system import SecretStore
from app.providers.executor import ThreadExecutor
from app.providers.platform import SystemPlatform, keep_new_files_private
from app.providers.system import SystemClock, SystemRandom, Uuid7Source
from local_store import profile as store_files
from local_store.health import verify
from local_store.keys import KEY_BYTES, STORE, Keys
from local_store.person_keys import PersonKeys
from local_store.store import SqlStore

PLATFORM = SystemPlatform()
CLOCK = SystemClock(PLATFORM)
RANDOM = SystemRandom()
IDS = Uuid7Source(CLOCK, RANDOM)
PERSON_KEYS = PersonKeys(RANDOM.bytes)

LOCK = "profile.lock"


def require_enrolled(profile: Path) -> None:
    """Raise StoreAbsent before anything is made in a folder that is no desk's, and StoreKeyMissing
    where a store lies there without its key slots.
    """
    Keys(profile, PLATFORM).require()


def is_free(profile: Path) -> bool:
    """Whether no desk is here, nor a part of one."""
    return not (Keys(profile, PLATFORM).exist() or (profile / STORE).exists())


def lock(profile: Path) -> AbstractContextManager[bool]:
    """Hold the profile for this process; yields False where another one has it."""
    return PLATFORM.lock(profile / LOCK)


def open_store(profile: Path, passphrase_file: Path | None, closing: ExitStack) -> SqlStore:
    """Unlock and open; the store is closed with `closing`. Raises the Store* errors."""
    keep_new_files_private()
    return opened(profile, unlocked(profile, passphrase_file), closing)


@contextmanager
def alone(profile: Path, passphrase_file: Path | None, safe: str) -> Iterator[SqlStore]:
    """The store of a desk that no other program has, for the block. `safe` says what a refusal
    left as it was. Raises StoreAbsent, StoreLocked, and what opening it raises.
    """
    require_enrolled(profile)
    with ExitStack() as closing:
        if not closing.enter_context(lock(profile)):
            raise StoreLocked(
                "This profile is in use by another program.",
                safe=safe,
                todo="Close the desk first.",
            )
        yield open_store(profile, passphrase_file, closing)


def unlocked(profile: Path, passphrase_file: Path | None) -> bytes:
    """The store's key, from the passphrase where one is given. Raises the StoreKey* errors."""
    return Keys(profile, PLATFORM).unlock(
        passphrase=passphrase(passphrase_file),
        secrets=None if passphrase_file else keyring(),
    )


def opened(profile: Path, key: bytes, closing: ExitStack) -> SqlStore:
    """The store under its key; it is closed with `closing`."""
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
    verify(profile / STORE, recovered(profile, recovery_file, new_passphrase_file))


def recovered(profile: Path, recovery_file: Path, new_passphrase_file: Path | None) -> bytes:
    """The key by the organisation's recovery key; a new passphrase opens its slots from here on.

    Raises Invalid, StoreKeyWrong, StoreKeyMissing.
    """
    try:
        private = base64.b64decode(recovery_file.read_text("utf-8").strip(), validate=True)
    except (OSError, ValueError) as error:
        raise Invalid("The recovery key's file cannot be read.") from error
    fresh = passphrase(new_passphrase_file)
    if fresh is None:
        raise Invalid("With the recovery key a new passphrase is given.")
    return Keys(profile, PLATFORM).recover(private, fresh)


def passphrase(file: Path | None) -> bytes | None:
    """The file's text without its last line end. Raises StoreKeyMissing."""
    if file is None:
        return None
    try:
        text = file.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise _no_passphrase("The passphrase's file cannot be read.") from error
    if not text:
        raise _no_passphrase("The passphrase is empty.")
    return text


def _no_passphrase(happened: str) -> StoreKeyMissing:
    return StoreKeyMissing(
        happened,
        safe="Nothing was changed.",
        todo="Name a file with the passphrase in it: --passphrase-file FILE.",
    )


def require_keyring() -> None:
    """Raise SecretsUnavailable where no keyring could keep a key, before anything is made."""
    keyring().get("offhook")


def keyring() -> SecretStore:
    """The operating system's keyring, behind a deadline."""
    from app.providers.keyring_slot import KeyringSlot  # slow to import, and seldom needed

    return KeyringSlot()
