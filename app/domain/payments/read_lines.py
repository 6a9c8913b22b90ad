"""What a store hands over to be judged: tickets with their fields, and imported bank lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.statements import StatementLine


@dataclass(frozen=True, slots=True)
class TicketFields:
    """A ticket as projected."""

    id: str
    reference: str
    due: Millis | None
    customer_id: str
    """After redirects; empty where none is known."""
    fields: Mapping[str, Json]
    parts: tuple[TicketFields, ...] = ()
    """Tickets merged into it whose claims go on being claims, each as it stands by itself."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of an imported statement, under the key that recognises it."""

    key: str
    import_id: str
    imported_at: Millis
    account: str
    currency: str
    line: StatementLine
