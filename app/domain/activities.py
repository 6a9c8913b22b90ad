"""What each activity of a desk needs of central, and its reduced form while that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.central_services import Service
from app.domain.views import ServiceStatus, ServiceWord


class Activity(StrEnum):
    """Something a person does at a desk."""

    USE_SCREEN = "use_screen"
    """Drafts, filters, moving about, copying: nothing of central's."""
    READ_TICKETS = "read_tickets"
    READ_CUSTOMER = "read_customer"
    FIND_CALLER = "find_caller"
    FIND_MODEL = "find_model"
    FIND_ANYTHING = "find_anything"
    CHECK_COVERAGE = "check_coverage"
    CHECK_PAYMENT = "check_payment"
    SEE_VISITS = "see_visits"
    TAKE_CALL = "take_call"
    TAKE_CALL_BACK = "take_call_back"
    ADD_CALL = "add_call"
    WRITE_NOTE = "write_note"
    LEAVE_NOTE = "leave_note"
    EDIT_TICKET = "edit_ticket"
    ASSIGN = "assign"
    PROMISE = "promise"
    KEEP_PROMISE = "keep_promise"
    DECIDE_CONFLICT = "decide_conflict"
    EDIT_CUSTOMER = "edit_customer"
    LINK_MODEL = "link_model"
    PROPOSE_MODEL = "propose_model"
    APPROVE_MODEL = "approve_model"
    RULE_ON_CLAIM = "rule_on_claim"
    PLAN_VISIT = "plan_visit"
    SEND_MESSAGE = "send_message"
    RETRY = "retry"
    """Asking central again is what one does while it is missing."""
    WITHDRAW_UNSENT = "withdraw_unsent"
    WITHDRAW_SENT = "withdraw_sent"
    """What may be at central is taken back there, or nobody can say what became of it."""


class Form(StrEnum):
    """How an activity is offered."""

    WHOLE = "whole"
    AGED = "aged"
    """With what is on this computer, and its age beside it."""
    LATER = "later"
    """Done here at once; it goes to central by itself, and its verb says so."""
    NOT_NOW = "not_now"
    """Shown, disabled, with the reason."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The services an activity is about, and what it becomes without any one of them."""

    services: tuple[Service, ...]
    reduced: Form


_HERE = Needs((), Form.WHOLE)
NEEDS: Mapping[Activity, Needs] = {
    Activity.USE_SCREEN: _HERE,
    Activity.READ_TICKETS: Needs((Service.TICKETS,), Form.AGED),
    Activity.READ_CUSTOMER: Needs((Service.CUSTOMERS, Service.TICKETS), Form.AGED),
    Activity.FIND_CALLER: Needs((Service.CUSTOMERS, Service.TICKETS), Form.AGED),
    Activity.FIND_MODEL: Needs((Service.CATALOG,), Form.AGED),
    Activity.FIND_ANYTHING: Needs((Service.TICKETS, Service.CUSTOMERS, Service.CATALOG), Form.AGED),
    Activity.CHECK_COVERAGE: Needs((Service.CUSTOMERS,), Form.AGED),
    Activity.CHECK_PAYMENT: Needs((Service.BILLING,), Form.AGED),
    Activity.SEE_VISITS: Needs((Service.EXPERTS,), Form.AGED),
    Activity.TAKE_CALL: Needs((Service.TICKETS,), Form.LATER),
    Activity.TAKE_CALL_BACK: Needs((Service.TICKETS,), Form.LATER),
    Activity.ADD_CALL: Needs((Service.TICKETS,), Form.LATER),
    Activity.WRITE_NOTE: Needs((Service.TICKETS,), Form.LATER),
    Activity.LEAVE_NOTE: Needs((Service.TICKETS,), Form.LATER),
    Activity.EDIT_TICKET: Needs((Service.TICKETS,), Form.LATER),
    Activity.ASSIGN: Needs((Service.TICKETS,), Form.LATER),
    Activity.PROMISE: Needs((Service.TICKETS,), Form.LATER),
    Activity.KEEP_PROMISE: Needs((Service.TICKETS,), Form.LATER),
    Activity.DECIDE_CONFLICT: Needs((), Form.LATER),
    Activity.EDIT_CUSTOMER: Needs((Service.CUSTOMERS,), Form.LATER),
    Activity.LINK_MODEL: Needs((Service.TICKETS,), Form.LATER),
    Activity.PROPOSE_MODEL: Needs((Service.CATALOG,), Form.LATER),
    Activity.APPROVE_MODEL: Needs((Service.CATALOG,), Form.LATER),
    Activity.RULE_ON_CLAIM: Needs((Service.BILLING,), Form.LATER),
    Activity.PLAN_VISIT: Needs((Service.EXPERTS,), Form.LATER),
    Activity.SEND_MESSAGE: Needs((Service.NOTIFICATIONS,), Form.LATER),
    Activity.RETRY: _HERE,
    Activity.WITHDRAW_UNSENT: _HERE,
    Activity.WITHDRAW_SENT: Needs((), Form.NOT_NOW),
}
"""WITHDRAW_SENT and DECIDE_CONFLICT need the service of their own record, which is named where it
is asked.
"""

_UNREACHABLE = frozenset({ServiceWord.DOWN, ServiceWord.SIGN_IN})


@dataclass(frozen=True, slots=True)
class Offer:
    """How an activity is offered now, and because of which services."""

    form: Form
    because: tuple[Service, ...] = ()


def offer(
    activity: Activity, statuses: Iterable[ServiceStatus], also: tuple[Service, ...] = ()
) -> Offer:
    """The form an activity has now; `also` names what it needs beside its table row.

    What is read is aged by a service that is away or stale; what is decided only by one that is
    away, since central takes it whatever the age of what it shows.
    """
    needs = NEEDS[activity]
    standing = {one.service: one for one in statuses}
    missing = tuple(
        service
        for service in (*needs.services, *also)
        if _is_missing(standing.get(service), aged=needs.reduced is Form.AGED)
    )
    return Offer(needs.reduced, missing) if missing else Offer(Form.WHOLE)


def _is_missing(status: ServiceStatus | None, *, aged: bool) -> bool:
    """A service nobody knows of is missing."""
    return status is None or status.word in _UNREACHABLE or (aged and status.stale)
