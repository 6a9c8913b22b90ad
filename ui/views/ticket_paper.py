"""A ticket as lines of plain text, for paper and PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject

from app.domain.ids import Millis
from app.domain.payments.claims import ClaimState, claims_of
from app.domain.views import TicketDetail
from ui.claim_words import claim_words
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.times import clock, date, local, time_words
from ui.views.call_assist import address_of
from ui.views.thread import Thread
from ui.wording import wording


class TicketPaper(QObject):
    """Words of a printed ticket; readable without any program."""

    def lines(
        self,
        detail: TicketDetail,
        session: Session,
        thread: Thread,
        states: Mapping[str, ClaimState],
    ) -> str:
        """Everything the screen shows of it, and when it was printed.

        `states` are those of its claims; one that is not among them has not been verified.
        """
        printed = self.tr("Printed {time}, desk {desk}").format(
            time=_full(session.now), desk=session.opened.desk.identity.desk_code
        )
        parts = (
            self._facts(detail, session), self._customer(detail, session, states),
            self._device(detail), self._promises(detail),
            self._thread(detail, session, thread), (printed,),
        )  # fmt: skip
        return "\n\n".join("\n".join(block) for part in parts if (block := [*part]))

    def _facts(self, detail: TicketDetail, session: Session) -> Iterator[str]:
        row = detail.row
        yield one_line(row.fault)
        yield self._pair(self.tr("Status"), terms.status(row.status))
        yield self._pair(self.tr("On its way"), wording.row_state(row.state))
        yield self._pair(self.tr("Call"), _full(row.happened_at))
        if row.due is not None:
            yield self._pair(self.tr("Due"), _full(row.due))
        if row.owner is not None:
            yield self._pair(self.tr("Assigned"), session.name_of(row.owner))
        yield self._pair(self.tr("Priority"), terms.priority(row.priority))
        yield self._pair(self.tr("Safety"), terms.safety(row.safety))
        for part in detail.missing:
            yield self._pair(self.tr("To complete"), terms.missing(part))

    def _customer(
        self, detail: TicketDetail, session: Session, states: Mapping[str, ClaimState]
    ) -> Iterator[str]:
        fields, customer = detail.fields, detail.customer
        name = str(fields.get("caller_name") or (customer.name if customer else ""))
        number = str(fields.get("caller_phone") or "")
        shown = session.intake.read_phone(number)[1] or number
        place = str(fields.get("place") or (address_of(customer) if customer else ""))
        known = customer.name if customer and customer.name != name else ""
        for label, value in (
            (self.tr("Caller"), name), (self.tr("Customer"), known), (self.tr("Phone"), shown),
            (self.tr("Place"), place), (self.tr("Reachable"), str(fields.get("reachable") or "")),
        ):  # fmt: skip
            if value:
                yield self._pair(label, one_line(value))
        if detail.plan is not None:
            plan = f"{one_line(detail.plan.name)}, {date(detail.plan.ends)}"
            yield self._pair(self.tr("Plan"), plan)
        for claim in claims_of(fields, session.opened.desk.configuration.currency):
            money = terms.money(claim.amount, claim.currency)
            state = claim_words.state(states.get(claim.id, ClaimState.NOT_VERIFIED))
            said = ", ".join(part for part in (money, one_line(claim.reference), state) if part)
            yield self._pair(self.tr("Claimed"), said)

    def _device(self, detail: TicketDetail) -> Iterator[str]:
        fields, row = detail.fields, detail.row
        words = str(fields.get("model_words") or "")
        serial = str(fields.get("serial") or (detail.device.serial if detail.device else ""))
        for label, value in (
            (self.tr("Device"), row.device), (self.tr("As said"), words),
            (self.tr("Serial"), serial),
        ):  # fmt: skip
            if value:
                yield self._pair(label, one_line(value))

    def _promises(self, detail: TicketDetail) -> Iterator[str]:
        for one in detail.promises:
            if one.kept_at is None:
                when = _full(one.by_when) if one.by_when is not None else time_words.no_time_said()
                yield self._pair(
                    self.tr("Promised"), f"{one_line(one.to)}: {one_line(one.what)}, {when}"
                )

    @staticmethod
    def _thread(detail: TicketDetail, session: Session, thread: Thread) -> Iterator[str]:
        for entry in detail.thread:
            spoken = entry.kind in ("call", "note")
            who = session.name_of(entry.by) if spoken else thread.words_of(entry)
            yield f"{_full(entry.at)}  {one_line(who)}"
            yield from (f"    {line}" for line in entry.text.splitlines() if spoken)

    @staticmethod
    def _pair(label: str, value: str) -> str:
        return f"{label}: {value}"


def _full(at: Millis) -> str:
    """Day and time: paper is read on another day."""
    return f"{date(local(at).date().isoformat())} {clock(at)}"


ticket_paper = TicketPaper()
"""The one to ask."""
