"""Ctrl+K: everything on this computer and every action, behind one line to type in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.domain.views import CustomerHit, ModelCandidate, SearchAnswer, TicketRow
from app.domain.words import fold
from ui.actions import Actions, Bound, Scope
from ui.delegates.parts import Pill, small
from ui.offers import Offers
from ui.session import Session
from ui.tasks import NewestWins
from ui.text import one_line
from ui.widgets.palette import Palette, PaletteRow, PaletteSection

_MOST_FOUND = 6
_MOST_ACTIONS = 8
_MOST_AT_FIRST = 14


class Kind(StrEnum):
    """Sections of the palette."""

    REFERENCE = "reference"
    CUSTOMERS = "customers"
    TICKETS = "tickets"
    MODELS = "models"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Said:
    """A reference as typed or heard, its check character holding."""

    reference: str


@dataclass(frozen=True, slots=True)
class CallFor:
    """A new call with this customer."""

    customer: CustomerHit


class Commands(QObject):
    """Fills the palette and carries out what is chosen.

    `ticket_chosen` carries an id, `reference_chosen` a reference that may not be here,
    `customer_chosen` a CustomerHit, `model_chosen` a ModelCandidate, `call_chosen` a CustomerHit.
    `opening` comes before what can be done is asked.
    """

    opening = Signal()

    ticket_chosen = Signal(str)
    reference_chosen = Signal(str)
    customer_chosen = Signal(object)
    model_chosen = Signal(object)
    call_chosen = Signal(object)

    def __init__(
        self, session: Session, palette: Palette, actions: Actions, offers: Offers
    ) -> None:
        super().__init__(palette)
        self._offers = offers
        self._session, self._palette, self._actions = session, palette, actions
        self._kind = ""
        self._answer = SearchAnswer((), (), (), 0.0)
        self._offered: tuple[Bound, ...] = ()
        self._newest = NewestWins(self._ask, self._show)
        palette.query_changed.connect(self._newest.request)
        palette.kind_narrowed.connect(self._narrow)
        palette.chosen.connect(self._carry_out)
        palette.chosen_beside.connect(self._carry_out_beside)

    def open(self, query: str = "") -> None:
        """Open over the window; what can be done is asked of the screen that shows now."""
        self._kind = ""
        self.opening.emit()
        self._offered = tuple(self._actions.offered())
        self._palette.open_with(query)

    async def _ask(self, query: str) -> SearchAnswer:
        if not query.strip():
            return SearchAnswer((), (), (), 0.0)
        return await self._session.finding.search(query, _MOST_FOUND)

    def _show(self, query: str, answer: SearchAnswer) -> None:
        self._answer = answer
        self._show_sections(query)

    def _narrow(self, kind: str) -> None:
        self._kind = kind
        self._show_sections(self._palette.query)

    def _show_sections(self, query: str) -> None:
        sections = [
            one
            for one in self._sections(query, self._answer)
            if one.rows and self._kind in ("", one.kind)
        ]
        time = self.tr("from this computer, {ms} ms").format(ms=max(1, round(self._answer.ms)))
        self._palette.show_sections(query, sections, time if query.strip() else "")

    # --- sections ---------------------------------------------------------------------------

    def _sections(self, query: str, answer: SearchAnswer) -> tuple[PaletteSection, ...]:
        return (
            PaletteSection(Kind.REFERENCE, "", self._reference(query, answer.tickets)),
            PaletteSection(Kind.CUSTOMERS, self.tr("Customers"), self._customers(answer)),
            PaletteSection(Kind.TICKETS, self.tr("Tickets"), self._tickets(answer.tickets)),
            PaletteSection(Kind.MODELS, self.tr("Models"), self._models(answer.models)),
            PaletteSection(Kind.ACTIONS, self.tr("Actions"), self._acts(query, answer)),
        )

    def _reference(self, query: str, tickets: Sequence[TicketRow]) -> tuple[PaletteRow, ...]:
        reference = self._session.finding.reference_in(query)
        if reference is None or any(one.reference == reference for one in tickets):
            return ()
        more = self.tr("a ticket's reference, read right")
        return (PaletteRow(Said(reference), "hash", reference, more, keys="Enter"),)

    def _customers(self, answer: SearchAnswer) -> tuple[PaletteRow, ...]:
        return tuple(self._customer(one) for one in answer.customers[:_MOST_FOUND])

    def _customer(self, one: CustomerHit) -> PaletteRow:
        open_ = self.tr("%n open", "", one.open_tickets) if one.open_tickets else ""
        _, phone = self._session.intake.read_phone(one.phone)
        where = " · ".join(part for part in (phone or one.phone, one.city) if part)
        right = (small(open_),) if open_ else ()
        return PaletteRow(one, "user", one_line(one.name), one_line(where), right)

    def _tickets(self, rows: Sequence[TicketRow]) -> tuple[PaletteRow, ...]:
        return tuple(
            PaletteRow(
                row,
                "ticket",
                row.reference,
                f"{one_line(row.fault)}  {one_line(row.customer)}",
                (Pill(row.state),),
            )
            for row in rows[:_MOST_FOUND]
        )

    def _models(self, found: Sequence[ModelCandidate]) -> tuple[PaletteRow, ...]:
        return tuple(
            PaletteRow(one, "television", one_line(one.name), one_line(one.detail))
            for one in found[:_MOST_FOUND]
        )

    def _acts(self, query: str, answer: SearchAnswer) -> tuple[PaletteRow, ...]:
        words = fold(query).split()
        offered = sorted(self._offered, key=lambda one: one.spec.scope is Scope.ANYWHERE)
        fitting = [one for one in offered if all(word in fold(one.spec.text) for word in words)]
        calls = tuple(self._call_row(one) for one in answer.customers[:1])
        shown = fitting[: _MOST_ACTIONS if words else _MOST_AT_FIRST]
        return (*calls, *(self._act_row(one) for one in shown))

    def _act_row(self, one: Bound) -> PaletteRow:
        """What is different about it now; what cannot be done stays, with its reason."""
        spec, reason = one.spec, one.reason
        note = one_line(reason) or self._offers.note(self._offers.of_act(spec.act))
        return PaletteRow(one, spec.icon, spec.text, note, keys=spec.shown_keys, off=bool(reason))

    def _call_row(self, one: CustomerHit) -> PaletteRow:
        return PaletteRow(CallFor(one), "phone-call", self.tr("New call with"), one_line(one.name))

    # --- choosing ---------------------------------------------------------------------------

    def _carry_out(self, value: object) -> None:
        match value:
            case Said(reference=reference):
                self.reference_chosen.emit(reference)
            case TicketRow(id=ticket_id):
                self.ticket_chosen.emit(ticket_id)
            case CustomerHit():
                self.customer_chosen.emit(value)
            case ModelCandidate():
                self.model_chosen.emit(value)
            case CallFor(customer=customer):
                self.call_chosen.emit(customer)
            case Bound(action=action):
                action.trigger()

    def _carry_out_beside(self, value: object) -> None:
        """Ctrl+Enter: a customer opens as a call, everything else as by Enter."""
        if isinstance(value, CustomerHit):
            self.call_chosen.emit(value)
        else:
            self._carry_out(value)
