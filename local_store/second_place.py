"""The second place, a share or a stick: the journal byte for byte, evidence, and key slots."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.domain.operations import Json
from app.ports.system import Platform
from local_store import evidence_files
from local_store.journal_file import JOURNAL
from local_store.keys import KEYS, Keys

SETTING = "second_place"
"""The setting that keeps where it is."""

_PREFIX = "offhook-"
_COMPARED = 64
"""Bytes at both ends that must agree before the rest is appended; each record has fresh ones."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place as the setting keeps it."""

    folder: str = ""
    formers: tuple[str, ...] = ()
    """Folders of this desk's former lives in it, to be taken away once this one is complete."""

    @classmethod
    def of(cls, kept: Json) -> Chosen:
        """Read what was kept; none where that is no choice."""
        if not isinstance(kept, Mapping):
            return cls()
        formers = kept.get("formers")
        named = tuple(map(str, formers)) if isinstance(formers, list) else ()
        return cls(str(kept.get("folder") or ""), named)

    def to_json(self) -> Json:
        return {"folder": self.folder, "formers": list(self.formers)}


def folder_name(desk_id: str, incarnation: str) -> str:
    """The folder of one life of a desk; a restored one begins a folder of its own."""
    return _PREFIX + hashlib.sha256(f"{desk_id} {incarnation}".encode()).hexdigest()[:16]


def copies_in(place: Path) -> list[Path]:
    """The folders with a journal in them, in a place or where one was named itself."""
    found = [one for one in (place, *place.glob(f"{_PREFIX}*")) if (one / JOURNAL).is_file()]
    return sorted(found, key=lambda one: (one / JOURNAL).stat().st_mtime)


class SecondPlace:
    """One profile's copy in one place. Every call may take as long as the share does."""

    def __init__(self, profile: Path, chosen: Chosen, name: str, platform: Platform) -> None:
        self._profile = profile
        self._place = Path(chosen.folder)
        self._formers = [one for one in chosen.formers if one != name]
        self._folder = self._place / name
        self._platform = platform
        self._compared = False

    def bring_up_to_date(self) -> int:
        """Copy what is new of journal and evidence; how many bytes. Raises OSError, StoreFault.

        Once per life of this object the whole copy is compared, so that what rots on a stick is
        written anew. The place itself is never made: a stick that is not there stays not there.
        """
        if not self._place.is_dir():
            raise FileNotFoundError("the second place is not there")
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700)
            self._sync(self._place)
        self._keep_keys()
        with (self._profile / JOURNAL).open("rb") as source:
            moved = self._keep_journal(source)
        moved += evidence_files.copy(
            self._profile, self._folder, self._platform, thoroughly=not self._compared
        )
        if not self._compared:
            self._take_away_formers()
        self._compared = True
        return moved

    def take_away(self) -> None:
        """Delete this profile's copy. Raises OSError."""
        if self._folder.is_dir():
            shutil.rmtree(self._folder)

    def _take_away_formers(self) -> None:
        """What this desk's former lives left is in the copy of this one now."""
        for name in self._formers:
            former = self._place / name
            if name.startswith(_PREFIX) and former.is_dir():
                shutil.rmtree(former)

    def _keep_keys(self) -> None:
        wanted = Keys(self._profile, self._platform).portable()
        kept = self._folder / KEYS
        if not kept.is_file() or kept.read_bytes() != wanted:
            self._replace(kept, lambda out: out.write(wanted))

    def _keep_journal(self, source: BinaryIO) -> int:
        target = self._folder / JOURNAL
        length = os.fstat(source.fileno()).st_size
        copied = self._copied(source, target, length)
        if copied is None:
            self._replace(target, lambda out: _pour(source, out, 0, length))
            return length
        if copied < length:
            with target.open("r+b") as out:
                out.seek(copied)
                _pour(source, out, copied, length)
                out.flush()
                os.fsync(out.fileno())
        return length - copied

    def _copied(self, source: BinaryIO, target: Path, length: int) -> int | None:
        """How much of the journal is there already; None where it must be written anew."""
        if not target.is_file():
            return None
        size = target.stat().st_size
        if size > length:
            return None
        with target.open("rb") as copy:
            spans = [(0, size)] if not self._compared else _ends(size)
            same = all(_same(source, copy, start, end) for start, end in spans)
        return size if same else None

    def _replace(self, path: Path, write: Callable[[BinaryIO], object]) -> None:
        fresh = path.with_suffix(".new")
        with fresh.open("wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
        self._sync(self._folder)

    def _sync(self, folder: Path) -> None:
        """Not every share can; its file is synced all the same."""
        try:
            self._platform.sync_directory(folder)
        except OSError:
            return


def _ends(size: int) -> list[tuple[int, int]]:
    return [(0, min(size, 2 * _COMPARED)), (max(0, size - _COMPARED), size)]


def _same(one: BinaryIO, other: BinaryIO, start: int, end: int) -> bool:
    one.seek(start)
    other.seek(start)
    while start < end:
        step = min(_CHUNK, end - start)
        if one.read(step) != other.read(step):
            return False
        start += step
    return True


def _pour(source: BinaryIO, out: BinaryIO, start: int, end: int) -> None:
    source.seek(start)
    while start < end:
        chunk = source.read(min(_CHUNK, end - start))
        if not chunk:
            return
        out.write(chunk)
        start += len(chunk)
