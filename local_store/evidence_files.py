"""Files of evidence a second time, beside the store: each sealed in a file of its own.

The journal says which files a ticket has; what is in them would make it too large to read. A
damaged store, or a lost profile, does not take along what a caller gave as proof.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.ports.system import Platform

FOLDER = "evidence"
_NONCE = 12
_LARGEST = 64 * 1024 * 1024


class KeptFile(msgspec.Struct, frozen=True):
    """A file's content with what the store keeps beside it."""

    id: str
    ticket_id: str
    kept_at: int
    """Milliseconds since the epoch."""
    content: bytes


class EvidenceFiles:
    """The sealed files of one profile."""

    def __init__(self, profile: Path, key: bytes, platform: Platform) -> None:
        self._profile = profile
        self._folder = profile / FOLDER
        self._cipher = _cipher(key)
        self._platform = platform

    def keep(self, file: KeptFile) -> None:
        """Seal it durably; once. Raises OSError."""
        path = self._folder / _name(file.id)
        if path.exists():
            return
        if not self._folder.is_dir():
            self._platform.private_directory(self._folder)
            self._platform.sync_directory(self._profile)
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, msgspec.msgpack.encode(file), path.name.encode())
        _replace(path, nonce + sealed, self._platform)

    def put_right(self, known: frozenset[str], file_of: Callable[[str], KeptFile | None]) -> bool:
        """Keep those of the ids that are missing, and take away all others; whether any moved.

        Raises OSError.
        """
        present = {one.name for one in _files(self._profile)}
        names = {_name(id_): id_ for id_ in known}
        for name in names.keys() - present:
            if (file := file_of(names[name])) is not None:
                self.keep(file)
        gone = present - names.keys()
        for name in gone:
            (self._folder / name).unlink(missing_ok=True)
        if gone:
            self._platform.sync_directory(self._folder)
        return bool(gone) or names.keys() != present


def read(root: Path, key: bytes) -> Iterator[KeptFile]:
    """The files kept below a profile or a second copy; what does not open is left out."""
    cipher = _cipher(key)
    for path in _files(root):
        if path.stat().st_size > _LARGEST:
            continue
        sealed = path.read_bytes()
        try:
            plain = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], path.name.encode())
        except (InvalidTag, ValueError):
            continue
        yield msgspec.msgpack.decode(plain, type=KeptFile)


def copy(profile: Path, target: Path, platform: Platform, *, thoroughly: bool) -> int:
    """Make the target's files those of the profile; how many bytes went. Raises OSError.

    Of those that are there already only the sizes are compared, or `thoroughly` all of them.
    """
    wanted = {one.name: one for one in _files(profile)}
    there = {one.name: one for one in _files(target)}
    for name in there.keys() - wanted.keys():
        there[name].unlink(missing_ok=True)
    moved = 0
    for name, source in wanted.items():
        copied = there.get(name)
        if copied is not None and _is_same(source, copied, thoroughly=thoroughly):
            continue
        platform.private_directory(target / FOLDER)
        content = source.read_bytes()
        _replace(target / FOLDER / name, content, platform)
        moved += len(content)
    return moved


def _is_same(source: Path, copied: Path, *, thoroughly: bool) -> bool:
    if source.stat().st_size != copied.stat().st_size:
        return False
    return not thoroughly or source.read_bytes() == copied.read_bytes()


def _files(root: Path) -> list[Path]:
    folder = root / FOLDER
    return sorted(folder.glob("*.sealed")) if folder.is_dir() else []


def _name(file_id: str) -> str:
    return f"{hashlib.sha256(file_id.encode()).hexdigest()[:32]}.sealed"


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, None, b"offhook evidence 1").derive(key))


def _replace(path: Path, content: bytes, platform: Platform) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    platform.private_file(fresh)
    fresh.replace(path)
    try:
        platform.sync_directory(path.parent)
    except OSError:
        return  # not every share can; the file itself is synced
