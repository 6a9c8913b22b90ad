"""How old data may be before its age is shown beside it, and where each field group comes from.

All times here are central's: the desk's clock put right by the last measured offset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.central_services import Aggregate, Service
from app.domain.ids import Millis
from app.domain.records import RECORDS
from app.domain.tickets import FIELD_GROUPS, Group
from app.domain.times import MINUTE
from app.domain.views import AsOf, ServiceStatus

DEFAULT_STALE_AFTER_S: dict[Service, int] = {
    Service.TICKETS: 15 * 60,
    Service.CUSTOMERS: 60 * 60,
    Service.CATALOG: 24 * 3600,
    Service.BILLING: 5 * 60,
    Service.EXPERTS: 15 * 60,
    Service.NOTIFICATIONS: 15 * 60,
}

SOURCES_OF_GROUP: dict[Group, tuple[Service, ...]] = {
    Group.CONTACT: (Service.TICKETS,),
    Group.CUSTOMER: (Service.CUSTOMERS,),
    Group.COVERAGE: (Service.CUSTOMERS,),
    Group.DEVICE: (Service.CUSTOMERS, Service.CATALOG),
    Group.FAULT: (Service.TICKETS,),
    Group.PAYMENT: (Service.BILLING,),
    Group.VISIT: (Service.EXPERTS,),
}
"""A group is as old as the oldest of them that is past its threshold."""

_ON_THE_TICKET = frozenset(
    FIELD_GROUPS[one.name] for one in RECORDS[Aggregate.TICKET] if one.name in FIELD_GROUPS
)

AHEAD = 5 * MINUTE
"""Data from so far in the future says that the clocks cannot be compared: its age is unknown."""


def thresholds(configured: Mapping[Service, int]) -> dict[Service, int]:
    """Milliseconds per service: the configuration's seconds over the defaults."""
    return {
        service: 1_000 * configured.get(service, default)
        for service, default in DEFAULT_STALE_AFTER_S.items()
    }


def is_stale(at: Millis | None, now: Millis, stale_after_ms: int) -> bool:
    """Past its threshold, never received, or of an age nobody can tell."""
    return at is None or now - at > stale_after_ms or at - now > AHEAD


def as_of(at: Millis | None, last_good: Millis | None, now: Millis, stale_after_ms: int) -> AsOf:
    """How old it is; never under-reported.

    Without a good answer it is from a seed: that brings data, and no word of central.
    """
    return AsOf(at, last_good is None or is_stale(at, now, stale_after_ms))


def of_group(group: Group, services: Mapping[Service, AsOf]) -> AsOf:
    """A field group's age from how old each service's data is."""
    return _oldest([services[one] for one in SOURCES_OF_GROUP[group]])


def of_ticket_group(group: Group, services: Mapping[Service, AsOf]) -> AsOf:
    """The same on a ticket that central has confirmed: it names the customer, the plan, the
    device and the claims, and may name others by now.
    """
    sources = set(SOURCES_OF_GROUP[group])
    if group in _ON_THE_TICKET:
        sources.add(Service.TICKETS)
    return _oldest([services[one] for one in sources])


def of_statuses(group: Group, statuses: Iterable[ServiceStatus]) -> AsOf:
    """The same from how the services stand; one that is not among them is of no known age."""
    known = {one.service: AsOf(one.as_of, one.stale) for one in statuses}
    never = AsOf(None, stale=True)
    return _oldest([known.get(one, never) for one in SOURCES_OF_GROUP[group]])


def _oldest(ages: Sequence[AsOf]) -> AsOf:
    """Of those that are past their threshold, where there are any."""
    old = [age for age in ages if age.stale] or ages
    return min(old, key=lambda age: -1 if age.at is None else age.at)


def own_groups(*, confirmed: bool, names_customer: bool) -> frozenset[Group]:
    """The groups of a ticket that hold this desk's words and nothing of central's.

    A ticket that central has not confirmed is this desk's; what it names (a customer, a device,
    a plan) still comes from central.
    """
    if confirmed:
        return frozenset()
    own = {Group.CONTACT, Group.FAULT}
    return frozenset(own if names_customer else own | {Group.CUSTOMER})
