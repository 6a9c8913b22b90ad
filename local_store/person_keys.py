"""People's own signing keys: made at a desk, sealed under the person's own passphrase."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from argon2.exceptions import Argon2Error
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.errors import NotAllowed, StoreDamaged
from app.domain.operations import Json
from app.ports.system import Signer
from local_store import sealing

_PURPOSE = b"offhook person key 1"


@dataclass(frozen=True, slots=True)
class _Unlocked:
    """Implements `app.ports.system.Signer`."""

    key: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        return sealing.as_text(self.key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> str:
        return sealing.as_text(self.key.sign(message))


class PersonKeys:
    """Implements `app.ports.system.PersonKeys`."""

    def __init__(self, random: Callable[[int], bytes] = os.urandom) -> None:
        self._random = random

    def make(self, passphrase: bytes) -> tuple[Signer, dict[str, Json]]:
        """A new key, unlocked, and as it is kept."""
        secret = self._random(32)
        sealed = sealing.seal_with_passphrase(secret, passphrase, _PURPOSE, self._random)
        return _Unlocked(Ed25519PrivateKey.from_private_bytes(secret)), sealed

    def open(self, sealed: Mapping[str, Json], passphrase: bytes) -> Signer:
        """The key, unlocked. Raises NotAllowed for another passphrase, StoreDamaged."""
        try:
            secret = sealing.unseal_with_passphrase(sealed, passphrase, _PURPOSE)
            return _Unlocked(Ed25519PrivateKey.from_private_bytes(secret))
        except sealing.WrongSecret:
            raise NotAllowed(
                "That is not this person's passphrase.",
                safe="Nothing was decided.",
                todo="Type the passphrase the person chose at this desk.",
            ) from None
        except (Argon2Error, AttributeError, KeyError, TypeError, ValueError):
            raise StoreDamaged("The person's key on this computer cannot be read.") from None
