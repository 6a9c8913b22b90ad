"""The journal beside the store: every committed operation, sealed, in a file of its own.

A damaged store loses nothing that stands here. Each record is sealed under a key derived from the
store's, so whatever slot opens the store opens the journal; torn records are left out.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
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
    """One operation as a commit left it."""

    op_id: str
    service: str
    kind: str
    lane: str
    state: str
    raw: bytes
    digest: str
    recorded_at: int


def journal_key(store_key: bytes) -> bytes:
    """The journal's own key."""
    return HKDF(hashes.SHA256(), 32, None, b"offhook journal 1").derive(store_key)


class JournalFile:
    """Appends to the journal of one profile; `sync` makes what was appended durable."""

    def __init__(self, profile: Path, key: bytes, platform: Platform) -> None:
        self._path = profile / JOURNAL
        self._profile = profile
        self._cipher = AESGCM(journal_key(key))
        self._platform = platform
        self._descriptor: int | None = None
        self._at = 0
        self._unsynced = False

    def append(self, operations: Sequence[StoredOperation]) -> None:
        """Write the operations of one commit. Raises OSError where the disk refuses."""
        if not operations:
            return
        descriptor = self._opened()
        for operation in operations:
            record = self._sealed(operation)
            os.write(descriptor, _HEAD.pack(len(record)) + record)
            self._at += _HEAD.size + len(record)
        self._unsynced = True

    def sync(self) -> None:
        """Make what was appended durable. Raises OSError."""
        if self._descriptor is not None and self._unsynced:
            self._unsynced = False
            os.fsync(self._descriptor)

    def close(self) -> None:
        """Sync and let go of the file."""
        if self._descriptor is not None:
            self.sync()
            os.close(self._descriptor)
            self._descriptor = None

    def _sealed(self, operation: StoredOperation) -> bytes:
        entry = JournalEntry(
            op_id=operation.op_id,
            service=operation.service.value,
            kind=operation.kind,
            lane=operation.lane,
            state=operation.state.value,
            raw=operation.raw,
            digest=operation.digest,
            recorded_at=operation.recorded_at,
        )
        nonce = os.urandom(_NONCE)
        plain = msgspec.msgpack.encode(entry)
        return nonce + self._cipher.encrypt(nonce, plain, str(self._at).encode())

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
