"""The JSON shapes others script against; more fields may join, none leaves."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.domain.call import Taken
from app.domain.errors import Invalid, OffhookError
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.times import to_rfc3339
from app.domain.views import (
    ConflictRow,
    CopyWord,
    OutboxRow,
    ParallelRow,
    SearchAnswer,
    SecondCopy,
    ServiceStatus,
    ServiceWord,
    SyncReport,
    ThreadEntry,
    TicketDetail,
    TicketRow,
)


def printed(value: object) -> str:
    """One JSON document, readable and with umlauts as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def error(problem: OffhookError) -> str:
    """What standard error shows of an environment's fault or a refusal."""
    shape: dict[str, object] = {
        "error": problem.code,
        "happened": problem.happened,
        "safe": problem.safe,
        "todo": problem.todo,
    }
    if isinstance(problem, Invalid) and problem.fields:
        shape["fields"] = problem.fields
    return printed(shape)


def taken(done: Taken) -> dict[str, object]:
    return {
        "ref": done.reference or None,
        "ticket_id": done.ticket_id or None,
        "op_id": done.op_id,
        "state": done.state,
        "contact_op_id": done.contact_op_id,
    }


def outbox_row(row: OutboxRow) -> dict[str, object]:
    return {
        "op_id": row.op_id,
        "kind": row.kind,
        "words": row.summary,
        "lane": row.lane,
        "state": str(row.state),
        "attempts": row.attempts,
        "reason": row.reason,
        "since": to_rfc3339(row.since),
        "service": row.service,
        "ref": row.reference or None,
        "next_try": to_rfc3339(row.next_try) if row.next_try is not None else None,
        "by": row.actor,
        "needs_review": row.word is RowState.NEEDS_REVIEW,
        "decided_under_former_history": row.former_history,
    }


def parallel(row: ParallelRow) -> dict[str, object]:
    return {
        "op_id": row.op_id,
        "target": row.target,
        "field": row.edit.field,
        "by": row.edit.by,
        "at": to_rfc3339(row.edit.at),
    }


def conflict(row: ConflictRow, shown: str) -> dict[str, object]:
    """`shown` is the digest by which `decide` knows what was looked at."""
    theirs_at = row.conflict.at
    return {
        "op_id": row.op_id,
        "kind": row.kind,
        "target": row.target,
        "field": row.conflict.field,
        "base": row.conflict.base,
        "mine": row.conflict.mine,
        "theirs": row.conflict.theirs,
        "by": row.conflict.by,
        "theirs_at": to_rfc3339(theirs_at) if theirs_at is not None else None,
        "since": to_rfc3339(row.at),
        "shown": shown,
    }


def service(status: ServiceStatus) -> dict[str, object]:
    position = status.position
    return {
        "state": str(status.word),
        "as_of": to_rfc3339(status.as_of) if status.as_of is not None else None,
        "position": list(position) if position is not None else None,
        "endpoint": status.endpoint or None,
        "last_good": to_rfc3339(status.last_good) if status.last_good is not None else None,
        "waiting": status.waiting,
        "mirrored": status.mirrored,
        "expected": status.expected,
    }


def way(status: ServiceStatus) -> dict[str, object]:
    """How a service is reached, as `doctor` says it."""
    return {
        "answers": status.word not in (ServiceWord.DOWN, ServiceWord.SIGN_IN),
        "state": str(status.word),
        "endpoint": status.endpoint or None,
    }


def sync_report(report: SyncReport) -> dict[str, object]:
    return {
        "pushed": report.pushed,
        "pulled": report.pulled,
        "waiting": report.waiting,
        "needs_review": report.needs_review,
        "services": {status.service: service(status) for status in report.services},
    }


_COPY_WORDS = {
    CopyWord.NONE: "only on this computer",
    CopyWord.BEHIND: "only on this computer",
    CopyWord.CURRENT: "in two places",
}


def second_copy(copy: SecondCopy) -> dict[str, object]:
    return {
        "state": str(copy.word),
        "saved": _COPY_WORDS[copy.word],
        "folder": copy.folder or None,
        "behind_s": round(copy.behind_s, 1) if copy.word is CopyWord.BEHIND else None,
    }


def ticket_row(row: TicketRow) -> dict[str, object]:
    return {
        "ref": row.reference,
        "ticket_id": row.id,
        "fault": row.fault,
        "state": str(row.state),
        "status": row.status,
        "customer": row.customer,
        "device": row.device,
        "due": to_rfc3339(row.due) if row.due is not None else None,
    }


def search(answer: SearchAnswer) -> dict[str, object]:
    return {
        "tickets": [ticket_row(row) for row in answer.tickets],
        "customers": [
            {"id": hit.id, "name": hit.name, "phone": hit.phone, "city": hit.city}
            for hit in answer.customers
        ],
        "models": [
            {"id": hit.entry_id, "name": hit.name, "category": hit.category, "score": hit.score}
            for hit in answer.models
        ],
        "ms": round(answer.ms, 3),
    }


def ticket(detail: TicketDetail) -> dict[str, object]:
    return {
        **ticket_row(detail.row),
        "rev": detail.rev,
        "fields": dict(detail.fields),
        "thread": [_entry(entry) for entry in detail.thread],
        "promises": [
            {
                "id": one.id,
                "what": one.what,
                "to": one.to,
                "by_when": to_rfc3339(one.by_when) if one.by_when is not None else None,
                "kept_at": to_rfc3339(one.kept_at) if one.kept_at is not None else None,
            }
            for one in detail.promises
        ],
        "to_complete": [str(part) for part in detail.missing],
        "provenance": {str(group): who for group, who in detail.provenance.items()},
        "as_of": {
            str(group): {
                "at": to_rfc3339(age.at) if age.at is not None else None,
                "stale": age.stale,
                "only_here": age.at is None and not age.stale,
            }
            for group, age in detail.as_of.items()
        },
        "conflicts": [row.op_id for row in detail.conflicts],
    }


def _entry(entry: ThreadEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "at": to_rfc3339(entry.at),
        "by": entry.by,
        "text": entry.text,
        "state": str(entry.state),
        "offline": entry.offline,
    }


def assignments(pairs: Iterable[str]) -> dict[str, Json]:
    """``FIELD=VALUE`` pairs. Raises Invalid for anything else."""
    values: dict[str, Json] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise Invalid("Fields are written FIELD=VALUE.")
        values[name.strip()] = value
    return values
