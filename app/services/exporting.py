"""Taking data out: by people with the right only, and recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.errors import EnvironmentFault
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.people import Permission, Person
from app.domain.ticket_list import as_csv
from app.domain.times import to_rfc3339
from app.domain.views import QueueFilter, QueueKey, QueueView, TicketRow
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
        await record_export(self._desk, person, "tickets")
        return await self._written(lambda tx: self._write(tx, target))

    def may(self, person: Person) -> bool:
        """Whether the person may take data out of this desk."""
        return person.may(Permission.EXPORT)

    async def queue(self, which: QueueFilter, target: Path, person: Person) -> int:
        """Write the rows of a lane or view to a new CSV file; how many there were.

        Raises NotAllowed without the right, EnvironmentFault where the file cannot be written.
        The export is recorded before the file is made.
        """
        require(person, Permission.EXPORT)
        await record_export(self._desk, person, "queue")
        names = {str(one.id): one.name for one in self._desk.configuration.people}
        now = self._desk.clock.now()

        def write(tx: ReadTx) -> int:
            rows = list(_rows(tx, which, now))
            with target.open("x", encoding="utf-8", newline="") as out:
                out.write(as_csv(rows, names))
            return len(rows)

        return await self._written(write)

    async def _written(self, write: Callable[[ReadTx], int]) -> int:
        try:
            return await self._desk.store.read(write)
        except OSError as error:
            raise EnvironmentFault(
                "The export could not be written.", safe="Nothing changed on this computer."
            ) from error

    async def record(self, person: Person) -> list[dict[str, Json]]:
        """Who took what out of this desk and when, oldest first. Raises NotAllowed."""
        require(person, Permission.EXPORT)
        kept = await self._desk.store.read(lambda tx: tx.desk.setting(EXPORTS))
        return [one for one in _listed(kept) if isinstance(one, dict)]

    def _write(self, tx: ReadTx, target: Path) -> int:
        staleness = self._desk.staleness(tx)
        count = 0
        with target.open("x", encoding="utf-8") as out:
            for row in _rows(tx, QueueFilter(QueueView.ALL), staleness.now):
                detail = tx.tickets.detail(row.id, staleness)
                if detail is not None:
                    out.write(json.dumps(dict(detail.fields), ensure_ascii=False) + "\n")
                    count += 1
        return count


def _rows(tx: ReadTx, which: QueueFilter, now: Millis) -> Iterator[TicketRow]:
    """All rows of a lane or view, a page at a time."""
    after: QueueKey | None = None
    while True:
        page = tx.tickets.queue(which, after, _PAGE, now)
        yield from page.rows
        after = page.next_key
        if after is None:
            return


async def record_export(desk: Desk, person: Person, what: str) -> None:
    """Write down who takes what out of this desk, before the first line leaves it."""
    line: Json = {"by": person.id, "at": to_rfc3339(desk.clock.now()), "what": what}
    await desk.store.write(
        lambda tx: tx.desk.set_setting(EXPORTS, [*_listed(tx.desk.setting(EXPORTS)), line])
    )


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []
