"""Decisions on proposals: who may, with which key, over what was shown; and their receipts."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract import bodies, signatures
from app.central.reference.rules import Refusal
from app.domain.ids import DeskId
from app.domain.operations import Body, Json
from app.domain.people import Person
from app.domain.proposals import DECISIONS, SENTENCES, Objection, as_shown, objection


@dataclass(frozen=True, slots=True)
class Presented:
    """An attempt at a signed operation, as it was handed in."""

    body: Body
    raw: bytes
    digest: str
    receipt: str | None
    """Central's own receipt, where the operation had been accepted in a former history."""
    desk: DeskId


def was_accepted(presented: Presented, organisation_key: str) -> bool:
    """Whether central's own receipt for these bytes came along: rights count as they did then."""
    message = _receipt_message(presented.body.op_id, presented.digest)
    receipt = presented.receipt
    return receipt is not None and signatures.verifies(organisation_key, receipt, message)


def check_person(presented: Presented, person: Person | None) -> None:
    """Raise Refusal unless the decision is signed by a key its person holds at its desk."""
    body = presented.body
    if body.signature is None:
        raise _refusal(Objection.UNSIGNED)
    if not signatures.is_signed_by(presented.raw, body.signature.key):
        raise _refusal(Objection.BAD_SIGNATURE)
    if body.desk != presented.desk:
        raise _refusal(Objection.OTHER_DESK)
    if person is not None and person.revoked_at is not None:
        raise _refusal(Objection.REVOKED_KEY)
    if person is None or (body.desk, body.signature.key) not in person.keys:
        raise _refusal(Objection.UNKNOWN_KEY)


def check_decision(body: Body, proposal: Mapping[str, Json]) -> None:
    """Raise Refusal where the proposal, as it stands, does not allow this decision."""
    new = {name: change.new for name, change in body.changes.items()}
    found = objection(body.kind, proposal, body.actor, new)
    if found is None and body.rule.signed:
        shown = signatures.digest_of(as_shown(proposal))
        found = Objection.NOT_AS_SHOWN if body.shown != shown else None
    if found is not None:
        raise _refusal(found)


def is_decision(body: Body) -> bool:
    return body.kind in DECISIONS


def receipt_for(op_id: str, digest: str, key: Ed25519PrivateKey) -> str:
    """Central's word that it accepted exactly these bytes, base64."""
    return base64.b64encode(key.sign(_receipt_message(op_id, digest))).decode()


def _receipt_message(op_id: str, digest: str) -> bytes:
    return bodies.canonical(["offhook receipt 1", op_id, digest])


def _refusal(found: Objection) -> Refusal:
    return Refusal(found.value, SENTENCES[found])
