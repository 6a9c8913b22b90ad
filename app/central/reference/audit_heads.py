"""Where each desk's trail of decisions stood, as central has signed it: none falls back unseen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, or_, select

from app.central.contract import wire
from app.central.reference.database import audit_head, insert_new
from app.domain.ids import Millis

MOST_HEADS = 500
"""Heads a desk is told of, the newest first."""

_HEAD = audit_head.c


def falls_back(
    connection: Connection, desk: str, incarnation: str, now: wire.AuditHead | None
) -> bool:
    """Whether the trail is shorter than it was in this life of the profile, or another one."""
    if now is None:
        return False
    other = and_(_HEAD.n == now.n, _HEAD.head != now.head)
    query = select(_HEAD.n).where(
        _HEAD.desk == desk, _HEAD.incarnation == incarnation, or_(_HEAD.n > now.n, other)
    )
    return connection.execute(query.limit(1)).first() is not None


def keep(
    connection: Connection, desk: str, incarnation: str, now: wire.AuditHead | None, at: Millis
) -> None:
    """Once for each head."""
    if now is not None:
        values = {
            "desk": desk, "n": now.n, "head": now.head, "incarnation": incarnation, "at": at,
        }  # fmt: skip
        connection.execute(insert_new(connection, audit_head).values(values))


def kept(connection: Connection, desk: str) -> Sequence[tuple[int, str, str, Millis]]:
    """(n, head, incarnation, at) of a desk, the newest first."""
    query = select(_HEAD.n, _HEAD.head, _HEAD.incarnation, _HEAD.at).where(_HEAD.desk == desk)
    found = connection.execute(query.order_by(_HEAD.at.desc(), _HEAD.n.desc()).limit(MOST_HEADS))
    return [(n, head, incarnation, Millis(at)) for n, head, incarnation, at in found]
