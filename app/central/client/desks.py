"""What desks say of themselves, over the contract: reports, and all desks for supervisors."""

from __future__ import annotations

import msgspec

from app.central.client import decoding
from app.central.client.contract_client import ContractClient
from app.central.contract import routes, wire
from app.central.contract.routes import Code, Header
from app.domain.audit import Anchor, SignedHead
from app.domain.central_services import Service
from app.domain.desk_standing import DeskReport, DeskStanding
from app.domain.errors import NotAllowed
from app.domain.ids import Millis, PersonId
from app.domain.times import from_rfc3339, to_rfc3339
from app.ports.central import Response


class DeskTalk:
    """Implements `app.ports.desks.Desks` over a client's endpoints."""

    def __init__(self, client: ContractClient) -> None:
        self._client = client

    async def report(self, report: DeskReport) -> str | None:
        def read(response: Response) -> wire.DeskReported | None:
            return decoding.body_of(response.body, wire.DeskReported)

        body = msgspec.json.encode(to_wire(report))
        answer = await self._client.ask(routes.DESK_REPORT, read, method="PUT", body=body)
        return answer.audit

    async def signed_heads(self) -> tuple[SignedHead, ...]:
        def read(response: Response) -> wire.SignedHeads | None:
            return decoding.body_of(response.body, wire.SignedHeads)

        found = await self._client.ask(routes.DESK_AUDIT, read)
        return tuple(_head(one) for one in found.heads)

    async def standings(self, person: PersonId) -> tuple[DeskStanding, ...]:
        def read(response: Response) -> tuple[wire.DeskStandings | None] | None:
            problem = decoding.problem_of(response.body)
            if problem is not None and decoding.code_of(problem) == Code.NOT_ALLOWED:
                return (None,)
            body = decoding.body_of(response.body, wire.DeskStandings)
            return (body,) if body is not None else None

        (found,) = await self._client.ask(routes.DESKS, read, headers={Header.PERSON: person})
        if found is None:
            raise NotAllowed("Central does not show all desks to this person.")
        return tuple(standing_of(one) for one in found.desks)

    async def take_over(self, certificate: bytes) -> bool:
        def read(response: Response) -> tuple[bool] | None:
            problem = decoding.problem_of(response.body)
            if problem is not None and decoding.code_of(problem) == Code.NOT_ALLOWED:
                return (False,)
            return (True,) if decoding.body_of(response.body, wire.TakenOver) else None

        return (await self._client.ask(routes.TAKE_OVER, read, method="POST", body=certificate))[0]


def to_wire(report: DeskReport) -> wire.DeskReport:
    return wire.DeskReport(
        version=report.version,
        waiting=report.waiting,
        needs_review=report.needs_review,
        oldest_unsent=_text(report.oldest_unsent),
        as_of={service.value: _text(at) for service, at in report.as_of.items()},
        last_drill=_text(report.last_drill),
        sealing_key=report.sealing_key,
        audit=wire.AuditHead(report.audit.n, report.audit.hash) if report.audit else None,
        removed=report.removed,
    )


def standing_of(one: wire.DeskStanding) -> DeskStanding:
    """One desk; a time that another desk's program wrote wrongly is no time, not a refusal."""
    return DeskStanding(
        desk_id=one.desk_id,
        name=one.name,
        codes=tuple(one.codes),
        extension=one.extension,
        last_seen=_time(one.last_seen),
        report=_report(one.report) if one.report else None,
    )


def _head(one: wire.SignedHead) -> SignedHead:
    at = _time(one.at) or Millis(0)
    return SignedHead(Anchor(one.n, one.head, at, "central", one.receipt), one.incarnation)


def _report(report: wire.DeskReport) -> DeskReport:
    known = {service.value: service for service in Service}
    return DeskReport(
        version=report.version,
        waiting=report.waiting,
        needs_review=report.needs_review,
        oldest_unsent=_time(report.oldest_unsent),
        as_of={known[name]: _time(at) for name, at in report.as_of.items() if name in known},
        last_drill=_time(report.last_drill),
        sealing_key=report.sealing_key,
        removed=report.removed,
    )


def _text(at: Millis | None) -> str | None:
    return to_rfc3339(at) if at is not None else None


def _time(text: str | None) -> Millis | None:
    try:
        return from_rfc3339(text) if text else None
    except ValueError:
        return None
