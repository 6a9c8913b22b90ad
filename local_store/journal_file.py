"""The journal beside the store: every committed operation, sealed, in a file of its own.

A damaged store loses nothing that stands here. Each record is sealed under a key derived from the
store's, so whatever slot opens the store opens the journal; torn records are left out.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import StoreDamaged
from app.ports.store import StoredOperation
from app.ports.system import Platform

JOURNAL = "journal.log"
_MAGIC = b"offhook journal 1\n"
_HEAD = struct.Struct(">I")
_NONCE = 12
_LONGEST = 64 * 1024 * 1024


class JournalEntry(msgspec.Struct, frozen=True):
    """One operation as a commit left it; or, by its kind, the desk's own rows (`desk_record`)."""

    op_id: str
    service: str
    kind: str
    lane: str
    state: str
    raw: bytes
    digest: str
    recorded_at: int


DESK = "desk"
"""The kind of an entry that says which desk this is."""
ERASED = "erased"
"""The kind of an entry that names, as its lane, a record of which nothing may come back."""

DRAFT = "draft"
"""The kind of an entry that holds, as its bytes, the call whose draft its lane names; of a draft
that is no more the bytes are empty.
"""


def of_operation(operation: StoredOperation) -> JournalEntry:
    """An operation's entry."""
    return JournalEntry(
        op_id=operation.op_id,
        service=operation.service.value,
        kind=operation.kind,
        lane=operation.lane,
        state=operation.state.value,
        raw=operation.raw,
        digest=operation.digest,
        recorded_at=operation.recorded_at,
    )


def of_desk(record: bytes) -> JournalEntry:
    """The entry of the desk's own rows."""
    return JournalEntry("", "", DESK, "", "", record, "", 0)


def of_erased(record: str) -> JournalEntry:
    """The entry that a record was erased."""
    return JournalEntry("", "", ERASED, record, "", b"", "", 0)


def of_draft(draft_id: str, record: bytes) -> JournalEntry:
    """The entry of a call being typed."""
    return JournalEntry("", "", DRAFT, draft_id, "", record, "", 0)


def journal_key(store_key: bytes) -> bytes:
    """The journal's own key."""
    return HKDF(hashes.SHA256(), 32, None, b"offhook journal 1").derive(store_key)


class JournalFile:
    """Appends to the journal of one profile; `sync` makes what was appended durable.

    What the disk refused is kept and appended with the next commit or sync.
    """

    def __init__(self, profile: Path, key: bytes, platform: Platform) -> None:
        self._path = profile / JOURNAL
        self._profile = profile
        self._cipher = AESGCM(journal_key(key))
        self._platform = platform
        self._descriptor: int | None = None
        self._at = 0
        self._unsynced = False
        self._refused: list[JournalEntry] = []

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Write the entries of one commit. Raises OSError where the disk refuses."""
        wanted = [*self._refused, *entries]
        if not wanted:
            return
        self._refused = wanted
        descriptor = self._opened()
        for written, entry in enumerate(wanted, 1):
            record = _sealed(self._cipher, entry, self._at)
            try:
                _write_all(descriptor, record)
            except OSError:
                self._let_go()  # the next one begins behind the last whole record
                raise
            self._at += len(record)
            self._refused = wanted[written:]
        self._unsynced = True

    def sync(self) -> None:
        """Make what was appended durable. Raises OSError."""
        if self._refused:
            self.append(())
        if self._descriptor is not None and self._unsynced:
            self._unsynced = False
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Sync and let go of the file."""
        if self._descriptor is not None:
            self.sync()
            self._let_go()

    def rewrite(self, entries: Iterable[JournalEntry]) -> None:
        """Put a journal of these entries in the place of what is there, in one step.

        Raises OSError; the old one stays then.
        """
        self.close()
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as out:
            self._platform.private_file(fresh)
            out.write(_MAGIC)
            for entry in entries:
                out.write(_sealed(self._cipher, entry, out.tell()))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._path)
        self._platform.sync_directory(self._profile)

    def _let_go(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _opened(self) -> int:
        if self._descriptor is None:
            is_new = not self._path.exists()
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(self._path, flags, 0o600)
            if is_new:
                self._platform.private_file(self._path)
                self._platform.sync_directory(self._profile)
            self._at = _end_of_records(self._path)
            os.write(self._descriptor, _MAGIC)  # again each time: a power cut may have torn it
            os.truncate(self._path, self._at)
            os.lseek(self._descriptor, self._at, os.SEEK_SET)
        return self._descriptor


def _sealed(cipher: AESGCM, entry: JournalEntry, at: int) -> bytes:
    """An entry as it stands in the file at that place, and opens nowhere else."""
    nonce = os.urandom(_NONCE)
    plain = msgspec.msgpack.encode(entry)
    record = nonce + cipher.encrypt(nonce, plain, str(at).encode())
    return _HEAD.pack(len(record)) + record


def _write_all(descriptor: int, record: bytes) -> None:
    """A disk that fills up takes a part; the rest is asked for, and refused with its reason."""
    while record:
        record = record[os.write(descriptor, record) :]


def _end_of_records(path: Path) -> int:
    """Where the last whole record ends; what follows was torn by a power cut."""
    end = len(_MAGIC)
    for at, record in _records(path):
        end = at + _HEAD.size + len(record)
    return end


def _records(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        if not _begins_a_journal(file.read(len(_MAGIC))):
            raise StoreDamaged(
                "The journal beside the store is not one of ours.",
                safe="The store itself is untouched.",
                todo="Move journal.log away, then start again.",
            )
        at = len(_MAGIC)
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            (length,) = _HEAD.unpack(head)
            record = file.read(length) if _NONCE < length <= _LONGEST else b""
            if not record or len(record) != length:
                return
            yield at, record
            at += _HEAD.size + length


def _begins_a_journal(start: bytes) -> bool:
    """True also for what a power cut leaves of a beginning: too little of it, or zeros."""
    return start == _MAGIC[: len(start)] or not start.strip(b"\x00")


def read(profile: Path, key: bytes) -> Iterator[JournalEntry]:
    """Every record that verifies, oldest first; none where there is no file.

    A record whose bytes a power cut tore is left out; those written after it are not.
    Raises StoreDamaged where the file is something else.
    """
    path = profile / JOURNAL
    if not path.exists():
        return
    cipher = AESGCM(journal_key(key))
    for at, record in _records(path):
        try:
            plain = cipher.decrypt(record[:_NONCE], record[_NONCE:], str(at).encode())
        except InvalidTag:
            continue
        yield msgspec.msgpack.decode(plain, type=JournalEntry)


def condensed(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Each operation once, where it first stood and as it stands now; each draft and the desk's
    rows once.
    """
    last: dict[tuple[str, str], JournalEntry] = {}
    for entry in entries:
        about = entry.op_id or (entry.lane if entry.kind in (ERASED, DRAFT) else "")
        last[entry.kind if not entry.op_id else "", about] = entry
    return list(last.values())
