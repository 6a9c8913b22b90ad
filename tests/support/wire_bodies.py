"""Bodies of the contract as bytes, the way a good central answers."""

from __future__ import annotations

from typing import Any

import msgspec

from app.central.contract import bodies, routes, wire
from app.domain.ids import Millis
from app.domain.times import to_rfc3339
from app.ports.central import Response
from tests.support.virtual_time import NOON

AT = to_rfc3339(NOON)


def answer(status: int, body: object, **headers: str) -> Response:
    """A JSON answer; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, named, msgspec.json.encode(body))


def html(status: int = 200) -> Response:
    """What a portal, a proxy or a balancer says."""
    return Response(status, {"content-type": "text/html"}, b"<html><h1>Welcome</h1></html>")


def item(id_: str = "row-1", rev: int = 1, n: int = 1, **fields: Any) -> wire.Item:  # noqa: ANN401  # any field of the struct
    return wire.Item(
        type="ticket",
        id=id_,
        rev=rev,
        position=wire.Position(1, n),
        op="upsert",
        as_of=AT,
        row_hash=bodies.row_hash("ticket", id_, rev, fields),
        fields=msgspec.Raw(msgspec.json.encode(fields)),
    )


def page(*items: wire.Item, term: int = 1, n: int = 1, **more: object) -> wire.Page:
    cursor = f"cursor-{term}-{n}"
    values: dict[str, Any] = {
        "items": list(items),
        "next_cursor": cursor,
        "position": wire.Position(term, n),
        "term_id": f"term-{term}",
        "up_to_date": True,
        "source_as_of": AT,
        "page_hash": bodies.page_hash([one.row_hash for one in items], cursor),
        "rate": wire.Rate(10, 5),
    }
    return wire.Page(**values | more)


def snapshot(*items: wire.Item, after: str | None = None) -> wire.SnapshotPage:
    return wire.SnapshotPage(
        items=list(items),
        start_cursor="cursor-1-1",
        position=wire.Position(1, 1),
        term_id="term-1",
        total=len(items),
        source_as_of=AT,
        after=after,
    )


def verdict(op_id: str, outcome: str = "applied", **more: object) -> wire.Verdict:
    values: dict[str, Any] = {
        "op_id": op_id,
        "outcome": outcome,
        "term_id": "term-1",
        "rev": 1,
        "position": wire.Position(1, 1),
    }
    return wire.Verdict(**values | more)


def problem(code: str, status: int, **more: Any) -> wire.Problem:  # noqa: ANN401  # any field of the struct
    return wire.Problem(type=routes.PROBLEM_BASE + code, title=code, status=status, **more)


def health(service: str, now: Millis = NOON, *, ok: bool = True) -> wire.Health:
    return wire.Health(
        service=service,
        ok=ok,
        position=wire.Position(1, 1),
        term_id="term-1",
        source_as_of=AT,
        now=to_rfc3339(now),
    )
