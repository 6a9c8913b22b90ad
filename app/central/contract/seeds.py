"""Seed files: signed by the organisation, locked under a passphrase, known by a fingerprint."""

from __future__ import annotations

import base64
import hashlib

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.central.contract import boxes, wire
from app.domain.errors import Invalid

_PURPOSE = b"offhook seed 1"
_SIGNATURE = 64
_FINGERPRINT = 40


def fingerprint(public_key: str) -> str:
    """A key, base64, in a form that people compare: ten groups of four, 160 bits."""
    digest = hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:_FINGERPRINT]
    return "-".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def signed(seed: wire.Seed, key: Ed25519PrivateKey) -> bytes:
    """The signature, then the bytes it is over."""
    payload = msgspec.json.encode(seed)
    return key.sign(_PURPOSE + payload) + payload


def locked(signed_seed: bytes, passphrase: bytes, random: boxes.Random) -> bytes:
    """The file as it travels."""
    return boxes.lock(passphrase, signed_seed, _PURPOSE, random)


def opened(file: bytes, passphrase: bytes) -> wire.Seed:
    """The seed, its signature checked against the key it names: whose key that is, a person says.

    Raises Invalid.
    """
    plain = boxes.unlock(passphrase, file, _PURPOSE)
    signature, payload = plain[:_SIGNATURE], plain[_SIGNATURE:]
    try:
        seed = msgspec.json.decode(payload, type=wire.Seed)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(seed.organisation_key))
        public.verify(signature, _PURPOSE + payload)
    except (InvalidSignature, msgspec.MsgspecError, ValueError) as error:
        raise Invalid("The seed is not signed by the organisation it names.") from error
    return seed


def require_fingerprint(seed: wire.Seed, expected: str | None) -> None:
    """Raise Invalid unless the person named exactly this organisation's fingerprint."""
    here = fingerprint(seed.organisation_key)
    if expected is None or plain(expected) != plain(here):
        raise Invalid(
            f"The seed is of the organisation {here}.",
            todo="Compare it with what central printed, or with another desk (offhook status); "
            "where it is the same, give it with --organisation.",
        )


def plain(text: str) -> str:
    """A fingerprint however a person typed it."""
    return "".join(text.split()).replace("-", "").casefold()
