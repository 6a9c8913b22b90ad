"""The signed configuration: signing at central, verifying and decoding at the desk."""

from __future__ import annotations

import base64
import binascii

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.central.contract import wire
from app.domain.central_services import Service
from app.domain.configuration import (
    AnnouncedDeletion,
    Configuration,
    DeskEntry,
    EndpointPlace,
    Retention,
    SafetyText,
)
from app.domain.errors import Invalid
from app.domain.ids import PersonId
from app.domain.payments.claims import Countdown
from app.domain.payments.policy import PaymentPolicy
from app.domain.people import Person, Role
from app.domain.times import HOUR, MINUTE, from_rfc3339

_SERVICES = frozenset(service.value for service in Service)


def sign(document: wire.ConfigurationDocument, key: Ed25519PrivateKey) -> wire.SignedDocument:
    """Sign the document's JSON text with the organisation's key."""
    payload = msgspec.json.encode(document)
    return wire.SignedDocument(
        payload=payload.decode(), signature=base64.b64encode(key.sign(payload)).decode()
    )


def read_document(document: bytes, organisation_key: str) -> Configuration:
    """The configuration in a document as it came. Raises Invalid where it is not signed."""
    try:
        signed = msgspec.json.decode(document, type=wire.SignedDocument)
    except msgspec.MsgspecError as error:
        raise Invalid("The configuration is no signed document.") from error
    return verified(signed, organisation_key)


def verified(document: wire.SignedDocument, organisation_key: str) -> Configuration:
    """The configuration, once its signature fits the pinned key. Raises Invalid otherwise."""
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(organisation_key))
        public.verify(base64.b64decode(document.signature), document.payload.encode())
        return _decode(msgspec.json.decode(document.payload, type=wire.ConfigurationDocument))
    except (InvalidSignature, binascii.Error, msgspec.MsgspecError, ValueError) as error:
        raise Invalid("The configuration is not signed by this organisation.") from error


def _decode(doc: wire.ConfigurationDocument) -> Configuration:
    return Configuration(
        version=doc.version,
        organisation=doc.organisation,
        people=tuple(_person(one) for one in doc.people),
        desks=tuple(
            DeskEntry(
                one.desk_id,
                one.name,
                tuple(one.codes),
                one.extension,
                one.public_key,
                one.sealing_key,
            )
            for one in doc.desks
        ),
        endpoints={
            Service(name): tuple(EndpointPlace(e.url, e.region, e.cloud) for e in entries)
            for name, entries in doc.endpoints.items()
            if name in _SERVICES
        },
        stale_after_s={
            Service(name): seconds
            for name, seconds in doc.stale_after_s.items()
            if name in _SERVICES
        },
        retention=tuple(Retention(one.table, one.days, one.scope) for one in doc.retention),
        safety_texts=tuple(
            SafetyText(one.safety, one.language, one.say, one.ring) for one in doc.safety_texts
        ),
        phone_region=doc.phone_region,
        languages=tuple(doc.languages),
        sla_minutes=doc.sla_minutes,
        currency=doc.currency,
        recovery_key=doc.recovery_key,
        drafts_days=doc.drafts_days,
        deletions=tuple(
            AnnouncedDeletion(Service(one.service), one.reason, one.count, from_rfc3339(one.at))
            for one in doc.deletions
            if one.service in _SERVICES
        ),
        payments=_policy(doc.payments),
    )


def _policy(entry: wire.PaymentPolicyEntry) -> PaymentPolicy:
    return PaymentPolicy(
        per_customer=entry.per_customer,
        per_desk=entry.per_desk,
        money_per_customer=entry.money_per_customer,
        money_per_desk=entry.money_per_desk,
        visit_cost=entry.visit_cost,
        countdown=Countdown(
            warn=entry.warn_hours * HOUR,
            supervisor=entry.supervisor_hours * HOUR,
            stop=entry.stop_hours * HOUR,
        ),
        undecided_ms=entry.undecided_minutes * MINUTE,
    )


def _person(entry: wire.PersonEntry) -> Person:
    known = {role.value for role in Role}
    return Person(
        id=PersonId(entry.id),
        name=entry.name,
        roles=frozenset(Role(role) for role in entry.roles if role in known),
        keys=tuple(entry.keys),
        revoked_at=from_rfc3339(entry.revoked_at) if entry.revoked_at else None,
    )
