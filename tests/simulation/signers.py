"""People's signing keys in a world: made from a seed, registered as the product does."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract.signatures import key_proof
from app.domain.operations import Json
from app.domain.people import Person
from app.domain.person_keys import KEYS_SETTING, KeptKey, kept_keys
from app.ports.store import WriteTx


class SeededSigner:
    """Implements `app.ports.system.Signer`."""

    def __init__(self, seed: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())
        public = self._key.public_key().public_bytes_raw()
        self.public_key = base64.b64encode(public).decode()

    def sign(self, message: bytes) -> str:
        return base64.b64encode(self._key.sign(message)).decode()


def registration(desk_id: str, person: Person, signer: SeededSigner) -> Callable[[WriteTx], None]:
    """Keeps the key, for the engine to register."""

    def write(tx: WriteTx) -> None:
        known = kept_keys(tx.desk.setting(KEYS_SETTING))
        if person.id not in known:
            proof = signer.sign(key_proof(desk_id, person.id, signer.public_key))
            keys: dict[str, Json] = {one: key.to_json() for one, key in known.items()}
            kept = KeptKey(signer.public_key, proof, {"simulated": True})
            tx.desk.set_setting(KEYS_SETTING, {**keys, person.id: kept.to_json()})

    return write
