"""The catch-up after an outage: what we took and what is left, and all desks for a supervisor."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.catch_up import (
    NOTICED_AFTER,
    CatchUp,
    ClaimDue,
    Known,
    TakenHere,
    as_csv,
    taken_here,
    was_kept_here,
    web_backlog,
)
from app.domain.central_services import Service
from app.domain.desk_standing import WatchedDesk, to_watch
from app.domain.errors import CentralUnavailable, EnvironmentFault
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.outages import OUTAGES_SETTING, Outage, Spell, joined, spells_of
from app.domain.payments.claims import EXPOSED
from app.domain.people import Permission, Person
from app.domain.times import DAY
from app.domain.views import TicketRow
from app.ports.central import SignInNeeded
from app.ports.desks import Desks
from app.ports.store import ReadTx
from app.services.claim_work import work_of
from app.services.desk import Desk, require
from app.services.exporting import record_export
from app.services.shift import call_backs_due

_AHEAD = DAY
_MOST_CALL_BACKS = 200
_MOST_CANDIDATES = 9
_MOST_LOOKED_UP = 60
"""Words whose candidates are counted; further ones are shown without a count."""


@dataclass(frozen=True, slots=True)
class AllDesks:
    """What central says of all desks, or that it does not say."""

    desks: tuple[WatchedDesk, ...]
    known: bool
    """False where central is away: nobody knows how the others stand."""


class CatchingUp:
    """Reads this desk's store; only the other desks are asked of central."""

    def __init__(self, desk: Desk, desks: Desks | None = None) -> None:
        self._desk = desk
        self._desks = desks

    async def outages(self) -> tuple[Outage, ...]:
        """The outages that were noted, the newest first.

        The engine notes them by the machine's clock; tickets are of central's.
        """

        def read(tx: ReadTx) -> tuple[Spell, ...]:
            _now, offset, _age = self._desk.now(tx)
            return tuple(
                _moved(one, offset or 0) for one in spells_of(tx.desk.setting(OUTAGES_SETTING))
            )

        return joined(await self._desk.store.read(read))

    async def read(self, outage: Outage | None = None) -> CatchUp:
        """All of one outage, without one of the newest; with none noted, of the last day."""
        noted = outage is not None
        if outage is None:
            found = await self.outages()
            noted, outage = bool(found), found[0] if found else self._last_day()
        chosen = outage
        return await self._desk.store.read(lambda tx: self._read(tx, chosen, recorded=noted))

    async def read_span(self, since: Millis, until: Millis | None) -> CatchUp:
        """All that this desk took in [since, until], sent at once or not; else up to now."""
        span = Outage((), since, until)
        return await self._desk.store.read(
            lambda tx: self._read(tx, span, recorded=False, whole=True)
        )

    def _last_day(self) -> Outage:
        now = self._desk.clock.now()
        return Outage((), Millis(now - DAY), now)

    def _read(self, tx: ReadTx, outage: Outage, *, recorded: bool, whole: bool = False) -> CatchUp:
        now = self._desk.clock.now()
        since = Millis(outage.since - NOTICED_AFTER) if recorded else outage.since
        tickets, _contacts = tx.payments.span(since, Millis((outage.until or now) + 1))
        here = self._desk.identity.desk_id
        away = not outage.services or Service.TICKETS in outage.services
        until = outage.until if away else None
        ours = (one for one in tickets if one.get("desk") == here)
        own = [one for one in ours if whole or was_kept_here(one, until)]
        known = self._known(tx, own)
        active, closed = taken_here(known)
        policy = self._desk.configuration.payments
        return CatchUp(
            outage=outage,
            recorded=recorded,
            active=active,
            closed=closed,
            backlog=web_backlog(tickets),
            claims=self._claims(tx, (*active, *closed)),
            visit_cost=policy.visit_cost,
            call_backs=tuple(call_backs_due(tx, Millis(now + _AHEAD), _MOST_CALL_BACKS)),
        )

    def _known(self, tx: ReadTx, own: Sequence[Mapping[str, Json]]) -> list[Known]:
        conflicts: dict[str, int] = {}
        for one in tx.conflicts():
            conflicts[one.target] = conflicts.get(one.target, 0) + 1
        candidates: dict[str, int] = {}
        found = dict[str, Known]()
        here = {str(fields["id"]) for fields in own}
        for fields in own:
            row = tx.tickets.row(str(fields["id"]))
            merged = row is not None and row.id != fields["id"]
            if row is None or (merged and row.id in here | found.keys()):
                continue
            stands = self._merged_into(tx, row) if merged else fields
            count = self._candidates(tx, row, candidates)
            at_central = stands.get("received_at") is not None
            found[row.id] = Known(row, stands, at_central, conflicts.get(row.id, 0), count)
        return list(found.values())

    def _merged_into(self, tx: ReadTx, row: TicketRow) -> Mapping[str, Json]:
        """The fields of a ticket that one of ours became part of."""
        detail = tx.tickets.detail(row.id, self._desk.staleness(tx))
        return detail.fields if detail is not None else {}

    @staticmethod
    def _candidates(tx: ReadTx, row: TicketRow, known: dict[str, int]) -> int:
        words = row.device
        if not row.device_is_words or not words:
            return 0
        if words not in known:
            if len(known) >= _MOST_LOOKED_UP:
                return 1
            known[words] = len(tx.catalog.candidates(words[:200], _MOST_CANDIDATES))
        return known[words]

    def _claims(self, tx: ReadTx, taken: Sequence[TakenHere]) -> tuple[ClaimDue, ...]:
        rows = {one.row.id: one.row for one in taken}
        return tuple(
            ClaimDue(
                claim_id=one.claim.id,
                ticket_id=one.ticket.id,
                reference=one.ticket.reference,
                who=rows[one.ticket.id].customer,
                amount=one.claim.amount,
                currency=one.claim.currency,
                next_at=one.next_at,
            )
            for one in work_of(self._desk, tx).claims
            if one.ticket.id in rows and one.state in EXPOSED
        )

    async def write_csv(self, found: CatchUp, target: Path, person: Person) -> None:
        """Write the rows to a new file; recorded like every export.

        Raises NotAllowed without the right, EnvironmentFault where it cannot be written.
        """
        require(person, Permission.EXPORT)
        await record_export(self._desk, person, "catch-up")
        text = as_csv(found)

        def write() -> None:
            with target.open("x", encoding="utf-8", newline="") as out:
                out.write(text)

        try:
            await asyncio.to_thread(write)
        except OSError as error:
            raise EnvironmentFault("The export could not be written.") from error

    async def desks(self, person: Person) -> AllDesks:
        """Desks with unsent work and silent ones. Raises NotAllowed without the right."""
        require(person, Permission.SEE_ALL_DESKS)
        if self._desks is None:
            return AllDesks((), known=False)
        try:
            found = await self._desks.standings(person.id)
        except (CentralUnavailable, SignInNeeded):
            return AllDesks((), known=False)
        own = self._desk.identity.desk_id
        now = await self._desk.store.read(lambda tx: self._desk.now(tx)[0])
        return AllDesks(to_watch([one for one in found if one.desk_id != own], now), known=True)


def _moved(spell: Spell, by_ms: int) -> Spell:
    until = None if spell.until is None else Millis(spell.until + by_ms)
    return Spell(spell.service, Millis(spell.since + by_ms), until)
