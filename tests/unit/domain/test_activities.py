"""Every activity knows what it needs of central, and has a form for when that is missing."""

from __future__ import annotations

import itertools

import pytest

from app.domain.activities import NEEDS, Activity, Form, Offer, offer
from app.domain.central_services import SERVICE_OF, Aggregate, Service
from app.domain.operations import KINDS
from app.domain.views import ServiceStatus, ServiceWord


def status(
    service: Service, word: ServiceWord = ServiceWord.UP, *, stale: bool = False
) -> ServiceStatus:
    return ServiceStatus(
        service=service, word=word, since=None, as_of=None, last_good=None, endpoint="",
        next_try=None, detail="", position=None, mirrored=0, expected=None, waiting=0, stale=stale,
    )  # fmt: skip


def standing(
    away: tuple[Service, ...], word: ServiceWord, *, stale: bool = False
) -> list[ServiceStatus]:
    return [status(one, word, stale=stale) if one in away else status(one) for one in Service]


OF_THEIR_RECORD = {Activity.WITHDRAW_SENT, Activity.DECIDE_CONFLICT}
"""They need the service of what they are about, which the table does not know."""


def test_the_table_is_whole() -> None:
    assert set(NEEDS) == set(Activity)
    for activity, needs in NEEDS.items():
        whole = not needs.services and activity not in OF_THEIR_RECORD
        assert (needs.reduced is Form.WHOLE) is whole


def test_with_all_services_there_everything_is_whole() -> None:
    assert {offer(one, standing((), ServiceWord.UP)).form for one in Activity} == {Form.WHOLE}


@pytest.mark.parametrize("word", [ServiceWord.DOWN, ServiceWord.SIGN_IN])
def test_in_every_outage_each_activity_has_its_form_and_names_why(word: ServiceWord) -> None:
    """64 subsets: without what it needs an activity is reduced, else it is whole."""
    for size in range(len(Service) + 1):
        for away in itertools.combinations(Service, size):
            for activity, needs in NEEDS.items():
                found = offer(activity, standing(away, word))
                missing = tuple(one for one in needs.services if one in away)
                assert found == (Offer(needs.reduced, missing) if missing else Offer(Form.WHOLE))


def test_nothing_that_a_call_needs_is_ever_impossible() -> None:
    """Given all six away, calls, notes, promises and decisions are still made."""
    everything = standing(tuple(Service), ServiceWord.DOWN)
    impossible = {one for one in Activity if offer(one, everything).form is Form.NOT_NOW}
    assert impossible == set()
    withdrawn = offer(Activity.WITHDRAW_SENT, everything, (Service.BILLING,))
    assert withdrawn == Offer(Form.NOT_NOW, (Service.BILLING,))


def test_what_is_read_is_aged_by_a_stale_service_and_what_is_decided_is_not() -> None:
    stale = standing(tuple(Service), ServiceWord.STALE, stale=True)
    assert offer(Activity.CHECK_PAYMENT, stale).form is Form.AGED
    assert offer(Activity.TAKE_CALL, stale).form is Form.WHOLE
    assert offer(Activity.WITHDRAW_SENT, stale, (Service.TICKETS,)).form is Form.WHOLE


def test_a_service_nobody_knows_of_is_missing() -> None:
    assert offer(Activity.TAKE_CALL, ()).form is Form.LATER


def test_each_service_that_takes_operations_has_an_activity_that_waits_for_it() -> None:
    later = {one for needs in NEEDS.values() if needs.reduced is Form.LATER
             for one in needs.services}  # fmt: skip
    assert {SERVICE_OF[Aggregate(rule.aggregate)] for rule in KINDS.values()} <= later
