"""Makes this profile a desk with a code, at a central that answers."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import main, profiles
from app.central.client.enrolment import enrol
from app.central.client.transport import HttpxTransport
from app.central.contract.signing import read_document
from app.domain.desk_keys import DESK_KEY
from app.domain.drill import DRILL_SETTING
from app.domain.errors import CentralUnavailable, Invalid
from app.ports.central import Enrolment
from app.ports.store import DeskIdentity, WriteTx


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """Where central is, the code its people gave, and what the desk is called there."""

    central: Sequence[str]
    code: str
    desk_name: str = ""


async def enrol_with(
    given: CodeGiven, profile: Path, secret: Path | None, *, is_drill: bool = False
) -> DeskIdentity:
    """Register at central, then make the store; nothing is written where central says no.

    Raises Invalid (address, code), CentralUnavailable, SecretsUnavailable, the Store* errors.
    """
    _require_addresses(given.central)
    if secret is None:
        profiles.require_keyring()
    key, incarnation = Ed25519PrivateKey.generate(), profiles.IDS.new_id()
    answer = await _registered(given, key, incarnation)
    identity = _identity(given, answer, incarnation)
    configuration = read_document(answer.configuration_document, identity.organisation_key)
    store = profiles.create_store(profile, secret, configuration.recovery_key)

    def keep(tx: WriteTx) -> None:
        tx.desk.keep_identity(identity)
        tx.desk.keep_configuration(answer.configuration_document)
        tx.desk.set_setting(DESK_KEY, base64.b64encode(key.private_bytes_raw()).decode())
        if is_drill:
            tx.desk.set_setting(DRILL_SETTING, value=True)

    try:
        await store.write(keep)
    finally:
        store.close_now()
    return identity


def _require_addresses(urls: Sequence[str]) -> None:
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Invalid(
                "That is no address of a central.",
                fields={"central": "Not an address."},
                todo="It looks like https://central.example.",
            )


async def _registered(given: CodeGiven, key: Ed25519PrivateKey, incarnation: str) -> Enrolment:
    transport = HttpxTransport(main.transport_settings())
    try:
        return await enrol(
            transport,
            given.central,
            code=given.code,
            desk_name=given.desk_name,
            public_key=base64.b64encode(key.public_key().public_bytes_raw()).decode(),
            incarnation=incarnation,
        )
    except CentralUnavailable as problem:
        raise CentralUnavailable(
            problem.happened,
            cause=problem.cause,
            safe="Nothing was made.",
            todo="Check the address and that central runs, then enrol again; "
            "while it is down a desk is enrolled from a seed.",
        ) from problem
    finally:
        await transport.close()


def _identity(given: CodeGiven, answer: Enrolment, incarnation: str) -> DeskIdentity:
    return DeskIdentity(
        desk_id=answer.desk_id,
        name=given.desk_name,
        desk_code=answer.desk_code,
        spare_codes=answer.spare_codes,
        incarnation=incarnation,
        credential=answer.credential,
        organisation_key=answer.organisation_key,
        central_urls=tuple(url.rstrip("/") for url in given.central),
        enrolled_at=profiles.CLOCK.now(),
    )
