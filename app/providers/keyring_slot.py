"""The operating system's keyring as a slot for the store's key: named backends, with a deadline."""

from __future__ import annotations

import base64
import binascii
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from keyring import backend, errors
from keyring.backends import SecretService, Windows, macOS

from app.domain.errors import SecretsUnavailable

with contextlib.suppress(ImportError):  # there on Linux only, where the library uses it as well
    import secretstorage

T = TypeVar("T")

SERVICE = "offhook"
DEADLINE_S = 20.0
"""A locked keyring asks its person; one that hangs is given up."""


class SecretServiceKeyring(SecretService.Keyring):
    """The library's backend, which leaves its connection open where the collection is locked."""

    def get_preferred_collection(self) -> secretstorage.Collection:
        """The default collection, unlocked. Raises KeyringLocked; then no connection stays."""
        bus = secretstorage.dbus_init()
        try:
            return _unlocked(secretstorage.get_default_collection(bus))
        except BaseException:
            bus.close()
            raise


def _unlocked(collection: secretstorage.Collection) -> secretstorage.Collection:
    if collection.is_locked() and (collection.unlock() or collection.is_locked()):
        raise errors.KeyringLocked
    return collection


_TRUSTED: tuple[type[backend.KeyringBackend], ...] = (
    SecretServiceKeyring,
    Windows.WinVaultKeyring,
    macOS.Keyring,
)
"""Never a null, plaintext or chaining backend, whatever the environment names."""


class KeyringSlot:
    """Implements `app.ports.system.SecretStore`.

    Calls run in a daemon thread: a keyring may block without limit, and an executor would wait
    for it at exit.
    """

    def __init__(
        self,
        deadline_s: float = DEADLINE_S,
        choose: Callable[[], backend.KeyringBackend | None] | None = None,
    ) -> None:
        self._deadline_s = deadline_s
        self._choose = choose or _trusted

    def get(self, name: str) -> bytes | None:
        """The secret, or None where there is none. Raises SecretsUnavailable."""
        text = self._timed(lambda ring: ring.get_password(SERVICE, name))
        try:
            return None if text is None else base64.b64decode(text, validate=True)
        except binascii.Error:
            raise SecretsUnavailable("What the keyring holds is not a key.") from None

    def put(self, name: str, secret: bytes) -> None:
        """Store and read back. Raises SecretsUnavailable where it does not hold."""
        text = base64.b64encode(secret).decode()

        def store(ring: backend.KeyringBackend) -> bool:
            ring.set_password(SERVICE, name, text)
            return ring.get_password(SERVICE, name) == text

        if not self._timed(store):
            raise SecretsUnavailable("The keyring did not keep the key.", safe="Nothing was made.")

    def describe(self) -> str:
        """The keyring in a few words."""
        ring = self._choose()
        return "none that is trusted" if ring is None else type(ring).__name__

    def _timed(self, work: Callable[[backend.KeyringBackend], T]) -> T:
        done: list[T] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                done.append(work(self._ring()))
            except BaseException as error:  # noqa: BLE001 - it is said in the caller's thread
                failed.append(error)

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._deadline_s)
        if done:
            return done[0]
        raise _unavailable(failed[0] if failed else None)

    def _ring(self) -> backend.KeyringBackend:
        ring = self._choose()
        if ring is None:
            raise SecretsUnavailable(
                "This computer has no keyring that can be trusted.",
                safe="Nothing was made.",
                todo="Give a passphrase with --passphrase-file.",
            )
        return ring


def _trusted() -> backend.KeyringBackend | None:
    """The first named backend that works here."""
    return next((one() for one in _TRUSTED if _works(one)), None)


def _works(kind: type[backend.KeyringBackend]) -> bool:
    try:
        return bool(kind.priority)
    except Exception:  # noqa: BLE001 - a backend says "not here" by raising anything
        return False


def _unavailable(error: BaseException | None) -> SecretsUnavailable:
    if isinstance(error, SecretsUnavailable):
        return error
    what = "did not answer in time" if error is None else "could not be used"
    if isinstance(error, errors.KeyringLocked):
        what = "is locked"
    return SecretsUnavailable(
        f"The keyring {what}.",
        safe="The store is untouched; no new key is made.",
        todo="Unlock the keyring and try again, or use a passphrase.",
    )
