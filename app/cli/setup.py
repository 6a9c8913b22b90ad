"""Commands that need no opened desk: enrol, restore, recover, doctor."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
from collections.abc import Callable
from pathlib import Path

from app import config, enrolling, main, own_place, profiles, removing, restoring, seeding
from app.central.contract.seeds import fingerprint
from app.cli import shapes
from app.cli.commands import EXIT_DONE, Answer
from app.cli.doctor import examine
from app.domain.central_services import Service
from app.domain.errors import DeskSilent, StoreLocked
from app.ports.store import DeskIdentity
from local_store.keys import Keys

_DESK_ANSWERS_S = 20.0
_UNTOLD = (
    "Central could not be told. Supervisors see the desk as silent for a month, or until central's "
    "people name it gone (desk-gone)."
)


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
    given = enrolling.CodeGiven(arguments.central, arguments.code, arguments.desk_name)
    enrolled = enrolling.enrol_with(
        given, profile, arguments.passphrase_file, is_drill=arguments.drill
    )
    return _said(asyncio.run(enrolled))


async def _seeded(arguments: argparse.Namespace, profile: Path) -> Answer:
    seed = seeding.SeedFile(
        arguments.seed,
        profiles.passphrase(arguments.seed_passphrase_file) or b"",
        arguments.organisation,
        arguments.central,
    )
    identity = await seeding.enrol_from(seed, profile, arguments.passphrase_file)
    return _said(identity)


def _said(identity: DeskIdentity) -> Answer:
    return {
        "desk": identity.desk_id,
        "desk_code": identity.desk_code,
        "organisation": fingerprint(identity.organisation_key),
        "services": [service.value for service in Service],
    }


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

        try:
            answer = local_socket.ask(main.socket_name(profile), ["doctor"], _DESK_ANSWERS_S)
        except DeskSilent as problem:
            return {**found, "store": "in use by another program", "desk": problem.happened}
        held = json.loads(answer[1]) if answer is not None and answer[0] == EXIT_DONE else {}
        found = {**found, "store": "in use by another program", **held}
    return found


def _remove(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    gone = asyncio.run(
        removing.remove(profile, arguments.passphrase_file, arguments.receipt, arguments.give_up)
    )
    answer: dict[str, object] = {
        "removed": gone.desk_id, "handed_over": gone.handed_over, "central_told": gone.told,
    }  # fmt: skip
    if not gone.told:
        answer["todo"] = _UNTOLD
    return answer


def _go_on(arguments: argparse.Namespace) -> Answer:
    profile = config.profile_folder(arguments.profile, config.pinned())
    return asyncio.run(own_place.go_on(profile, arguments.passphrase_file))


HANDLERS: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "enrol": _enrol,
    "restore": _restore,
    "recover": _recover,
    "doctor": _doctor,
    "remove": _remove,
    "go-on": _go_on,
}
