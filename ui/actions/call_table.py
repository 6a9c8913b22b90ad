"""The actions of every place, and those of queues, tickets, calls and customers."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.actions.acts import MOST_CALLS, MOST_CANDIDATES, Act, ActionSpec, Scope


class CallActions(QObject):
    """In the language of now."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """By scope and in the order of the sheet."""
        return (
            *self._anywhere(),
            *self._places(),
            *self._queue(),
            *self._ticket(),
            *self._call(),
            *self._call_offers(),
            *self._customer(),
            *self._conflict(),
        )

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
            (Act.GO_DISPUTED, self.tr("Compare what changed in two places"), "G, W", "git-merge"),
            (Act.GO_QUARANTINE, self.tr("Quarantine"), "G, X", "shield-warning"),
            (Act.GO_OPEN, self.tr("All open tickets"), "G, A", "stack"),
            (Act.GO_CALL_BACKS, self.tr("Call-backs"), "G, B", "phone-outgoing"),
            (Act.GO_APPROVE, self.tr("To approve"), "G, V", "circle-wavy-check"),
            (Act.GO_CATALOG, self.tr("Device catalog"), "G, D", "books"),
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
            ActionSpec(Act.TICKET_MODEL, where, self.tr("Find its model"), ("D",), "barcode"),
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
            ActionSpec(
                Act.CUSTOMER_MERGE, where, self.tr("The same as another one"), ("M",), "git-merge"
            ),
            ActionSpec(
                Act.CUSTOMER_UNMERGE,
                where,
                self.tr("Take a merge back"),
                ("Shift+M",),
                "git-merge",
            ),
            ActionSpec(
                Act.CUSTOMER_COMPARE,
                where,
                self.tr("Compare the values"),
                ("Shift+C",),
                "git-merge",
            ),
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
