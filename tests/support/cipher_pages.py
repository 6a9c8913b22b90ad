"""Every page of a store deciphered by hand, the log's too: also what no query would ever show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from local_store.keys import STORE

_PAGE = 4096
_RESERVED = 80
"""Of SQLCipher 4: an initialisation vector and an authentication code at the end of each page."""
_VECTOR = 16
_SALT = 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def pages_of(profile: Path, key: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, plain bytes) of each page of the file and of each frame of its log."""
    raw = (profile / STORE).read_bytes()
    for number in range(len(raw) // _PAGE):
        page = raw[number * _PAGE : (number + 1) * _PAGE]
        yield f"{STORE} page {number + 1}", _plain(page, key, is_first=number == 0)
    log = profile / f"{STORE}-wal"
    if log.exists():
        frames = log.read_bytes()[_LOG_HEAD:]
        for number in range(len(frames) // (_FRAME_HEAD + _PAGE)):
            at = number * (_FRAME_HEAD + _PAGE)
            first = int.from_bytes(frames[at : at + 4], "big") == 1
            page = frames[at + _FRAME_HEAD : at + _FRAME_HEAD + _PAGE]
            yield f"{STORE}-wal frame {number + 1}", _plain(page, key, is_first=first)


def _plain(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    start = _SALT if is_first else 0
    body, vector = page[start : _PAGE - _RESERVED], page[_PAGE - _RESERVED :][:_VECTOR]
    opened = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opened.update(body) + opened.finalize()
