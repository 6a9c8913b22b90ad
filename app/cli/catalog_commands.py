"""Care of the catalog and the trail of decisions on the command line."""

from __future__ import annotations

import argparse

from app.domain.catalog_import import Fate, JudgedRow
from app.domain.errors import Refused
from app.domain.people import Person
from app.services.auditing import AuditReport
from app.services.decisions import Decided
from app.services.opened import OpenedDesk

Answer = dict[str, object] | list[dict[str, object]]


async def catalog(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """Import, retire, merge, and the words an entry is found by."""
    match arguments.action:
        case "import":
            return await _import(opened, arguments, person)
        case "retire":
            return _done(opened, await opened.catalog.retire(arguments.entry, person))
        case "support":
            return _done(opened, await opened.catalog.support(arguments.entry, person))
        case "merge":
            merged = opened.merging.merge_entries(arguments.entry, arguments.into, person)
            return _done(opened, await merged)
        case "unmerge":
            return _done(opened, await opened.merging.unmerge_entry(arguments.entry, person))
        case "forget":
            return _done(opened, await opened.models.forget(arguments.alias, person))
        case "point":
            pointed = opened.models.point(arguments.alias, arguments.entry, person)
            return _done(opened, await pointed)
        case _:
            rows = await opened.models.words_of(arguments.entry)
            return [{"id": one.id, "words": one.words, "by": one.decided_by} for one in rows]


async def _import(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """What the file would change; with --apply it does, whole or not at all."""
    text = await opened.catalog.read(arguments.file)
    preview = await opened.catalog.preview(text)
    answer: dict[str, object] = {
        **{str(fate): preview.count(fate) for fate in Fate},
        "digest": preview.digest,
        "rows": [_shape(one) for one in preview.rows if one.fate is not Fate.SAME],
        "applied": 0,
    }
    if arguments.apply:
        digest = arguments.digest or preview.digest
        answer["applied"] = len(await opened.catalog.apply(text, digest, person))
        opened.sync.nudge()
    return answer


def _shape(one: JudgedRow) -> dict[str, object]:
    return {
        "line": one.row.line,
        "id": one.row.id,
        "fate": str(one.fate),
        "why": one.why,
        "changes": {name: list(pair) for name, pair in (one.changes or {}).items()},
    }


def _done(opened: OpenedDesk, done: Decided) -> Answer:
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def audit(opened: OpenedDesk, _arguments: argparse.Namespace, person: Person) -> Answer:
    """Walk the trail of decisions, central's own heads of it beside.

    Raises Refused where it is not as it was written.
    """
    report = await opened.auditing.verify(person)
    if report.findings:
        named = ", ".join(f"{one.n} {one.breach}" for one in report.findings[:10])
        raise Refused(
            f"The trail of decisions is not as it was written: {named}.",
            safe="Nothing was changed by looking.",
            todo="Keep a copy of this profile and tell whoever audits.",
        )
    return {
        "entries": report.head.n,
        "head": report.head.hash,
        "anchors": report.anchors,
        "anchored": report.anchored,
        "bodies_gone": report.unread,
        "central": {
            "asked": report.central is not None,
            "heads": report.central,
            "left_behind_by_a_restore": report.lost,
            "said": _compared(report),
        },
    }


def _compared(report: AuditReport) -> str:
    if report.central is None:
        return "Central could not be asked: only what is kept here was compared."
    if report.central == 0:
        return "Central has signed for no head of this trail yet."
    return "The trail is the one central has signed for."
