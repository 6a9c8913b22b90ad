"""Encoding of operation bodies (RFC 8785 canonical JSON) and reading them back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
import rfc8785

from app.central.contract import wire
from app.domain.central_services import SERVICE_OF
from app.domain.ids import DeskId, EntityId, OpId, PersonId
from app.domain.operations import Body, FieldChange, NewOperation, Signature
from app.domain.times import from_rfc3339, to_rfc3339

_decoder = msgspec.json.Decoder(wire.OperationBody)


def seal(body: Body) -> NewOperation:
    """Fix a body's bytes for life and digest them."""
    raw = canonical(msgspec.to_builtins(_to_wire(body)))
    return NewOperation(
        body=body,
        service=SERVICE_OF[body.rule.aggregate],
        raw=raw,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _to_wire(body: Body) -> wire.OperationBody:
    target = body.target
    return wire.OperationBody(
        op_id=body.op_id,
        kind=body.kind,
        target=target if isinstance(target, str) else wire.TargetRef(ref=target["ref"]),
        actor=body.actor,
        desk=body.desk,
        incarnation=body.incarnation,
        happened_at=to_rfc3339(body.happened_at),
        schema=body.schema,
        after=body.after,
        supersedes=body.supersedes,
        changes={name: wire.Change(one.base, one.new) for name, one in body.changes.items()},
        base_rev=body.base_rev,
        entry=dict(body.entry) if body.entry is not None else None,
        depends_on=list(body.depends_on),
        clock_offset_ms=body.clock_offset_ms,
        clock_offset_age_ms=body.clock_offset_age_ms,
        offline=body.offline,
        reason=body.reason,
        shown=body.shown,
        signature=_signature_to_wire(body.signature),
    )


def _signature_to_wire(signature: Signature | None) -> wire.Signature | None:
    return None if signature is None else wire.Signature(signature.key, signature.value)


def read(raw: bytes) -> Body:
    """Decode a body. Raises msgspec.ValidationError or ValueError for anything else."""
    return from_wire(_decoder.decode(raw))


def from_wire(body: wire.OperationBody) -> Body:
    """The domain's body. Raises ValueError where the time is not a time."""
    target = body.target
    return Body(
        op_id=OpId(body.op_id),
        kind=body.kind,
        target=EntityId(target) if isinstance(target, str) else {"ref": target.ref},
        after=OpId(body.after) if body.after else None,
        supersedes=OpId(body.supersedes) if body.supersedes else None,
        actor=PersonId(body.actor),
        desk=DeskId(body.desk),
        incarnation=body.incarnation,
        happened_at=from_rfc3339(body.happened_at),
        clock_offset_ms=body.clock_offset_ms,
        clock_offset_age_ms=body.clock_offset_age_ms,
        offline=body.offline,
        base_rev=body.base_rev,
        changes={name: FieldChange(one.base, one.new) for name, one in body.changes.items()},
        entry=body.entry,
        depends_on=tuple(OpId(one) for one in body.depends_on),
        reason=body.reason,
        shown=body.shown,
        signature=Signature(body.signature.key, body.signature.value) if body.signature else None,
        schema=body.schema,
    )


def page_hash(row_hashes: Iterable[str], next_cursor: str) -> str:
    """SHA-256 (hex) over a feed page's row hashes in order and its next cursor, one per line."""
    return hashlib.sha256("\n".join((*row_hashes, next_cursor)).encode()).hexdigest()


def row_hash(type_: str, id_: str, rev: int, fields: object) -> str:
    """SHA-256 (hex) over the canonical row, what parity digests are made of."""
    return hashlib.sha256(canonical([type_, id_, rev, fields])).hexdigest()


def canonical(value: object) -> bytes:
    """RFC 8785 JSON. Raises ValueError for what has no canonical form (NaN, beyond 2**53).

    Values without floats and with ASCII keys take msgspec's encoder, which writes the same bytes
    in a twentieth of the time: rows are hashed by the hundred thousand.
    """
    if _is_plain(value):
        return msgspec.json.encode(value, order="deterministic")
    return rfc8785.dumps(value)  # type: ignore[arg-type]  # JSON by contract


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        return -_EXACT < value < _EXACT
    if isinstance(value, dict):
        for key, one in value.items():
            if not (isinstance(key, str) and key.isascii() and _is_plain(one)):
                return False
        return True
    return isinstance(value, list) and all(map(_is_plain, value))


_EXACT = 2**53
"""Integers up to here mean the same number to every reader of JSON."""
