"""A desk's unsent work as a file for another desk: signed by the giver, sealed for the taker."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract import bodies, boxes, signatures, wire
from app.domain.call import Draft
from app.domain.errors import Invalid

_PURPOSE = b"offhook hand-over 1"


class HandedOperation(msgspec.Struct, frozen=True):
    """An operation as the giver's outbox holds it; its bytes are fixed for life."""

    op_id: str
    service: str
    raw: bytes
    digest: str
    recorded_at: int


class HandOver(msgspec.Struct, frozen=True):
    """Everything that was not at central, in the order it was decided, and the open drafts."""

    certificate: wire.TakeOver
    operations: list[HandedOperation]
    drafts: list[Draft]
    public_key: str = ""
    """The giver's Ed25519 key, base64; former versions do not say it. The directory's counts: this
    one only where a person has compared its fingerprint.
    """


class HandOverReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """The taker's word that it holds these operations and drafts now."""

    from_desk: str
    to_desk: str
    op_ids: list[str]
    signature: str
    hand_over: str = ""
    """`id_of` the hand-over; a receipt that names none, as former versions wrote, has no drafts."""
    drafts: list[str] = []
    """Ids of the drafts the taker has as they were given."""


def digest_of(op_ids: Iterable[str]) -> str:
    """SHA-256 (hex) over the ids in order, one per line."""
    return hashlib.sha256("\n".join(op_ids).encode()).hexdigest()


def certified(unsigned: wire.TakeOver, key: Ed25519PrivateKey) -> wire.TakeOver:
    """The certificate with the giving desk's signature."""
    signature = base64.b64encode(key.sign(_message(unsigned))).decode()
    return msgspec.structs.replace(unsigned, signature=signature)


def id_of(certificate: wire.TakeOver) -> str:
    """What tells this hand-over from every other one, of the same desk too."""
    return hashlib.sha256(certificate.signature.encode()).hexdigest()


def is_certified(certificate: wire.TakeOver, public_key: str) -> bool:
    """Whether the giving desk itself signed that its work goes to that desk."""
    return signatures.verifies(public_key, certificate.signature, _message(certificate))


def _message(one: wire.TakeOver) -> bytes:
    return bodies.canonical(
        [_PURPOSE.decode(), one.from_desk, one.incarnation, one.to_desk, one.digest, one.made_at]
    )


def sealed(hand_over: HandOver, sealing_key: str, random: boxes.Random) -> bytes:
    """The file: only the taking desk opens it. Raises Invalid for what is no key."""
    return boxes.seal(sealing_key, msgspec.json.encode(hand_over), _PURPOSE, random)


def opened(file: bytes, private: bytes) -> HandOver:
    """What a file holds, whole and unaltered. Raises Invalid."""
    try:
        found = msgspec.json.decode(boxes.unseal(private, file, _PURPOSE), type=HandOver)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Invalid("That file is no hand-over of this program.") from error
    whole = all(
        hashlib.sha256(one.raw).hexdigest() == one.digest and _id_in(one.raw) == one.op_id
        for one in found.operations
    )
    if not whole or digest_of(one.op_id for one in found.operations) != found.certificate.digest:
        raise Invalid("The hand-over is not as the desk signed it.")
    return found


def _id_in(raw: bytes) -> str:
    try:
        return bodies.read(raw).op_id
    except (msgspec.MsgspecError, ValueError):
        return ""


def receipt(hand_over: HandOver, drafts: Iterable[str], key: Ed25519PrivateKey) -> HandOverReceipt:
    """Signed by the taking desk; `drafts` are those of the hand-over it has."""
    certificate = hand_over.certificate
    unsigned = HandOverReceipt(
        from_desk=certificate.from_desk,
        to_desk=certificate.to_desk,
        op_ids=[one.op_id for one in hand_over.operations],
        signature="",
        hand_over=id_of(certificate),
        drafts=list(drafts),
    )
    signature = base64.b64encode(key.sign(_receipt_message(unsigned))).decode()
    return msgspec.structs.replace(unsigned, signature=signature)


def is_receipt_of(found: HandOverReceipt, public_key: str) -> bool:
    """Whether the taking desk signed it."""
    return signatures.verifies(public_key, found.signature, _receipt_message(found))


def _receipt_message(one: HandOverReceipt) -> bytes:
    first = ["offhook hand-over receipt 1", one.from_desk, one.to_desk, digest_of(one.op_ids)]
    second = [one.hand_over, digest_of(one.drafts)] if one.hand_over or one.drafts else []
    return bodies.canonical([*first, *second])
