"""Boxes that travel by hand open for the one they are for, unaltered, or not at all."""

from __future__ import annotations

import os

import pytest

from app.central.contract import boxes
from app.domain.errors import Invalid

PLAIN = b"a customer's words " * 100


def test_a_sealed_box_opens_with_the_private_key_alone() -> None:
    private, public = boxes.new_key(os.urandom)
    box = boxes.seal(public, PLAIN, b"p", os.urandom)
    assert boxes.unseal(private, box, b"p") == PLAIN
    assert PLAIN[:19] not in box
    other, _ = boxes.new_key(os.urandom)
    for key, purpose in ((other, b"p"), (private, b"q")):
        with pytest.raises(boxes.WrongSecret):
            boxes.unseal(key, box, purpose)


def test_a_locked_box_opens_with_its_passphrase_alone() -> None:
    box = boxes.lock(b"long one", PLAIN, b"p", os.urandom)
    assert boxes.unlock(b"long one", box, b"p") == PLAIN
    with pytest.raises(boxes.WrongSecret):
        boxes.unlock(b"another", box, b"p")


def test_no_changed_byte_and_no_other_file_opens() -> None:
    private, public = boxes.new_key(os.urandom)
    box = boxes.seal(public, b"x", b"p", os.urandom)
    for at in range(len(box)):
        changed = box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :]
        with pytest.raises(Invalid):
            boxes.unseal(private, changed, b"p")
    for other in (b"", box[:40], b"PK" + box):
        with pytest.raises(Invalid):
            boxes.unseal(private, other, b"p")


@pytest.mark.parametrize("key", ["", "AAAA", "not base64!"])
def test_what_is_no_key_seals_nothing(key: str) -> None:
    with pytest.raises(Invalid):
        boxes.seal(key, b"x", b"p", os.urandom)
