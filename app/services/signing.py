"""People's own signatures: a key made at first use here, unlocked for one decision at a time."""

from __future__ import annotations

import contextlib

from app.central.contract.signatures import key_proof
from app.domain.errors import CentralUnavailable, Invalid
from app.domain.operations import Json
from app.domain.people import Person
from app.domain.person_keys import KEYS_SETTING, KeptKey, is_registered, kept_keys
from app.ports.store import WriteTx
from app.ports.sync import KeyRegistration
from app.ports.system import PersonKeys, Signer
from app.services.desk import Desk

_SHORTEST = 8


class Signing:
    """Unlocks people's keys; the first passphrase a person gives here makes theirs."""

    def __init__(self, desk: Desk, keys: PersonKeys, registration: KeyRegistration) -> None:
        self._desk = desk
        self._keys = keys
        self._registration = registration

    async def signer(self, person: Person, passphrase: bytes) -> Signer:
        """The person's key, unlocked; made, kept and registered where this desk has none yet.

        Raises NotAllowed for another passphrase, Invalid for a short first one.
        """
        setting = await self._desk.store.read(lambda tx: tx.desk.setting(KEYS_SETTING))
        kept = kept_keys(setting).get(person.id)
        signer = (
            self._keys.open(kept.sealed, passphrase)
            if kept is not None
            else await self._made(person, passphrase)
        )
        if not self.is_known(person, signer):
            with contextlib.suppress(CentralUnavailable):
                await self._registration.register_keys()
            await self._desk.refresh()
        return signer

    async def has_key(self, person: Person) -> bool:
        """Whether the person has given a passphrase at this desk before."""
        setting = await self._desk.store.read(lambda tx: tx.desk.setting(KEYS_SETTING))
        return person.id in kept_keys(setting)

    def is_known(self, person: Person, signer: Signer) -> bool:
        """Whether central has registered the key."""
        desk_id = self._desk.identity.desk_id
        return is_registered(self._desk.configuration, desk_id, person.id, signer.public_key)

    async def _made(self, person: Person, passphrase: bytes) -> Signer:
        if len(passphrase) < _SHORTEST:
            raise Invalid(
                f"A person's passphrase has at least {_SHORTEST} characters.",
                fields={"passphrase": "Too short."},
                todo="Choose three words that only you know.",
            )
        signer, sealed = self._keys.make(passphrase)
        proof = signer.sign(key_proof(self._desk.identity.desk_id, person.id, signer.public_key))
        kept = KeptKey(signer.public_key, proof, sealed)

        def write(tx: WriteTx) -> None:
            known = kept_keys(tx.desk.setting(KEYS_SETTING))
            keys: dict[str, Json] = {one: key.to_json() for one, key in known.items()}
            tx.desk.set_setting(KEYS_SETTING, {**keys, person.id: kept.to_json()})

        await self._desk.store.write(write)
        return signer
