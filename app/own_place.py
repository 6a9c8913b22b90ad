"""Tells a copied profile from the one it was copied from, and lets a copy go on as the desk."""

from __future__ import annotations

from pathlib import Path

from app import profiles
from app.domain.incidents import COPIED_WORDS, IncidentKind
from app.ports.store import PLACE, DeskIdentity, Store, WriteTx
from local_store.keys import STORE


async def keep_apart(store: Store, profile: Path) -> bool:
    """Whether this profile is a copy; it then goes on under a spare code, so that no reference is
    given twice. A profile that was only moved within its disk is none.
    """
    here = profiles.PLATFORM.file_mark(profile / STORE)
    known = await store.read(lambda tx: tx.desk.setting(PLACE))
    if not here or here == known:
        return False
    is_copy = isinstance(known, str)

    def write(tx: WriteTx) -> None:
        if is_copy:
            begun = _begin_again(tx)
            about = (IncidentKind.COPIED, "", begun.incarnation)
            now = profiles.CLOCK.now()
            tx.incidents.note(*about, now, COPIED_WORDS)
            tx.incidents.close(*about, now, by="desk")
        tx.desk.set_setting(PLACE, here)

    await store.write(write, by_person=False)
    return is_copy


async def go_on(profile: Path, secret: Path | None) -> dict[str, object]:
    """This copy is the desk from here on, under a spare code; central refuses every other one.

    Raises StoreAbsent, StoreLocked, and what opening the store raises.
    """
    with profiles.alone(profile, secret, "Nothing was changed.") as store:
        identity = await store.write(_begin_again)
    return {"desk": identity.desk_id, "desk_code": identity.desk_code}


def _begin_again(tx: WriteTx) -> DeskIdentity:
    tx.desk.start_again(profiles.IDS.new_id())
    return tx.desk.identity()
