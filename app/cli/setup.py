"""Commands that need no opened desk: enrol, restore, recover, doctor."""

from __future__ import annotations

import argparse
import asyncio
import base64
import contextlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import config, main, profiles, removing, restoring, seeding
from app.central.client.enrolment import enrol
from app.central.client.transport import HttpxTransport
from app.central.contract.seeds import fingerprint
from app.central.contract.signing import read_document
from app.cli import shapes
from app.cli.commands import EXIT_DONE, Answer
from app.cli.doctor import examine
from app.domain.central_services import Service
from app.domain.desk_keys import DESK_KEY
from app.domain.drill import DRILL_SETTING
from app.domain.errors import CentralUnavailable, Invalid, StoreLocked
from app.ports.central import Enrolment
from app.ports.store import DeskIdentity, WriteTx
from local_store.keys import Keys

_DESK_ANSWERS_S = 20.0


def run(arguments: argparse.Namespace) -> tuple[int, str]:
    """The exit code and what to print. Raises OffhookError."""
    return EXIT_DONE, shapes.printed(HANDLERS[arguments.command](arguments))


def _enrol(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    if not profiles.is_free(profile):
        raise StoreLocked(
            "This profile is a desk already.",
            safe="Nothing was changed.",
            todo="Name another folder with --profile.",
        )
    profiles.passphrase(arguments.passphrase_file)
    if arguments.seed is not None:
        return asyncio.run(_seeded(arguments, profile))
    _require_addresses(arguments.central)
    if arguments.passphrase_file is None:
        profiles.require_keyring()
    return asyncio.run(_enrolled(arguments, profile))


def _require_addresses(urls: Sequence[str]) -> None:
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Invalid(
                "That is no address of a central.",
                fields={"central": "Not an address."},
                todo="It looks like https://central.example.",
            )


async def _seeded(arguments: argparse.Namespace, profile: Path) -> Answer:
    seed = seeding.SeedFile(
        arguments.seed,
        profiles.passphrase(arguments.seed_passphrase_file) or b"",
        arguments.organisation,
        arguments.central,
    )
    identity = await seeding.enrol_from(seed, profile, arguments.passphrase_file)
    return _said(identity)


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
    except CentralUnavailable as problem:
        raise CentralUnavailable(
            problem.happened,
            cause=problem.cause,
            safe="Nothing was made.",
            todo="Check the address and that central runs, then enrol again; "
            "while it is down a desk is enrolled from a seed (--seed).",
        ) from problem
    finally:
        await transport.close()
    identity = _identity(arguments, given, incarnation)
    configuration = read_document(given.configuration_document, identity.organisation_key)
    store = profiles.create_store(profile, arguments.passphrase_file, configuration.recovery_key)
    try:
        await store.write(lambda tx: _keep(tx, identity, given, key))
        if arguments.drill:
            await store.write(lambda tx: tx.desk.set_setting(DRILL_SETTING, value=True))
    finally:
        store.close_now()
    return _said(identity)


def _said(identity: DeskIdentity) -> Answer:
    return {
        "desk": identity.desk_id,
        "desk_code": identity.desk_code,
        "organisation": fingerprint(identity.organisation_key),
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
    """It goes on under a spare code and a new incarnation, so that no reference is doubled."""
    profile = config.profile_folder(arguments.profile, config.pinned())
    secrets = restoring.Secrets(arguments.passphrase_file, arguments.recovery_key_file)
    with contextlib.ExitStack() as closing:
        if profile.is_dir():
            main.hold(closing, profiles.lock(profile))
        if arguments.from_second_place is not None:
            restored = restoring.from_second_place(
                profile, arguments.from_second_place, arguments.backup, secrets
            )
        elif arguments.from_journal:
            restored = restoring.from_journal(profile, arguments.backup, secrets)
        else:
            restored = restoring.from_backup(profile, arguments.source, secrets)
    return restored.to_json()


def _recover(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    profiles.recover(profile, arguments.recovery_key_file, arguments.new_passphrase_file)
    return {"recovered": True, "slots": list(Keys(profile, profiles.PLATFORM).slots())}


def _doctor(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    found = asyncio.run(examine(profile, arguments.passphrase_file))
    if "store" not in found:
        from ui import local_socket  # Qt is loaded only where a desk may be running

        answer = local_socket.ask(main.socket_name(profile), ["doctor"], _DESK_ANSWERS_S)
        held = json.loads(answer[1]) if answer is not None and answer[0] == EXIT_DONE else {}
        found = {**found, "store": "in use by another program", **held}
    return found


def _remove(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    return asyncio.run(removing.remove(profile, arguments.passphrase_file, arguments.receipt))


HANDLERS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "enrol": _enrol,
    "restore": _restore,
    "recover": _recover,
    "doctor": _doctor,
    "remove": _remove,
}
