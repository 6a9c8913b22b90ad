"""How actions are offered while services are missing: another verb, an age, or a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from app.domain.activities import Activity, Form, Offer, offer
from app.domain.central_services import Service
from ui.actions import Act
from ui.session import Session
from ui.terms import terms

ACTIVITY_OF: Mapping[str, Activity] = {
    Act.SEARCH: Activity.FIND_ANYTHING,
    Act.NEW_CALL: Activity.TAKE_CALL,
    Act.ADD_CALL: Activity.ADD_CALL,
    Act.TRY_ALL: Activity.RETRY,
    Act.GO_MINE: Activity.READ_TICKETS,
    Act.GO_UNASSIGNED: Activity.READ_TICKETS,
    Act.GO_TO_COMPLETE: Activity.READ_TICKETS,
    Act.GO_MODELS: Activity.FIND_MODEL,
    Act.GO_PAYMENTS: Activity.CHECK_PAYMENT,
    Act.GO_REVIEW: Activity.READ_TICKETS,
    Act.GO_QUARANTINE: Activity.READ_TICKETS,
    Act.GO_OPEN: Activity.READ_TICKETS,
    Act.GO_CALL_BACKS: Activity.READ_TICKETS,
    Act.GO_CATCH_UP: Activity.READ_TICKETS,
    Act.CATCH_UP_TRIAGE: Activity.READ_TICKETS,
    Act.CATCH_UP_CALL_BACKS: Activity.READ_TICKETS,
    Act.OUTAGE_BEFORE: Activity.READ_TICKETS,
    Act.OUTAGE_AFTER: Activity.READ_TICKETS,
    Act.CATCH_UP_PRINT: Activity.READ_TICKETS,
    Act.CATCH_UP_EXPORT: Activity.READ_TICKETS,
    Act.CATCH_UP_DETAILS: Activity.READ_TICKETS,
    Act.SETTLE: Activity.RULE_ON_CLAIM,
    Act.NOT_THIS_LINE: Activity.RULE_ON_CLAIM,
    Act.TAKE_BACK: Activity.RULE_ON_CLAIM,
    Act.RULE_VERIFIED: Activity.RULE_ON_CLAIM,
    Act.RULE_UNPAID: Activity.RULE_ON_CLAIM,
    Act.RULE_DISPUTED: Activity.RULE_ON_CLAIM,
    Act.RULE_WAIVED: Activity.RULE_ON_CLAIM,
    Act.SHOW_SETTLED: Activity.CHECK_PAYMENT,
    Act.OPEN_CLAIM: Activity.READ_TICKETS,
    Act.ENRICH_OPEN: Activity.READ_TICKETS,
    Act.ENRICH_NEXT: Activity.READ_TICKETS,
    Act.ENRICH_BEFORE: Activity.READ_TICKETS,
    Act.ENRICH_VERIFIED: Activity.EDIT_TICKET,
    Act.ENRICH_CLAIMED: Activity.EDIT_TICKET,
    Act.ENRICH_WAIVED: Activity.EDIT_TICKET,
    Act.ENRICH_PROVISIONAL: Activity.EDIT_CUSTOMER,
    **{f"enrich_offer_{number}": Activity.EDIT_CUSTOMER for number in range(1, 4)},
    Act.VISIT: Activity.SEE_VISITS,
    Act.UNMERGE_CUSTOMER: Activity.EDIT_CUSTOMER,
    Act.VISIT_TOLD: Activity.PLAN_VISIT,
    Act.VISIT_PRINT: Activity.READ_TICKETS,
    Act.GO_REPORT: Activity.READ_TICKETS,
    Act.REPORT_PRINT: Activity.READ_TICKETS,
    Act.REPORT_PDF: Activity.READ_TICKETS,
    Act.REPORT_CSV: Activity.READ_TICKETS,
    Act.PAPER_SAVE: Activity.TAKE_CALL,
    Act.OPEN: Activity.READ_TICKETS,
    Act.NOTE: Activity.WRITE_NOTE,
    Act.ASSIGN: Activity.ASSIGN,
    Act.CUSTOMER: Activity.READ_CUSTOMER,
    Act.DETAILS: Activity.READ_TICKETS,
    Act.EXPORT_QUEUE: Activity.READ_TICKETS,
    Act.PRINT_TICKET: Activity.READ_TICKETS,
    "ticket_note": Activity.WRITE_NOTE,
    "ticket_assign": Activity.ASSIGN,
    Act.SAVE_NOTE: Activity.WRITE_NOTE,
    Act.MOVE: Activity.EDIT_TICKET,
    Act.EDIT_FIELDS: Activity.EDIT_TICKET,
    Act.PROMISE: Activity.PROMISE,
    Act.MERGE: Activity.EDIT_TICKET,
    Act.UNMERGE: Activity.EDIT_TICKET,
    Act.KEPT: Activity.KEEP_PROMISE,
    Act.TICKET_CUSTOMER: Activity.READ_CUSTOMER,
    Act.REVERT_MODEL: Activity.EDIT_TICKET,
    Act.TICKET_MODEL: Activity.FIND_MODEL,
    Act.COMPARE: Activity.READ_TICKETS,
    Act.NEXT: Activity.READ_TICKETS,
    Act.PREVIOUS: Activity.READ_TICKETS,
    Act.SAVE_CALL: Activity.TAKE_CALL,
    Act.DROPPED: Activity.TAKE_CALL_BACK,
    Act.CALL_PROMISE: Activity.PROMISE,
    Act.PAYMENT: Activity.CHECK_PAYMENT,
    Act.MATCH: Activity.FIND_CALLER,
    Act.CHECKED: Activity.FIND_CALLER,
    Act.ADD_TO_DUPLICATE: Activity.ADD_CALL,
    Act.NEXT_DEVICE: Activity.TAKE_CALL,
    Act.OPEN_SAVED: Activity.READ_TICKETS,
    **{f"candidate_{number}": Activity.FIND_MODEL for number in range(1, 6)},
    Act.CUSTOMER_CALL: Activity.TAKE_CALL,
    Act.CUSTOMER_MERGE: Activity.EDIT_CUSTOMER,
    Act.CUSTOMER_UNMERGE: Activity.EDIT_CUSTOMER,
    Act.COPY_NUMBER: Activity.READ_CUSTOMER,
    Act.TRY_NOW: Activity.RETRY,
    Act.PROBE: Activity.RETRY,
    Act.RING_DONE: Activity.KEEP_PROMISE,
    Act.EDIT: Activity.USE_SCREEN,
    Act.SAVE_CHOICES: Activity.DECIDE_CONFLICT,
    Act.CUSTOMER_COMPARE: Activity.READ_CUSTOMER,
    Act.ENTRY_COMPARE: Activity.FIND_MODEL,
    Act.GO_APPROVE: Activity.APPROVE_MODEL,
    Act.APPROVE: Activity.APPROVE_MODEL,
    Act.REJECT: Activity.APPROVE_MODEL,
    Act.ASK_BACK: Activity.APPROVE_MODEL,
    Act.DELEGATE: Activity.APPROVE_MODEL,
    Act.ANSWER: Activity.PROPOSE_MODEL,
    Act.PROPOSE_MODEL: Activity.PROPOSE_MODEL,
    Act.REMEMBER_WORDS: Activity.PROPOSE_MODEL,
    Act.LINK_MODEL: Activity.EDIT_TICKET,
    Act.NOT_SUPPORTED: Activity.EDIT_TICKET,
    Act.RATING_PLATE: Activity.EDIT_TICKET,
    Act.FIND_MODEL: Activity.FIND_MODEL,
    Act.MODEL_TICKET: Activity.READ_TICKETS,
    Act.IMPORT_CATALOG: Activity.APPROVE_MODEL,
    Act.PROPOSE_TOGETHER: Activity.FIND_MODEL,
    Act.GO_CATALOG: Activity.FIND_MODEL,
    Act.FIND_ENTRY: Activity.FIND_MODEL,
    Act.NEXT_WORDS: Activity.FIND_MODEL,
    Act.MERGE_ENTRY: Activity.APPROVE_MODEL,
    Act.UNMERGE_ENTRY: Activity.APPROVE_MODEL,
    Act.RETIRE_ENTRY: Activity.APPROVE_MODEL,
    Act.FORGET_WORDS: Activity.PROPOSE_MODEL,
    Act.POINT_WORDS: Activity.PROPOSE_MODEL,
    Act.ENTRY_TICKET: Activity.READ_TICKETS,
    Act.TAKE_BASE: Activity.READ_TICKETS,
    Act.TAKE_MINE: Activity.READ_TICKETS,
    Act.TAKE_THEIRS: Activity.READ_TICKETS,
}
"""Actions about central's data; every other one is of the screen alone (`ON_SCREEN`)."""

