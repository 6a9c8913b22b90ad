"""Promise P11 in the domain: whatever is known of ages, none is told younger than it is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.central_services import Service
from app.domain.freshness import (
    AHEAD,
    DEFAULT_STALE_AFTER_S,
    SOURCES_OF_GROUP,
    as_of,
    is_stale,
    of_group,
    of_ticket_group,
    own_groups,
    thresholds,
)
from app.domain.ids import Millis
from app.domain.tickets import Group
from app.domain.times import DAY, HOUR
from app.domain.views import AsOf

NOW = Millis(1_790_000_000_000)
ages = st.one_of(st.none(), st.integers(-2 * AHEAD, 3 * DAY))
"""How long ago in ms, in the future where negative, or never."""


def test_the_thresholds_are_the_organisations_where_it_names_any() -> None:
    minutes = {service: seconds // 60 for service, seconds in DEFAULT_STALE_AFTER_S.items()}
    assert (minutes[Service.BILLING], minutes[Service.TICKETS]) == (5, 15)
    assert minutes[Service.CATALOG] == 24 * 60
    assert thresholds({Service.BILLING: 60})[Service.BILLING] == 60_000
    assert set(thresholds({})) == set(DEFAULT_STALE_AFTER_S) == set(Service)


def test_data_past_its_threshold_never_received_or_from_the_future_is_stale() -> None:
    assert as_of(None, NOW, Millis(10), 5).stale
    assert as_of(Millis(4), NOW, Millis(10), 5).stale
    assert not as_of(Millis(5), NOW, Millis(10), 5).stale
    assert as_of(Millis(5), None, Millis(10), 5).stale, "central has never said a word"
    assert not is_stale(Millis(NOW + AHEAD), NOW, HOUR), "clocks are never quite together"
    assert is_stale(Millis(NOW + AHEAD + 1), NOW, HOUR), "the clock went back by years"


def aged(sources: Mapping[Service, Millis | None]) -> dict[Service, AsOf]:
    return {one: as_of(at, NOW, NOW, thresholds({})[one]) for one, at in sources.items()}


@given(st.dictionaries(st.sampled_from(Service), ages), st.sampled_from(Group))
def test_a_group_is_never_younger_than_any_service_it_comes_from(
    found: dict[Service, int | None], group: Group
) -> None:
    sources = {
        service: None if (age := found.get(service)) is None else Millis(NOW - age)
        for service in Service
    }
    told = of_group(group, aged(sources))
    services = SOURCES_OF_GROUP[group]
    truth = {one: is_stale(sources[one], NOW, thresholds({})[one]) for one in services}
    assert told.stale is any(truth.values())
    if told.stale:
        old = [sources[one] for one in services if truth[one]]
        assert told.at is None if None in old else told.at == min(one for one in old if one)


@given(st.dictionaries(st.sampled_from(Service), ages), st.sampled_from(Group))
def test_on_a_ticket_a_group_is_never_younger_than_the_ticket_that_names_it(
    found: dict[Service, int | None], group: Group
) -> None:
    """All but visits, which are records of their own."""
    sources = {
        service: None if (age := found.get(service)) is None else Millis(NOW - age)
        for service in Service
    }
    plain, told = (of(group, aged(sources)) for of in (of_group, of_ticket_group))
    on_ticket = group is not Group.VISIT
    ticket = aged(sources)[Service.TICKETS]
    assert told.stale is (plain.stale or (on_ticket and ticket.stale))
    if told.stale and on_ticket and ticket.stale:
        assert told.at is None or (ticket.at is not None and told.at <= ticket.at)


def test_each_group_has_a_source_and_a_device_is_named_by_the_catalog() -> None:
    assert set(SOURCES_OF_GROUP) == set(Group)
    fresh = dict.fromkeys(Service, NOW)
    old_names = fresh | {Service.CATALOG: Millis(NOW - 2 * DAY)}
    assert of_group(Group.DEVICE, aged(old_names)).stale
    assert not of_group(Group.CUSTOMER, aged(old_names)).stale


@pytest.mark.parametrize(
    ("confirmed", "names_customer", "own"),
    [
        (True, True, set()),
        (True, False, set()),
        (False, True, {Group.CONTACT, Group.FAULT}),
        (False, False, {Group.CONTACT, Group.FAULT, Group.CUSTOMER}),
    ],
)
def test_what_a_ticket_of_this_desk_names_is_still_centrals(
    confirmed: bool, names_customer: bool, own: set[Group]
) -> None:
    assert own_groups(confirmed=confirmed, names_customer=names_customer) == own
