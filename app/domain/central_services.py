"""The six central services and which aggregates each of them owns."""

from __future__ import annotations

from enum import StrEnum


class Service(StrEnum):
    """A central service; each has its own feed, position, breaker and freshness."""

    TICKETS = "tickets"
    CUSTOMERS = "customers"
    CATALOG = "catalog"
    BILLING = "billing"
    EXPERTS = "experts"
    NOTIFICATIONS = "notifications"


class Aggregate(StrEnum):
    """A type of record that travels in a change feed."""

    TICKET = "ticket"
    CONTACT = "contact"
    CUSTOMER = "customer"
    DEVICE = "device"
    PLAN = "plan"
    CATALOG_ENTRY = "catalog_entry"
    ALIAS = "alias"
    PROPOSAL = "proposal"
    PAYMENT = "payment"
    RULING = "ruling"
    EXPERT = "expert"
    VISIT = "visit"
    MESSAGE = "message"


OWNERS: dict[Service, tuple[Aggregate, ...]] = {
    Service.TICKETS: (Aggregate.TICKET, Aggregate.CONTACT),
    Service.CUSTOMERS: (Aggregate.CUSTOMER, Aggregate.DEVICE, Aggregate.PLAN),
    Service.CATALOG: (Aggregate.CATALOG_ENTRY, Aggregate.ALIAS, Aggregate.PROPOSAL),
    Service.BILLING: (Aggregate.PAYMENT, Aggregate.RULING),
    Service.EXPERTS: (Aggregate.EXPERT, Aggregate.VISIT),
    Service.NOTIFICATIONS: (Aggregate.MESSAGE,),
}
"""One operation touches one aggregate of one service (contract.md, "Who owns what")."""

SERVICE_OF: dict[Aggregate, Service] = {
    aggregate: service for service, aggregates in OWNERS.items() for aggregate in aggregates
}
