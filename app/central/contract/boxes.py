"""Boxes that travel by hand: sealed for one desk (X25519) or under a passphrase (Argon2id)."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import Invalid

Random = Callable[[int], bytes]

_KEY, _NONCE, _SALT = 32, 12, 16
_SEALED, _LOCKED = b"offhook sealed box 1\n", b"offhook locked box 1\n"
_ARGON_TIME, _ARGON_KIB, _ARGON_LANES = 3, 65_536, 2
_LARGEST = 2**31 - 1
"""What one box holds, unpacked; a box that claims more is none of ours."""


class WrongSecret(Invalid):
    """The box is not for this key, this passphrase or this purpose, or it was damaged."""


def new_key(random: Random) -> tuple[bytes, str]:
    """A private X25519 key, and its public half in base64."""
    private = X25519PrivateKey.from_private_bytes(random(_KEY))
    return private.private_bytes_raw(), base64.b64encode(
        private.public_key().public_bytes_raw()
    ).decode()


def seal(public: str, plain: bytes, purpose: bytes, random: Random) -> bytes:
    """A box only the holder of the private key opens. Raises Invalid for what is no key."""
    try:
        theirs = X25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        ephemeral = X25519PrivateKey.from_private_bytes(random(_KEY))
        shared = ephemeral.exchange(theirs)
    except ValueError:
        raise Invalid("That is no key to seal a file for.") from None
    own = ephemeral.public_key().public_bytes_raw()
    return _SEALED + own + _closed(_derived(shared, own), plain, _SEALED + purpose, random)


def unseal(private: bytes, box: bytes, purpose: bytes) -> bytes:
    """What a sealed box holds. Raises WrongSecret."""
    own, rest = _split(box, _SEALED, _KEY)
    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(
            X25519PublicKey.from_public_bytes(own)
        )
    except ValueError:
        raise _wrong() from None
    return _opened(_derived(shared, own), rest, _SEALED + purpose)


def lock(passphrase: bytes, plain: bytes, purpose: bytes, random: Random) -> bytes:
    """A box that opens with the passphrase."""
    salt = random(_SALT)
    body = _closed(_stretched(passphrase, salt), plain, _LOCKED + purpose, random)
    return _LOCKED + salt + body


def unlock(passphrase: bytes, box: bytes, purpose: bytes) -> bytes:
    """What a locked box holds. Raises WrongSecret."""
    salt, rest = _split(box, _LOCKED, _SALT)
    return _opened(_stretched(passphrase, salt), rest, _LOCKED + purpose)


def _split(box: bytes, magic: bytes, head: int) -> tuple[bytes, bytes]:
    if not box.startswith(magic) or len(box) < len(magic) + head + _NONCE:
        raise Invalid("That file is no box of this program.")
    start = len(magic)
    return box[start : start + head], box[start + head :]


def _closed(key: bytes, plain: bytes, purpose: bytes, random: Random) -> bytes:
    nonce = random(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, zlib.compress(plain, 6), purpose)


def _opened(key: bytes, rest: bytes, purpose: bytes) -> bytes:
    try:
        packed = ChaCha20Poly1305(key).decrypt(rest[:_NONCE], rest[_NONCE:], purpose)
    except InvalidTag:
        raise _wrong() from None
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(packed, _LARGEST)
    except zlib.error:
        raise _wrong() from None
    if not unpacking.eof:
        raise _wrong()
    return plain


def _derived(shared: bytes, own: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _KEY, own, b"offhook sealed box 1").derive(shared)


def _stretched(passphrase: bytes, salt: bytes) -> bytes:
    return hash_secret_raw(
        passphrase,
        salt,
        time_cost=_ARGON_TIME,
        memory_cost=_ARGON_KIB,
        parallelism=_ARGON_LANES,
        hash_len=_KEY,
        type=Type.ID,
    )


def _wrong() -> WrongSecret:
    return WrongSecret(
        "The file does not open: it is for another desk or passphrase, or it was damaged.",
        todo="Check which desk or passphrase it was made for, or have it made again.",
    )
