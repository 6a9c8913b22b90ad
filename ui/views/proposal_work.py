"""Deciding about a proposal: approve, reject, ask back, answer, let another supervisor decide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.central_services import Service
from app.domain.errors import Refused
from app.domain.model_offer import ModelOffer
from app.domain.model_work import ModelParts, ProposalView
from app.domain.people import Permission
from app.domain.proposals import decided_by_another, telling_words
from app.domain.views import ServiceWord
from app.ports.system import Signer
from app.services.decisions import Decided
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.text import one_line, quoted
from ui.times import moment
from ui.views.decision_signing import DecisionSigning
from ui.views.model_acts import ModelActs, alone
from ui.views.model_detail import ModelDetail
from ui.views.model_forms import DelegateForm, PassphraseForm, SentenceForm


class ProposalWork(ModelActs):
    """Acts on the proposal under the cursor."""

    def __init__(
        self,
        session: Session,
        current: Callable[[], ProposalView | None],
        detail: ModelDetail,
        parent: QWidget,
    ) -> None:
        """`current` says which proposal is to be decided about, if any."""
        super().__init__(session, parent)
        self._current, self._detail = current, detail
        self._make_forms(parent)
        self._nearing = NewestWins(self._near_of, self._show_near)
        self.signing = DecisionSigning(session, self.passphrase_form, self)
        self.signing.done.connect(self.done)
        self.reject_form.wanted.connect(self._reject)
        self.ask_form.wanted.connect(self._ask_back)
        self.answer_form.wanted.connect(self._answer)
        self.delegate_form.wanted.connect(self._delegate)

    def _make_forms(self, parent: QWidget) -> None:
        self.reject_form = SentenceForm(
            self.tr("Reject the proposal"),
            self.tr("Reject it"),
            self.tr("Why"),
            self.tr("A rejection has a reason."),
            parent,
        )
        self.ask_form = SentenceForm(
            self.tr("Ask back"),
            self.tr("Ask"),
            self.tr("Question to the proposer"),
            self.tr("What is asked?"),
            parent,
        )
        self.answer_form = SentenceForm(
            self.tr("Answer the question"),
            self.tr("Answer"),
            self.tr("Answer"),
            self.tr("What is the answer?"),
            parent,
        )
        self.passphrase_form = PassphraseForm(parent)
        self.delegate_form = DelegateForm(parent)
        self.forms = (
            self.reject_form, self.ask_form, self.answer_form, self.passphrase_form,
            self.delegate_form,
        )  # fmt: skip

    # --- showing ----------------------------------------------------------------------------

    def look_near(self, one: ProposalView) -> None:
        """Show it beside the entry that comes nearest."""
        self._nearing.request(one)

    async def _near_of(self, one: ProposalView) -> ModelOffer:
        return await self._session.opened.finder.find(ModelParts.of(one.fields).all_words)

    def _show_near(self, one: ProposalView, offer: ModelOffer) -> None:
        status = self._session.status(Service.CATALOG)
        old = status is not None and status.word in (ServiceWord.DOWN, ServiceWord.STALE)
        at = status.as_of if status is not None and old else None
        self._detail.show_nearest(one, offer, moment(at, self._session.now) if at else "")

    def show_effect(self, one: ProposalView, tickets: int) -> None:
        """What approving it would touch, and who may."""
        fact = self.tr("Approving resolves %n waiting ticket(s)", "", tickets)
        telling = telling_words(one.fields)
        words = ", ".join(quoted(one_line(said)) for said in telling)
        found = self.tr("and makes {words} findable on the next call.").format(words=words)
        common = self.tr("The words fit other models as well, so only these tickets are linked.")
        self._detail.show_effect(fact, found if telling else common)
        by = one_line(self._session.name_of(one.proposer))
        given_to = decided_by_another(one.fields, self._session.person.id)
        if one.proposer == self._session.person.id:
            who = self.tr("You proposed it: another supervisor decides.")
        elif given_to:
            other = one_line(self._session.name_of(given_to))
            who = self.tr("{person} is to decide. You can take it over (D), with a reason.")
            who = who.format(person=other)
        else:
            who = self.tr("Proposed by {person}, so you may approve.").format(person=by)
        down = self.tr("Catalog is down: the decision is signed here and sent later.")
        later = "" if self._session.is_up(Service.CATALOG) else down
        decides = self._session.person.may(Permission.DECIDE_MODELS)
        said = (who, later) if decides else ()
        self._detail.who.set_passage(" ".join(one for one in said if one))

    # --- deciding ---------------------------------------------------------------------------

    def start_approval(self) -> None:
        """Into the catalog, once it is signed."""
        one = self._current()
        if one is None:
            return
        approvals, person = self._session.opened.approvals, self._session.person
        shown = approvals.shown(one)

        async def approve(signer: Signer) -> Decided:
            return (await approvals.approve(one.id, shown, person, signer))[1]

        self.signing.sign(approve)

    def start_rejection(self) -> None:
        if self._current() is not None:
            self.reject_form.open_empty()

    def _reject(self, why: str) -> None:
        one = self._current()
        if one is None:
            return
        approvals, person = self._session.opened.approvals, self._session.person
        shown = approvals.shown(one)
        self.signing.sign(lambda signer: approvals.reject(one.id, shown, why, person, signer))

    @async_slot
    async def _ask_back(self, question: str) -> None:
        one, approvals = self._current(), self._session.opened.approvals
        if one is not None:
            person = self._session.person
            done = await self._tried(lambda: alone(approvals.ask(one.id, question, person)))
            self._tell(done, self.tr("Asked back"))

    @async_slot
    async def _answer(self, answer: str) -> None:
        one, approvals = self._current(), self._session.opened.approvals
        if one is not None:
            person = self._session.person
            done = await self._tried(lambda: alone(approvals.answer(one.id, answer, person)))
            self._tell(done, self.tr("Answered"))

    def start_delegation(self) -> None:
        """To another supervisor; where somebody else was to decide, to oneself first of all."""
        one, person = self._current(), self._session.person
        if one is None:
            return
        given_to = decided_by_another(one.fields, person.id)
        left_out = (one.proposer, str(one.fields.get("delegated_to") or ""))
        others = [
            other
            for other in self._session.opened.people.everybody()
            if other.may(Permission.DECIDE_MODELS) and other.id not in (person.id, *left_out)
        ]
        oneself = [person] if given_to and person.id != one.proposer else []
        if oneself or others:
            taken_from = one_line(self._session.name_of(given_to)) if given_to else ""
            self.delegate_form.open_for([*oneself, *others], taken_from)
        else:
            self._session.refuse(Refused("Nobody else may decide about it."))

    @async_slot
    async def _delegate(self, person_id: str, why: str) -> None:
        one, opened = self._current(), self._session.opened
        to = opened.desk.configuration.person(person_id)
        if one is not None and to is not None:
            person = self._session.person
            done = await self._tried(
                lambda: alone(opened.approvals.delegate(one.id, to, person, why))
            )
            self._tell(done, self.tr("{person} decides").format(person=one_line(to.name)))
