"""The desk's own keys, as settings of its encrypted store hold them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.operations import Json

DESK_KEY = "desk_key"
"""The setting with the desk's Ed25519 private key, base64: what it signs in its own name."""
SEALING_KEY = "desk_sealing_key"
"""The setting with the desk's X25519 key pair: what is handed over to it is sealed for this."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """An X25519 key pair."""

    private: bytes
    public: str
    """Base64, as the directory lists it."""

    def kept(self) -> dict[str, Json]:
        return {"private": base64.b64encode(self.private).decode(), "public": self.public}


def sealing_key_of(kept: Json) -> SealingKey | None:
    """The pair a setting holds; None before there is one."""
    if not isinstance(kept, Mapping):
        return None
    return SealingKey(base64.b64decode(str(kept.get("private"))), str(kept.get("public")))
