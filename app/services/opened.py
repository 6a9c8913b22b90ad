"""An opened desk: the services a screen or a command works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.domain.changes import Changes
from app.domain.parity import ParityReport
from app.domain.views import SyncReport
from app.ports.statements import StatementReader
from app.ports.sync import SyncControl
from app.services.approvals import Approvals
from app.services.auditing import Auditing
from app.services.blanks import Blanks
from app.services.catalog_care import CatalogCare
from app.services.catch_up import CatchingUp
from app.services.conflicts import Conflicts
from app.services.copies import Copies
from app.services.desk import Desk
from app.services.exporting import Exporting
from app.services.finding import Finding
from app.services.handing_over import HandingOver
from app.services.intake import Intake
from app.services.merging import Merging
from app.services.model_finding import ModelFinder
from app.services.models import Models
from app.services.outgoing import Outgoing
from app.services.oversight import Oversight
from app.services.payments import Payments
from app.services.people import People
from app.services.reporting import Reporting
from app.services.settings import Settings
from app.services.shift import Shift
from app.services.signing import Signing
from app.services.tickets import Tickets


@dataclass(frozen=True, slots=True)
class OpenedDesk:
    """Everything the composition root puts together; screens see nothing below it."""

    desk: Desk
    intake: Intake
    tickets: Tickets
    people: People
    finding: Finding
    outgoing: Outgoing
    conflicts: Conflicts
    oversight: Oversight
    merging: Merging
    models: Models
    catalog: CatalogCare
    auditing: Auditing
    finder: ModelFinder
    payments: Payments
    blanks: Blanks
    reporting: Reporting
    catching_up: CatchingUp
    shift: Shift
    handing_over: HandingOver
    approvals: Approvals
    signing: Signing
    sync: SyncControl
    subscribe: Callable[[Callable[[Changes], None]], Callable[[], None]]
    """Calls back on a worker thread after each commit; returns the undo."""
    run_command: Callable[[list[str]], Awaitable[tuple[int, str]]]
    """A command line from another process: exit code and what to print."""
    sync_once: Callable[[], Awaitable[SyncReport]]
    """Push and pull now, at most 60 s; never raises because central is away."""
    standing: Callable[[], Awaitable[SyncReport]]
    """How things stand, without talking to anybody."""
    check_parity: Callable[[], Awaitable[tuple[ParityReport, ...]]]
    """Compare every mirror with central now and repair it; never raises because central is away."""
    exporting: Exporting
    copies: Copies
    settings: Settings
    statements: StatementReader
    close: Callable[[], None]
    """Stop the engine (at most 2 s), close the store."""
