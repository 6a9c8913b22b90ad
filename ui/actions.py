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
    GO_STATUS = "go_status"
    OPEN = "open"
    NOTE = "note"
    ASSIGN = "assign"
    DETAILS = "details"
    FILTER = "filter"
    SHOW_ALL = "show_all"
    KEEP_VIEW = "keep_view"
    DROP_VIEW = "drop_view"
    BACK = "back"
    SAVE_NOTE = "save_note"
    MOVE = "move"
    EDIT_FIELDS = "edit_fields"
    PROMISE = "promise"
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
    RING_DONE = "ring_done"


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


class Actions(QObject):
    """All specs, in the language of now, and which of them the open screens answer to."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bound: list[Bound] = []

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
            *self._outgoing(),
        )

    def spec(self, act: str) -> ActionSpec:
        """One action. Raises KeyError for one that is not in the table."""
        found = next((one for one in self.specs() if one.act == act), None)
        if found is None:
            raise KeyError(act)
        return found

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
            (Act.GO_OUTBOX, self.tr("Outbox"), "G, O", "paper-plane-tilt"),
            (Act.GO_STATUS, self.tr("Status"), "G, S", "activity"),
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
            ActionSpec(Act.DETAILS, where, self.tr("Details"), ("Space",), "columns"),
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
            ActionSpec(Act.EDIT_FIELDS, where, self.tr("Complete and correct"), ("E",), "pencil"),
            ActionSpec(Act.PROMISE, where, self.tr("Promise something"), ("P",), "handshake"),
            ActionSpec(Act.KEPT, where, self.tr("The promise was kept"), ("K",), "check-circle"),
            ActionSpec(
                Act.COPY_REFERENCE, where, self.tr("Copy the reference"), ("Ctrl+C",), "copy"
            ),
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
                Act.RING_DONE, Scope.CALL_BACKS, self.tr("Done, rung back"), ("D",), "check"
            ),
        )

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