ON_SCREEN = frozenset({
    Act.SHORTCUTS, Act.SETTINGS, Act.UNDO, Act.PERSON, Act.WHAT_WORKS, Act.LANES, Act.QUIT,
    Act.GO_OUTBOX, Act.GO_STATUS, Act.COLUMNS, Act.FILTER, Act.SHOW_ALL, Act.KEEP_VIEW,
    Act.DROP_VIEW, Act.BACK, Act.COPY_REFERENCE, Act.COPY_LINK, Act.KEEP_DRAFT,
    Act.DROP_DRAFT, Act.NOT_PERSON, Act.GO_DISPUTED,
    Act.OTHER_CALLER, Act.OTHER_FAULT, Act.HOLD, Act.CLEAR_DANGER, Act.KEEP_WORDS, Act.COPY,
    Act.DONE, Act.IMPORT, Act.POLICY, Act.LEAVE_PAGE, Act.WITHDRAW, Act.COPY_ID, Act.DECIDE_HELD,
    Act.STATEMENT_COLUMNS,
    Act.ENRICH_ASK, Act.ENRICH_LIST, Act.VISIT_BACK, Act.GO_PAPER, Act.PAPER_PRINT,
    Act.CUSTOMER_BACK, Act.EDIT_VALUE, Act.FIELD_BEFORE,
    Act.FIELD_AFTER, Act.DECIDE_LATER, Act.NEXT_CONFLICT, Act.MODEL_NEXT, Act.NEXT_CANDIDATE,
    *(f"call_{number}" for number in range(1, 10)),
})  # fmt: skip
"""Withdrawing depends on the row it is about, so the outbox itself says whether it can be done."""


