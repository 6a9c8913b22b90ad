"""Makes a desk whole again: from a backup, from its journal, from the second place."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app import profiles
from app.domain.errors import EnvironmentFault, StoreAbsent, StoreDamaged, StoreLocked
from app.profiles import CLOCK, IDS, PLATFORM
from app.providers.executor import InlineExecutor
from app.providers.platform import keep_new_files_private
from local_store import evidence_files, health, journal_file, rescue, retention, second_place
from local_store import profile as store_files
from local_store.journal_file import JOURNAL, JournalEntry
from local_store.keys import KEYS, STORE, Keys
from local_store.second_place import Chosen
from local_store.store import SqlStore, copy_durably
from local_store.unit_of_work import UnitOfWork

_STAGE = "restoring"
"""Inside the profile: what is not whole yet. A desk is only ever found whole."""
_ASIDE = "damaged"


@dataclass(frozen=True, slots=True)
class Secrets:
    """How the restored store is opened."""

    passphrase_file: Path | None = None
    recovery_file: Path | None = None
    """The organisation's recovery key; the passphrase is then a new one."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    desk: str
    desk_code: str
    operations: int
    """Brought back from a journal."""

    def to_json(self) -> dict[str, object]:
        return {"desk": self.desk, "desk_code": self.desk_code, "operations": self.operations}


def from_backup(profile: Path, source: Path, secrets: Secrets) -> Restored:
    """Bring a backup into a profile without a store, under a spare code.

    Raises StoreLocked, StoreAbsent, StoreDamaged, StoreKeyWrong, EnvironmentFault.
    """
    if not (source / STORE).exists():
        raise StoreAbsent("There is no backup in that folder.", safe="Nothing was changed.")
    _require_free(profile, source)
    kept = _past_its_days(profile, source, secrets)
    if kept is not None:
        return _staged(profile, source, None, kept, secrets)
    return _staged(profile, source, source, (), secrets)


def from_second_place(
    profile: Path, place: Path, backup: Path | None, secrets: Secrets
) -> Restored:
    """Bring the newest copy in a second place into a profile without a store.

    With a backup the mirror comes from it and is there at once; without one central is asked.
    Raises as `from_backup`.
    """
    copies = second_place.copies_in(place) if place.is_dir() else []
    if not copies:
        raise StoreAbsent("There is no second copy in that folder.", safe="Nothing was changed.")
    newest = copies[-1]
    _require_free(profile, newest)
    keys = _keys_of(profile, newest)
    key = _staged_keys(profile, keys, secrets)
    journal = list(journal_file.read(newest, key))
    root = newest.parent if newest == place else place
    kept_at = Chosen(str(root.absolute()), tuple(one.name for one in copies))
    return _staged(profile, keys, backup, journal, secrets, kept_at)


def from_journal(profile: Path, backup: Path | None, secrets: Secrets) -> Restored:
    """Make a damaged store anew from the journal beside it; the damaged one is put aside.

    Raises StoreLocked where the store is sound, StoreAbsent without a journal, and the rest as
    `from_backup`.
    """
    profiles.require_enrolled(profile)
    if not (profile / JOURNAL).exists():
        raise StoreAbsent("There is no journal beside the store.", safe="Nothing was changed.")
    key = _staged_keys(profile, profile, secrets)
    if (profile / STORE).exists() and _is_sound(profile / STORE, key):
        raise StoreLocked("The store is sound: nothing is to be mended.", safe="It is as it was.")
    journal = list(journal_file.read(profile, key))
    return _staged(profile, profile, backup, journal, secrets)


def _past_its_days(profile: Path, source: Path, secrets: Secrets) -> Sequence[JournalEntry] | None:
    """Of a backup that is past its retention, who the desk is and what was not settled yet.

    What was erased since then may be in the rest, and central may have forgotten that it said so:
    the mirror comes anew. None for a backup that is not so old.
    """
    key = _staged_keys(profile, source, secrets)
    stage = profile / _STAGE
    with ExitStack() as closing:
        store = _base(stage, key, source)
        closing.callback(store.close_now)
        if not store.write_now(lambda unit: retention.is_past(unit.sql, CLOCK.now())):
            return None
        return store.write_now(rescue.unsettled)


def _is_sound(path: Path, key: bytes) -> bool:
    try:
        health.verify(path, key)
    except StoreDamaged:
        return False
    return True


def _require_free(profile: Path, source: Path) -> None:
    """A profile with a store is never written over; one whose restore was cut off goes on, and
    so does one whose store is gone, under the same key.
    """
    store = profile / STORE
    other = (profile / KEYS).exists() and not Keys(profile, PLATFORM).same_key(source / KEYS)
    if other or (store.exists() and store.stat().st_size):
        raise StoreLocked(
            "This profile is a desk already.",
            safe="Nothing was changed.",
            todo="Restore into an empty folder.",
        )


