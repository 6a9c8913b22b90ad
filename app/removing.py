"""Removes a desk from this computer; refused while work is only here."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from app import profiles
from app.domain.errors import EnvironmentFault
from app.domain.giving_up import GivenUp
from app.providers.phones import LibPhoneNumbers
from app.services.desk import Desk, Tools
from app.services.handing_over import HandingOver
from local_store.keys import KEYS


async def remove(
    profile: Path, secret: Path | None, receipt: Path | None, given_up: Collection[GivenUp] = ()
) -> dict[str, object]:
    """Delete the profile: its keys first, so that what a disk keeps of it opens no more.

    Raises Refused while unsent work is here, unless another desk's receipt covers it, and while
    something is only here that was not given up by name.
    """
    with profiles.alone(profile, secret, "Nothing was removed.") as store:
        desk = await Desk.open(store, Tools(profiles.CLOCK, profiles.IDS, LibPhoneNumbers()))
        handing_over = HandingOver(desk, profiles.RANDOM.bytes)
        handed = await handing_over.require_removable_by(receipt, given_up)
        identity = desk.identity
    _delete(profile)
    return {"removed": identity.desk_id, "handed_over": handed}


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