class Offers(QObject):
    """Words for the form an activity has now."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def of(self, activity: Activity, *also: Service) -> Offer:
        return offer(activity, self._session.statuses, also)

    def of_act(self, act: str) -> Offer:
        return self.of(ACTIVITY_OF.get(act, Activity.USE_SCREEN))

    def verb(self, activity: Activity, *also: Service) -> str:
        """What its button says: whether it goes out at once. `also` names services it is about."""
        later = self.of(activity, *also).form is Form.LATER
        whole, reduced = self._verbs()[activity]
        return reduced if later else whole

    def _verbs(self) -> Mapping[Activity, tuple[str, str]]:
        later = self.tr("Save and send later")
        return {
            Activity.TAKE_CALL: (self.tr("Save"), later),
            Activity.TAKE_CALL_BACK: (
                self.tr("Save as a call-back"), self.tr("Save the call-back, send later"),
            ),
            Activity.ADD_CALL: (self.tr("Add to the ticket"), self.tr("Add now, send later")),
            Activity.WRITE_NOTE: (self.tr("Save the note"), later),
            Activity.LEAVE_NOTE: (self.tr("Leave the note"), self.tr("Leave it, send later")),
            Activity.EDIT_TICKET: (self.tr("Save the changes"), later),
            Activity.ASSIGN: (self.tr("Take it"), self.tr("Take it, send later")),
            Activity.PROMISE: (self.tr("Save the promise"), later),
            Activity.KEEP_PROMISE: (self.tr("Kept"), self.tr("Kept, send later")),
            Activity.DECIDE_CONFLICT: (
                self.tr("Save the choices"), self.tr("Save the choices, send later"),
            ),
            Activity.PROPOSE_MODEL: (self.tr("Propose it"), self.tr("Propose it, send later")),
            Activity.APPROVE_MODEL: (self.tr("Approve"), self.tr("Approve, send later")),
            Activity.RULE_ON_CLAIM: (self.tr("Decide"), self.tr("Decide, send later")),
        }  # fmt: skip

    def note(self, found: Offer) -> str:
        """What is different about it now, in a few words; empty where nothing is."""
        if found.form is Form.WHOLE:
            return ""
        names = self._joined(found.because)
        known = {
            Form.LATER: self.tr("sent later, without {services} now"),
            Form.AGED: self.tr("with what is here of {services}"),
            Form.NOT_NOW: self.tr("not now: {services} does not answer"),
        }
        return known[found.form].format(services=names)

    def reason(self, activity: Activity, *also: Service) -> str:
        """Why it cannot be done now; empty where it can."""
        found = self.of(activity, *also)
        if found.form is not Form.NOT_NOW:
            return ""
        return self.tr(
            "It may be at central already, and {services} does not answer. Withdraw it when it "
            "is back."
        ).format(services=self._joined(found.because))

    def _joined(self, services: Sequence[Service]) -> str:
        return ", ".join(terms.service(one) for one in services)
