"""What the desk's screens remember: palette, window, columns, saved views."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.operations import Json
from app.ports.store import WriteTx
from app.services.desk import Desk

_PREFIX = "desk."


class Settings:
    """Values of the screens in the encrypted store; never sent anywhere."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def read(self, *names: str) -> dict[str, Json]:
        """The named values; those never kept are missing."""
        found = await self._desk.store.read(
            lambda tx: {name: tx.desk.setting(_PREFIX + name) for name in names}
        )
        return {name: value for name, value in found.items() if value is not None}

    async def keep(self, values: Mapping[str, Json]) -> None:
        """Store the values in one transaction."""

        def write(tx: WriteTx) -> None:
            for name, value in values.items():
                tx.desk.set_setting(_PREFIX + name, value)

        await self._desk.store.write(write)
