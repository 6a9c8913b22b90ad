"""A reference central's ledger in this process: a clock that is set, one desk that speaks to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from app.central.contract import wire
from app.central.reference.ledger import Ledger
from app.domain.ids import Millis, uuid7

STARTED = Millis(1_795_430_000_000)


class SetSurroundings:
    """A clock that goes on a millisecond at each look, and chance that counts."""

    def __init__(self) -> None:
        self.at = STARTED
        self._calls = 0

    def now(self) -> Millis:
        self.at = Millis(self.at + 1)
        return self.at

    def random(self, count: int) -> bytes:
        self._calls += 1
        return self._calls.to_bytes(count, "big")


class LedgerBench:
    """Operations and pages as the routes would hand them on."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.surroundings = SetSurroundings()
        self.ledger = Ledger.open(None if url else folder, url, self.surroundings)
        request = wire.EnrolmentRequest("", "Bench", "", self.new_id())
        known = self.ledger.desk_of(self.ledger.enrol(request).credential)
        assert known is not None
        self.desk = known

    def new_id(self) -> str:
        return uuid7(self.surroundings.now(), self.surroundings.random(10))

    def body(self, kind: str, target: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        return {
            "op_id": self.new_id(), "kind": kind, "target": target, "actor": "ellen.marsh",
            "desk": self.desk.id, "incarnation": "one", "happened_at": "2026-11-20T10:00:00.000Z",
            **more,
        }  # fmt: skip

    def send(self, body: dict[str, Any], service: str = "tickets") -> wire.Verdict:
        return self.ledger.receive(service, json.dumps(body).encode(), self.desk)

    def made(self, service: str = "tickets", **fields: Any) -> str:  # noqa: ANN401 - JSON
        """A new record's id: a ticket, or a customer."""
        kind = "ticket.create" if service == "tickets" else "customer.create"
        changes = {name: {"base": None, "new": value} for name, value in fields.items()}
        body = self.body(kind, self.new_id(), changes=changes)
        assert self.send(body, service).outcome == "applied"
        return str(body["target"])

    def changed(self, id_: str, actor: str = "ellen.marsh", **moved: Any) -> wire.Verdict:  # noqa: ANN401 - JSON
        """Fields of a ticket moved from a base to a new value, each a pair."""
        changes = {name: {"base": base, "new": new} for name, (base, new) in moved.items()}
        return self.send(self.body("ticket.set", id_, changes=changes, actor=actor))

    def page(self, cursor: str | None = None, limit: int = 1_000, service: str = "tickets",
             ) -> wire.Page:  # fmt: skip
        return self.ledger.changes(service, cursor, limit)

    def walk(self, cursor: str | None, limit: int, service: str = "tickets") -> list[wire.Page]:
        """Every page from a cursor on."""
        pages = [self.page(cursor, limit, service)]
        while not pages[-1].up_to_date:
            pages.append(self.page(pages[-1].next_cursor, limit, service))
        return pages

    def rows(self, service: str = "tickets") -> dict[tuple[str, str], wire.Item]:
        """What a snapshot holds, by id and op."""
        found: dict[tuple[str, str], wire.Item] = {}
        after = None
        while True:
            page = self.ledger.snapshot(service, after, 2)
            for item in page.items:
                assert (item.id, item.op) not in found
                found[item.id, item.op] = item
            after = page.after
            if after is None:
                return found

    def close(self) -> None:
        self.ledger.engine.dispose()


def fields_of(item: wire.Item) -> dict[str, Any]:
    """A row's fields as values."""
    decoded: dict[str, Any] = msgspec.json.decode(item.fields)
    return decoded
