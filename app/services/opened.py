"""An opened desk: the services a screen or a command works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.domain.changes import Changes
from app.domain.views import SyncReport
from app.ports.sync import SyncControl
from app.services.desk import Desk
from app.services.exporting import Exporting
from app.services.finding import Finding
from app.services.intake import Intake
from app.services.outgoing import Outgoing
from app.services.people import People
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
    sync: SyncControl
    subscribe: Callable[[Callable[[Changes], None]], Callable[[], None]]
    """Calls back on a worker thread after each commit; returns the undo."""
    run_command: Callable[[list[str]], Awaitable[tuple[int, str]]]
    """A command line from another process: exit code and what to print."""
    sync_once: Callable[[], Awaitable[SyncReport]]
    """Push and pull now, at most 60 s; never raises because central is away."""
    standing: Callable[[], Awaitable[SyncReport]]
    """How things stand, without talking to anybody."""
    exporting: Exporting
    close: Callable[[], None]
    """Stop the engine (at most 2 s), close the store."""
