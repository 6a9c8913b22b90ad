"""What may be done about a row of the model work: its buttons, and why one may not be used."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.central_services import Service
from app.domain.model_work import ProposalView, WaitingWords
from app.domain.people import Permission
from app.domain.proposals import ProposalState, decided_by_another
from ui.session import Session
from ui.text import one_line
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.view_head import ActionFoot


class ModelFoot(ActionFoot):
    """The buttons of a row, and what stands against each."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._make()

    def _make(self) -> None:
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
        self.together = self._button(self.tr("Propose together"), "X", kind=ButtonKind.QUIET)
        self.unsupported = self._button(self.tr("Not supported\u2026"), "N", kind=ButtonKind.QUIET)
        self.plate = self._button(self.tr("Rating plate\u2026"), "E", kind=ButtonKind.QUIET)
        seldom = (
            self.next, self.ask, self.delegate, self.together, self.plate, self.unsupported,
        )  # fmt: skip
        often = (
            self.propose, self.remember, self.link, self.answer, self.reject, self.approve,
        )  # fmt: skip
        for button in seldom:
            self.add_left(button)
        for button in often:
            self.add_right(button)

    def _button(
        self, text: str, keys: str, kind: ButtonKind = ButtonKind.PLAIN, icon: str = ""
    ) -> Button:
        return Button(text, self, kind=kind, keys=keys, icon=icon)

    # --- naming -----------------------------------------------------------------------------

    def name_proposal(self, one: ProposalView | None) -> None:
        """What may be decided about it; the buttons go where there is none."""
        for button in (self.approve, self.reject, self.ask, self.delegate):
            button.setVisible(one is not None)
        self.answer.setVisible(one is not None and one.state == ProposalState.ASKED)
        up = self._session.is_up(Service.CATALOG)
        self.approve.set_text(self.tr("Approve") if up else self.tr("Approve and send later"))
        decides = self._session.person.may(Permission.DECIDE_MODELS)
        role = "" if decides else self.tr("A supervisor decides.")
        mine = one is not None and one.proposer == self._session.person.id
        own = self.tr("Your own proposals need another supervisor.") if mine else ""
        given_to = decided_by_another(one.fields, self._session.person.id) if one else ""
        person = one_line(self._session.name_of(given_to))
        theirs = self.tr("{person} is to decide.").format(person=person) if given_to else ""
        for button in (self.approve, self.reject):
            button.set_reason(role or own or theirs)
        for button in (self.ask, self.delegate):
            button.set_reason(role)

    def name_words(
        self, words: WaitingWords | None, together: int, *, chosen: bool, may_remember: bool
    ) -> None:
        """What may be decided about them; `chosen` tells that a candidate is.

        `together` is how many wordings one proposal would carry.
        """
        own = (
            self.link, self.remember, self.propose, self.together, self.unsupported, self.plate,
        )  # fmt: skip
        for button in own:
            button.setVisible(words is not None)
        several = self.tr("Propose %n wording(s)\u2026", "", together)
        self.propose.set_text(several if together > 1 else self.tr("Propose\u2026"))
        if words is None:
            return
        self.link.set_text(self.tr("Link %n ticket(s)", "", len(words.tickets)))
        allowed = self._session.person.may(Permission.RESOLVE_MODELS)
        reason = "" if allowed else self.tr("It needs another role.")
        none = "" if chosen else self.tr("Choose a model first.")
        for button in (self.link, self.plate):
            button.set_reason(reason or none)
        for button in (self.propose, self.together, self.unsupported):
            button.set_reason(reason)
        common = "" if may_remember else self.tr("The words fit other models as well.")
        self.remember.set_reason(reason or none or common)
