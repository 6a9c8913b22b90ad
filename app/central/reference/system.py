"""Central's own clock and chance, behind two small ports."""

from __future__ import annotations

import secrets
import time
from typing import Protocol

from app.domain.ids import Millis, uuid7


class Surroundings(Protocol):
    """Time and randomness as the ledger needs them; tests bring their own."""

    def now(self) -> Millis: ...

    def random(self, count: int) -> bytes: ...


class RealSurroundings:
    """The machine's wall clock and its strong randomness."""

    def now(self) -> Millis:
        return Millis(time.time_ns() // 1_000_000)

    def random(self, count: int) -> bytes:
        return secrets.token_bytes(count)


def new_id(surroundings: Surroundings) -> str:
    """A fresh UUIDv7."""
    return uuid7(surroundings.now(), surroundings.random(10))
