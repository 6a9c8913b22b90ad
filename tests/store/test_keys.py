"""The key and its slots: never a second key over a store, wrong key and damage told apart."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.domain.errors import (
    SecretsUnavailable,
    StoreAbsent,
    StoreDamaged,
    StoreKeyMissing,
    StoreKeyWrong,
    StoreLocked,
)
from local_store.keys import KEY_BYTES, KEYS, STORE, Keys
from tests.support.store_desk import KEY, PLATFORM

PASSPHRASE = b"correct horse"


class DictSecrets:
    """Implements SecretStore in memory; `trouble` is what the keyring answers with."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.trouble: SecretsUnavailable | None = None

    def get(self, name: str) -> bytes | None:
        if self.trouble:
            raise self.trouble
        return self.kept.get(name)

    def put(self, name: str, secret: bytes) -> None:
        if self.trouble:
            raise self.trouble
        self.kept[name] = secret

    def describe(self) -> str:
        return "in memory"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path, PLATFORM)


def test_a_passphrase_opens_its_slot_and_no_other_does(keys: Keys) -> None:
    keys.create(KEY, passphrase=PASSPHRASE)
    assert keys.unlock(passphrase=PASSPHRASE, secrets=None) == KEY
    with pytest.raises(StoreKeyWrong) as caught:
        keys.unlock(passphrase=b"wrong", secrets=None)
    assert caught.value.safe
    assert keys.slots() == ("passphrase",)


def test_the_parameters_of_the_stretching_are_kept_with_the_slot(keys: Keys) -> None:
    keys.create(KEY, passphrase=PASSPHRASE)
    document = json.loads(keys.path.read_text("utf-8"))
    costs = document["slots"]["passphrase"]["argon2id"]
    assert costs["memory_cost"] >= 65_536
    document["slots"]["passphrase"]["argon2id"]["time_cost"] += 1
    keys.path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(StoreKeyWrong):
        keys.unlock(passphrase=PASSPHRASE, secrets=None)


def test_the_file_says_nothing_of_the_key(keys: Keys) -> None:
    keys.create(KEY, passphrase=PASSPHRASE, recovery_public=_public(X25519PrivateKey.generate()))
    raw = keys.path.read_bytes()
    for secret in (KEY, PASSPHRASE, KEY.hex().encode(), base64.b64encode(KEY)):
        assert secret not in raw


def test_a_keyring_slot_gives_the_key_back(keys: Keys) -> None:
    secrets = DictSecrets()
    keys.create(KEY, secrets=secrets)
    assert keys.unlock(passphrase=None, secrets=secrets) == KEY


def test_a_keyring_that_lost_the_key_never_leads_to_a_new_one(keys: Keys) -> None:
    secrets = DictSecrets()
    keys.create(KEY, secrets=secrets)
    before = keys.path.read_bytes()
    for broken in (DictSecrets(), None):
        with pytest.raises(StoreKeyMissing):
            keys.unlock(passphrase=None, secrets=broken)
    secrets.kept = dict.fromkeys(secrets.kept, bytes(KEY_BYTES))
    with pytest.raises(StoreKeyWrong):
        keys.unlock(passphrase=None, secrets=secrets)
    secrets.trouble = SecretsUnavailable("The keyring is locked.")
    with pytest.raises(SecretsUnavailable):
        keys.unlock(passphrase=None, secrets=secrets)
    assert keys.path.read_bytes() == before


def test_a_keyring_that_cannot_hold_the_key_leaves_nothing_behind(keys: Keys) -> None:
    secrets = DictSecrets()
    secrets.trouble = SecretsUnavailable("There is none.")
    with pytest.raises(SecretsUnavailable):
        keys.create(KEY, secrets=secrets)
    assert not keys.exist()


def test_there_is_no_key_without_a_slot(keys: Keys) -> None:
    with pytest.raises(StoreKeyMissing):
        keys.create(KEY)
    assert not keys.exist()


@pytest.mark.parametrize("present", [KEYS, STORE])
def test_there_is_never_a_second_key_over_what_is_there(
    keys: Keys, tmp_path: Path, present: str
) -> None:
    (tmp_path / present).write_bytes(b"whatever")
    with pytest.raises(StoreLocked):
        keys.create(KEY, passphrase=PASSPHRASE)
    assert (tmp_path / present).read_bytes() == b"whatever"


def test_the_organisations_key_recovers_and_a_strangers_does_not(keys: Keys) -> None:
    organisation, stranger = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    keys.create(KEY, passphrase=PASSPHRASE, recovery_public=_public(organisation))
    with pytest.raises(StoreKeyWrong):
        keys.recover(stranger.private_bytes_raw(), b"new")
    assert keys.unlock(passphrase=PASSPHRASE, secrets=None) == KEY
    assert keys.recover(organisation.private_bytes_raw(), b"new") == KEY
    assert keys.unlock(passphrase=b"new", secrets=None) == KEY
    with pytest.raises(StoreKeyWrong):
        keys.unlock(passphrase=PASSPHRASE, secrets=None)


def test_a_store_without_a_recovery_slot_says_so(keys: Keys) -> None:
    keys.create(KEY, passphrase=PASSPHRASE)
    with pytest.raises(StoreKeyMissing):
        keys.recover(X25519PrivateKey.generate().private_bytes_raw(), b"new")
    organisation = X25519PrivateKey.generate()
    keys.add_recovery(KEY, _public(organisation))
    assert keys.recover(organisation.private_bytes_raw(), b"new") == KEY


def test_a_recovery_key_of_the_wrong_size_is_no_recovery_key(keys: Keys) -> None:
    keys.create(KEY, passphrase=PASSPHRASE, recovery_public=_public(X25519PrivateKey.generate()))
    with pytest.raises(SecretsUnavailable):
        keys.recover(b"short", b"new")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"slots": {}}', "\x00\x01"])
def test_a_damaged_key_file_is_damage_and_not_a_wrong_key(keys: Keys, text: str) -> None:
    keys.path.write_text(text, encoding="utf-8")
    with pytest.raises(StoreDamaged):
        keys.unlock(passphrase=PASSPHRASE, secrets=None)


def test_a_profile_without_keys_is_no_desk(keys: Keys) -> None:
    with pytest.raises(StoreAbsent):
        keys.unlock(passphrase=PASSPHRASE, secrets=None)


def _public(private: X25519PrivateKey) -> str:
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()
