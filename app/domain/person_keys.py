"""What a desk keeps of people's signing keys, and which decisions wait for one to be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.configuration import Configuration
from app.domain.ids import PersonId
from app.domain.operations import Json

KEYS_SETTING = "person_keys"
"""Person's id → `KeptKey` as JSON."""
WAITING_SETTING = "waiting_for_key"
"""Operation's id → person's id: signed, and held until central knows the key."""


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A person's key at this desk."""

    public_key: str
    proof: str
    """The key's own signature over desk, person and key: what registering it takes."""
    sealed: Mapping[str, Json]

    def to_json(self) -> dict[str, Json]:
        return {"public_key": self.public_key, "proof": self.proof, "sealed": dict(self.sealed)}


def kept_keys(setting: Json) -> dict[PersonId, KeptKey]:
    """The keys in a setting's value."""
    found = setting if isinstance(setting, dict) else {}
    keys: dict[PersonId, KeptKey] = {}
    for person, one in found.items():
        sealed = one.get("sealed") if isinstance(one, dict) else None
        if isinstance(one, dict) and isinstance(sealed, dict):
            keys[PersonId(person)] = KeptKey(str(one["public_key"]), str(one["proof"]), sealed)
    return keys


def is_registered(
    configuration: Configuration, desk_id: str, person_id: str, public_key: str
) -> bool:
    """Whether the organisation lists that key for the person and the desk."""
    person = configuration.person(person_id)
    return person is not None and (desk_id, public_key) in person.keys
