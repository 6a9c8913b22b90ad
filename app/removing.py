"""Removes a desk from this computer, and tells central; refused while work is only here."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from app import main, profiles
from app.central.client.desks import DeskTalk
from app.domain.desk_standing import DeskReport
from app.domain.errors import CentralUnavailable, EnvironmentFault
from app.domain.giving_up import GivenUp
from app.ports.central import SignInNeeded
from app.providers.phones import LibPhoneNumbers
from app.services.desk import Desk, Tools
from app.services.handing_over import HandingOver
from app.sync.desk_report import report_of
from local_store.keys import KEYS

_TELLING_S = 10.0


@dataclass(frozen=True, slots=True)
class Removed:
    """A desk that is gone from here."""

    desk_id: str
    handed_over: int
    """Operations that another desk holds."""
    told: bool
    """Whether central knows; else supervisors see the desk as a silent one."""


async def remove(
    profile: Path, secret: Path | None, receipt: Path | None, given_up: Collection[GivenUp] = ()
) -> Removed:
    """Delete the profile: its keys first, so that what a disk keeps of it opens no more. Then tell
    central, which is asked once: the desk goes whether it answers or not.

    Raises Refused while unsent work is here, unless another desk's receipt covers it, and while
    something is only here that was not given up by name.
    """
    with profiles.alone(profile, secret, "Nothing was removed.") as store:
        desk = await Desk.open(store, Tools(profiles.CLOCK, profiles.IDS, LibPhoneNumbers()))
        handing_over = HandingOver(desk, profiles.RANDOM.bytes)
        handed = await handing_over.require_removable_by(receipt, given_up)
        about = main.about_of(profile)
        last = await store.read(lambda tx: replace(report_of(tx, about), removed=True))
    _delete(profile)
    return Removed(desk.identity.desk_id, handed, await _told(desk, last))


async def _told(desk: Desk, last: DeskReport) -> bool:
    """Whether central took the desk's last word."""
    client = main.client_of(desk)
    try:
        async with asyncio.timeout(_TELLING_S):
            await DeskTalk(client).report(last)
    except (CentralUnavailable, SignInNeeded, TimeoutError):
        return False
    finally:
        await client.close()
    return True


def _delete(profile: Path) -> None:
    try:
        (profile / KEYS).unlink()
        shutil.rmtree(profile)
    except OSError as error:
        raise EnvironmentFault(
            "The desk's folder could not be removed whole.",
            safe="Its keys are gone; what is left of it opens no more.",
            todo="Remove the folder by hand.",
        ) from error
