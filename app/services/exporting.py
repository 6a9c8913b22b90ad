"""Taking data out: by people with the right only, and recorded."""

from __future__ import annotations

import json
from pathlib import Path

from app.domain.errors import EnvironmentFault
from app.domain.operations import Json
from app.domain.people import Permission, Person
from app.domain.times import to_rfc3339
from app.domain.views import QueueFilter, QueueKey, QueueView
from app.ports.store import ReadTx
from app.services.desk import Desk, require

EXPORTS = "exports"
"""The setting that lists who exported how much and when."""

_PAGE = 1_000


class Exporting:
    """Exports of tickets as JSON lines."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tickets(self, target: Path, person: Person) -> int:
        """Write every ticket on this computer, one JSON object a line; how many there were.

        Raises NotAllowed without the right, EnvironmentFault where the file cannot be written.
        The export is recorded before the first line is written.
        """
        require(person, Permission.EXPORT)
        await self._record(person)
        try:
            return await self._desk.store.read(lambda tx: self._write(tx, target))
        except OSError as error:
            raise EnvironmentFault(
                "The export could not be written.", safe="Nothing changed on this computer."
            ) from error

    async def _record(self, person: Person) -> None:
        line: Json = {"by": person.id, "at": to_rfc3339(self._desk.clock.now()), "what": "tickets"}

        await self._desk.store.write(
            lambda tx: tx.desk.set_setting(EXPORTS, [*_listed(tx.desk.setting(EXPORTS)), line])
        )

    def _write(self, tx: ReadTx, target: Path) -> int:
        staleness = self._desk.staleness()
        count = 0
        after: QueueKey | None = None
        with target.open("x", encoding="utf-8") as out:
            while True:
                page = tx.tickets.queue(QueueFilter(QueueView.ALL), after, _PAGE, staleness.now)
                for row in page.rows:
                    detail = tx.tickets.detail(row.id, staleness)
                    if detail is not None:
                        out.write(json.dumps(dict(detail.fields), ensure_ascii=False) + "\n")
                        count += 1
                after = page.next_key
                if after is None:
                    return count


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []
