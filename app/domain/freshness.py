"""How old data may be before its age is shown beside it."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.central_services import Service
from app.domain.ids import Millis
from app.domain.tickets import Group
from app.domain.views import AsOf

DEFAULT_STALE_AFTER_S: dict[Service, int] = {
    Service.TICKETS: 15 * 60,
    Service.CUSTOMERS: 60 * 60,
    Service.CATALOG: 24 * 3600,
    Service.BILLING: 5 * 60,
    Service.EXPERTS: 15 * 60,
    Service.NOTIFICATIONS: 15 * 60,
}

SOURCE_OF_GROUP: dict[Group, Service] = {
    Group.CONTACT: Service.TICKETS,
    Group.CUSTOMER: Service.CUSTOMERS,
    Group.COVERAGE: Service.CUSTOMERS,
    Group.DEVICE: Service.CUSTOMERS,
    Group.FAULT: Service.TICKETS,
    Group.PAYMENT: Service.BILLING,
    Group.VISIT: Service.EXPERTS,
}


def thresholds(configured: Mapping[Service, int]) -> dict[Service, int]:
    """Milliseconds per service: the configuration's seconds over the defaults."""
    return {
        service: 1_000 * configured.get(service, default)
        for service, default in DEFAULT_STALE_AFTER_S.items()
    }


def as_of(at: Millis | None, now: Millis, stale_after_ms: int) -> AsOf:
    """How old it is; data that was never received counts as stale."""
    return AsOf(at, at is None or now - at > stale_after_ms)
