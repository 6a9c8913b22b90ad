"""Payments at the desk: open claims, the meter, statements read in, and what is to complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.cards import mask_cards
from app.domain.enrichment import ReducedTicket, reduced, work_list
from app.domain.errors import Invalid, Refused
from app.domain.evidence import EvidenceFile, evidence_of
from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import FieldChange
from app.domain.payments.claims import MOVES, ClaimState
from app.domain.payments.matching import match
from app.domain.payments.policy import Hold
from app.domain.payments.read_lines import KeptLine
from app.domain.payments.reconciliation import (
    ClaimView,
    bank_payment,
    open_claim,
    reconciled,
)
from app.domain.payments.statements import (
    Balances,
    StatementFile,
    StatementLine,
    line_keys,
)
from app.domain.people import Permission, Person
from app.ports.store import ReadTx, WriteTx
from app.services.claim_work import Work, known_to, work_of
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk, require


@dataclass(frozen=True, slots=True)
class Preview:
    """What a statement file means for this desk: counts of lines, money in only matched."""

    already_seen: int
    matched: int
    suggested: int
    unmatched: int


@dataclass(frozen=True, slots=True)
class TicketClaims:
    """What a ticket's own card says of its claims."""

    claims: tuple[ClaimView, ...]
    hold: Hold | None
    billing_as_of: Millis | None
    files: tuple[EvidenceFile, ...] = ()
    here: frozenset[str] = frozenset()
    """Those of the files whose content is on this computer; the others' desks have them."""


class Payments:
    """Reads derived at once from the store; nothing here is kept twice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def work(self) -> Work:
        """Claims, holds and exposure as this desk knows them."""
        return await self._desk.store.read(lambda tx: work_of(self._desk, tx))

    async def of_ticket(self, ticket_id: str) -> TicketClaims:
        """The claims of one open ticket and of its parts, and whether it is held.

        None for a closed one.
        """
        work, here = await self._desk.store.read(
            lambda tx: (work_of(self._desk, tx), tx.payments.evidence_ids())
        )
        claims = tuple(one for one in work.claims if one.ticket.id == ticket_id)
        return TicketClaims(
            claims,
            next((one for one in work.holds if one.ticket_id == ticket_id), None),
            work.billing_as_of,
            files_of(claims),
            here,
        )

    async def to_complete(self) -> tuple[ReducedTicket, ...]:
        """Reduced tickets, what blocks dispatch most first."""
        found = await self._desk.store.read(lambda tx: tx.payments.reduced())
        made = (reduced(one.id, one.reference, one.due, one.fields) for one in found)
        return work_list(one for one in made if one is not None)

    # --- statements --------------------------------------------------------------------------

    async def preview(self, file: StatementFile) -> Preview:
        """What importing the file would do; nothing is changed."""
        lines = kept_lines(file, "", Millis(0))
        return await self._desk.store.read(lambda tx: self._preview(tx, lines))

    async def take_in(
        self, file: StatementFile, person: Person, *, confirmed: bool = False
    ) -> Preview:
        """Keep the file's lines that are new, all of them or none; what that settles.

        Raises Refused where a statement's balances differ, and, unless confirmed, where they are
        missing; NotAllowed without the right to edit tickets.
        """
        require(person, Permission.EDIT_TICKETS)
        _require_sound(file, confirmed=confirmed)
        lines = kept_lines(file, self._desk.ids.new_id(), self._desk.clock.now())

        # Matching may take a second; the writer is only held for the lines themselves.
        found = await self._desk.store.read(lambda tx: self._preview(tx, lines))
        await self._desk.store.write(lambda tx: tx.payments.keep_lines(lines))
        return found

    def _preview(self, tx: ReadTx, lines: Sequence[KeptLine]) -> Preview:
        seen = tx.payments.known([one.key for one in lines])
        fresh = [one for one in lines if one.key not in seen]
        known = known_to(self._desk, tx)
        currency = self._desk.configuration.currency
        work = reconciled(
            known, self._desk.configuration.payments, currency, self._desk.clock.now()
        )
        open_ones = [
            open_claim(one.claim, one.ticket, one.said_in)
            for one in work
            if one.state is ClaimState.NOT_VERIFIED
        ]
        found = match((bank_payment(one, currency) for one in fresh), open_ones)
        matched = sum(len(one.payments) for one in found.automatic)
        return Preview(
            len(seen), matched, len(found.suggested), len(fresh) - matched - len(found.suggested)
        )

    # --- rulings -----------------------------------------------------------------------------

    async def rule(self, claim_id: str, ruling: str, reason: str, person: Person) -> Decided:
        """Decide about a claim; a later ruling takes its place, so every one can be taken back.

        Raises Invalid for a word that is no state or a move the table has not, NotAllowed.
        """
        if ruling not in set(ClaimState):
            raise Invalid(f"A ruling is one of: {', '.join(ClaimState)}.")
        op_id, ruling_id = OpId(self._desk.ids.new_id()), EntityId(self._desk.ids.new_id())
        fields = {"claim_id": claim_id, "ruling": ruling, "by": person.id, "reason": reason}

        await self._desk.store.read(lambda tx: self._require_move(tx, claim_id, ClaimState(ruling)))

        def write(tx: WriteTx) -> Decided:
            changes = {name: FieldChange(None, value) for name, value in fields.items() if value}
            decision = Decision("ruling.create", ruling_id, op_id, changes=changes)
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)

    def _require_move(self, tx: ReadTx, claim_id: str, wanted: ClaimState) -> None:
        view = next(
            (one for one in work_of(self._desk, tx).claims if one.claim.id == claim_id), None
        )
        if view is None:
            raise Invalid("There is no such open claim on this computer.")
        if wanted not in MOVES[view.state]:
            raise Invalid(
                f"A claim that is {view.state} cannot become {wanted}.",
                todo=f"It can become: {', '.join(sorted(MOVES[view.state]))}.",
            )


def files_of(claims: Sequence[ClaimView]) -> tuple[EvidenceFile, ...]:
    """The files of the claims' tickets and of the tickets they were said in, each once."""
    tickets = {one.id: one for view in claims for one in (view.ticket, view.said_in)}
    return tuple(file for one in tickets.values() for file in evidence_of(one.fields))


def kept_lines(file: StatementFile, import_id: str, at: Millis) -> list[KeptLine]:
    """The file's lines under their keys, each once, with card numbers masked before anything."""
    statements = [
        replace(one, lines=tuple(_masked(line) for line in one.lines)) for one in file.statements
    ]
    made = {
        key: KeptLine(key, import_id, at, statement.account, statement.currency, line)
        for statement, keys in zip(statements, line_keys(statements), strict=True)
        for key, line in zip(keys, statement.lines, strict=True)
    }
    return list(made.values())


def _masked(line: StatementLine) -> StatementLine:
    return replace(
        line,
        reference=mask_cards(line.reference),
        bank_reference=mask_cards(line.bank_reference),
        payer=mask_cards(line.payer),
        text=mask_cards(line.text),
    )


def _require_sound(file: StatementFile, *, confirmed: bool) -> None:
    found = {one.balances for one in file.statements}
    if Balances.DIFFER in found:
        raise Refused(
            "The balances of a statement and its lines differ: something is missing or twice.",
            safe="Nothing was changed.",
            todo="Ask the bank for the whole file.",
        )
    if Balances.MISSING in found and not confirmed:
        raise Refused(
            "A statement has no balances that could prove it whole.",
            safe="Nothing was changed.",
            todo="Compare the sums by hand, then confirm with --yes.",
        )
