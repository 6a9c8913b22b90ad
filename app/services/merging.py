"""Merging what is one and the same: tickets, customers; and taking a merge back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain import reference as references
from app.domain.central_services import Aggregate
from app.domain.errors import NotFound, Refused
from app.domain.ids import EntityId, OpId
from app.domain.operations import FieldChange, Json
from app.domain.people import Person
from app.ports.store import ReadTx, WriteTx
from app.services.claim_work import require_claims_go_on
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk

_INTO = "merged_into"

Find = Callable[[ReadTx], "EntityId | None"]


class Merging:
    """Both names stay valid: readers of either arrive at the one that is left."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def merge_tickets(self, one: str, into: str, person: Person) -> Decided:
        """The first reference's ticket becomes part of the second's.

        Raises Invalid for a slip in a reference, NotFound, and Refused for a merge with itself and
        for one into a closed ticket that would end a claim nobody has verified.
        """
        part, left = _carrier(one), _carrier(into)

        def look(tx: ReadTx) -> None:
            found, other = part(tx), left(tx)
            if found is not None and other is not None:
                require_claims_go_on(self._desk, tx, found, other)

        # Claims are derived from many payments, so not while the writer waits.
        await self._desk.store.read(look)
        return await self._merge(Aggregate.TICKET, part, left, person)

    async def unmerge_ticket(self, one: str, person: Person) -> Decided:
        """The ticket stands for itself again. Raises Invalid, NotFound, Refused."""
        return await self._unmerge(Aggregate.TICKET, _carrier(one), person)

    async def merge_customers(self, one: str, into: str, person: Person) -> Decided:
        """A customer (a provisional one, say) is another one, by their ids."""
        return await self._merge(Aggregate.CUSTOMER, _itself(one), _itself(into), person)

    async def unmerge_customer(self, one: str, person: Person) -> Decided:
        """Two people after all."""
        return await self._unmerge(Aggregate.CUSTOMER, _itself(one), person)

    async def merge_entries(self, one: str, into: str, person: Person) -> Decided:
        """Two entries of the catalog are one model, by their ids."""
        return await self._merge(Aggregate.CATALOG_ENTRY, _itself(one), _itself(into), person)

    async def unmerge_entry(self, one: str, person: Person) -> Decided:
        """Two models after all."""
        return await self._unmerge(Aggregate.CATALOG_ENTRY, _itself(one), person)

    async def _merge(self, kind: Aggregate, one: Find, into: Find, person: Person) -> Decided:
        op_id = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            target, other = _known(tx, kind, one), _known(tx, kind, into)
            fields, rev = _record(tx, kind, target)
            if fields.get(_INTO):
                raise Refused("It is merged already.", todo="Take that merge back first.")
            require_no_circle(tx, kind, other, target)
            decision = Decision(f"{kind}.merge", target, op_id, entry={"into": other}, base_rev=rev)
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)

    async def _unmerge(self, kind: Aggregate, one: Find, person: Person) -> Decided:
        op_id = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            target = _known(tx, kind, one)
            fields, rev = _record(tx, kind, target)
            before = fields.get(_INTO)
            if not before:
                raise Refused("It is not merged into anything.", safe="Nothing was written.")
            decision = Decision(
                f"{kind}.unmerge", target, op_id, base_rev=rev,
                changes={_INTO: FieldChange(before, None)},
            )  # fmt: skip
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)


def _carrier(text_reference: str) -> Find:
    reference = references.parse(text_reference).text
    return lambda tx: tx.tickets.own_id_of(reference)


def _itself(id_: str) -> Find:
    return lambda _tx: EntityId(id_)


def _known(tx: ReadTx, kind: Aggregate, find: Find) -> EntityId:
    id_ = find(tx)
    if id_ is None or tx.own_record(kind, id_) is None:
        raise _not_here(kind)
    return id_


def _record(tx: ReadTx, kind: Aggregate, id_: EntityId) -> tuple[Mapping[str, Json], int | None]:
    found = tx.own_record(kind, id_)
    if found is None:
        raise _not_here(kind)
    return found


def require_mergeable(desk: Desk, tx: ReadTx, kind: Aggregate, one: str, into: str) -> None:
    """Raise Refused where a merge would lead in a circle, or end a claim nobody has verified.

    Claims are derived from many payments: not while the writer waits.
    """
    require_no_circle(tx, kind, into, one)
    if kind is Aggregate.TICKET:
        require_claims_go_on(desk, tx, one, into)


def require_no_circle(tx: ReadTx, kind: Aggregate, into: str, one: str) -> None:
    """Raise Refused where readers of what a record is merged into would come back to it."""
    if _leads_to(tx, kind, into, one):
        raise Refused("That merge would lead back to itself.", safe="Nothing was written.")


def _leads_to(tx: ReadTx, kind: Aggregate, start: str, end: str) -> bool:
    """Whether readers of one record arrive at the other."""
    at, seen = start, set[str]()
    while at not in seen:
        if at == end:
            return True
        seen.add(at)
        found = tx.own_record(kind, at)
        further = found[0].get(_INTO) if found else None
        if not further:
            return False
        at = str(further)
    return False


def _not_here(kind: Aggregate) -> NotFound:
    if kind is Aggregate.TICKET:
        return NotFound("That ticket is not on this computer.", safe="Nothing was written.")
    if kind is Aggregate.CATALOG_ENTRY:
        return NotFound("That model is not on this computer.", safe="Nothing was written.")
    return NotFound("That customer is not on this computer.", safe="Nothing was written.")
