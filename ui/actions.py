"""The one registry of actions: menus, palette, shortcut sheet and docs read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

MOST_CALLS = 9
MOST_CANDIDATES = 5
_REASON = "reason"


class Scope(StrEnum):
    """Where an action's keys work."""

    ANYWHERE = "anywhere"
    QUEUE = "queue"
    TICKET = "ticket"
    CALL = "call"
    SAVED = "saved"
    OUTBOX = "outbox"
    STATUS = "status"
    CALL_BACKS = "call_backs"
    CUSTOMER = "customer"
    CONFLICT = "conflict"
    CATCH_UP = "catch_up"
    PAYMENTS = "payments"
    MODELS = "models"
    ENRICHMENT = "enrichment"
    VISIT = "visit"
    PAPER = "paper"
    REPORT = "report"


class Act(StrEnum):
    """Every action there is."""

    NEW_CALL = "new_call"
    SEARCH = "search"
    SHORTCUTS = "shortcuts"
    SETTINGS = "settings"
    UNDO = "undo"
    PERSON = "person"
    ADD_CALL = "add_call"
    TRY_ALL = "try_all"
    WHAT_WORKS = "what_works"
    LANES = "lanes"
    QUIT = "quit"
    GO_MINE = "go_mine"
    GO_UNASSIGNED = "go_unassigned"
    GO_TO_COMPLETE = "go_to_complete"
    GO_MODELS = "go_models"
    GO_PAYMENTS = "go_payments"
    GO_REVIEW = "go_review"
    GO_QUARANTINE = "go_quarantine"
    GO_OPEN = "go_open"
    GO_CALL_BACKS = "go_call_backs"
    GO_OUTBOX = "go_outbox"
    GO_APPROVE = "go_approve"
    GO_STATUS = "go_status"
    OPEN = "open"
    NOTE = "note"
    ASSIGN = "assign"
    DETAILS = "details"
    COLUMNS = "columns"
    EXPORT_QUEUE = "export_queue"
    PRINT_TICKET = "print_ticket"
    COPY_LINK = "copy_link"
    FILTER = "filter"
    SHOW_ALL = "show_all"
    KEEP_VIEW = "keep_view"
    DROP_VIEW = "drop_view"
    BACK = "back"
    SAVE_NOTE = "save_note"
    MOVE = "move"
    EDIT_FIELDS = "edit_fields"
    PROMISE = "promise"
    MERGE = "merge"
    UNMERGE = "unmerge"
    KEPT = "kept"
    NEXT = "next"
    PREVIOUS = "previous"
    COPY_REFERENCE = "copy_reference"
    SAVE_CALL = "save_call"
    KEEP_DRAFT = "keep_draft"
    DROP_DRAFT = "drop_draft"
    MATCH = "match"
    NOT_PERSON = "not_person"
    CHECKED = "checked"
    OTHER_CALLER = "other_caller"
    ADD_TO_DUPLICATE = "add_to_duplicate"
    OTHER_FAULT = "other_fault"
    PAYMENT = "payment"
    CALL_PROMISE = "call_promise"
    DROPPED = "dropped"
    HOLD = "hold"
    CLEAR_DANGER = "clear_danger"
    KEEP_WORDS = "keep_words"
    NEXT_DEVICE = "next_device"
    COPY = "copy"
    OPEN_SAVED = "open_saved"
    DONE = "done"
    TRY_NOW = "try_now"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    COPY_ID = "copy_id"
    PROBE = "probe"
    DECIDE_HELD = "decide_held"
    RING_DONE = "ring_done"
    CUSTOMER = "customer"
    TICKET_CUSTOMER = "ticket_customer"
    REVERT_MODEL = "revert_model"
    CUSTOMER_CALL = "customer_call"
    COPY_NUMBER = "copy_number"
    CUSTOMER_BACK = "customer_back"
    COMPARE = "compare"
    TAKE_BASE = "take_base"
    TAKE_MINE = "take_mine"
    TAKE_THEIRS = "take_theirs"
    EDIT_VALUE = "edit_value"
    FIELD_BEFORE = "field_before"
    FIELD_AFTER = "field_after"
    SAVE_CHOICES = "save_choices"
    DECIDE_LATER = "decide_later"
    NEXT_CONFLICT = "next_conflict"
    GO_CATCH_UP = "go_catch_up"
    CATCH_UP_TRIAGE = "catch_up_triage"
    CATCH_UP_CALL_BACKS = "catch_up_call_backs"
    CATCH_UP_PRINT = "catch_up_print"
    CATCH_UP_EXPORT = "catch_up_export"
    OUTAGE_BEFORE = "outage_before"
    OUTAGE_AFTER = "outage_after"
    SETTLE = "settle"
    NOT_THIS_LINE = "not_this_line"
    TAKE_BACK = "take_back"
    IMPORT = "import"
    POLICY = "policy"
    SHOW_SETTLED = "show_settled"
    STATEMENT_COLUMNS = "statement_columns"
    OPEN_CLAIM = "open_claim"
    RULE_VERIFIED = "rule_verified"
    RULE_UNPAID = "rule_unpaid"
    RULE_DISPUTED = "rule_disputed"
    RULE_WAIVED = "rule_waived"
    LEAVE_PAGE = "leave_page"
    MODEL_NEXT = "model_next"
    APPROVE = "approve"
    REJECT = "reject"
    ASK_BACK = "ask_back"
    ANSWER = "answer"
    DELEGATE = "delegate"
    LINK_MODEL = "link_model"
    REMEMBER_WORDS = "remember_words"
    PROPOSE_MODEL = "propose_model"
    NOT_SUPPORTED = "not_supported"
    RATING_PLATE = "rating_plate"
    NEXT_CANDIDATE = "next_candidate"
    FIND_MODEL = "find_model"
    MODEL_TICKET = "model_ticket"
    IMPORT_CATALOG = "import_catalog"
    ENRICH_ASK = "enrich_ask"
    ENRICH_OPEN = "enrich_open"
    ENRICH_NEXT = "enrich_next"
    ENRICH_BEFORE = "enrich_before"
    ENRICH_VERIFIED = "enrich_verified"
    ENRICH_CLAIMED = "enrich_claimed"
    ENRICH_WAIVED = "enrich_waived"
    ENRICH_PROVISIONAL = "enrich_provisional"
    ENRICH_LIST = "enrich_list"
    VISIT = "visit"
    VISIT_TOLD = "visit_told"
    VISIT_PRINT = "visit_print"
    VISIT_BACK = "visit_back"
    UNMERGE_CUSTOMER = "unmerge_customer"
    GO_PAPER = "go_paper"
    GO_REPORT = "go_report"
    PAPER_PRINT = "paper_print"
    PAPER_SAVE = "paper_save"
    REPORT_PRINT = "report_print"
    REPORT_PDF = "report_pdf"
    REPORT_CSV = "report_csv"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: its words, its keys and where they work."""

    act: str
    scope: Scope
    text: str
    keys: tuple[str, ...] = ()
    """Portable key sequences; the first one is shown."""
    icon: str = "command"

    @property
    def shown_keys(self) -> str:
        return self.keys[0] if self.keys else ""


@dataclass(frozen=True, slots=True)
class Bound:
    """An action a screen answers to."""

    spec: ActionSpec
    where: QWidget
    action: QAction

    @property
    def reason(self) -> str:
        """Why it can do nothing now; empty where it can."""
        return str(self.action.property(_REASON) or "")


def explain(action: QAction, reason: str) -> None:
    """Why the action can do nothing now, for wherever actions are listed; empty where it can."""
    action.setProperty(_REASON, reason)


class Actions(QObject):
    """All specs, in the language of now, and which of them the open screens answer to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bound: list[Bound] = []
        self._specs: dict[str, ActionSpec] = {}

    # --- the table --------------------------------------------------------------------------

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action, by scope and in the order of the sheet."""
        return (
            *self._anywhere(),
            *self._places(),
            *self._queue(),
            *self._ticket(),
            *self._call(),
            *self._call_offers(),
            *self._customer(),
            *self._conflict(),
            *self._models(),
            *self._outgoing(),
            *self._catch_up(),
            *self._payments(),
            *self._enrichment(),
            *self._visit(),
            *self._paper(),
        )

    def spec(self, act: str) -> ActionSpec:
        """One action. Raises KeyError for one that is not in the table."""
        if not self._specs:
            self._specs = {one.act: one for one in self.specs()}
        return self._specs[act]

    def scope_name(self, scope: Scope) -> str:
        """The heading of a scope in the sheet."""
        return {
            Scope.ANYWHERE: self.tr("Anywhere"),
            Scope.QUEUE: self.tr("In a queue"),
            Scope.TICKET: self.tr("In a ticket"),
            Scope.CALL: self.tr("In a call"),
            Scope.SAVED: self.tr("After saving a call"),
            Scope.OUTBOX: self.tr("In the outbox"),
            Scope.STATUS: self.tr("In the status"),
            Scope.CALL_BACKS: self.tr("In the call-backs"),
            Scope.CUSTOMER: self.tr("On a customer's page"),
            Scope.CONFLICT: self.tr("Comparing values"),
            Scope.CATCH_UP: self.tr("After an outage"),
            Scope.PAYMENTS: self.tr("In payments not verified"),
            Scope.MODELS: self.tr("Resolving and approving models"),
            Scope.ENRICHMENT: self.tr("Completing tickets"),
            Scope.VISIT: self.tr("Telling an expert by phone"),
            Scope.PAPER: self.tr("Paper"),
            Scope.REPORT: self.tr("In the outage report"),
        }[scope]

    def _anywhere(self) -> tuple[ActionSpec, ...]:
        where = Scope.ANYWHERE
        return (
            ActionSpec(Act.NEW_CALL, where, self.tr("New call"), ("F2", "Ctrl+N"), "phone-call"),
            ActionSpec(
                Act.SEARCH,
                where,
                self.tr("Search and commands"),
                ("Ctrl+K",),
                "magnifying-glass",
            ),
            ActionSpec(
                Act.ADD_CALL,
                where,
                self.tr("Add the call to the open ticket"),
                ("Ctrl+J",),
                "phone-incoming",
            ),
            ActionSpec(Act.UNDO, where, self.tr("Undo"), ("Ctrl+Z",), "arrow-counter-clockwise"),
            ActionSpec(Act.PERSON, where, self.tr("Change the person"), ("Ctrl+U",), "users-three"),
            ActionSpec(
                Act.TRY_ALL, where, self.tr("Try everything now"), ("F5",), "arrows-clockwise"
            ),
            ActionSpec(Act.WHAT_WORKS, where, self.tr("What still works"), (), "lifebuoy"),
            ActionSpec(Act.LANES, where, self.tr("Fold the lanes"), ("Ctrl+L",), "list"),
            ActionSpec(Act.SETTINGS, where, self.tr("Settings"), ("Ctrl+,",), "gear"),
            ActionSpec(Act.SHORTCUTS, where, self.tr("All shortcuts"), ("F1",), "keyboard"),
            ActionSpec(Act.QUIT, where, self.tr("Quit"), ("Ctrl+Q",), "sign-out"),
            *(
                ActionSpec(
                    f"call_{number}",
                    where,
                    self.tr("Go to call {number}").format(number=number),
                    (f"Ctrl+{number}",),
                    "phone",
                )
                for number in range(1, MOST_CALLS + 1)
            ),
        )

    def _places(self) -> tuple[ActionSpec, ...]:
        where = Scope.ANYWHERE
        table = (
            (Act.GO_MINE, self.tr("My queue"), "G, Q", "tray"),
            (Act.GO_UNASSIGNED, self.tr("Unassigned"), "G, U", "users"),
            (Act.GO_TO_COMPLETE, self.tr("To complete"), "G, C", "note-pencil"),
            (Act.GO_MODELS, self.tr("Models to resolve"), "G, M", "question"),
            (Act.GO_PAYMENTS, self.tr("Payments not verified"), "G, P", "article"),
            (Act.GO_REVIEW, self.tr("Needs review"), "G, R", "flag"),
            (Act.GO_QUARANTINE, self.tr("Quarantine"), "G, X", "shield-warning"),
            (Act.GO_OPEN, self.tr("All open tickets"), "G, A", "stack"),
            (Act.GO_CALL_BACKS, self.tr("Call-backs"), "G, B", "phone-outgoing"),
            (Act.GO_APPROVE, self.tr("To approve"), "G, V", "circle-wavy-check"),
            (Act.GO_OUTBOX, self.tr("Outbox"), "G, O", "paper-plane-tilt"),
            (Act.GO_STATUS, self.tr("Status"), "G, S", "activity"),
            (Act.GO_PAPER, self.tr("Paper: print blanks, enter them"), "G, E", "clipboard-text"),
            (Act.GO_REPORT, self.tr("Outage report"), "G, T", "chart-bar"),
            (Act.GO_CATCH_UP, self.tr("After the outage"), "G, K", "clock-clockwise"),
        )
        return tuple(ActionSpec(act, where, text, (keys,), icon) for act, text, keys, icon in table)

    def _queue(self) -> tuple[ActionSpec, ...]:
        where = Scope.QUEUE
        return (
            ActionSpec(
                Act.OPEN, where, self.tr("Open the ticket"), ("Return", "Enter"), "arrow-square-out"
            ),
            ActionSpec(Act.NOTE, where, self.tr("Write a note"), ("N",), "note-pencil"),
            ActionSpec(Act.ASSIGN, where, self.tr("Assign to me"), ("A",), "user-plus"),
            ActionSpec(Act.CUSTOMER, where, self.tr("The customer's page"), ("U",), "user"),
            ActionSpec(Act.DETAILS, where, self.tr("Details"), ("Space",), "columns"),
            ActionSpec(Act.COLUMNS, where, self.tr("Choose the columns"), ("Alt+C",), "columns"),
            ActionSpec(
                Act.EXPORT_QUEUE, where, self.tr("Export it as CSV"), ("Ctrl+E",), "download-simple"
            ),
            ActionSpec(Act.FILTER, where, self.tr("Filter"), ("Ctrl+F", "F"), "funnel"),
            ActionSpec(
                Act.SHOW_ALL, where, self.tr("Show all, no filter"), ("Ctrl+Backspace",), "x"
            ),
            ActionSpec(
                Act.KEEP_VIEW, where, self.tr("Keep this filter as a view"), ("Ctrl+S",), "bookmark"
            ),
            ActionSpec(
                Act.DROP_VIEW, where, self.tr("Remove this saved view"), (), "bookmark-simple"
            ),
        )

    def _ticket(self) -> tuple[ActionSpec, ...]:
        where = Scope.TICKET
        return (
            ActionSpec("ticket_note", where, self.tr("Write a note"), ("N",), "note-pencil"),
            ActionSpec(
                Act.SAVE_NOTE,
                where,
                self.tr("Save the note"),
                ("Ctrl+Return", "Ctrl+Enter"),
                "check",
            ),
            ActionSpec("ticket_assign", where, self.tr("Assign to me"), ("A",), "user-plus"),
            ActionSpec(Act.MOVE, where, self.tr("Change the status"), ("S",), "arrow-right"),
            ActionSpec(Act.COMPARE, where, self.tr("Compare the values"), ("C",), "git-merge"),
            ActionSpec(Act.EDIT_FIELDS, where, self.tr("Complete and correct"), ("E",), "pencil"),
            ActionSpec(
                Act.REVERT_MODEL, where, self.tr("Back to the caller's words"), ("W",), "quotes"
            ),
            ActionSpec(Act.TICKET_CUSTOMER, where, self.tr("The customer's page"), ("U",), "user"),
            ActionSpec(Act.VISIT, where, self.tr("Visit by telephone"), ("V",), "wrench"),
            ActionSpec(
                Act.UNMERGE_CUSTOMER,
                where,
                self.tr("The customer's merge was wrong"),
                ("Shift+U",),
                "users",
            ),
            ActionSpec(Act.PROMISE, where, self.tr("Promise something"), ("P",), "handshake"),
            ActionSpec(Act.MERGE, where, self.tr("Part of another ticket"), ("M",), "git-merge"),
            ActionSpec(Act.UNMERGE, where, self.tr("Take a merge back"), ("Shift+M",), "git-merge"),
            ActionSpec(Act.KEPT, where, self.tr("The promise was kept"), ("K",), "check-circle"),
            ActionSpec(
                Act.COPY_REFERENCE, where, self.tr("Copy the reference"), ("Ctrl+C",), "copy"
            ),
            ActionSpec(
                Act.COPY_LINK, where, self.tr("Copy a link to it"), ("Ctrl+Shift+C",), "link"
            ),
            ActionSpec(Act.PRINT_TICKET, where, self.tr("Print it"), ("Ctrl+P",), "printer"),
            ActionSpec(Act.NEXT, where, self.tr("Next ticket"), ("J", "Alt+Down"), "caret-down"),
            ActionSpec(
                Act.PREVIOUS, where, self.tr("Previous ticket"), ("H", "Alt+Up"), "caret-up"
            ),
            ActionSpec(Act.BACK, where, self.tr("Back to the queue"), ("Esc",), "arrow-left"),
        )

    def _call(self) -> tuple[ActionSpec, ...]:
        where, saved = Scope.CALL, Scope.SAVED
        return (
            ActionSpec(
                Act.SAVE_CALL,
                where,
                self.tr("Save the call"),
                ("Ctrl+Return", "Ctrl+Enter"),
                "check",
            ),
            ActionSpec(Act.KEEP_DRAFT, where, self.tr("Keep as draft"), ("Esc",), "file-dotted"),
            ActionSpec(
                Act.DROP_DRAFT, where, self.tr("Throw this call away"), ("Ctrl+Del",), "trash"
            ),
            ActionSpec(Act.DROPPED, where, self.tr("Dropped call"), ("Alt+D",), "phone-x"),
            ActionSpec(Act.HOLD, where, self.tr("Hold or go on"), ("Alt+H",), "pause"),
            ActionSpec(Act.PAYMENT, where, self.tr("Payment claim"), ("Alt+P",), "money"),
            ActionSpec(
                Act.CALL_PROMISE, where, self.tr("Promise or call-back"), ("Alt+B",), "handshake"
            ),
            ActionSpec(
                Act.CLEAR_DANGER, where, self.tr("No danger, a false alarm"), ("Alt+X",), "shield"
            ),
            ActionSpec(Act.NEXT_DEVICE, saved, self.tr("Next device"), ("Alt+V",), "plus-circle"),
            ActionSpec(Act.COPY, saved, self.tr("Copy the reference"), ("Ctrl+C",), "copy"),
            ActionSpec(
                Act.OPEN_SAVED,
                saved,
                self.tr("Open the ticket"),
                ("Return", "Enter"),
                "arrow-square-out",
            ),
            ActionSpec(Act.DONE, saved, self.tr("Close this call"), ("Esc",), "phone-disconnect"),
        )

    def _call_offers(self) -> tuple[ActionSpec, ...]:
        where = Scope.CALL
        return (
            ActionSpec(Act.MATCH, where, self.tr("It is this person"), ("Alt+M",), "user"),
            ActionSpec(Act.NOT_PERSON, where, self.tr("Not this person"), ("Alt+N",), "user-minus"),
            ActionSpec(
                Act.CHECKED,
                where,
                self.tr("How the caller was checked"),
                ("Alt+C",),
                "check-square",
            ),
            ActionSpec(
                Act.OTHER_CALLER,
                where,
                self.tr("Somebody else is calling for the customer"),
                ("Alt+E",),
                "users",
            ),
            ActionSpec(
                Act.ADD_TO_DUPLICATE, where, self.tr("Add to that ticket"), ("Alt+A",), "copy"
            ),
            ActionSpec(Act.OTHER_FAULT, where, self.tr("It is another fault"), ("Alt+O",), "copy"),
            *(
                ActionSpec(
                    f"candidate_{number}",
                    where,
                    self.tr("Model {number} is it").format(number=number),
                    (f"Alt+{number}",),
                    "television",
                )
                for number in range(1, MOST_CANDIDATES + 1)
            ),
            ActionSpec(
                Act.KEEP_WORDS, where, self.tr("Keep the caller's words"), ("Alt+0",), "quotes"
            ),
        )

    def _customer(self) -> tuple[ActionSpec, ...]:
        where = Scope.CUSTOMER
        return (
            ActionSpec(
                Act.CUSTOMER_CALL, where, self.tr("New call with them"), ("C",), "phone-call"
            ),
            ActionSpec(Act.COPY_NUMBER, where, self.tr("Copy the number"), ("Ctrl+C",), "copy"),
            ActionSpec(Act.CUSTOMER_BACK, where, self.tr("Back"), ("Esc",), "arrow-left"),
        )

    def _conflict(self) -> tuple[ActionSpec, ...]:
        table = (
            (Act.TAKE_BASE, self.tr("Take the value from before"), ("B",), "clock"),
            (Act.TAKE_MINE, self.tr("Take mine"), ("M",), "user"),
            (Act.TAKE_THEIRS, self.tr("Take theirs"), ("T",), "users"),
            (Act.EDIT_VALUE, self.tr("Edit the value"), ("E",), "pencil"),
            (Act.FIELD_BEFORE, self.tr("The field before"), ("Up",), "caret-up"),
            (Act.FIELD_AFTER, self.tr("The next field"), ("Down",), "caret-down"),
            (Act.SAVE_CHOICES, self.tr("Save the choices"), ("Ctrl+Return", "Ctrl+Enter"), "check"),
            (Act.NEXT_CONFLICT, self.tr("The next one to review"), ("J",), "flag"),
            (Act.DECIDE_LATER, self.tr("Decide later"), ("L", "Esc"), "arrow-left"),
        )
        where = Scope.CONFLICT
        return tuple(ActionSpec(act, where, text, keys, icon) for act, text, keys, icon in table)

    def _models(self) -> tuple[ActionSpec, ...]:
        table = (
            (Act.APPROVE, self.tr("Approve the proposal"), "A", "circle-wavy-check"),
            (Act.REJECT, self.tr("Reject it, with a reason"), "R", "x-circle"),
            (Act.MODEL_NEXT, self.tr("The next one"), "J", "caret-down"),
            (Act.ASK_BACK, self.tr("Ask the proposer"), "Q", "question"),
            (Act.ANSWER, self.tr("Answer the question"), "W", "chat-centered-text"),
            (Act.DELEGATE, self.tr("Let another supervisor decide"), "D", "users"),
            (Act.LINK_MODEL, self.tr("Link the tickets"), "L", "link"),
            (Act.REMEMBER_WORDS, self.tr("Remember the words"), "M", "bookmark-simple"),
            (Act.PROPOSE_MODEL, self.tr("Propose a new model"), "P", "plus-circle"),
            (Act.NOT_SUPPORTED, self.tr("Mark as not supported"), "N", "prohibit"),
            (Act.RATING_PLATE, self.tr("Enter the rating plate"), "E", "identification-card"),
            (Act.NEXT_CANDIDATE, self.tr("The next candidate"), "C", "caret-down"),
            (Act.FIND_MODEL, self.tr("Find another model"), "F", "magnifying-glass"),
            (Act.MODEL_TICKET, self.tr("Open its ticket"), "O", "arrow-square-out"),
            (Act.IMPORT_CATALOG, self.tr("Import the catalog"), "I", "download-simple"),
        )
        where = Scope.MODELS
        return tuple(ActionSpec(act, where, text, (keys,), icon) for act, text, keys, icon in table)

    def _outgoing(self) -> tuple[ActionSpec, ...]:
        where = Scope.OUTBOX
        return (
            ActionSpec(Act.TRY_NOW, where, self.tr("Try now"), ("T",), "arrow-clockwise"),
            ActionSpec(Act.EDIT, where, self.tr("Edit"), ("E",), "pencil"),
            ActionSpec(Act.WITHDRAW, where, self.tr("Withdraw"), ("W",), "arrow-counter-clockwise"),
            ActionSpec(Act.COPY_ID, where, self.tr("Copy the id"), ("Ctrl+C",), "copy"),
            ActionSpec(
                Act.PROBE, Scope.STATUS, self.tr("Probe all now"), ("P",), "arrows-clockwise"
            ),
            ActionSpec(
                Act.DECIDE_HELD, Scope.STATUS, self.tr("Decide on deletions"), ("D",), "warning"
            ),
            ActionSpec(
                Act.RING_DONE, Scope.CALL_BACKS, self.tr("Done, rung back"), ("D",), "check"
            ),
        )

    def _catch_up(self) -> tuple[ActionSpec, ...]:
        table = (
            (Act.CATCH_UP_TRIAGE, self.tr("Triage the web backlog"), ("T",), "globe"),
            (Act.CATCH_UP_CALL_BACKS, self.tr("Show the call-backs"), ("B",), "phone-outgoing"),
            (Act.OUTAGE_BEFORE, self.tr("The outage before"), ("Alt+Left",), "caret-left"),
            (Act.OUTAGE_AFTER, self.tr("The next outage"), ("Alt+Right",), "caret-right"),
            (Act.CATCH_UP_PRINT, self.tr("Print it"), ("Ctrl+P",), "printer"),
            (Act.CATCH_UP_EXPORT, self.tr("Export it as CSV"), ("Ctrl+E",), "download-simple"),
        )
        where = Scope.CATCH_UP
        return tuple(ActionSpec(act, where, text, keys, icon) for act, text, keys, icon in table)

    def _payments(self) -> tuple[ActionSpec, ...]:
        table = (
            (Act.SETTLE, self.tr("Settle the claim with this line"), ("S",), "check"),
            (Act.NOT_THIS_LINE, self.tr("Not this line"), ("N",), "x"),
            (Act.TAKE_BACK, self.tr("Take the last decision back"), ("B",), "arrow-bend-up-left"),
            (Act.OPEN_CLAIM, self.tr("Open the claim's ticket"), ("O",), "arrow-square-out"),
            (Act.IMPORT, self.tr("Import statement"), ("I",), "bank"),
            (Act.SHOW_SETTLED, self.tr("Open cases only, or all"), ("A",), "funnel"),
            (Act.POLICY, self.tr("Limits and the worst case"), ("L",), "scales"),
            (
                Act.STATEMENT_COLUMNS,
                self.tr("Which column of the file means what"),
                ("C",),
                "columns",
            ),
            (Act.RULE_VERIFIED, self.tr("Decide: verified"), ("V",), "check-circle"),
            (Act.RULE_UNPAID, self.tr("Decide: unpaid"), ("U",), "x-circle"),
            (Act.RULE_DISPUTED, self.tr("Decide: disputed"), ("D",), "warning"),
            (Act.RULE_WAIVED, self.tr("Decide: waived, the visit may go"), ("W",), "hand-palm"),
            (Act.LEAVE_PAGE, self.tr("Back to the claims"), ("Esc",), "arrow-left"),
        )
        where = Scope.PAYMENTS
        return tuple(ActionSpec(act, where, text, keys, icon) for act, text, keys, icon in table)

    def _enrichment(self) -> tuple[ActionSpec, ...]:
        table = (
            (Act.ENRICH_ASK, self.tr("To the first question"), ("Q",), "question"),
            (Act.ENRICH_OPEN, self.tr("Open the ticket"), ("O",), "arrow-square-out"),
            (Act.ENRICH_NEXT, self.tr("Next ticket"), ("Alt+Down",), "caret-down"),
            (Act.ENRICH_BEFORE, self.tr("Previous ticket"), ("Alt+Up",), "caret-up"),
            (Act.ENRICH_VERIFIED, self.tr("Coverage is verified"), ("Alt+V",), "shield-check"),
            (Act.ENRICH_CLAIMED, self.tr("They say it is paid"), ("Alt+P",), "money"),
            (Act.ENRICH_WAIVED, self.tr("Coverage is waived"), ("Alt+W",), "hand-palm"),
            (Act.ENRICH_PROVISIONAL, self.tr("Somebody new"), ("Alt+N",), "user-plus"),
            *(
                (f"enrich_offer_{n}", self.tr("Customer {number} is it").format(number=n),
                 (f"Alt+{n}",), "user")
                for n in range(1, 4)
            ),
            (Act.ENRICH_LIST, self.tr("Back to the list"), ("Esc",), "arrow-left"),
        )  # fmt: skip
        where = Scope.ENRICHMENT
        return tuple(ActionSpec(act, where, text, keys, icon) for act, text, keys, icon in table)

    def _visit(self) -> tuple[ActionSpec, ...]:
        where = Scope.VISIT
        return (
            ActionSpec(
                Act.VISIT_TOLD, where, self.tr("Told by phone"), ("Ctrl+Return", "Ctrl+Enter"),
                "phone-outgoing",
            ),
            ActionSpec(Act.VISIT_PRINT, where, self.tr("Print the sheet"), ("Ctrl+P",), "printer"),
            ActionSpec(Act.VISIT_BACK, where, self.tr("Back to the ticket"), ("Esc",),
                       "arrow-left"),
        )  # fmt: skip

    def _paper(self) -> tuple[ActionSpec, ...]:
        paper, report = Scope.PAPER, Scope.REPORT
        return (
            ActionSpec(Act.PAPER_PRINT, paper, self.tr("Print blanks"), ("Ctrl+P",), "printer"),
            ActionSpec(
                Act.PAPER_SAVE, paper, self.tr("Save and next"), ("Ctrl+Return", "Ctrl+Enter"),
                "check",
            ),
            ActionSpec(Act.REPORT_PRINT, report, self.tr("Print it"), ("Ctrl+P",), "printer"),
            ActionSpec(Act.REPORT_PDF, report, self.tr("As PDF"), ("Ctrl+D",), "file-pdf"),
            ActionSpec(Act.REPORT_CSV, report, self.tr("Export it as CSV"), ("Ctrl+E",),
                       "download-simple"),
        )  # fmt: skip

    # --- binding ----------------------------------------------------------------------------

    def bind(self, act: str, where: QWidget, do: Callable[[], object]) -> QAction:
        """Let a screen answer: the keys work anywhere, or while the focus is in `where`."""
        action = self.add(self.spec(act), where)
        action.triggered.connect(lambda _checked: do())
        return action

    def add(self, spec: ActionSpec, where: QWidget) -> QAction:
        """An action on a screen; what it does is connected by the caller."""
        action = QAction(spec.text, where)
        action.setObjectName(spec.act)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        wide = spec.scope is Scope.ANYWHERE
        context = Qt.ShortcutContext
        action.setShortcutContext(
            context.WindowShortcut if wide else context.WidgetWithChildrenShortcut
        )
        action.setAutoRepeat(False)
        where.addAction(action)
        self._bound.append(Bound(spec, where, action))
        return action

    def offered(self) -> Iterator[Bound]:
        """What can be done now: enabled, and on a screen that shows."""
        for bound in self._bound:
            if bound.action.isEnabled() and bound.where.isVisible():
                yield bound
