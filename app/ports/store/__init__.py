"""The local store: short synchronous transactions, run away from the caller's thread."""

from __future__ import annotations

from app.ports.store.reads import (
    AuditReads,
    CatalogReads,
    CustomerReads,
    DeskReads,
    ExpertReads,
    IncidentReads,
    ModelReads,
    OutboxReads,
    ParityReads,
    PaymentReads,
    TicketReads,
)
from app.ports.store.transactions import ReadTx, Store, WriteTx
from app.ports.store.values import (
    HELD,
    KEPT_SETTINGS,
    PLACE,
    DeskIdentity,
    EventDetail,
    FeedState,
    PlanTerms,
    Staleness,
    StoredOperation,
)
from app.ports.store.writes import (
    AuditWrites,
    DeskWrites,
    IncidentWrites,
    MirrorWrites,
    OutboxWrites,
    PaymentWrites,
)

__all__ = [
    "HELD",
    "KEPT_SETTINGS",
    "PLACE",
    "AuditReads",
    "AuditWrites",
    "CatalogReads",
    "CustomerReads",
    "DeskIdentity",
    "DeskReads",
    "DeskWrites",
    "EventDetail",
    "ExpertReads",
    "FeedState",
    "IncidentReads",
    "IncidentWrites",
    "MirrorWrites",
    "ModelReads",
    "OutboxReads",
    "OutboxWrites",
    "ParityReads",
    "PaymentReads",
    "PaymentWrites",
    "PlanTerms",
    "ReadTx",
    "Staleness",
    "Store",
    "StoredOperation",
    "TicketReads",
    "WriteTx",
]