def _keys_of(profile: Path, source: Path) -> Path:
    """The profile's own slots where it has some: a copy elsewhere is without the keyring's."""
    return profile if (profile / KEYS).exists() else source


def _staged_keys(profile: Path, source: Path, secrets: Secrets) -> bytes:
    """The store's key, by the slots of the source, whose copy lies in the stage from here on."""
    keep_new_files_private()
    stage = profile / _STAGE
    try:
        PLATFORM.private_directory(profile)
        if stage.exists():
            shutil.rmtree(stage)
        PLATFORM.private_directory(stage)
        copy_durably(source / KEYS, stage / KEYS)
    except OSError as error:
        raise _cannot_copy() from error
    if secrets.recovery_file is not None:
        return profiles.recovered(stage, secrets.recovery_file, secrets.passphrase_file)
    return profiles.unlocked(stage, secrets.passphrase_file)


def _staged(
    profile: Path,
    keys: Path,
    backup: Path | None,
    journal: Sequence[JournalEntry],
    secrets: Secrets,
    kept_at: Chosen | None = None,
) -> Restored:
    """Build the store aside, then move it into place."""
    key = _staged_keys(profile, keys, secrets)
    stage = profile / _STAGE
    try:
        with ExitStack() as closing:
            store = _base(stage, key, backup)
            closing.callback(store.close_now)
            restored = store.write_now(lambda unit: _go_on(unit, journal, kept_at, keys, key))
        _move_in(profile, stage)
    except OSError as error:
        raise _cannot_copy() from error
    with ExitStack() as closing:
        profiles.opened(profile, key, closing).keep_journal_whole()
    return restored


def _base(stage: Path, key: bytes, backup: Path | None) -> SqlStore:
    """The store to begin with: the backup's, verified, or an empty one."""
    if backup is None:
        return store_files.create(stage, key, PLATFORM, InlineExecutor())
    if not (backup / STORE).exists():
        raise StoreAbsent("There is no backup in that folder.", safe="Nothing was changed.")
    copy_durably(backup / STORE, stage / STORE)
    health.verify(stage / STORE, key)
    return store_files.open_(stage, key, PLATFORM, InlineExecutor())


def _go_on(
    unit: UnitOfWork,
    journal: Sequence[JournalEntry],
    kept_at: Chosen | None,
    source: Path,
    key: bytes,
) -> Restored:
    """The desk begins a new life: its rows, operations, evidence, a spare code, an incarnation."""
    record = rescue.desk_of(journal)
    if record is not None:
        unit.desk.put_back(record)
    if not unit.desk.is_enrolled():
        raise StoreDamaged(
            "The journal does not say which desk it is of.",
            safe="It was left as it is.",
            todo="Restore a backup, and name the journal with it.",
        )
    unit.desk.count_past(rescue.counters_of(journal))
    rescue.erase_again(unit, journal, CLOCK.now())
    count = rescue.bring_back(unit, journal)
    rescue.bring_drafts_back(unit, journal)
    # In this transaction: once it is committed, the second place takes its former copies away.
    unit.payments.bring_back_evidence(evidence_files.read(source, key))
    if kept_at is not None:
        unit.desk.set_setting(second_place.SETTING, kept_at.to_json())
    unit.desk.start_again(IDS.new_id())
    identity = unit.desk.identity()
    return Restored(identity.desk_id, identity.desk_code, count)


def _move_in(profile: Path, stage: Path) -> None:
    """The damaged store goes aside; keys come first, so that a restore cut off here can go on."""
    present = [one for one in (STORE, f"{STORE}-wal", f"{STORE}-shm") if (profile / one).exists()]
    if present:
        aside = _unused(profile / "backups")
        PLATFORM.private_directory(aside)
        for name in reversed(present):
            (profile / name).replace(aside / name)
        PLATFORM.sync_directory(aside)
    for name in (KEYS, f"{STORE}-wal", STORE):
        if (stage / name).exists():
            (stage / name).replace(profile / name)
    if (stage / evidence_files.FOLDER).is_dir():
        shutil.rmtree(profile / evidence_files.FOLDER, ignore_errors=True)
        (stage / evidence_files.FOLDER).replace(profile / evidence_files.FOLDER)
    PLATFORM.sync_directory(profile)
    shutil.rmtree(stage)


def _unused(folder: Path) -> Path:
    taken = len(list(folder.glob(f"{_ASIDE}-*"))) if folder.is_dir() else 0
    return folder / f"{_ASIDE}-{taken + 1}"


def _cannot_copy() -> EnvironmentFault:
    return EnvironmentFault(
        "The desk could not be restored here.",
        safe="What it is restored from is untouched.",
        todo="Check the folder, its rights and the room on the disk, then try again.",
    )
