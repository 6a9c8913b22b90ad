"""Settling by hand: which line a claim goes with, what is refused, and taking either back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain import reference as references
from app.domain.errors import Invalid, Refused
from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import FieldChange, Json
from app.domain.payments.claim_index import OpenClaim, Payment, weighed
from app.domain.payments.claims import EXPOSED, ClaimState
from app.domain.payments.reasons import WORTH_OFFERING, Reason, named, score
from app.domain.payments.reconciliation import ClaimView, open_claim
from app.domain.payments.settling import Settling, SettlingWord
from app.domain.payments.signals import is_fee
from app.domain.people import Person
from app.ports.store import ReadTx, WriteTx
from app.services.claim_work import work_of
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk
from app.services.payments import Payments

MOST_LINES = 100
"""Lines offered for one claim; the rest is further away in amount."""


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A payment beside the chosen claim: `amount` is what is left of it."""

    payment: Payment
    score: int
    reasons: tuple[Reason, ...]
    settles: int
    """How much of the claim it would settle, in minor units."""
    whole: bool
    """Whether the claim would be done: the amounts meet, or a bank kept a fee."""
    likely: bool
    """Whether enough speaks for it to be a choice; the others are only there to be looked at."""


@dataclass(frozen=True, slots=True)
class StatementShown:
    """The statement that was imported last; Nones before the first."""

    imported_at: Millis | None = None
    account: str = ""
    lines: int = 0


