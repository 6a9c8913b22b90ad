"""Signed decisions: sealing a body with its person's signature, and checking one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.central.contract import bodies
from app.domain.operations import NewOperation
from app.ports.system import Signer

_FIELD = "signature"


def digest_of(value: object) -> str:
    """SHA-256 (hex) over the canonical JSON of what a person was shown."""
    return hashlib.sha256(bodies.canonical(value)).hexdigest()


def sealed(operation: NewOperation, signer: Signer) -> NewOperation:
    """The operation with its bytes fixed again, now with the signature over all the rest."""
    document = json.loads(operation.raw)
    document[_FIELD] = {"key": signer.public_key, "value": signer.sign(operation.raw)}
    raw = rfc8785.dumps(document)
    digest = hashlib.sha256(raw).hexdigest()
    return NewOperation(bodies.read(raw), operation.service, raw, digest)


def is_signed_by(raw: bytes, public_key: str) -> bool:
    """Whether the body's own signature is that key's, over every other byte that it says."""
    try:
        document = json.loads(raw)
        value = document.pop(_FIELD)["value"]
        message = rfc8785.dumps(document)
    except (AttributeError, KeyError, TypeError, ValueError, rfc8785.CanonicalizationError):
        return False
    return verifies(public_key, value, message)


def verifies(public_key: str, signature: str, message: bytes) -> bool:
    """Whether an Ed25519 signature fits; False for anything that is no key or no signature."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, binascii.Error, TypeError, ValueError):
        return False
    return True


def key_proof(desk: str, person: str, public_key: str) -> bytes:
    """What a new key signs, to show that whoever registers it holds its private half."""
    return bodies.canonical(["offhook person key 1", desk, person, public_key])
