"""Keeping a caller's files as evidence: encrypted with the store, capped, never opened by us."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

from app.domain.cards import mask_cards
from app.domain.central_services import Aggregate
from app.domain.errors import EnvironmentFault, Invalid, NotFound
from app.domain.evidence import (
    LARGEST_BYTES,
    LONGEST_NAME,
    MOST_BYTES_A_TICKET,
    evidence_of,
    kind_of,
    without_cards,
)
from app.domain.ids import EntityId, OpId
from app.domain.operations import Json
from app.domain.people import Permission, Person
from app.domain.times import to_rfc3339
from app.ports.store import WriteTx
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk, require
from app.services.exporting import record_export


class Evidence:
    """The ticket says name, kind, size and digest; the content stays in this desk's store."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def keep(
        self, ticket_id: str, claim_id: str, name: str, content: bytes, person: Person
    ) -> Decided:
        """The file and what the ticket says of it, in one transaction.

        `ticket_id`: the one that the claim was said in, merged or not, so that the file stays with
        its claim when the merge is taken back.
        Raises Invalid for an empty or too large file and for a ticket that has too much already,
        NotFound, NotAllowed. Card numbers in a text are masked before anything is written.
        """
        require(person, Permission.EDIT_TICKETS)
        if not content:
            raise Invalid("The file is empty.")
        if len(content) > LARGEST_BYTES:
            raise Invalid("The file is larger than 5 MB.", todo="Take a smaller picture of it.")
        kept = without_cards(content)
        op_id, file_id = OpId(self._desk.ids.new_id()), self._desk.ids.new_id()
        at = self._desk.clock.now()
        entry: dict[str, Json] = {
            "id": file_id,
            "claim_id": claim_id,
            "name": mask_cards(PurePath(name).name[:LONGEST_NAME]),
            "kind": kind_of(kept),
            "size": len(kept),
            "sha256": hashlib.sha256(kept).hexdigest(),
            "by": person.id,
            "at": to_rfc3339(at),
        }

        def write(tx: WriteTx) -> Decided:
            record = tx.own_record(Aggregate.TICKET, ticket_id)
            if record is None:
                raise NotFound("That ticket is not on this computer.", safe="Nothing was written.")
            there = sum(one.size for one in evidence_of(record[0]))
            if there + len(kept) > MOST_BYTES_A_TICKET:
                raise Invalid("The ticket has 20 MB of files already.")
            tx.payments.keep_evidence(file_id, ticket_id, kept, at)
            decision = Decision("ticket.evidence", EntityId(ticket_id), op_id, entry=entry)
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)

    async def here(self) -> frozenset[str]:
        """The files whose content is on this computer."""
        return await self._desk.store.read(lambda tx: tx.payments.evidence_ids())

    async def save_copy(self, file_id: str, target: Path, person: Person) -> None:
        """Write a file out, for a program of its own to show; recorded like every export.

        Raises NotFound where another desk has it, NotAllowed, EnvironmentFault.
        """
        require(person, Permission.EXPORT)
        content = await self._desk.store.read(lambda tx: tx.payments.evidence(file_id))
        if content is None:
            raise NotFound("This file is at the desk that took it.", todo="Ask that desk for it.")
        await record_export(self._desk, person, "evidence")
        try:
            with target.open("xb") as out:
                out.write(content)
        except OSError as error:
            raise EnvironmentFault("The file could not be written.") from error
