"""The model work: words to resolve and proposals to approve, by keyboard, with a way back."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QWidget

from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.errors import Invalid, NotAllowed, OffhookError, Refused
from app.domain.model_offer import ModelOffer
from app.domain.model_work import ModelParts, ProposalView, WaitingWords, by_skill
from app.domain.people import Permission
from app.domain.proposals import ProposalState
from app.domain.times import MINUTE
from app.domain.views import ServiceWord
from app.ports.system import Signer
from app.services.decisions import Decided
from app.services.models import NewEntry, PlateReading
from ui.actions import Act, Actions
from ui.problems import problems
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.text import one_line, quoted
from ui.theme import VERY_NARROW_BELOW, Size, Space, Token, theme
from ui.times import moment
from ui.views.catalog_import_form import ImportForm
from ui.views.field_forms import FormArea
from ui.views.model_detail import ModelDetail
from ui.views.model_forms import (
    DelegateForm,
    PassphraseForm,
    PlateForm,
    ProposalForm,
    SentenceForm,
)
from ui.views.model_list import HERE, PROPOSAL, WORDS, Key, ModelList, ModelWork
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.surfaces import Surface, column, turn_to
from ui.widgets.view_head import ActionFoot

_JOIN_MS = 150
_UNLOCKED_MS = 5 * MINUTE
"""How long a person's key stays unlocked after they gave their passphrase."""

_SHARES = (355, 855)
"""How list and detail share the width at first."""

Signed = Callable[[Signer], Awaitable[Decided]]


