"""Secrets sealed under a wrapping key or a passphrase, as the slots beside the store hold them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_WRAPPING_BYTES = 32
_ARGON = {"time_cost": 3, "memory_cost": 65_536, "parallelism": 2}


class WrongSecret(Exception):
    """The wrapping key or the passphrase is not the one it was sealed with."""


def seal(
    wrapping: bytes, secret: bytes, purpose: bytes, random: Callable[[int], bytes]
) -> dict[str, str]:
    """ChaCha20-Poly1305 under the wrapping key; opens for the same purpose only."""
    nonce = random(12)
    sealed = ChaCha20Poly1305(wrapping).encrypt(nonce, secret, purpose)
    return {"nonce": as_text(nonce), "sealed": as_text(sealed)}


def unseal(wrapping: bytes, slot: Mapping[str, Any], purpose: bytes) -> bytes:
    """The secret. Raises WrongSecret."""
    try:
        return ChaCha20Poly1305(wrapping).decrypt(
            as_bytes(slot["nonce"]), as_bytes(slot["sealed"]), purpose
        )
    except (InvalidTag, KeyError, ValueError):
        raise WrongSecret from None


def seal_with_passphrase(
    secret: bytes, passphrase: bytes, purpose: bytes, random: Callable[[int], bytes]
) -> dict[str, Any]:
    """As `seal`, under a key stretched from the passphrase by Argon2id with a salt of its own."""
    salt = random(16)
    wrapping = _stretched(passphrase, salt, _ARGON)
    return {
        "salt": as_text(salt),
        "argon2id": dict(_ARGON),
        **seal(wrapping, secret, purpose, random),
    }


def unseal_with_passphrase(slot: Mapping[str, Any], passphrase: bytes, purpose: bytes) -> bytes:
    """The secret. Raises WrongSecret; a spoiled slot raises KeyError, TypeError or ValueError."""
    wrapping = _stretched(passphrase, as_bytes(slot["salt"]), slot["argon2id"])
    return unseal(wrapping, slot, purpose)


def _stretched(passphrase: bytes, salt: bytes, costs: Mapping[str, int]) -> bytes:
    return hash_secret_raw(
        passphrase,
        salt,
        time_cost=costs["time_cost"],
        memory_cost=costs["memory_cost"],
        parallelism=costs["parallelism"],
        hash_len=_WRAPPING_BYTES,
        type=Type.ID,
    )


def as_text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def as_bytes(text: str) -> bytes:
    return base64.b64decode(text)
