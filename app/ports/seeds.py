"""How a desk that began from a seed becomes known to central."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Claimed:
    """What claiming a seed gave."""

    credential: str
    configuration_document: bytes


class Seeds(Protocol):
    async def claim(self, token: str, public_key: str, incarnation: str) -> Claimed | None:
        """Register this computer as the seed's desk; None where another one is it already.

        The same computer may ask again. Raises CentralUnavailable.
        """
        ...
