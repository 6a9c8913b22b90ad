"""The actions of the work lists: models, the outbox, payments, visits, paper, reports."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.actions.acts import Act, ActionSpec, Scope


class WorkActions(QObject):
    """In the language of now."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """By scope and in the order of the sheet."""
        return (
            *self._models(),
            *self._catalog(),
            *self._outgoing(),
            *self._catch_up(),
            *self._payments(),
            *self._enrichment(),
            *self._visit(),
            *self._paper(),
        )

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
            (Act.PROPOSE_TOGETHER, self.tr("Propose these words together"), "X", "plus-circle"),
        )
        where = Scope.MODELS
        return tuple(ActionSpec(act, where, text, (keys,), icon) for act, text, keys, icon in table)

    def _catalog(self) -> tuple[ActionSpec, ...]:
        table = (
            (Act.FIND_ENTRY, self.tr("Find a model"), "F", "magnifying-glass"),
            (Act.MERGE_ENTRY, self.tr("It is the same as another"), "M", "git-diff"),
            (Act.UNMERGE_ENTRY, self.tr("Two models after all"), "Shift+M", "arrows-left-right"),
            (Act.RETIRE_ENTRY, self.tr("Retire it, or support it again"), "R", "prohibit"),
            (Act.NEXT_WORDS, self.tr("The next words"), "C", "caret-down"),
            (Act.FORGET_WORDS, self.tr("Forget the words"), "W", "x-circle"),
            (Act.POINT_WORDS, self.tr("Point the words elsewhere"), "P", "link"),
            (Act.ENTRY_TICKET, self.tr("Open its ticket"), "O", "arrow-square-out"),
            (Act.ENTRY_COMPARE, self.tr("Compare the values"), "Shift+C", "git-merge"),
        )
        where = Scope.CATALOG
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
            (Act.CATCH_UP_DETAILS, self.tr("Call-backs, backlog, desks"), ("D",), "columns"),
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
