"""Printed blanks: references reserved from the desk's counter, so that paper is final too."""

from __future__ import annotations

from app.domain import reference as references
from app.domain.errors import Invalid, Refused
from app.domain.ids import Reference
from app.domain.operations import Json
from app.domain.people import Permission, Person
from app.ports.store import WriteTx
from app.services.desk import Desk, require

BLANKS = "blanks"
"""The setting that lists references printed and not yet entered."""
MOST_AT_ONCE = 200


class Blanks:
    """Reserves references for paper; each is entered once, with the call's real times."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def reserve(self, count: int, person: Person) -> tuple[Reference, ...]:
        """That many references, durably this desk's before they are printed.

        Raises Invalid for a count that is none, NotAllowed.
        """
        require(person, Permission.TAKE_CALLS)
        if not 1 <= count <= MOST_AT_ONCE:
            raise Invalid(f"Between 1 and {MOST_AT_ONCE} blanks are printed at once.")

        def write(tx: WriteTx) -> tuple[Reference, ...]:
            made = tuple(tx.desk.next_reference() for _ in range(count))
            tx.desk.set_setting(BLANKS, [*_listed(tx.desk.setting(BLANKS)), *made])
            return made

        return await self._desk.store.write(write)

    async def open(self) -> tuple[str, ...]:
        """References on paper that nobody has entered yet, oldest first."""
        listed = await self._desk.store.read(lambda tx: _listed(tx.desk.setting(BLANKS)))
        return tuple(map(str, listed))


def entered(tx: WriteTx, text: str) -> Reference:
    """Take a blank's reference for the ticket being saved.

    Raises Invalid for a slip, Refused for one that no blank of this desk has, or that was entered.
    """
    reference = references.parse(text).text
    listed = _listed(tx.desk.setting(BLANKS))
    if tx.tickets.id_of(reference) is not None:
        raise Refused("This blank was entered already.", safe="Nothing was written twice.")
    if reference not in listed:
        raise Refused(
            "No blank of this desk has that reference.",
            safe="Nothing was written.",
            todo="Enter it at the desk that printed it.",
        )
    tx.desk.set_setting(BLANKS, [one for one in listed if one != reference])
    return reference


def _listed(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []
