"""People's own keys: sealed under their passphrase, opened by nothing else."""

from __future__ import annotations

import base64
import json

import pytest

from app.central.contract.signatures import verifies
from app.domain.errors import NotAllowed, StoreDamaged
from local_store.person_keys import PersonKeys

KEYS = PersonKeys()


def test_a_key_signs_and_opens_again_with_its_passphrase() -> None:
    signer, sealed = KEYS.make(b"three small words")
    again = KEYS.open(json.loads(json.dumps(sealed)), b"three small words")
    assert again.public_key == signer.public_key
    assert verifies(signer.public_key, again.sign(b"yes"), b"yes")
    assert not verifies(signer.public_key, again.sign(b"yes"), b"no")


def test_another_passphrase_opens_nothing() -> None:
    _signer, sealed = KEYS.make(b"three small words")
    with pytest.raises(NotAllowed, match="not this person's passphrase"):
        KEYS.open(sealed, b"three small word")


def test_a_spoiled_key_is_damage_and_no_wrong_passphrase() -> None:
    for spoiled in ({}, {"salt": "AA=="}, {"salt": 3, "argon2id": None}):
        with pytest.raises(StoreDamaged):
            KEYS.open(spoiled, b"words")


def test_what_is_kept_does_not_show_the_key() -> None:
    signer, sealed = KEYS.make(b"words")
    kept = json.dumps(sealed)
    assert signer.public_key not in kept
    assert base64.b64encode(b"words").decode() not in kept
