"""Faults and upkeep over HTTP, for whoever sits at central's own machine; not in the contract."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from litestar.params import JSONBody

from app.central.contract.routes import Code
from app.central.reference.faults import NAMES, Fault
from app.central.reference.ledger import Ledger
from app.central.reference.problems import Asked, Problem
from app.central.reference.upkeep import REASONS
from app.domain.central_services import Service
from app.domain.ids import Millis
from app.domain.times import from_rfc3339

SERVICES = frozenset(service.value for service in Service)
_STALE_BACK_S = 3_600.0


class FaultRequest(msgspec.Struct, frozen=True):
    """`POST /faults`, for tests and drills."""

    service: str = ""
    fault: str = ""
    back: float | None = None
    at: str | None = None
    """Instead of `back`: the moment itself."""
    lasting: float | None = None
    clear: bool = False


class UpkeepRequest(msgspec.Struct, frozen=True):
    """`POST /upkeep`."""

    service: str
    remove: list[str] = []
    reason: str = ""
    announced: bool = False
    purge_days: float | None = None


class Tending:
    """The handlers, over one ledger."""

    def __init__(self, ledger: Ledger, wake: Callable[[], None]) -> None:
        self._ledger = ledger
        self._wake = wake

    def put_upkeep(self, request: Asked, data: JSONBody[UpkeepRequest]) -> dict[str, int]:
        """Take records away, or forget old tombstones; how many of each."""
        _only_from_here(request)
        service, ledger = known_service(data.service), self._ledger
        if data.remove and data.reason not in REASONS:
            raise Problem(400, Code.BAD_BODY, "A record is taken away for one of five reasons.")
        removed = ledger.remove(service, data.remove, data.reason, announced=data.announced)
        purged = ledger.purge(service, data.purge_days) if data.purge_days is not None else 0
        self._wake()
        return {"removed": removed, "purged": purged}

    def put_fault(self, request: Asked, data: JSONBody[FaultRequest]) -> dict[str, int]:
        """Make a service misbehave, or clear all faults; how often each has fired."""
        _only_from_here(request)
        ledger = self._ledger
        if data.clear:
            ledger.faults.clear()
        elif data.fault in ("forgetful", "amnesic"):
            said = data.fault == "forgetful"
            ledger.go_back_to(known_service(data.service), self._moment(data), said=said)
            self._wake()
        elif data.fault in NAMES:
            self._put_lasting(data)
        else:
            raise Problem(400, Code.BAD_BODY, "There is no such fault.")
        return dict(ledger.faults.fired)

    def _moment(self, data: FaultRequest) -> Millis:
        """The time whose backup is restored."""
        if data.at is None:
            return Millis(self._ledger.surroundings.now() - round((data.back or 0) * 1_000))
        try:
            return from_rfc3339(data.at)
        except ValueError:
            raise Problem(400, Code.BAD_BODY, "That is no time.") from None

    def _put_lasting(self, data: FaultRequest) -> None:
        service = known_service(data.service)
        now, lasting = self._ledger.surroundings.now(), data.lasting
        ends = Millis(now + round(lasting * 1_000)) if lasting else None
        back_ms = round((data.back if data.back is not None else _STALE_BACK_S) * 1_000)
        frozen = self._ledger.frozen_at(service, back_ms) if data.fault == "stale" else None
        self._ledger.faults.put(service, Fault(data.fault, ends, frozen))


def known_service(name: str) -> str:
    """The name itself. Raises Problem where there is no such service."""
    if name not in SERVICES:
        raise Problem(404, Code.NOT_FOUND, "There is no such service.")
    return name


def _only_from_here(request: Asked) -> None:
    if request.client is None or request.client.host not in ("127.0.0.1", "::1"):
        raise Problem(404, Code.NOT_FOUND, "There is nothing here.")
