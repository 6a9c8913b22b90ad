"""Commands that need no opened desk: enrol, restore, recover, doctor."""

from __future__ import annotations

import argparse
import asyncio
import base64
import shutil
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import config, main, profiles
from app.central.client.enrolment import enrol
from app.central.client.transport import HttpxTransport
from app.central.contract.signing import read_document
from app.cli import shapes
from app.cli.commands import EXIT_DONE, Answer
from app.cli.doctor import examine
from app.domain.central_services import Service
from app.domain.errors import EnvironmentFault, StoreAbsent, StoreLocked
from app.ports.central import Enrolment
from app.ports.store import DeskIdentity, WriteTx
from local_store.keys import KEYS, STORE, Keys

DESK_KEY = "desk_key"
"""The setting that holds the desk's own Ed25519 private key."""


def run(arguments: argparse.Namespace) -> tuple[int, str]:
    """The exit code and what to print. Raises OffhookError."""
    return EXIT_DONE, shapes.printed(HANDLERS[arguments.command](arguments))


def _enrol(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    if Keys(profile, profiles.PLATFORM).exist() or (profile / STORE).exists():
        raise StoreLocked(
            "This profile is a desk already.",
            safe="Nothing was changed.",
            todo="Name another folder with --profile.",
        )
    profiles.passphrase(arguments.passphrase_file)
    return asyncio.run(_enrolled(arguments, profile))


async def _enrolled(arguments: argparse.Namespace, profile: Path) -> Answer:
    key, incarnation = Ed25519PrivateKey.generate(), profiles.IDS.new_id()
    transport = HttpxTransport(main.transport_settings())
    try:
        given = await enrol(
            transport,
            arguments.central,
            code=arguments.code,
            desk_name=arguments.desk_name,
            public_key=base64.b64encode(key.public_key().public_bytes_raw()).decode(),
            incarnation=incarnation,
        )
    finally:
        await transport.close()
    identity = _identity(arguments, given, incarnation)
    configuration = read_document(given.configuration_document, identity.organisation_key)
    store = profiles.create_store(profile, arguments.passphrase_file, configuration.recovery_key)
    try:
        await store.write(lambda tx: _keep(tx, identity, given, key))
    finally:
        store.close_now()
    return {
        "desk": identity.desk_id,
        "desk_code": identity.desk_code,
        "services": [service.value for service in Service],
    }


def _identity(arguments: argparse.Namespace, given: Enrolment, incarnation: str) -> DeskIdentity:
    return DeskIdentity(
        desk_id=given.desk_id,
        name=arguments.desk_name,
        desk_code=given.desk_code,
        spare_codes=given.spare_codes,
        incarnation=incarnation,
        credential=given.credential,
        organisation_key=given.organisation_key,
        central_urls=tuple(url.rstrip("/") for url in arguments.central),
        enrolled_at=profiles.CLOCK.now(),
    )


def _keep(tx: WriteTx, identity: DeskIdentity, given: Enrolment, key: Ed25519PrivateKey) -> None:
    tx.desk.keep_identity(identity)
    tx.desk.keep_configuration(given.configuration_document)
    tx.desk.set_setting(DESK_KEY, base64.b64encode(key.private_bytes_raw()).decode())


def _restore(arguments: argparse.Namespace) -> Answer:
    """Bring a backup into an empty profile; it goes on under a spare code, so none is doubled."""
    profile = config.profile_folder(arguments.profile, config.pinned())
    if (profile / STORE).exists() or (profile / KEYS).exists():
        raise StoreLocked(
            "This profile is a desk already.",
            safe="Nothing was changed.",
            todo="Restore into an empty folder.",
        )
    if not (arguments.source / STORE).exists():
        raise StoreAbsent("There is no backup in that folder.", safe="Nothing was changed.")
    profiles.PLATFORM.private_directory(profile)
    try:
        for name in (KEYS, STORE):
            shutil.copyfile(arguments.source / name, profile / name)
            profiles.PLATFORM.private_file(profile / name)
    except OSError as error:
        raise EnvironmentFault("The backup could not be copied.") from error
    profiles.PLATFORM.sync_directory(profile)
    return asyncio.run(profiles.start_again(profile, arguments.passphrase_file))


def _recover(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    profiles.recover(profile, arguments.recovery_key_file, arguments.new_passphrase_file)
    return {"recovered": True, "slots": list(Keys(profile, profiles.PLATFORM).slots())}


def _doctor(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    return asyncio.run(examine(profile, arguments.passphrase_file))


HANDLERS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "enrol": _enrol,
    "restore": _restore,
    "recover": _recover,
    "doctor": _doctor,
}
