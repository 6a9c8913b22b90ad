"""Done when it is quiet: the journal completed, traces of the erased, what is past its days."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from local_store import erasure, rescue, retention
from local_store.journal_file import DESK, DRAFT, ERASED, JournalEntry
from local_store.keeper import Keeper
from local_store.keys import KEYS, STORE
from local_store.retention import Retention
from local_store.unit_of_work import UnitOfWork

T = TypeVar("T")

BACKUPS = "backups"
"""The folder of the profile where copies of its store are put aside."""
_EACH_S = 6 * 3_600.0
"""Between two looks for what is past its days."""
_OF_A_BACKUP = frozenset({STORE, f"{STORE}-wal", f"{STORE}-shm", KEYS})


class Turn(Protocol):
    """One transaction."""

    def __call__(self, work: Callable[[UnitOfWork], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Turns:
    """The store's transactions, and seconds to tell how long ago something was."""

    reading: Turn
    writing: Turn
    truncate_log: Callable[[], bool]
    """Bring the log into the file and cut it; false where somebody still reads from it."""
    seconds: Callable[[], float]


class Housekeeping:
    """One profile's. Every step may be put off and is taken up again where it ended."""

    def __init__(self, profile: Path, keeper: Keeper, turns: Turns) -> None:
        self._profile = profile
        self._keeper = keeper
        self._turns = turns
        self._is_journal_whole = False
        self._looked_at: float | None = None
        self._pruned = 0

    def step(self) -> bool:
        """A little of it; whether there is more. What disk and driver raise goes through."""
        if not self._is_journal_whole:
            self._is_journal_whole = True
            self.keep_journal_whole()
        self.erase_traces()
        now = self._turns.seconds()
        if self._looked_at is not None and now - self._looked_at < _EACH_S:
            return False
        if self._retain():
            return True
        self._looked_at = now
        self._keep_evidence_whole()
        self._shorten_journal()
        self._drop_copies()
        return False

    def keep_journal_whole(self) -> None:
        """What a kill or a full disk kept out of the journal joins it."""
        known = self._keeper.entries()
        # In the writer's turn, so that nothing that moves meanwhile is noted as it was before.
        self._turns.writing(lambda unit: self._keeper.append(rescue.lacking(unit, known)))
        self._keep_evidence_whole()

    def _keep_evidence_whole(self) -> None:
        """The sealed copies are those of the files the store has, no more and no less."""

        def work(unit: UnitOfWork) -> None:
            evidence = unit.payments
            self._keeper.put_files_right(evidence.evidence_ids(), evidence.evidence_file)

        self._turns.writing(work)

    # --- the erased --------------------------------------------------------------------------

    def erase_traces(self) -> None:
        """What was erased goes from the files beside the store too, and from its log."""
        gone, operations = self._turns.writing(_erased)
        records = frozenset(gone)
        if not gone:
            return

        def choose() -> Callable[[JournalEntry], bool]:
            drafts = self._turns.reading(_draft_ids)  # without those that named one of the erased
            return lambda entry: (
                entry.lane in drafts
                if entry.kind == DRAFT
                else not _tells_of(entry, records, operations)
            )

        self._keep_evidence_whole()
        if self._keeper.rewrite(choose) and self._turns.truncate_log():
            self._turns.writing(lambda unit: erasure.note_traceless(unit.sql, gone))

    # --- past their days ---------------------------------------------------------------------

    def _retain(self) -> bool:
        before = self._turns.reading(_count_kept)
        more = self._turns.writing(lambda unit: Retention(unit.sql).step())
        self._pruned += before - self._turns.reading(_count_kept)
        past = self._turns.reading(lambda unit: Retention(unit.sql).past())
        if past is not None:
            self._turns.writing(lambda unit: unit.expire(past))
        return more or past is not None

    def _shorten_journal(self) -> None:
        """Once operations were pruned, or where most of it only says how they moved."""
        known = self._turns.reading(_known_ids)
        entries = self._keeper.entries()
        if self._pruned or len(entries) > 2 * len(known) + _ROOM:
            self._pruned = 0
            self._keeper.rewrite(self._known)

    def _known(self) -> Callable[[JournalEntry], bool]:
        """Looked at while nothing is appended: what is in the journal then is in the store."""
        known = self._turns.reading(_known_ids)
        return lambda one: (one.op_id or one.lane) in known or one.kind in (DESK, ERASED)

    def _drop_copies(self) -> None:
        """Copies of the store that are past their days: those in the profile, those made by
        `backup` wherever they are reachable.
        """
        folder = self._profile / BACKUPS
        present = [str(one) for one in folder.iterdir()] if folder.is_dir() else []
        past = self._turns.writing(lambda unit: retention.past_backups(unit.sql, present))
        gone = [one for one in past if _dropped(Path(one))]
        if gone:
            self._turns.writing(lambda unit: retention.forget_backups(unit.sql, gone))


_ROOM = 500
"""Entries above twice the operations' number before a journal is written anew."""


def _tells_of(entry: JournalEntry, records: frozenset[str], operations: set[str]) -> bool:
    if entry.kind == ERASED:
        return False
    return entry.op_id in operations or entry.lane in records


def _erased(unit: UnitOfWork) -> tuple[list[str], set[str]]:
    gone = erasure.with_traces(unit.sql)
    return gone, erasure.operations_of(unit.sql, gone) if gone else set()


def _count_kept(unit: UnitOfWork) -> int:
    """Operations and drafts."""
    counted = "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM draft)"
    return int(unit.sql.value(counted))


def _known_ids(unit: UnitOfWork) -> frozenset[str]:
    """Of every operation and draft there is."""
    operations = unit.sql.all("SELECT op_id FROM outbox")
    return _draft_ids(unit) | {str(op_id) for (op_id,) in operations}


def _draft_ids(unit: UnitOfWork) -> frozenset[str]:
    return frozenset(str(id_) for (id_,) in unit.sql.all("SELECT id FROM draft"))


def _dropped(copy: Path) -> bool:
    """Whether it is gone: what is not ours in its folder stays, what cannot be reached waits."""
    with contextlib.suppress(OSError):
        if copy.is_dir() and {one.name for one in copy.iterdir()} <= _OF_A_BACKUP:
            shutil.rmtree(copy)
        elif copy.is_file():
            copy.unlink()
    return not copy.exists() and copy.parent.is_dir()
