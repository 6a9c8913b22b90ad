"""Payments not verified: claims beside open payments, why a line fits, and settling by keyboard."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHeaderView, QSplitter, QStackedWidget, QWidget

from app.domain.central_services import Service
from app.domain.errors import OffhookError
from app.domain.payments.claims import EXPOSED, ClaimState
from app.domain.payments.policy import Hold
from app.domain.payments.reconciliation import ClaimView
from app.domain.views import ServiceWord
from app.services.claim_work import Work
from app.services.decisions import Decided
from app.services.settlements import OfferedLine, Settlements, StatementShown
from ui.actions import Act, Actions
from ui.claim_words import claim_words
from ui.delegates.rows import PartsModel
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.terms import terms
from ui.theme import VERY_NARROW_BELOW, Space, State, Token, Type, theme
from ui.times import moment
from ui.undoing import Done
from ui.views.claim_figures import ClaimFigures
from ui.views.claim_rows import ClaimRows, payer_of
from ui.views.policy_view import PolicyView
from ui.views.statement_preview import StatementPreview
from ui.views.why_panel import WhyPanel
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.message import Message
from ui.widgets.page_area import room_of
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, turn_to
from ui.widgets.view_head import ViewHead

_JOIN_MS = 150
_CHOOSE_MS = 60
_ROOM_FOR_ALL = 520
"""Pixels at 100 %."""
_WORK, _EMPTY, _PREVIEW, _POLICY = range(4)
_OVER = 2**62
_FIGURES = frozenset({1, 2})
_Found = tuple[Work, StatementShown]


class PaymentsView(QWidget):
    """Every claim of an open ticket on this computer, and every payment that went nowhere yet."""

    ticket_chosen = Signal(str)
    done = Signal(object)
    """A `Done`, for the undo."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settlements = Settlements(session.opened.desk)
        self._rows = ClaimRows(session, self)
        self._open_only, self._low = True, False
        self.work: Work | None = None
        """What is on screen; None before it was read once."""
        self.offered: tuple[OfferedLine, ...] = ()
        self._offered_for = ""
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._lines = NewestWins(self._settlements.lines_for, self._show_lines)
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self._choosing = Debounce(_CHOOSE_MS, self._ask_lines, self)
        self._connect(actions)

    def _make(self) -> None:
        self.head = ViewHead(self.tr("Payments not verified"), self)
        self.import_button = Button(self.tr("Import statement"), self, icon="bank", keys="I")
        self.policy_button = Button(
            self.tr("Limits"), self, kind=ButtonKind.QUIET, icon="scales", keys="L"
        )
        self.filter_button = Button(
            self.tr("Open cases only"), self, kind=ButtonKind.QUIET, icon="funnel", keys="A"
        )
        for button in (self.import_button, self.policy_button, self.filter_button):
            self.head.add_action(button)
        self.stale = Message(State.WARN, "clock-counter-clockwise", self, full_width=True)
        self.figures = ClaimFigures(self._session, self)
        heads = (self.tr("Claim"), self.tr("Amount"), self.tr("Time left"))
        self.claims = PartsModel(heads, self, right=_FIGURES)
        self.claims_table = PartsTable(self.tr("Claims, what customers told us"), self)
        self.claims_table.setModel(self.claims)
        heads = (self.tr("Statement line"), self.tr("Amount"), self.tr("Score"))
        self.lines = PartsModel(heads, self, right=_FIGURES)
        self.lines_table = PartsTable(self.tr("Payments that went nowhere yet"), self)
        self.lines_table.setModel(self.lines)
        self.why = WhyPanel(self)
        self.empty = EmptyState(self)
        self.preview = StatementPreview(self._session, self)
        self.policy = PolicyView(self._session, self)

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        for table in (self.claims_table, self.lines_table):
            self.split.addWidget(table)
        self.split.setSizes([3, 3])
        full = Surface(Token.SURFACE)
        inside = column(full)
        inside.addWidget(self.split, 1)
        inside.addWidget(self.why)
        full.setFocusProxy(self.claims_table)
        self._pages = QStackedWidget(self)
        for page in (full, self.empty, self.preview, self.policy):
            self._pages.addWidget(page)
        body = column(self)
        body.addWidget(self.head)
        body.addWidget(self.stale)
        body.addWidget(self.figures)
        body.addWidget(self._pages, 1)
        self._set_widths()

    def _set_widths(self) -> None:
        metrics = theme().metrics(Type.LEAD, tabular=True)
        samples = (("GBP 1,000.00", "der Besuch ist angehalten m"), ("GBP 1,000.00", "100 mmmmmmm"))
        for table, widths in zip((self.claims_table, self.lines_table), samples, strict=True):
            header = table.header()
            header.setStretchLastSection(False)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            for at, sample in enumerate(widths, 1):
                header.resizeSection(at, metrics.horizontalAdvance(sample) + Space.L)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, claims stand above their lines; low, figures and reasons give way."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        way = Qt.Orientation
        self.split.setOrientation(way.Vertical if narrow else way.Horizontal)
        low = room_of(self) / theme().effective_factor < _ROOM_FOR_ALL
        self.figures.setHidden(low)
        self.why.set_low(low=low)
        if low is not self._low:
            self._low = low
            self._show_stale()

    def _connect(self, actions: Actions) -> None:
        self.claims_table.current_moved.connect(lambda _index: self._choose_claim())
        self.claims_table.chosen.connect(lambda _index: self._open())
        self.lines_table.current_moved.connect(lambda _index: self._explain())
        self.lines_table.chosen.connect(lambda _index: self.settle())
        self.import_button.clicked.connect(self.choose_file)
        self.policy_button.clicked.connect(self.show_policy)
        self.filter_button.clicked.connect(self.toggle_settled)
        self.why.settle.clicked.connect(self.settle)
        self.why.refuse.clicked.connect(self.refuse)
        self.empty.acted.connect(self.choose_file)
        self.preview.left.connect(self.leave_page)
        self.preview.imported.connect(self._imported)
        self.policy.left.connect(self.leave_page)
        self._session.statuses_changed.connect(self._show_stale)
        rule = functools.partial
        table: dict[str, Callable[[], object]] = {
            Act.SETTLE: self.settle,
            Act.NOT_THIS_LINE: self.refuse,
            Act.TAKE_BACK: self.take_back,
            Act.IMPORT: self.choose_file,
            Act.POLICY: self.show_policy,
            Act.STATEMENT_COLUMNS: self.show_columns,
            Act.SHOW_SETTLED: self.toggle_settled,
            Act.OPEN_CLAIM: self._open,
            Act.RULE_VERIFIED: rule(self.rule, ClaimState.VERIFIED),
            Act.RULE_UNPAID: rule(self.rule, ClaimState.UNPAID),
            Act.RULE_DISPUTED: rule(self.rule, ClaimState.DISPUTED),
            Act.RULE_WAIVED: rule(self.rule, ClaimState.WAIVED),
            Act.LEAVE_PAGE: self.leave_page,
        }
        for act, do in table.items():
            actions.bind(act, self, do)

    # --- reading ----------------------------------------------------------------------------

    def open(self) -> None:
        """Show the claims of now; the focus goes to them."""
        self.leave_page()
        self.reload()

    def reload(self) -> None:
        self._newest.request(None)

    def changed(self) -> None:
        """The data moved under the page."""
        if self.isVisible():
            self._joining.touch()

    async def _ask(self, _nothing: None) -> _Found:
        work = await self._session.opened.payments.work()
        return work, await self._settlements.last_statement()

    def _show(self, _nothing: None, found: _Found) -> None:
        self.work, statement = found
        self.figures.show_work(self.work, statement)
        self.policy.show_work(self.work)
        self._show_stale()
        self._show_claims()

    def _show_claims(self) -> None:
        if self.work is None:
            return
        held = {one.ticket_id: one for one in self.work.holds}
        shown = sorted(
            (one for one in self.work.claims if not self._open_only or _is_open(one)),
            key=lambda one: _urgency(one, held),
        )
        key, row = self.claims_table.current_key, max(0, self.claims_table.current_row())
        self.claims.set_rows(
            [self._rows.claim(one, held.get(one.ticket.id) if one.state in EXPOSED else None)
             for one in shown]
        )  # fmt: skip
        kept = self.claims.row_of(key)
        at = kept if kept >= 0 else min(row, max(0, len(shown) - 1))
        self.claims_table.setCurrentIndex(self.claims.index(at, 0))
        note = [self.tr("%n claim(s)", "", len(shown))]
        if held:
            note.append(self.tr("%n held", "", len(held)))
        self.head.set_note(", ".join(note))
        every = self.tr("Open cases only") if self._open_only else self.tr("All cases")
        self.filter_button.set_text(every)
        self._show_empty(any_=bool(shown))
        self._ask_lines()

    def _show_empty(self, *, any_: bool) -> None:
        self.empty.explain(
            "article",
            self.tr("No payment waits to be verified"),
            self.tr("Claims taken in calls stand here until Billing or a statement shows them."),
            action=self.tr("Import statement"),
            keys="I",
        )
        wanted = _WORK if any_ else _EMPTY
        if self._pages.currentIndex() in {_WORK, _EMPTY} - {wanted}:
            turn_to(self._pages, wanted)

    def _show_stale(self) -> None:
        status = self._session.status(Service.BILLING)
        if (
            self._low
            or status is None
            or status.word is ServiceWord.UP
            or status.word is ServiceWord.SLOW
        ):
            self.stale.clear()
            return
        works = self.tr("Statements can be matched here without it.")
        if status.as_of is None:
            self.stale.show_message(self.tr("Billing's data is not on this computer yet."), works)
            return
        as_of = moment(status.as_of, self._session.now)
        fact = self.tr("Billing's data is from {time}.").format(time=as_of)
        more = self.tr("Payments claimed since then stay not verified.")
        self.stale.show_message(fact, f"{more} {works}")

    # --- the chosen claim and line ----------------------------------------------------------

    @property
    def claim(self) -> ClaimView | None:
        """The claim under the cursor."""
        key = self.claims_table.current_key
        every = self.work.claims if self.work is not None else ()
        return next((one for one in every if one.claim.id == key), None)

    @property
    def line(self) -> OfferedLine | None:
        """The payment under the cursor, of those for the chosen claim."""
        key = self.lines_table.current_key
        if self._offered_for != self.claims_table.current_key:
            return None  # the lines of the claim before are still on screen
        return next((one for one in self.offered if one.payment.id == key), None)

    def _choose_claim(self) -> None:
        self._choosing.touch()

    def _ask_lines(self) -> None:
        self._choosing.drop()
        view = self.claim
        if view is None or view.state not in EXPOSED:
            self._lines.cancel()
            self._set_lines(view.claim.id if view is not None else "", ())
        else:
            self._lines.request(view.claim.id)

    def _show_lines(self, claim_id: str, found: tuple[OfferedLine, ...]) -> None:
        view = self.claim
        if view is not None and view.claim.id == claim_id:
            self._set_lines(claim_id, found)

    def _set_lines(self, claim_id: str, found: tuple[OfferedLine, ...]) -> None:
        self.offered, self._offered_for = found, claim_id
        self.lines.set_rows(self._rows.lines_of(found))
        first = bool(found) and found[0].likely
        self.lines_table.setCurrentIndex(self.lines.index(0, 0) if first else QModelIndex())
        self._explain()

    def _explain(self) -> None:
        view, line_ = self.claim, self.line
        if view is None:
            self.why.clear()
        elif line_ is not None:
            self.why.show_line(self._rows.why(view, line_), line_, self._follows(view, line_))
        else:
            self.why.show_none(self._no_line(view), may_refuse=view.settled_by is not None)

    def _follows(self, view: ClaimView, line_: OfferedLine) -> str:
        """What settling would do, before it is done."""
        money = terms.money(line_.settles, view.claim.currency)
        if not line_.whole:
            rest = terms.money(view.open_amount - line_.settles, view.claim.currency)
            return self.tr("If settled: {amount} is a part; {rest} stays open.").format(
                amount=money, rest=rest
            )
        left = line_.payment.amount - line_.settles
        if left:
            rest = terms.money(left, view.claim.currency)
            return self.tr(
                "If settled: {amount} is verified; {rest} of the payment stays for others."
            ).format(amount=money, rest=rest)
        return self.tr("If settled: the ticket's payment is verified. It can be taken back.")

    def _no_line(self, view: ClaimView) -> str:
        if view.settled_by is not None and view.by_hand:
            return self.tr("Settled by hand. B takes it back.")
        if view.settled_by is not None:
            return self.tr("Settled by itself: the payment fits. N says it is not this one.")
        if view.state not in EXPOSED:
            state = claim_words.state(view.state)
            return self.tr("Decided: {state}. B takes it back.").format(state=state)
        if self.offered:
            return self.tr(
                "Nothing speaks for any of the open payments. Tab and the arrows look at them."
            )
        return self.tr("No open payment of this currency is on this computer yet.")

    # --- acting -----------------------------------------------------------------------------

    @property
    def _at_work(self) -> bool:
        """Whether claim and line are what is on the screen, and not a statement or the limits."""
        return self._pages.currentIndex() == _WORK

    def _open(self) -> None:
        if self.claim is not None and self._at_work:
            self.ticket_chosen.emit(self.claim.ticket.id)

    def toggle_settled(self) -> None:
        """Settled claims as well, or the open ones only."""
        self._open_only = not self._open_only
        self._show_claims()

    def settle(self) -> None:
        """Give the line's money to the claim."""
        view, line_ = self.claim, self.line
        if view is None or line_ is None or not self._at_work:
            return
        person, claim_id = self._session.person, view.claim.id
        words = self.tr("Settled: {who}").format(who=payer_of(view))
        if not line_.whole:
            words = self.tr("A part is settled: {who}").format(who=payer_of(view))
        self._do(self._settlements.settle(claim_id, line_.payment.id, person), words, claim_id)

    def refuse(self) -> None:
        """The line is not the claim's; of a claim that settled by itself, what settled it."""
        view, line_ = self.claim, self.line
        if view is None or not self._at_work:
            return
        payment = line_.payment.id if line_ is not None else ""
        if line_ is None and view.settled_by is not None and not view.by_hand:
            payment = view.settled_by.payments[0]
        if payment:
            words = self.tr("Not this line: {who}").format(who=payer_of(view))
            refused = self._settlements.refuse(view.claim.id, payment, self._session.person)
            self._do(refused, words, view.claim.id)

    @async_slot
    async def _do(self, work: Coroutine[Any, Any, Decided], words: str, claim_id: str) -> None:
        try:
            _ = await work
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        self.done.emit(Done(words, functools.partial(self._reopen, claim_id)))
        self.reload()

    def rule(self, state: ClaimState) -> None:
        """A supervisor decides about the claim."""
        view = self.claim
        if view is None or not self._at_work:
            return
        words = self.tr("{state}: {who}").format(state=claim_words.state(state), who=payer_of(view))
        back = functools.partial(self._unrule, view.claim.id)
        self._rule(view.claim.id, state, Done(words, back))

    @async_slot
    async def _rule(self, claim_id: str, state: ClaimState, done: Done | None) -> None:
        payments, person = self._session.opened.payments, self._session.person
        try:
            _ = await payments.rule(claim_id, str(state), "", person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        if done is not None:
            self.done.emit(done)
        self.reload()

    def _unrule(self, claim_id: str) -> None:
        self._rule(claim_id, ClaimState.NOT_VERIFIED, None)

    def take_back(self) -> None:
        """Whatever was decided about the claim last goes: a settling, a refusal, a ruling."""
        view = self.claim
        if view is None or not self._at_work:
            return
        self._reopen(view.claim.id)

    @async_slot
    async def _reopen(self, claim_id: str) -> None:
        try:
            _ = await self._settlements.reopen(claim_id, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        self.reload()

    # --- statements and limits --------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a bank's file; nothing is changed by looking at it."""
        dialog = QFileDialog(self, self.tr("Import statement"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.look_at(Path(chosen)))
        dialog.open()

    def look_at(self, path: Path) -> None:
        """Preview a statement."""
        turn_to(self._pages, _PREVIEW)
        self.preview.look_at(path)

    def show_columns(self) -> None:
        """Which column of the statement that is looked at means what."""
        if self._pages.currentIndex() == _PREVIEW:
            self.preview.show_columns()

    def show_policy(self) -> None:
        """The limits, and what they allow at the very worst."""
        turn_to(self._pages, _POLICY)
        self.policy.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_page(self) -> None:
        """Back to the claims."""
        turn_to(self._pages, _WORK if self.claims.rowCount() else _EMPTY)
        shown = self._pages.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _imported(self) -> None:
        self.leave_page()
        self._session.saved()
        self.reload()


def _is_open(view: ClaimView) -> bool:
    return view.state not in (ClaimState.VERIFIED, ClaimState.WAIVED)


def _urgency(view: ClaimView, held: dict[str, Hold]) -> tuple[int, int, str]:
    """Held first, then what runs out first; what is settled stands last."""
    if view.state not in EXPOSED:
        return 2 if _is_open(view) else 3, 0, view.claim.id
    waits = view.next_at if view.next_at is not None else 0
    return 0 if view.ticket.id in held else 1, min(waits, _OVER), view.claim.id
