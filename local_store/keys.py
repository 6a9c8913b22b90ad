"""The store's key: random, sealed in slots outside the store, checked before it is used."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from argon2.exceptions import Argon2Error
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.domain.errors import (
    SecretsUnavailable,
    StoreAbsent,
    StoreDamaged,
    StoreFault,
    StoreKeyMissing,
    StoreKeyWrong,
    StoreLocked,
)
from app.ports.system import Platform, SecretStore
from local_store import sealing

KEYS = "keys.json"
STORE = "store.db"
KEY_BYTES = 32

SLOT_CHECK = b"offhook store key check 1"


class Keys:
    """The slots of one profile, in `keys.json` beside the store."""

    def __init__(self, profile: Path, platform: Platform) -> None:
        self._profile = profile
        self._platform = platform

    @property
    def path(self) -> Path:
        return self._profile / KEYS

    def exist(self) -> bool:
        return self.path.exists()

    def require(self) -> None:
        """Raise StoreAbsent in a folder that is no desk's, StoreKeyMissing where only the file of
        keys is gone.
        """
        if self.exist():
            return
        if (self._profile / STORE).exists():
            raise StoreKeyMissing(
                "The file with this store's key slots is gone.",
                safe="The store is untouched; no new key is made over it.",
                todo=f"Bring {KEYS} back from a backup, or restore one: offhook restore.",
            )
        raise StoreAbsent(
            "No desk is enrolled in this profile.",
            safe="Nothing was made.",
            todo="Enrol it: offhook enrol --central URL --code CODE.",
        )

    def create(
        self,
        key: bytes,
        *,
        passphrase: bytes | None = None,
        recovery_public: str = "",
        secrets: SecretStore | None = None,
        random: Callable[[int], bytes] = os.urandom,
    ) -> None:
        """Seal a new key in every slot given, before any store is made with it.

        Raises StoreLocked over an existing store (never a second key), SecretsUnavailable where
        the keyring was asked for and does not hold, StoreKeyMissing without any slot.
        """
        if self.exist() or (self._profile / STORE).exists():
            raise StoreLocked(
                "This profile already has a store.",
                safe="Nothing was changed.",
                todo="Choose another folder, or recover this one.",
            )
        slots: dict[str, Any] = {}
        if secrets is not None:
            name = random(12).hex()
            secrets.put(name, key)
            slots["keyring"] = {"name": name}
        if passphrase is not None:
            slots["passphrase"] = sealing.seal_with_passphrase(key, passphrase, SLOT_CHECK, random)
        if not slots:
            raise StoreKeyMissing("No place to keep the store's key was given.")
        if recovery_public:
            slots["recovery"] = _seal_recovery(key, recovery_public, random)
        self._write({"version": 1, "check": check_value(key), "slots": slots})

    def unlock(self, *, passphrase: bytes | None, secrets: SecretStore | None) -> bytes:
        """The key, from the passphrase where one is given (then no keyring is asked).

        Raises StoreAbsent, StoreKeyMissing, StoreKeyWrong, StoreDamaged, SecretsUnavailable.
        """
        document = self._read()
        slots = document["slots"]
        if passphrase is not None:
            with _as_written():
                key = _open_passphrase(slots.get("passphrase"), passphrase)
            return self._checked(document, key)
        if "keyring" not in slots or secrets is None:
            raise StoreKeyMissing(
                "This store opens with a passphrase.",
                safe="Nothing was changed.",
                todo="Give it with --passphrase-file.",
            )
        with _as_written():
            name = str(slots["keyring"]["name"])
        kept = secrets.get(name)
        if kept is None:
            raise StoreKeyMissing(
                "The keyring does not have this store's key.",
                safe="The store is untouched; no new key is made over it.",
                todo="Unlock the right keyring, or recover with the organisation's key.",
            )
        return self._checked(document, kept)

    def recover(self, private_key: bytes, new_passphrase: bytes) -> bytes:
        """Open with the organisation's recovery key and add a passphrase slot.

        Raises StoreAbsent, StoreKeyMissing (no recovery slot), StoreKeyWrong.
        """
        document = self._read()
        with _as_written():
            slot = document["slots"].get("recovery")
            if slot is None:
                raise StoreKeyMissing(
                    "This store has no recovery slot.",
                    safe="It is untouched.",
                    todo="Open it with its passphrase or its keyring.",
                )
            opened = _open_recovery(slot, private_key)
        key = self._checked(document, opened)
        document["slots"]["passphrase"] = sealing.seal_with_passphrase(
            key, new_passphrase, SLOT_CHECK, os.urandom
        )
        self._write(document)
        return key

    def add_recovery(self, key: bytes, recovery_public: str) -> None:
        """Put the organisation's recovery slot beside the others."""
        document = self._read()
        document["slots"]["recovery"] = _seal_recovery(key, recovery_public, os.urandom)
        self._write(document)

    def slots(self) -> tuple[str, ...]:
        """The names of the slots there are."""
        return tuple(self._read()["slots"])

    def same_key(self, other: Path) -> bool:
        """Whether another file of slots is of the same key. Raises as `unlock` for our own."""
        try:
            theirs = json.loads(other.read_text("utf-8"))
        except (OSError, ValueError):
            return False
        check = theirs.get("check") if isinstance(theirs, dict) else None
        return isinstance(check, str) and hmac.compare_digest(check, str(self._read()["check"]))

    def portable(self) -> bytes:
        """The file of slots without the one that only this computer can open.

        Raises StoreKeyMissing where no other slot is there.
        """
        document = self._read()
        slots = {name: slot for name, slot in document["slots"].items() if name != "keyring"}
        if not slots:
            raise StoreKeyMissing(
                "This store opens with this computer's keyring only: elsewhere nobody could.",
                safe="Nothing was changed.",
                todo="Enrol with a passphrase, or have the organisation name a recovery key.",
            )
        return json.dumps({**document, "slots": slots}, indent=1).encode()

    def _read(self) -> dict[str, Any]:
        self.require()
        try:
            document = json.loads(self.path.read_text("utf-8"))
        except OSError as error:
            raise StoreFault(
                "The file of the store's keys could not be read.",
                safe="Nothing was changed.",
                todo="Check the disk and its rights, then try again.",
            ) from error
        except ValueError:
            document = None
        if not isinstance(document, dict) or not {"check", "slots"} <= set(document):
            raise _spoiled()
        return document

    @staticmethod
    def _checked(document: dict[str, Any], key: bytes) -> bytes:
        if not hmac.compare_digest(check_value(key), str(document["check"])):
            raise _wrong()
        return key

    def _write(self, document: dict[str, Any]) -> None:
        """Replace the file in one step, durable with its name."""
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as out:
            json.dump(document, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        self._platform.private_file(fresh)
        fresh.replace(self.path)
        self._platform.sync_directory(self._profile)


def check_value(key: bytes) -> str:
    """Tells a wrong key from a damaged store; says nothing about the key."""
    return hmac.new(key, SLOT_CHECK, hashlib.sha256).hexdigest()


def _wrong() -> StoreKeyWrong:
    return StoreKeyWrong(
        "That is not the key of this store.",
        safe="The store is untouched.",
        todo="Try the right passphrase, or recover with the organisation's key.",
    )


def _spoiled() -> StoreDamaged:
    return StoreDamaged(
        "The file with the store's key slots cannot be read.",
        safe="The store itself is untouched.",
        todo=f"Bring {KEYS} back from a backup.",
    )


@contextmanager
def _as_written() -> Iterator[None]:
    """A slot that is not as we write it is damage of the file, no fault of ours."""
    try:
        yield
    except (Argon2Error, AttributeError, KeyError, TypeError, ValueError):
        raise _spoiled() from None


def _open_passphrase(slot: dict[str, Any] | None, passphrase: bytes) -> bytes:
    if slot is None:
        raise StoreKeyMissing(
            "This store has no passphrase slot.",
            safe="The store is untouched.",
            todo="Open it with the keyring it was made with.",
        )
    try:
        return sealing.unseal_with_passphrase(slot, passphrase, SLOT_CHECK)
    except sealing.WrongSecret:
        raise _wrong() from None


def _seal_recovery(key: bytes, public: str, random: Callable[[int], bytes]) -> dict[str, Any]:
    ephemeral = X25519PrivateKey.generate()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(sealing.as_bytes(public)))
    own = ephemeral.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {
        "ephemeral": sealing.as_text(own),
        "for": public,
        **sealing.seal(_derived(shared, own), key, SLOT_CHECK, random),
    }


def _open_recovery(slot: dict[str, Any], private_key: bytes) -> bytes:
    own = sealing.as_bytes(slot["ephemeral"])
    try:
        private = X25519PrivateKey.from_private_bytes(private_key)
        shared = private.exchange(X25519PublicKey.from_public_bytes(own))
    except ValueError:
        raise SecretsUnavailable("That is no recovery key.") from None
    try:
        return sealing.unseal(_derived(shared, own), slot, SLOT_CHECK)
    except sealing.WrongSecret:
        raise _wrong() from None


def _derived(shared: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, b"offhook recovery slot 1").derive(shared)
