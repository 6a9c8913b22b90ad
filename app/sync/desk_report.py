"""Tells central how this desk stands: version, what waits, how old its data is, the last drill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.audit import Anchor
from app.domain.central_services import Service
from app.domain.desk_standing import DeskReport
from app.domain.ids import Millis
from app.ports.desks import Desks
from app.ports.store import ReadTx
from app.sync.service_state import Tools


@dataclass(frozen=True, slots=True)
class About:
    """What a report says that the store does not know."""

    version: str
    last_drill: Callable[[], Millis | None]
    sealing_key: Callable[[ReadTx], str]


class DeskReporter:
    """Reads the store at the moment of each report."""

    def __init__(self, tools: Tools, desks: Desks, about: About) -> None:
        self._tools = tools
        self._desks = desks
        self._about = about

    async def report(self) -> None:
        """Say it now. Raises CentralUnavailable, SignInNeeded."""
        report = await self._tools.store.read(lambda tx: report_of(tx, self._about))
        receipt = await self._desks.report(report)
        if receipt and report.audit is not None:
            head, now = report.audit, self._tools.clock.now()
            anchor = Anchor(head.n, head.hash, now, "sync", receipt)
            await self._tools.store.write(
                lambda tx: tx.audit.keep_anchor(anchor) if _is_news(tx, anchor) else None,
                by_person=False,
            )


def report_of(tx: ReadTx, about: About) -> DeskReport:
    """How the desk stands now."""
    counts = tx.outbox.counts()
    return DeskReport(
        version=about.version,
        waiting=counts.waiting,
        needs_review=counts.needs_review,
        oldest_unsent=counts.oldest,
        as_of={service: tx.feed_state(service).source_as_of for service in Service},
        last_drill=about.last_drill(),
        sealing_key=about.sealing_key(tx),
        audit=tx.audit.head(),
    )


def _is_news(tx: ReadTx, anchor: Anchor) -> bool:
    """Anchored each minute, kept once for each head."""
    return all((one.n, one.head) != (anchor.n, anchor.head) for one in tx.audit.anchors())