class Settlements:
    """One claim beside the open payments; a person decides, and can always take it back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def last_statement(self) -> StatementShown:
        """What was imported last."""
        lines = await self._desk.store.read(lambda tx: tx.payments.last_import())
        if not lines:
            return StatementShown()
        return StatementShown(lines[0].imported_at, lines[0].account, len(lines))

    async def lines_for(self, claim_id: str) -> tuple[OfferedLine, ...]:
        """The open payments of the claim's currency, best first; none for a claim that is done.

        First those that are likely, then, nearest in amount, what else came in.
        """
        return await self._desk.store.read(lambda tx: self._lines_for(tx, claim_id))

    def _lines_for(self, tx: ReadTx, claim_id: str) -> tuple[OfferedLine, ...]:
        work = work_of(self._desk, tx)
        view = _view(work.claims, claim_id)
        if view is None or view.state not in EXPOSED:
            return ()
        claim = replace(open_claim(view.claim, view.ticket, view.said_in), amount=view.open_amount)
        fitting = [
            one
            for one in work.open_payments
            if one.currency == claim.currency and (one.id, claim_id) not in work.refused
        ]
        offered = {made.payments[0] for made in view.choices}
        near = sorted(
            fitting, key=lambda one: (one.id not in offered, abs(one.amount - claim.amount), one.id)
        )
        made = [_offered(one, claim) for one in near[:MOST_LINES]]
        return tuple(sorted(made, key=lambda one: _rank(one, claim)))

    async def settle(self, claim_id: str, payment_id: str, person: Person) -> Decided:
        """Give the payment's money to the claim, as much as both have.

        The claim is done where the amounts meet or a fee is missing, else a part of it is paid.
        Raises Refused where there is nothing left of either, NotAllowed.
        """

        def portion(tx: ReadTx) -> dict[str, Json]:
            work = work_of(self._desk, tx)
            view = _view(work.claims, claim_id)
            payment = next((one for one in work.open_payments if one.id == payment_id), None)
            if view is None or view.state not in EXPOSED:
                raise Refused("The claim is not open any more.", safe="Nothing was written.")
            if payment is None or payment.currency != view.claim.currency:
                raise Refused("Nothing is left of that payment.", safe="Nothing was written.")
            claim = replace(
                open_claim(view.claim, view.ticket, view.said_in), amount=view.open_amount
            )
            made = _offered(payment, claim)
            if not made.settles:
                raise Refused(
                    "The claim names no amount, so no part of a payment can be given to it.",
                    safe="Nothing was written.",
                    todo="Decide about the claim instead.",
                )
            entry: Json = {"id": payment.id, "amount": made.settles, "currency": payment.currency}
            word = SettlingWord.SETTLED if made.whole else SettlingWord.PART
            return {"claim_id": claim_id, "ruling": str(word), "portions": [entry]}

        fields = await self._desk.store.read(portion)
        return await self._record(fields, person)

    async def refuse(self, claim_id: str, payment_id: str, person: Person) -> Decided:
        """Say that the payment is not for the claim; what settled it by itself is undone too."""
        entry: Json = {"id": payment_id}
        word = str(SettlingWord.NOT_THIS)
        fields: dict[str, Json] = {"claim_id": claim_id, "ruling": word, "portions": [entry]}
        return await self._record(fields, person)

    async def take_back(self, claim_id: str, record_id: str, person: Person) -> Decided:
        """Undo one settling or refusal, whenever it was."""
        word = str(SettlingWord.TAKEN_BACK)
        fields: dict[str, Json] = {
            "claim_id": claim_id, "ruling": word, "takes_back": record_id,
        }  # fmt: skip
        return await self._record(fields, person)

    async def last_of(self, claim_id: str) -> Settling | None:
        """What was done to the claim last and still stands; a refusal counts where nothing else."""

        def find(tx: ReadTx) -> Settling | None:
            work = work_of(self._desk, tx)
            view = _view(work.claims, claim_id)
            if view is not None and view.by_hand:
                return view.by_hand[-1]
            refused = [one for (_, claim), one in work.refused.items() if claim == claim_id]
            return refused[-1] if refused else None

        return await self._desk.store.read(find)

    async def reopen(self, claim_id: str, person: Person) -> Decided:
        """Take back whatever people decided about the claim last: a settling, refusal or ruling.

        Raises Refused where nobody decided anything, NotAllowed.
        """
        ruled = await self._desk.store.read(lambda tx: self._is_ruled(tx, claim_id))
        if ruled:
            return await Payments(self._desk).rule(
                claim_id, str(ClaimState.NOT_VERIFIED), "", person
            )
        last = await self.last_of(claim_id)
        if last is None:
            raise Refused(
                "Nobody has decided anything about this claim.", safe="Nothing was written."
            )
        return await self.take_back(claim_id, last.id, person)

    def _is_ruled(self, tx: ReadTx, claim_id: str) -> bool:
        view = _view(work_of(self._desk, tx).claims, claim_id)
        return view is not None and view.state not in EXPOSED and view.settled_by is None

    async def named(self, text: str) -> ClaimView:
        """The claim of that id, or the only one of the open ticket with that reference.

        The reference may be that of a ticket merged into it.

        Raises Invalid where there is none, or more than one.
        """
        work = await self._desk.store.read(lambda tx: work_of(self._desk, tx))
        own = [one for one in work.claims if one.claim.id == text]
        if not own:
            reference = _read(text)
            own = [
                one
                for one in work.claims
                if reference in (one.ticket.reference, one.said_in.reference)
            ]
        if not own:
            raise Invalid("There is no such open claim on this computer.")
        if len(own) > 1:
            raise Invalid(
                "The ticket has more than one claim.",
                todo=f"Name one of them: {', '.join(one.claim.id for one in own)}.",
            )
        return own[0]

    async def _record(self, fields: dict[str, Json], person: Person) -> Decided:
        op_id, record = OpId(self._desk.ids.new_id()), EntityId(self._desk.ids.new_id())
        said: dict[str, Json] = {**fields, "by": person.id}

        def write(tx: WriteTx) -> Decided:
            changes = {name: FieldChange(None, value) for name, value in said.items()}
            decision = Decision("ruling.settle", record, op_id, changes=changes)
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)


def _read(text: str) -> str:
    """A reference however it was typed; other words stay as they are."""
    try:
        return references.parse(text).text
    except Invalid:
        return text


def _view(views: Sequence[ClaimView], claim_id: str) -> ClaimView | None:
    return next((one for one in views if one.claim.id == claim_id), None)


def _rank(one: OfferedLine, claim: OpenClaim) -> tuple[bool, int, str]:
    """The likely by score, the others by how far their amount is away."""
    far = abs(one.payment.amount - claim.amount)
    return not one.likely, -one.score if one.likely else far, one.payment.id


def _offered(payment: Payment, claim: OpenClaim) -> OfferedLine:
    reasons = weighed(payment, claim)
    settles = min(payment.amount, claim.amount)
    whole = settles == claim.amount or is_fee(claim.amount, payment.amount)
    points = score(reasons)
    return OfferedLine(
        payment, points, named(reasons), settles, whole, likely=points >= WORTH_OFFERING
    )
