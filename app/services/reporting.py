"""The outage report: on the screen, and as a file for those who may take data out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import EnvironmentFault, Invalid
from app.domain.ids import Millis
from app.domain.outage_report import OutageReport, as_csv, outage_report
from app.domain.payments.exposure import Exposure
from app.domain.people import Permission, Person
from app.ports.store import ReadTx
from app.services.claim_work import work_of
from app.services.desk import Desk, require
from app.services.exporting import record_export


@dataclass(frozen=True, slots=True)
class Report:
    """The outage and what its claims may still cost."""

    outage: OutageReport
    exposure: tuple[Exposure, ...]


class Reporting:
    """Reports of what this desk knows; nothing is counted anywhere else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def outage(self, since: Millis, until: Millis, compared_ms: int = 0) -> Report:
        """What was taken in [since, until). Raises Invalid for a span that is none.

        Handling time online also counts the `compared_ms` before it.
        """
        if since >= until:
            raise Invalid("The report's end is not after its beginning.")
        first = Millis(since - compared_ms)

        def read(tx: ReadTx) -> Report:
            tickets, contacts = tx.payments.span(first, until)
            made = outage_report(tickets, contacts, since, until, first)
            return Report(made, work_of(self._desk, tx).exposure)

        return await self._desk.store.read(read)

    async def record_copy(self, person: Person) -> None:
        """Before the report leaves as a PDF. Raises NotAllowed without the right."""
        require(person, Permission.EXPORT)
        await record_export(self._desk, person, "outage report")

    async def write_csv(self, report: Report, target: Path, person: Person) -> None:
        """Write the counts to a new file; recorded like every export.

        Raises NotAllowed without the right, EnvironmentFault where it cannot be written.
        """
        await self.record_copy(person)
        names = {str(one.id): one.name for one in self._desk.configuration.people}
        try:
            with target.open("x", encoding="utf-8", newline="") as out:
                out.write(as_csv(report.outage, names))
        except OSError as error:
            raise EnvironmentFault("The report could not be written.") from error