class ModelsView(QWidget):
    """One list, one row looked at, and what may be done about it."""

    ticket_chosen = Signal(str)
    done = Signal(object, str)
    """Operation ids and what was done, for the undo."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._work = ModelWork()
        self._skills: tuple[str, ...] = ()
        self._offers: dict[str, ModelOffer] = {}
        self._unlocked: tuple[str, Signer, int] | None = None
        self._to_sign: Signed | None = None
        self._remember = False
        self._make()
        self._lay_out()
        self._connect()
        self._bind(actions)

    # --- making -----------------------------------------------------------------------------

    def _make(self) -> None:
        self.list = ModelList(self)
        self.take_in = Button(
            self.tr("Import\u2026"), self.list.head, kind=ButtonKind.QUIET, keys="I",
            height=Size.BUTTON_LINE,
        )  # fmt: skip
        self.list.head.add_action(self.take_in)
        self.take_in.clicked.connect(self.start_import)
        self.detail = ModelDetail(self._session, self)
        self.empty = EmptyState(self)
        self._make_forms()
        self._make_buttons()

    def _make_forms(self) -> None:
        self.reject_form = SentenceForm(
            self.tr("Reject the proposal"),
            self.tr("Reject it"),
            self.tr("Why"),
            self.tr("A rejection has a reason."),
            self,
        )
        self.ask_form = SentenceForm(
            self.tr("Ask back"),
            self.tr("Ask"),
            self.tr("Question to the proposer"),
            self.tr("What is asked?"),
            self,
        )
        self.answer_form = SentenceForm(
            self.tr("Answer the question"),
            self.tr("Answer"),
            self.tr("Answer"),
            self.tr("What is the answer?"),
            self,
        )
        self.tell_form = SentenceForm(
            self.tr("Not supported"),
            self.tr("Mark as not supported"),
            self.tr("What to tell the customer"),
            self.tr("What is the customer told?"),
            self,
        )
        self.plate_form = PlateForm(self)
        self.proposal_form = ProposalForm(self)
        self.passphrase_form = PassphraseForm(self)
        self.delegate_form = DelegateForm(self)
        self.import_form = ImportForm(self)
        self.forms = (
            self.reject_form, self.ask_form, self.answer_form, self.tell_form, self.plate_form,
            self.proposal_form, self.passphrase_form, self.delegate_form, self.import_form,
        )  # fmt: skip

    def _make_buttons(self) -> None:
        self.more = ActionFoot(self)
        self.foot = ActionFoot(self)
        self.next = self._button(self.tr("Next"), "J", kind=ButtonKind.QUIET)
        self.reject = self._button(self.tr("Reject\u2026"), "R")
        self.approve = self._button(
            self.tr("Approve"), "A", kind=ButtonKind.PRIMARY, icon="circle-wavy-check"
        )
        self.ask = self._button(self.tr("Ask back\u2026"), "Q", kind=ButtonKind.QUIET)
        self.delegate = self._button(self.tr("Delegate\u2026"), "D", kind=ButtonKind.QUIET)
        self.answer = self._button(self.tr("Answer\u2026"), "W")
        self.link = self._button(
            self.tr("Link the tickets"), "L", kind=ButtonKind.PRIMARY, icon="link"
        )
        self.remember = self._button(self.tr("Remember the words"), "M")
        self.propose = self._button(self.tr("Propose\u2026"), "P")
        self.unsupported = self._button(self.tr("Not supported\u2026"), "N", kind=ButtonKind.QUIET)
        self.plate = self._button(self.tr("Rating plate\u2026"), "E", kind=ButtonKind.QUIET)

    def _button(
        self, text: str, keys: str, kind: ButtonKind = ButtonKind.PLAIN, icon: str = ""
    ) -> Button:
        return Button(text, self.foot, kind=kind, keys=keys, icon=icon)

    def _lay_out(self) -> None:
        self._seldom = (self.next, self.ask, self.delegate, self.plate, self.unsupported)
        self._often = (
            self.propose, self.remember, self.link, self.answer, self.reject, self.approve,
        )  # fmt: skip
        for button in self._seldom:
            self.more.add_left(button)
        for button in self._often:
            self.foot.add_right(button)
        right = Surface(Token.SURFACE)
        body = column(right)
        self.detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        body.addWidget(FormArea(self.forms, right))
        body.addWidget(self.detail, 1)
        body.addWidget(self.more)
        body.addWidget(self.foot)
        self.split = QSplitter(self)
        self.split.setChildrenCollapsible(False)
        self.split.setFocusProxy(self.list)
        self.split.addWidget(self.list)
        self.split.addWidget(right)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([*_SHARES])
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.split)
        self._pages.addWidget(self.empty)
        column(self).addWidget(self._pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the list stands above what is looked at."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if way is not self.split.orientation():
            self.split.setOrientation(way)
            self.split.setSizes([*_SHARES])
        self._make_room()

    def _make_room(self) -> None:
        """Where height is scarce, an open form stands alone."""
        scarce = self.split.orientation() is Qt.Orientation.Vertical
        alone = scarce and any(not form.isHidden() for form in self.forms)
        self.list.setHidden(alone)
        self.foot.setHidden(alone)
        self.more.setHidden(True)
        if not alone:
            self._share_feet()

    def _share_feet(self) -> None:
        """One row of buttons where they fit, else the seldom ones in a row of their own."""
        shown = [one for one in (*self._seldom, *self._often) if not one.isHidden()]
        needed = sum(one.sizeHint().width() + Space.S for one in shown) + 2 * Space.XL
        fits = needed <= self.foot.width()
        foot = self.foot if fits else self.more
        for button in self._seldom:
            if button.parentWidget() is not foot:
                foot.add_left(button)
        self.more.setVisible(not fits)

    def _connect(self) -> None:
        session = self._session
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self._reading = NewestWins(self._ask_work, self._show_work)
        self._nearing = NewestWins(self._near_of, self._show_near)
        self._looking = NewestWins(self._session.opened.finder.find, self._show_found)
        self._judging = NewestWins(self._may_remember, self._show_may_remember)
        self._proposing = NewestWins(self._session.opened.finder.find, self._show_proposal_near)
        self.list.moved.connect(lambda _key: self.show_current())
        self.list.list.chosen.connect(lambda _index: self._open_ticket())
        self.detail.ticket_chosen.connect(self.ticket_chosen)
        self.detail.entry_moved.connect(self._judge)
        self.detail.searched.connect(self._search)
        self.proposal_form.typed.connect(self._proposing.request)
        session.statuses_changed.connect(self._name_foot)
        session.person_changed.connect(self._other_person)
        table: tuple[tuple[Button, Callable[[], object]], ...] = (
            (self.next, self.list.step), (self.approve, self.start_approval),
            (self.reject, self.start_rejection), (self.ask, self.ask_form.open_empty),
            (self.answer, self.answer_form.open_empty), (self.delegate, self.start_delegation),
            (self.link, self.link_tickets), (self.remember, self.remember_words),
            (self.propose, self.start_proposal), (self.unsupported, self.tell_form.open_empty),
            (self.plate, self.start_plate),
        )  # fmt: skip
        for button, do in table:
            button.clicked.connect(do)
        self.reject_form.wanted.connect(self._reject)
        self.ask_form.wanted.connect(self._ask_back)
        self.answer_form.wanted.connect(self._answer)
        self.tell_form.wanted.connect(self._not_supported)
        self.plate_form.wanted.connect(self._link_by_plate)
        self.proposal_form.wanted.connect(self._propose)
        self.passphrase_form.wanted.connect(self._unlock)
        self.delegate_form.wanted.connect(self._delegate)
        self.import_form.looked.connect(self._look_at)
        self.import_form.wanted.connect(self._take_in)
        for form in self.forms:
            form.shown.connect(self._make_room)
            form.closed.connect(self._make_room)
            form.closed.connect(self.list.focus_list)

    def _bind(self, actions: Actions) -> None:
        table = (
            (Act.MODEL_NEXT, self.next), (Act.APPROVE, self.approve), (Act.REJECT, self.reject),
            (Act.ASK_BACK, self.ask), (Act.ANSWER, self.answer), (Act.DELEGATE, self.delegate),
            (Act.LINK_MODEL, self.link), (Act.REMEMBER_WORDS, self.remember),
            (Act.PROPOSE_MODEL, self.propose), (Act.NOT_SUPPORTED, self.unsupported),
            (Act.RATING_PLATE, self.plate),
        )  # fmt: skip
        for act, button in table:
            actions.bind(act, self, functools.partial(_press, button))
        actions.bind(Act.NEXT_CANDIDATE, self, self.next_candidate)
        actions.bind(Act.FIND_MODEL, self, self.detail.search.setFocus)
        actions.bind(Act.MODEL_TICKET, self, self._open_ticket)
        actions.bind(Act.IMPORT_CATALOG, self, functools.partial(_press, self.take_in))

    # --- reading ----------------------------------------------------------------------------

    def open_at(self, key: str) -> None:
        """Show the page; `key` says which section is wanted first."""
        self._wanted_first = key
        self.reload()

    _wanted_first = ""

    def reload(self) -> None:
        self._reading.request(None)

    def changed(self, changes: Changes) -> None:
        """Something was committed."""
        moved = changes.touches("ticket", "proposal", "alias", "catalog_entry", "outbox")
        if moved and changes.touches("proposal", "alias", "catalog_entry"):
            self._offers.clear()
        if moved and self.isVisible():
            self._joining.touch()

    async def _ask_work(self, _question: None) -> ModelWork:
        opened = self._session.opened
        proposals = await opened.approvals.proposals()
        here = await opened.approvals.decided_here()
        waiting = await opened.models.waiting()
        self._skills = tuple(await opened.models.skills(self._session.person))
        offers = self._offers
        for row in waiting:
            if row.key not in offers and row.proposal_id is None:
                offers[row.key] = await opened.finder.find(row.words)
        return ModelWork(proposals, here, by_skill(waiting, self._category, self._skills))

    def _category(self, row: WaitingWords) -> str:
        """What kind of device the words are likely about."""
        offer = self._offers.get(row.key)
        return offer.candidates[0].entry.category if offer and offer.candidates else ""

    def _show_work(self, _question: None, work: ModelWork) -> None:
        before = self._of(self.list.current)
        self._work = work
        self.list.show_work(work, self._offers)
        has_rows = bool(self.list.model.rows)
        self.empty.explain(
            "circle-wavy-check",
            self.tr("Every model is known"),
            self.tr("Words that no model is known for, and proposals, stand here."),
        )
        if self._pages.currentIndex() != (0 if has_rows else 1):
            turn_to(self._pages, 0 if has_rows else 1)  # else an open form would lose the keyboard
        if self._wanted_first:
            wanted, self._wanted_first = self._wanted_first, ""
            first = (one.key for one in self.list.model.rows if isinstance(one.key, tuple))
            self.list.select(next((one for one in first if one[0] == wanted), None))
        if self._of(self.list.current) != before:
            self.show_current()

    def focus_list(self) -> None:
        """To the rows, or to the reason why there are none."""
        self.list.focus_list() if self._pages.currentIndex() == 0 else self.empty.setFocus()

    # --- the row under the cursor -----------------------------------------------------------

    def _of(self, key: Key | None) -> ProposalView | WaitingWords | None:
        kind, id_ = key or ("", "")
        if kind == WORDS:
            return next((row for row in self._work.waiting if row.key == id_), None)
        views = self._work.proposals if kind == PROPOSAL else self._work.here
        return next((one for one in views if one.id == id_), None)

    @property
    def words(self) -> WaitingWords | None:
        found = self._of(self.list.current)
        return found if isinstance(found, WaitingWords) else None

    @property
    def proposal(self) -> ProposalView | None:
        """The proposal to decide about."""
        key = self.list.current
        found = self._of(key)
        return found if isinstance(found, ProposalView) and key and key[0] == PROPOSAL else None

    def show_current(self) -> None:
        """The row under the cursor, and what may be done about it."""
        key = self.list.current
        found = self._of(key)
        if isinstance(found, WaitingWords):
            self.detail.show_words(found, self._offers.get(found.key))
        elif found is not None:
            here = key is not None and key[0] == HERE
            tag = self.tr("Decided here") if here else ""
            said = self._work.tickets_of(found.id)
            self.detail.show_proposal(found, said, decided=tag)
            self._nearing.request(found)
            if not here:
                self._show_effect(found, sum(len(row.tickets) for row in said))
        self._name_foot()

    def _show_effect(self, one: ProposalView, tickets: int) -> None:
        fact = self.tr("Approving resolves %n waiting ticket(s)", "", tickets)
        words = quoted(one_line(str(one.fields.get("words") or "")))
        found = self.tr("and makes {words} findable on the next call.").format(words=words)
        common = self.tr("The words fit other models as well, so only these tickets are linked.")
        self.detail.show_effect(fact, found if one.fields.get("remember") else common)
        by = one_line(self._session.name_of(one.proposer))
        if one.proposer == self._session.person.id:
            who = self.tr("You proposed it: another supervisor decides.")
        else:
            who = self.tr("Proposed by {person}, so you may approve.").format(person=by)
        down = self.tr("Catalog is down: the decision is signed here and sent later.")
        later = "" if self._session.is_up(Service.CATALOG) else down
        said = (who, later) if self._may_decide() else ()
        self.detail.who.set_passage(" ".join(one for one in said if one))

    async def _near_of(self, one: ProposalView) -> ModelOffer:
        return await self._session.opened.finder.find(ModelParts.of(one.fields).all_words)

    def _show_near(self, one: ProposalView, offer: ModelOffer) -> None:
        status = self._session.status(Service.CATALOG)
        old = status is not None and status.word in (ServiceWord.DOWN, ServiceWord.STALE)
        at = status.as_of if status is not None and old else None
        self.detail.show_nearest(one, offer, moment(at, self._session.now) if at else "")

    def _may_decide(self) -> bool:
        return self._session.person.may(Permission.DECIDE_MODELS)

    def _name_foot(self) -> None:
        words, one = self.words, self.proposal
        mine = one is not None and one.proposer == self._session.person.id
        asked = one is not None and one.state == ProposalState.ASKED
        for button in (self.link, self.remember, self.propose, self.unsupported, self.plate):
            button.setVisible(words is not None)
        for button in (self.approve, self.reject, self.ask, self.delegate):
            button.setVisible(one is not None)
        self.answer.setVisible(asked)
        up = self._session.is_up(Service.CATALOG)
        self.approve.set_text(self.tr("Approve") if up else self.tr("Approve and send later"))
        reason = "" if self._may_decide() else self.tr("A supervisor decides.")
        if mine and not reason:
            reason = self.tr("Your own proposals need another supervisor.")
        for button in (self.approve, self.reject):
            button.set_reason(reason)
        for button in (self.ask, self.delegate):
            button.set_reason("" if self._may_decide() else self.tr("A supervisor decides."))
        self.take_in.set_reason("" if self._may_decide() else self.tr("A supervisor decides."))
        if words is not None:
            self._name_link(words)
        self._share_feet()

    def _name_link(self, words: WaitingWords) -> None:
        count = len(words.tickets)
        self.link.set_text(self.tr("Link %n ticket(s)", "", count))
        allowed = self._session.person.may(Permission.RESOLVE_MODELS)
        reason = "" if allowed else self.tr("It needs another role.")
        none = self.tr("Choose a model first.")
        for button in (self.link, self.plate):
            button.set_reason(reason or ("" if self.detail.chosen else none))
        for button in (self.propose, self.unsupported):
            button.set_reason(reason)
        common = self.tr("The words fit other models as well.")
        told = "" if self._remember else common
        self.remember.set_reason(reason or (told if self.detail.chosen else none))

    # --- candidates -------------------------------------------------------------------------

    def next_candidate(self) -> None:
        """The candidate below; after the last one the first."""
        view = self.detail.candidates
        at = view.currentIndex().row()
        count = self.detail.model.rowCount()
        if count:
            view.setCurrentIndex(self.detail.model.index((at + 1) % count, 0))

    def _search(self, text: str) -> None:
        row = self.words
        if text.strip():
            self._looking.request(text)
        elif row is not None:
            self._looking.cancel()
            self.detail.show_offer(self._offers.get(row.key))

    def _show_found(self, _text: str, offer: ModelOffer) -> None:
        if self.words is not None:
            self.detail.show_offer(offer)

    def _judge(self) -> None:
        row, entry = self.words, self.detail.chosen
        self._remember = False
        if row is not None and entry is not None:
            self._judging.request((row.words, entry.id))
            fact = self.tr("Linking resolves %n ticket(s)", "", len(row.tickets))
            self.detail.show_effect(fact, self.tr("as {model}.").format(model=entry.title))
        self._name_foot()

    async def _may_remember(self, asked: tuple[str, str]) -> bool:
        return await self._session.opened.models.may_remember(*asked)

    def _show_may_remember(self, _asked: tuple[str, str], may: bool) -> None:
        self._remember = may
        self._name_foot()

    # --- deciding about words ---------------------------------------------------------------

    @async_slot
    async def link_tickets(self) -> None:
        """Pin these tickets; the words stay free for others."""
        await self._link(None)

    @async_slot
    async def _link_by_plate(self, reading: PlateReading) -> None:
        await self._link(reading)

    async def _link(self, reading: PlateReading | None) -> None:
        row, entry = self.words, self.detail.chosen
        if row is None or entry is None:
            return
        ids, person = [one.id for one in row.tickets], self._session.person
        models = self._session.opened.models
        done = await self._tried(lambda: models.link(ids, entry.id, person, reading))
        self._tell(done, self.tr("Linked to {model}").format(model=entry.title))

    @async_slot
    async def remember_words(self) -> None:
        """The words mean this model from now on, on every desk."""
        row, entry = self.words, self.detail.chosen
        if row is None or entry is None:
            return
        models, person = self._session.opened.models, self._session.person

        async def remember() -> list[Decided]:
            return [await models.remember(row.words, entry.id, person)]

        done = await self._tried(remember)
        self._tell(done, self.tr("Remembered for {model}").format(model=entry.title))

    @async_slot
    async def _not_supported(self, why: str) -> None:
        row = self.words
        if row is None:
            return
        ids, person = [one.id for one in row.tickets], self._session.person
        models = self._session.opened.models
        done = await self._tried(lambda: models.not_supported(ids, why, person))
        self._tell(done, self.tr("Marked as not supported"))

    def start_plate(self) -> None:
        self.plate_form.open_for(self._session.person)

    def start_proposal(self) -> None:
        row = self.words
        if row is not None:
            entry = self.detail.entries[0] if self.detail.entries else None
            maker = entry.maker if entry and entry.maker.lower() in row.words.lower() else ""
            self.proposal_form.open_for(row, maker, self._category(row))

    def _show_proposal_near(self, _words: str, offer: ModelOffer) -> None:
        self.proposal_form.show_near([one.entry.title for one in offer.candidates])

    @async_slot
    async def _propose(self, entry: NewEntry) -> None:
        models, person = self._session.opened.models, self._session.person
        try:
            proposed = await models.propose(entry, person)
        except (Invalid, Refused) as problem:
            self.proposal_form.refuse(problems.sentence(problem))
            return
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._tell([proposed.decided], self.tr("Proposed; a supervisor decides"))

    # --- deciding about proposals -----------------------------------------------------------

    def start_approval(self) -> None:
        """Into the catalog, once it is signed."""
        one = self.proposal
        if one is None:
            return
        approvals, person = self._session.opened.approvals, self._session.person
        shown = approvals.shown(one)

        async def approve(signer: Signer) -> Decided:
            return (await approvals.approve(one.id, shown, person, signer))[1]

        self._sign(approve)

    def start_rejection(self) -> None:
        if self.proposal is not None:
            self.reject_form.open_empty()

    def _reject(self, why: str) -> None:
        one = self.proposal
        if one is None:
            return
        approvals, person = self._session.opened.approvals, self._session.person
        shown = approvals.shown(one)
        self._sign(lambda signer: approvals.reject(one.id, shown, why, person, signer))

    @async_slot
    async def _ask_back(self, question: str) -> None:
        one, approvals = self.proposal, self._session.opened.approvals
        if one is not None:
            person = self._session.person
            done = await self._tried(lambda: _alone(approvals.ask(one.id, question, person)))
            self._tell(done, self.tr("Asked back"))

    @async_slot
    async def _answer(self, answer: str) -> None:
        one, approvals = self.proposal, self._session.opened.approvals
        if one is not None:
            person = self._session.person
            done = await self._tried(lambda: _alone(approvals.answer(one.id, answer, person)))
            self._tell(done, self.tr("Answered"))

    def start_delegation(self) -> None:
        one, person = self.proposal, self._session.person
        if one is not None:
            others = [
                other
                for other in self._session.opened.people.everybody()
                if other.may(Permission.DECIDE_MODELS) and other.id not in (person.id, one.proposer)
            ]
            self.delegate_form.open_for(others)

    @async_slot
    async def _delegate(self, person_id: str) -> None:
        one, opened = self.proposal, self._session.opened
        to = opened.desk.configuration.person(person_id)
        if one is not None and to is not None:
            person = self._session.person
            done = await self._tried(lambda: _alone(opened.approvals.delegate(one.id, to, person)))
            self._tell(done, self.tr("{person} decides").format(person=one_line(to.name)))

    # --- the catalog from a file ------------------------------------------------------------

    def start_import(self) -> None:
        self.import_form.open_empty()

    @async_slot
    async def _look_at(self, path: str) -> None:
        care = self._session.opened.catalog
        try:
            preview = await care.preview(await care.read(Path(path)))
        except OffhookError as problem:
            self.import_form.refuse(problems.sentence(problem))
            return
        self.import_form.show_preview(preview)

    @async_slot
    async def _take_in(self) -> None:
        form, care, person = self.import_form, self._session.opened.catalog, self._session.person
        preview = form.preview
        if preview is None:
            return
        try:
            text = await care.read(Path(form.path.text().strip()))
            done = await care.apply(text, preview.digest, person)
        except OffhookError as problem:
            form.refuse(problems.sentence(problem))
            return
        form.close_form()
        self._tell(done, self.tr("Taken in from the file"))

    # --- signing ----------------------------------------------------------------------------

    @async_slot
    async def _sign(self, decide: Signed) -> None:
        """With the key that is unlocked, or after the person has given their passphrase."""
        person, now = self._session.person, self._session.now
        if self._unlocked and self._unlocked[0] == person.id and now < self._unlocked[2]:
            await self._decide(decide, self._unlocked[1])
            return
        self._to_sign = decide
        known = await self._session.opened.signing.has_key(person)
        self.passphrase_form.open_for(person, known=known)

    @async_slot
    async def _unlock(self, passphrase: str) -> None:
        person, signing = self._session.person, self._session.opened.signing
        try:
            signer = await signing.signer(person, passphrase.encode())
        except (NotAllowed, Invalid) as problem:
            self.passphrase_form.refuse(problems.sentence(problem))
            return
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._unlocked = (person.id, signer, self._session.now + _UNLOCKED_MS)
        decide, self._to_sign = self._to_sign, None
        if decide is not None:
            await self._decide(decide, signer)

    async def _decide(self, decide: Signed, signer: Signer) -> None:
        done = await self._tried(lambda: _alone(decide(signer)))
        self._tell(done, self.tr("Decided and signed"))

    def _other_person(self) -> None:
        self._unlocked = self._to_sign = None
        if self.isVisible():
            self.reload()
            self.show_current()

    # --- after it ---------------------------------------------------------------------------

    async def _tried(
        self, work: Callable[[], Awaitable[Sequence[Decided]]]
    ) -> Sequence[Decided] | None:
        try:
            return await work()
        except OffhookError as problem:
            self._session.refuse(problem)
            return None

    def _tell(self, done: Sequence[Decided] | None, words: str) -> None:
        """Offer the undo, wake the engine, and look at what is left."""
        if done:
            self.done.emit([one.op_id for one in done], words)
            self._session.saved()
            self.reload()

    def _open_ticket(self) -> None:
        """The oldest ticket of the row."""
        found = self._of(self.list.current)
        rows = self._work.tickets_of(found.id) if isinstance(found, ProposalView) else ()
        row = found if isinstance(found, WaitingWords) else rows[0] if rows else None
        if row is not None:
            self.ticket_chosen.emit(row.tickets[0].id)


async def _alone(work: Awaitable[Decided]) -> list[Decided]:
    return [await work]


def _press(button: Button) -> None:
    """A key does what its button does, where that can be done."""
    if button.isVisible() and button.isEnabled():
        button.click()
